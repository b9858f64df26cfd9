"""The phone's interface: the café's stream, joining, answering, catching up; and the app's health."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from components.pad.view import snapshot
from content.catalogue import t, tn
from state.domain import decisions
from state.live import STREAMS_PER_PERSON
from web.guards import BadRequest, optional_text_field, read_json, require_same_origin, text_field
from web.streams import EventStream

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.live import Room
    from state.session import Comptoir

# An idempotency key as phones make them: short, and nothing that a log or a file could take for something else.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_ID = 15
_NO_STORE = {"Cache-Control": "no-store"}


class Api:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def stream(self, request: Request) -> Response:
        room, person = await self._seat(request)
        if room.connected[person] >= STREAMS_PER_PERSON:
            raise BadRequest(429, "error.too-many-streams")
        return EventStream(room.phone_stream(person, _last_event_id(request)))

    async def watch(self, request: Request) -> Response:
        """Wakes a console or a screen: version numbers only."""
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        keyring = self._comptoir.identity.keyring(request.cookies)
        if not self._comptoir.may_watch(keyring, room.id, room.cafe):
            raise BadRequest(403, "error.no-key")
        return EventStream(room.watcher_stream())

    async def state(self, request: Request) -> Response:
        """What a phone missed: the view if it changed since `since`, who this person is, what they answered."""
        room, person = await self._seat(request)
        answer = asdict(snapshot(room.cafe, room.frame.id, person))
        if request.query_params.get("since") == str(room.frame.id):
            answer["view"] = None
        return JSONResponse(answer, headers=_NO_STORE)

    async def join(self, request: Request) -> Response:
        require_same_origin(request, self._comptoir.settings.public_url)
        room, person = await self._seat(request)
        body = await read_json(request)
        decide = partial(
            decisions.join,
            person=person,
            pseudonym=optional_text_field(body, "pseudonym") or "",
            level=optional_text_field(body, "level"),
            place=optional_text_field(body, "place"),
        )
        await room.submit(decide)
        # The room as it is now, not as the join left it: the view and the frame's number go together.
        return JSONResponse(asdict(snapshot(room.cafe, room.frame.id, person)), headers=_NO_STORE)

    async def answer(self, request: Request) -> Response:
        """Acknowledged once on disk; the same key again is acknowledged again, and counts once."""
        require_same_origin(request, self._comptoir.settings.public_url)
        room, person = await self._seat(request)
        body = await read_json(request)
        question = text_field(body, "question")
        key = text_field(body, "key")
        if not _KEY.fullmatch(key):
            raise BadRequest(400, "error.malformed")
        decide = partial(decisions.answer, person=person, question=question, value=text_field(body, "value"), key=key)
        cafe = await room.submit(decide)
        return JSONResponse({"question": question, "value": cafe.answers[question][person].value}, headers=_NO_STORE)

    async def health(self, _: Request) -> Response:
        """200 when the store takes writes, 503 when it does not."""
        health = await asyncio.to_thread(self._comptoir.health)
        message = t("health.fine") if health.writable else t("error.store-refuses")
        if health.damaged:
            message = f"{message} {tn('health.damaged', len(health.damaged))}"
        return JSONResponse(
            {"writable": health.writable, "damaged": len(health.damaged), "message": message},
            200 if health.writable else 503,
            headers=_NO_STORE,
        )

    async def nothing(self, _: Request) -> Response:
        """Anything else under `/api`: not a page, whatever Streamlit would serve there."""
        raise BadRequest(404, "error.no-route")

    async def _seat(self, request: Request) -> tuple[Room, str]:
        """The room that a request is for, and who sends it.

        Raises:
            BadRequest: no valid cookie.
            StoreError
        """
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        person = self._comptoir.identity.person(request.cookies, room.id)
        if person is None:
            raise BadRequest(401, "error.no-cookie")
        return room, person


def _last_event_id(request: Request) -> int | None:
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) <= _LONGEST_ID else None
