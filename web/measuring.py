"""What each request adds to the metrics: how long an acknowledgement took, what was refused, which streams are open."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from web.guards import Problem
from web.streams import EventStream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir
    from web.draining import Life
    from web.metrics import Metrics

    Handler = Callable[[Request], Awaitable[Response]]

# What people wait for, looking at their phone.
_ACKNOWLEDGED = {"answer", "note"}


def measuring(handler: Handler, name: str, comptoir: Callable[[], Comptoir], metrics: Metrics, life: Life) -> Handler:
    """The handler of the route `name`, measured; the streams it opens end well when the process leaves."""

    async def measured(request: Request) -> Response:
        began = time.perf_counter()
        try:
            response = await handler(request)
        except Exception:
            metrics.errors.labels("fault").inc()
            raise
        if isinstance(response, Problem):
            metrics.errors.labels(response.code).inc()
        elif name in _ACKNOWLEDGED:
            metrics.acknowledgement.observe(time.perf_counter() - began)
        elif isinstance(response, EventStream):
            room = comptoir().hub.open_room(request.path_params["cafe"])
            assert room is not None  # its stream has just been made
            response.frames = life.until_leaving(metrics.follow(name, response.frames, room))
        return response

    return measured
