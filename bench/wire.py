"""The least of HTTP that a phone needs, over raw sockets: the generator shares two cores with what it measures."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_AGENT = "Mozilla/5.0 (Linux; Android 14) comptoir-bench"


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    """`sent` and `received` are of `time.perf_counter`: the first byte out, the last byte in."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    sent: float
    received: float

    @property
    def location(self) -> str:
        return next((value for name, value in self.headers if name == "location"), "")


class Browser:
    """One browser's cookies and its keep-alive connection, one request at a time."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self._wire: _Exchange | None = None

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def get(self, path: str, **headers: str) -> Reply:
        return await self._send(self.head("GET", path, {"Accept-Encoding": "gzip, deflate, br", **headers}))

    async def post(self, path: str, body: bytes) -> Reply:
        headers = {
            "Accept-Encoding": "gzip, deflate, br",
            "Origin": self.address.origin,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        return await self._send(self.head("POST", path, headers) + body)

    async def follow(self, path: str) -> tuple[str, Reply]:
        """Get a page as the address bar does; gives the path that redirections led to."""
        reply = await self.get(path)
        while 300 <= reply.status < 400:
            path = reply.location.removeprefix(self.address.origin)
            reply = await self.get(path)
        return path, reply

    async def listen(self, path: str, hear: Callable[[bytes, bytes, float], None]) -> Listener:
        """Open a stream of events: `hear(event, data, when)`."""
        request = self.head("GET", path, {"Accept": "text/event-stream", "Cache-Control": "no-cache"})
        loop = asyncio.get_running_loop()
        _, listener = await loop.create_connection(
            lambda: Listener(request, hear), self.address.host, self.address.port
        )
        await listener.opened
        return listener

    def head(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.address.host}:{self.address.port}",
            f"User-Agent: {_AGENT}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        if self.cookies:
            lines.append(f"Cookie: {self.cookie_header}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()

    async def _send(self, request: bytes) -> Reply:
        # A connection that the server closed while it was idle is opened again, on the clock, as a browser does.
        began = time.perf_counter()
        for last in (False, True):
            if self._wire is None or self._wire.closed:
                loop = asyncio.get_running_loop()
                _, self._wire = await loop.create_connection(_Exchange, self.address.host, self.address.port)
            try:
                status, headers, body, received = await self._wire.exchange(request)
                break
            except ConnectionError:
                if last:
                    raise
        reply = Reply(status, headers, body, began, received)
        for name, value in reply.headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key.strip()] = rest.partition(";")[0]
        return reply


class _Head:
    """The head of a response, and what is needed to cut its body."""

    def __init__(self, raw: bytes) -> None:
        first, *lines = raw.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        pairs = (line.partition(":") for line in lines)
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in pairs]
        found = dict(self.headers)
        self.chunked = found.get("transfer-encoding") == "chunked"
        self.length = int(found.get("content-length", "0"))
        self.closes = found.get("connection") == "close"


class _Chunks:
    """Takes apart a chunked body as it comes."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.done = False

    def feed(self, data: bytes) -> bytes:
        self._buffer += data
        out = []
        while not self.done:
            end = self._buffer.find(b"\r\n")
            if end < 0:
                break
            size = int(self._buffer[:end], 16)
            if len(self._buffer) < end + 4 + size:
                break
            if size == 0:
                self.done = True
            out.append(bytes(self._buffer[end + 2 : end + 2 + size]))
            del self._buffer[: end + 4 + size]
        return b"".join(out)


class _Exchange(asyncio.Protocol):
    """Sends a request, gives back its response."""

    def __init__(self) -> None:
        self.closed = False
        self._buffer = bytearray()
        self._head: _Head | None = None
        self._chunks = _Chunks()
        self._waiter: asyncio.Future[tuple[int, list[tuple[str, str]], bytes, float]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    async def exchange(self, request: bytes) -> tuple[int, list[tuple[str, str]], bytes, float]:
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiter

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._buffer += data
        if self._head is None:
            head, mark, rest = self._buffer.partition(b"\r\n\r\n")
            if not mark:
                return
            self._head = _Head(bytes(head))
            self._buffer = bytearray() if self._head.chunked else rest
            self._body = bytearray(self._chunks.feed(bytes(rest))) if self._head.chunked else bytearray()
        elif self._head.chunked:
            self._body += self._chunks.feed(data)
            self._buffer.clear()
        if self._head.chunked and not self._chunks.done:
            return
        if not self._head.chunked:
            if len(self._buffer) < self._head.length:
                return
            self._body = self._buffer
        self._finish(self._head, bytes(self._body), now)

    def _finish(self, head: _Head, body: bytes, now: float) -> None:
        self._buffer = bytearray()
        self._head = None
        self._chunks = _Chunks()
        if head.closes:
            self.close()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result((head.status, head.headers, body, now))

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(ConnectionResetError(str(exc or "closed")))

    def close(self) -> None:
        self.closed = True
        self._transport.close()


class Listener(asyncio.Protocol):
    """A stream of server-sent events. `cut` tells that it ended without being closed from here."""

    def __init__(self, request: bytes, hear: Callable[[bytes, bytes, float], None]) -> None:
        self._request = request
        self._hear = hear
        self._raw = bytearray()
        self._text = b""
        self._chunks = _Chunks()
        self._closing = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.cut = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if not self.opened.done():
            self._raw += data
            head, mark, rest = self._raw.partition(b"\r\n\r\n")
            if not mark:
                return
            status = _Head(bytes(head)).status
            if status != 200:
                self.opened.set_exception(ConnectionError(f"the stream answered {status}"))
                return
            self.opened.set_result(None)
            data = bytes(rest)
        self._text += self._chunks.feed(data)
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            name, said = b"message", b""
            for line in event.split(b"\n"):
                if line.startswith(b"data: "):
                    said = line[6:]
                elif line.startswith(b"event: "):
                    name = line[7:]
            if said:
                self._hear(name, said, now)

    def connection_lost(self, exc: Exception | None) -> None:
        self.cut = not self._closing
        if not self.opened.done():
            self.opened.set_exception(ConnectionResetError(str(exc or "closed")))

    def close(self) -> None:
        self._closing = True
        self._transport.close()
