"""What a facilitator takes away of a café, written in a thread and sent as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from state.exports.files import FORMATS
from state.exports.naming import file_name
from web.guards import BadRequest

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir


class Exports:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def export(self, request: Request) -> Response:
        """A file of a café for whoever facilitates it; `noms=1` puts the pseudonyms in."""
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        cafe = room.cafe
        if not self._comptoir.may("facilitate", request.cookies, room.id, cafe):
            raise BadRequest(403, "error.no-key")
        asked = FORMATS.get(request.path_params["name"])
        if asked is None:
            raise BadRequest(404, "error.no-route")
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{file_name(cafe, asked.ending)}"',
            "X-Content-Type-Options": "nosniff",
        }
        # Starlette asks a plain generator for each part in a thread: the loop that serves phones never waits for one.
        parts = asked.make(cafe, names=request.query_params.get("noms") == "1")
        return StreamingResponse(parts, media_type=asked.media_type, headers=headers)
