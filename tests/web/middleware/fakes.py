"""A browser of a few lines, and applications that answer what they are told and remember what they were asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What came back: `chunks` are the bodies of each message, as they were sent."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    root_path: str = "",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send a request as a server would hand it over: the path decoded once, header names in small letters."""
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": root_path,
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    answer = Answer()
    to_come: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not to_come:
            await asyncio.Event().wait()  # the browser stays until it is answered
        return to_come.pop()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            names = [name.decode() for name, _ in message["headers"]]
            assert len(set(names)) == len(names), f"a header is sent twice: {names}"
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.chunks.append(message.get("body", b""))

    asyncio.run(_run(app, scope, receive, send))
    return answer


async def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


@dataclass
class Inner:
    """The application inside: one answer for every request, in one or more chunks."""

    chunks: tuple[bytes, ...] = (b"inner",)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[Scope] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        if scope["type"] != "http":
            return
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for position, chunk in enumerate(self.chunks, start=1):
            more = position < len(self.chunks)
            await send({"type": "http.response.body", "body": chunk, "more_body": more})


def page(body: bytes, **headers: str) -> Inner:
    """An inner application that answers an HTML page."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Inner((body,), headers={"content-type": HTML, "content-length": str(len(body)), **given})


def header_seen(inner: Inner, name: str) -> str | None:
    """Give a header of the last request that reached the inner application."""
    return next((value.decode() for key, value in inner.seen[-1]["headers"] if key.decode() == name), None)
