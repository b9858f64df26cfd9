"""The phone's interface: the café's stream, joining, answering, catching up; and the app's health."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from components.pad.view import MOST_SEATS, answers_of, held_back, person_at, seat_of, snapshot
from components.pseudonyms import free_pseudonym
from content.catalogue import day, t, tn
from state.budgets import ANSWERS, ARRIVALS, PROFILES
from state.domain import decisions, notes
from state.forgetting import erase_answers
from state.live import STREAMS_PER_PERSON
from web.guards import BadRequest, optional_text_field, read_json, require_same_origin, text_field, where
from web.streams import EventStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from state.domain.cafe import Cafe
    from state.domain.events import Event
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
        if not self._comptoir.may("watch", request.cookies, room.id, room.cafe):
            raise BadRequest(403, "error.no-key")
        self._comptoir.budgets.vouch(where(request), room.id)
        return EventStream(room.watcher_stream())

    async def state(self, request: Request) -> Response:
        """What a phone missed: the view if it changed since `since`, who this person is, what they answered."""
        room, person = await self._seat(request)
        answer = asdict(snapshot(room.cafe, room.frame.id, person))
        if request.query_params.get("since") == str(room.frame.id):
            answer["view"] = None
        return JSONResponse(answer, headers=_NO_STORE)

    async def pseudonym(self, request: Request) -> Response:
        """« Choose for me »: a pseudonym that nobody in the room has."""
        room, person = await self._seat(request)
        self._comptoir.budgets.spend("pseudonym", PROFILES, person)
        return JSONResponse({"pseudonym": free_pseudonym(room.cafe)}, headers=_NO_STORE)

    async def join(self, request: Request) -> Response:
        require_same_origin(request, self._comptoir.settings.public_url)
        room, person = await self._seat(request)
        budgets = self._comptoir.budgets
        if person in room.cafe.participants:
            budgets.spend("profile", PROFILES, person)
        else:
            budgets.spend("join", ARRIVALS, where(request))
        body = await read_json(request)
        seat = _seat_number(body)
        decide = partial(
            decisions.join,
            person=person_at(person, seat),
            host=person if seat > 1 else None,
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
        self._comptoir.budgets.spend("answer", ANSWERS, person)
        body = await read_json(request)
        question = text_field(body, "question")
        key = text_field(body, "key")
        if not _KEY.fullmatch(key):
            raise BadRequest(400, "error.malformed")
        who = person_at(person, _seat_number(body))
        decide = partial(decisions.answer, person=who, question=question, value=text_field(body, "value"), key=key)
        cafe = await room.submit(decide)
        held = held_back(cafe.answers[question][who])
        kept = {"question": question, "value": answers_of(cafe, who)[question]}
        return JSONResponse(kept | ({"held": held} if held else {}), headers=_NO_STORE)

    async def note(self, request: Request) -> Response:
        """Stick a note, move it, take it back, support another; answers with this person's notes on that board."""
        require_same_origin(request, self._comptoir.settings.public_url)
        room, person = await self._seat(request)
        self._comptoir.budgets.spend("answer", ANSWERS, person)
        body = await read_json(request)
        who = person_at(person, _seat_number(body))
        question = text_field(body, "question")
        cafe = await room.submit(_note_decision(body, who, question))
        mine = seat_of(cafe, who)
        return JSONResponse(
            {"question": question, "notes": mine.notes.get(question, []), "backed": mine.backed.get(question, [])},
            headers=_NO_STORE,
        )

    async def erase(self, request: Request) -> Response:
        """Take out all that one person of a phone gave, during the café or after; acknowledged once it is on disk."""
        require_same_origin(request, self._comptoir.settings.public_url)
        room, person = await self._seat(request)
        body = await read_json(request)
        await erase_answers(self._comptoir.hub, room, [person_at(person, _seat_number(body))])
        state = asdict(snapshot(room.cafe, room.frame.id, person))
        message = t("erase.receipt", day=day(time.time()))
        return JSONResponse({"state": state, "message": message}, headers=_NO_STORE)

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
        if person is None or not self._comptoir.may("take-part", request.cookies, room.id, room.cafe):
            raise BadRequest(401, "error.no-cookie")
        return room, person


def _note_decision(body: dict[str, Any], person: str, question: str) -> Callable[[Cafe], Iterable[Event]]:
    """What a phone asks about a note.

    Raises:
        BadRequest
    """
    note = text_field(body, "note")
    if not _KEY.fullmatch(note):
        raise BadRequest(400, "error.malformed")
    action = text_field(body, "action")
    match action:
        case "post":
            return partial(
                notes.post,
                question=question,
                note=note,
                author=person,
                text=text_field(body, "text"),
                column=text_field(body, "column"),
                colour=optional_text_field(body, "colour"),
            )
        case "move":
            return partial(
                notes.move,
                question=question,
                note=note,
                person=person,
                column=text_field(body, "column"),
                colour=optional_text_field(body, "colour"),
            )
        case "withdraw":
            return partial(notes.withdraw, question=question, note=note, person=person)
        case "back" | "unback":
            return partial(notes.back, question=question, note=note, person=person, backed=action == "back")
        case _:
            raise BadRequest(400, "error.malformed")


def _seat_number(body: dict[str, Any]) -> int:
    """Which person of a phone this is for: its owner where nothing is said.

    Raises:
        BadRequest
    """
    seat = body.get("seat", 1)
    if not isinstance(seat, int) or isinstance(seat, bool) or not 1 <= seat <= MOST_SEATS:
        raise BadRequest(400, "error.malformed")
    return seat


def _last_event_id(request: Request) -> int | None:
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) <= _LONGEST_ID else None
