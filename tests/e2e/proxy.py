"""Proxies as some offices have them: one keeps to itself what never ends, another cuts WebSockets."""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_SOCKET = re.compile(rb"^GET /_stcore/stream[ ?]")
_STREAM = re.compile(rb"^GET /api/cafes/[^/ ]+/stream[ ?]")
_CHUNK = 65_536


class Proxy:
    """Listens on `port` and forwards to `target`, WebSockets included; it may hold streams back, or cut sockets."""

    def __init__(self, target: int, *, holding: bool = False) -> None:
        self.port = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="the proxy", daemon=True)
        self._streams_pass = asyncio.Event()
        if not holding:
            self._streams_pass.set()
        self._sockets_pass = True
        self._wires: set[_Wire] = set()
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def let_streams_go(self) -> None:
        """From now on, pass everything on at once."""
        self._loop.call_soon_threadsafe(self._streams_pass.set)

    def cut_sockets(self) -> None:
        """End every WebSocket, and refuse others until `mend_sockets`; all else passes."""
        self._loop.call_soon_threadsafe(self._cut)

    def mend_sockets(self) -> None:
        self._sockets_pass = True

    def _cut(self) -> None:
        self._sockets_pass = False
        for wire in self._wires:
            if wire.is_socket:
                wire.hang_up()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        assert self._server is not None
        self._server.close()
        self._streams_pass.set()
        for wire in self._wires:
            wire.hang_up()
        await asyncio.gather(*(wire.done.wait() for wire in self._wires))

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        wire = _Wire(reader, writer, there, back)
        self._wires.add(wire)
        try:
            await asyncio.gather(self._upwards(wire), self._downwards(wire))
        except OSError:
            pass  # either side hung up
        finally:
            wire.hang_up()
            wire.done.set()
            self._wires.discard(wire)

    async def _upwards(self, wire: _Wire) -> None:
        while chunk := await wire.reader.read(_CHUNK):
            # A browser sends one request at a time on a connection, so what comes back belongs to this one.
            wire.streams = wire.streams or bool(_STREAM.match(chunk))
            wire.is_socket = wire.is_socket or bool(_SOCKET.match(chunk))
            if wire.is_socket and not self._sockets_pass:
                break
            wire.back.write(chunk)
            await wire.back.drain()
        wire.hang_up()

    async def _downwards(self, wire: _Wire) -> None:
        while chunk := await wire.there.read(_CHUNK):
            if wire.streams:
                await self._streams_pass.wait()
            wire.writer.write(chunk)
            await wire.writer.drain()
        wire.hang_up()


@dataclass(slots=True, eq=False)
class _Wire:
    """One connection: the browser's side, the app's side, and what it carries."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    there: asyncio.StreamReader
    back: asyncio.StreamWriter
    streams: bool = False
    is_socket: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def hang_up(self) -> None:
        self.writer.close()
        self.back.close()
