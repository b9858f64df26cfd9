"""Who may open a WebSocket: pages of the app, at its own or its public address, and programs that name no origin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from web.middleware.origin import SameOriginSockets

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

HOST = "192.168.1.20:8501"
PUBLIC = "https://cafe.exemple.fr"


class Socket:
    """An application that accepts every socket, and remembers under which host it was asked."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.hosts.append(dict(scope["headers"])[b"host"].decode())
        await send({"type": "websocket.accept"})


def opening(origin: str | None) -> tuple[list[Message], Socket]:
    """What a browser hears when a page of `origin` opens a socket, and what the application saw."""
    heard: list[Message] = []
    inner = Socket()
    headers = [(b"host", HOST.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        heard.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(SameOriginSockets(inner, PUBLIC)(scope, receive, send))
    return heard, inner


@pytest.mark.parametrize(("origin", "host"), [(f"http://{HOST}", HOST), (None, HOST), (PUBLIC, "cafe.exemple.fr")])
def test_own_pages_open_a_socket(origin: str | None, host: str) -> None:
    heard, inner = opening(origin)
    assert heard == [{"type": "websocket.accept"}]
    assert inner.hosts == [host]


@pytest.mark.parametrize(
    "origin", ["http://ailleurs.exemple", f"http://{HOST}.ailleurs.exemple", "null", "", "http://192.168.1.20:9999"]
)
def test_other_sites_do_not_reach_the_application(origin: str) -> None:
    heard, inner = opening(origin)
    assert [message["type"] for message in heard] == ["websocket.close"]
    assert inner.hosts == []
