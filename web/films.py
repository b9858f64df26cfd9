"""The facilitator's own videos, and the drawings of the pack: files that pages show."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, JSONResponse, Response

from content.catalogue import t
from state.budgets import UPLOADS
from state.domain import decisions
from state.domain.errors import FilmTooLarge
from state.films import LARGEST_BYTES, TYPES
from web.guards import BadRequest, require_same_origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from starlette.requests import Request

    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from state.films import Incoming
    from state.session import Comptoir

# A file arrives in small parts: this much is put together before a thread writes it.
_PART_BYTES = 1024 * 1024
_SECONDS_WITHOUT_NEWS = 30.0
_PICTURE_HEADERS = {
    "Cache-Control": "public, max-age=86400",
    # A drawing only draws, wherever it is opened.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}

log = logging.getLogger(__name__)


class Files:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def bring_film(self, request: Request) -> Response:
        """Take a video from the facilitator of a café, for one of its steps; it replaces the one before."""
        require_same_origin(request, self._comptoir.settings.public_url)
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        keyring = self._comptoir.identity.keyring(request.cookies)
        if not self._comptoir.may("facilitate", request.cookies, room.id, room.cafe):
            raise BadRequest(403, "error.no-key")
        self._comptoir.budgets.spend("upload", UPLOADS, keyring.facilitator[room.id])
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared[:15]) > LARGEST_BYTES:
            raise FilmTooLarge(limit=LARGEST_BYTES // 1024 // 1024)
        step = request.path_params["step"]
        # Refused before anything is sent where the step shows no video.
        decisions.choose_video(room.cafe, step)
        shown = {source.file for source in room.cafe.videos.values() if source.file}
        name = await self._received(request, room.id, shown)
        replaced: list[str] = []

        def choose(cafe: Cafe) -> Iterable[Event]:
            if (before := cafe.videos.get(step)) is not None and before.file:
                replaced.append(before.file)
            return decisions.choose_video(cafe, step, file=name)

        try:
            await room.submit(choose)
        except BaseException:
            self._comptoir.films.forget(room.id, name)
            raise
        for film in replaced:
            self._comptoir.films.forget(room.id, film)
        return JSONResponse({"message": t("upload.done")}, headers={"Cache-Control": "no-store"})

    async def _received(self, request: Request, cafe: str, shown: Collection[str]) -> str:
        try:
            incoming = await asyncio.to_thread(self._comptoir.films.begin, cafe, shown)
        except OSError as error:
            log.warning("film: %s", type(error).__name__)
            raise BadRequest(503, "error.not-kept") from error
        try:
            await _written(request, incoming)
            return await asyncio.to_thread(incoming.keep)
        except OSError as error:
            log.warning("film: %s", type(error).__name__)
            raise BadRequest(503, "error.not-kept") from error
        finally:
            await asyncio.to_thread(incoming.drop)

    async def film(self, request: Request) -> Response:
        """A video of a café, for whoever takes part in it or watches it; parts of it on demand."""
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        if not self._comptoir.may("see-films", request.cookies, room.id, room.cafe):
            raise BadRequest(403, "error.no-key")
        path = self._comptoir.films.find(room.id, request.path_params["name"])
        if path is None:
            raise BadRequest(404, "error.no-route")
        kind = TYPES[path.suffix.removeprefix(".")]
        return FileResponse(path, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})

    async def picture(self, request: Request) -> Response:
        """A drawing of the pack."""
        drawing = self._comptoir.pack.pictures.get(request.path_params["name"])
        if drawing is None:
            raise BadRequest(404, "error.no-route")
        return Response(drawing, media_type="image/svg+xml", headers=_PICTURE_HEADERS)


async def _written(request: Request, incoming: Incoming) -> None:
    waiting = bytearray()
    parts = request.stream().__aiter__()
    try:
        while True:
            async with asyncio.timeout(_SECONDS_WITHOUT_NEWS):
                part = await anext(parts, None)
            if part is None:
                break
            waiting += part
            if len(waiting) >= _PART_BYTES:
                await asyncio.to_thread(incoming.write, bytes(waiting))
                waiting.clear()
    except ClientDisconnect:
        raise BadRequest(400, "error.malformed") from None
    except TimeoutError:
        raise BadRequest(408, "error.too-slow") from None
    await asyncio.to_thread(incoming.write, bytes(waiting))
