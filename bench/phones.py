"""Phones over the wire: each follows the QR's link, loads the page, joins, listens, and answers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.console import Tab
from bench.wire import Browser

if TYPE_CHECKING:
    from bench.answers import Sticker
    from bench.wire import Address, Listener, Reply

View = dict[str, Any]
Matches = Callable[[View], bool]


class Waited:
    """What every phone should now show, and when each got it."""

    def __init__(self, phones: int, matches: Matches) -> None:
        self._matches = matches
        self._known: dict[bytes, bool] = {}
        self._phones = phones
        self.view: View = {}
        self.times: dict[int, float] = {}
        self.all: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def take(self, phone: int, body: bytes, when: float) -> None:
        known = self._known.get(body)
        if known is None:
            view = json.loads(body)
            known = self._known[body] = self._matches(view)
            if known:
                self.view = view
        if known and phone not in self.times:
            self.times[phone] = when
            if len(self.times) == self._phones and not self.all.done():
                self.all.set_result(None)


class Crowd:
    """All the phones of a café."""

    def __init__(self, address: Address, count: int) -> None:
        self.phones = [Phone(self, number, address) for number in range(count)]
        self.waited: Waited | None = None
        # The size of every view that a phone heard, in bytes.
        self.heard: list[int] = []

    async def come_in(self, code: str, *, at_once: int) -> list[float]:
        """Everybody joins, so many at a time; gives how long each took from the link to the stream."""
        doors = asyncio.Semaphore(at_once)

        async def enter(phone: Phone) -> float:
            async with doors:
                began = time.perf_counter()
                await phone.come_in(code)
                return time.perf_counter() - began

        return list(await asyncio.gather(*(enter(phone) for phone in self.phones)))

    def wait_for(self, matches: Matches) -> Waited:
        self.waited = Waited(len(self.phones), matches)
        return self.waited

    @property
    def cut(self) -> int:
        return sum(phone.cut for phone in self.phones)

    async def leave(self) -> None:
        await asyncio.gather(*(phone.leave() for phone in self.phones))


class Phone:
    def __init__(self, crowd: Crowd, number: int, address: Address) -> None:
        self.number = number
        self._crowd = crowd
        self._browser = Browser(address)
        self._tab: Tab | None = None
        self._stream: Listener | None = None
        self._addresses: dict[str, str] = {}
        self._asking: Browser = Browser(address)
        self._refreshing: asyncio.Task[None] | None = None
        self._stale = False

    @property
    def cut(self) -> bool:
        """Whether its stream ended on the way: a browser would open it again, a measure should not need it."""
        return self._stream is not None and self._stream.cut

    async def come_in(self, code: str) -> None:
        path, page = await self._browser.follow(f"/c/{code}")
        if page.status != 200:
            raise RuntimeError(f"the page answered {page.status}")
        # The page's session stays open, as it does behind a phone, and nothing more is said in it.
        self._tab = await Tab.open(self._browser, path)
        await self._tab.first_run()
        self._addresses = self._tab.component("comptoir.pad")["addresses"]
        self._stream = await self._browser.listen(self._addresses["stream"], self._hear)
        joined = await self._post("join", {"pseudonym": f"Tel {self.number}", "level": None, "place": None})
        if joined.status != 200:
            raise RuntimeError(f"joining was answered {joined.status}: {joined.body[:200]!r}")

    async def answer(self, question: str, value: str) -> Reply:
        return await self._post("answers", {"key": uuid4().hex, "question": question, "value": value})

    async def stick(self, question: str, one: Sticker) -> tuple[str, Reply]:
        """Stick a note; gives its id, and what was answered."""
        note = uuid4().hex
        more = {"text": one.text, "column": one.column, "colour": one.colour}
        return note, await self._tell(question, note, "post", more)

    async def back(self, question: str, note: str) -> Reply:
        return await self._tell(question, note, "back", {})

    async def _tell(self, question: str, note: str, action: str, more: dict[str, Any]) -> Reply:
        said = {"key": uuid4().hex, "question": question, "note": note, "action": action, "seat": 1}
        return await self._post("notes", {**said, **more})

    async def leave(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()
        self._asking.close()
        if self._stream is not None:
            self._stream.close()
        self._browser.close()
        if self._tab is not None:
            await self._tab.close()

    async def _post(self, address: str, body: dict[str, Any]) -> Reply:
        return await self._browser.post(self._addresses[address], json.dumps(body).encode())

    def _hear(self, event: bytes, data: bytes, when: float) -> None:
        if event == b"view":
            self._crowd.heard.append(len(data))
            if self._crowd.waited is not None:
                self._crowd.waited.take(self.number, data, when)
        elif event == b"me":
            self._stale = True
            if self._refreshing is None or self._refreshing.done():
                self._refreshing = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        """Something concerns this person alone: the pad asks what, on another connection."""
        self._asking.cookies = self._browser.cookies
        while self._stale:
            self._stale = False
            await self._asking.get(self._addresses["state"])
