"""Phones with their whole page: Streamlit's socket and the stream, which a network may cut and which come back."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bench.console import Awake, Facilitator, Tab
from bench.phones import Crowd, Phone
from bench.wire import Browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bench.phones import View
    from bench.play import Play
    from bench.wire import Address


class Comeback(Phone):
    """A phone that can lose the network and find it again; its cookie stays in its browser."""

    async def drop(self) -> None:
        """The network goes: every connection at once, without a goodbye."""
        assert self._stream is not None
        assert self._tab is not None
        self._stream._closing = True
        self._stream._transport.abort()
        self._browser.close()
        self._asking.close()
        self._tab._socket.transport.abort()

    async def come_back(self) -> None:
        """What the page does when it hears nothing more: its stream, its state, and Streamlit's socket."""
        assert self._stream is not None
        path = f"/participer?cafe={self.cafe}"
        self._stream = await self._browser.listen(self._addresses["stream"], self._hear)
        self._tab = await Tab.open(self._browser, path)
        await self._tab.first_run()
        assert "comptoir.pad" in self._tab.components, list(self._tab.said)

    @property
    def cafe(self) -> str:
        return self._addresses["stream"].split("/")[3]

    async def state(self) -> dict[str, Any]:
        reply = await self._browser.get(self._addresses["state"])
        assert reply.status == 200, reply.body
        found: dict[str, Any] = json.loads(reply.body)
        return found


@asynccontextmanager
async def held(address: Address) -> AsyncIterator[tuple[Facilitator, Awake]]:
    """A café that was just made, with its console and its screen open."""
    facilitator = Facilitator(address)
    await facilitator.prepare()
    screen = Awake(Browser(address))
    await screen.open(facilitator.screen_link)
    try:
        yield facilitator, screen
    finally:
        await screen.close()
        await facilitator.close()


async def asked(play: Play) -> View:
    """Go on until phones are asked for an answer; gives what they see."""
    while await play._to_next_question():
        if play._view.get("open") and play._view["kind"] != "board":
            return play._view
    raise RuntimeError("nothing is asked in this café")


def crowd_of(address: Address, count: int) -> Crowd:
    crowd = Crowd(address, 0)
    crowd.phones = [Comeback(crowd, number, address) for number in range(count)]
    return crowd
