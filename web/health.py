"""What a supervisor asks: is this process alive, may it be sent people, and how is it doing (its metrics)."""

from __future__ import annotations

import asyncio
from hmac import compare_digest
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from content.catalogue import t
from web.guards import BadRequest

if TYPE_CHECKING:
    from starlette.requests import Request

    from state.session import Comptoir
    from web.draining import Life
    from web.metrics import Metrics

_NO_STORE = {"Cache-Control": "no-store"}


class Health:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir, metrics: Metrics, life: Life) -> None:
        self._comptoir = comptoir
        self._metrics = metrics
        self._life = life

    async def live(self, _: Request) -> Response:
        """200 while the process answers: what does not should be started again."""
        return JSONResponse({"alive": True}, headers=_NO_STORE)

    async def ready(self, _: Request) -> Response:
        """200 when people may be sent here: the store takes writes, and the process is not about to stop."""
        if self._life.leaving:
            return JSONResponse({"ready": False, "message": t("health.leaving")}, 503, headers=_NO_STORE)
        health = await asyncio.to_thread(self._comptoir.health)
        message = t("health.fine") if health.writable else t("error.store-refuses")
        return JSONResponse(
            {"ready": health.writable, "message": message}, 200 if health.writable else 503, headers=_NO_STORE
        )

    async def metrics(self, request: Request) -> Response:
        """The metrics, for who bears the token of the settings; for anybody else there is nothing here."""
        expected = self._comptoir.settings.metrics.token
        given = request.headers.get("authorization", "")
        if not expected or not compare_digest(given.encode(), f"Bearer {expected}".encode()):
            raise BadRequest(404, "error.no-route")
        return Response(self._metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST, **_NO_STORE})
