"""A WebSocket opens only for pages of this app: another site's script gets nothing, and costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.origins import host_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class SameOriginSockets:
    """Refuses foreign origins before Streamlit does, which would first ask the internet for this machine's address.

    An origin that is the public address is accepted behind a proxy that gives another Host.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app = app
        self._public = host_of(public_url).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = dict(scope["headers"])
            origin = headers.get(b"origin")
            if origin is not None:
                netloc = host_of(origin.decode("latin-1")).encode("latin-1")
                if netloc not in {headers.get(b"host"), self._public} or not netloc:
                    await receive()
                    await send({"type": "websocket.close", "code": 4403})
                    return
                others = [pair for pair in scope["headers"] if pair[0] != b"host"]
                scope = {**scope, "headers": [*others, (b"host", netloc)]}
        await self._app(scope, receive, send)
