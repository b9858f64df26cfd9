"""Cafés that come in as a file: one is made from it, or nothing is, and everything wrong with it is said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from components.words import base_path
from content.cafe_file import MOST_BYTES, read_cafe
from content.catalogue import t, tn
from content.problems import PackError
from state.budgets import IMPORTS
from state.domain.events import Details
from web.guards import read_body, require_same_origin, where

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir

_FILE = "cafe.toml"
_SECONDS = 20.0
# A file that is no café at all has hundreds of faults: the first ones are enough to see it.
_MOST_TOLD = 30
_NO_STORE = {"Cache-Control": "no-store"}


class CafeFiles:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def bring_cafe(self, request: Request) -> Response:
        """Make a café of a file; answers with the path of its composer, or with all that is wrong."""
        require_same_origin(request, self._comptoir.settings.public_url)
        self._comptoir.budgets.spend("import", IMPORTS, where(request))
        data = await read_body(request, most=MOST_BYTES, too_large="error.file-too-large", seconds=_SECONDS)
        try:
            file = await asyncio.to_thread(read_cafe, _FILE, data, pictures=self._comptoir.pack.pictures)
        except PackError as error:
            told = [str(one) for one in error.problems[:_MOST_TOLD]]
            message = tn("import.problems", len(error.problems))
            return JSONResponse({"code": "bad-file", "message": message, "problems": told}, 422, headers=_NO_STORE)
        details = Details(minutes=file.minutes, place=file.place, organiser=file.organiser, address=file.address)
        made = await self._comptoir.found(file.plan, title=file.title, cookies=request.cookies, details=details)
        path = f"{base_path()}/animer/{made.id}/{made.token}?vers=composer"
        return JSONResponse({"message": t("import.done"), "path": path}, 201, headers=_NO_STORE)
