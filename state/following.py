"""What other processes wrote to the same database comes to the rooms of this one.

One connection listens, from before anything is caught up with: what is written meanwhile is then told. What is told is
a café and the number of its last record, and only says that there is something to read; a slow look at every open room
finds what was never told.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

import psycopg

from state.ports import Damaged, UnknownCafe

if TYPE_CHECKING:
    from state.carnets import Carnets
    from state.live import Hub, Room

LOOK_SECONDS = 2.0
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0
_CONNECTION = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}

log = logging.getLogger(__name__)


async def follow(hub: Hub, carnets: Carnets, url: str) -> None:
    """Until cancelled. The connection is direct: one that a pooler lends for a transaction hears nothing."""
    follower = _Follower(hub, carnets)
    pause = _FIRST_PAUSE
    while True:
        try:
            listener = await psycopg.AsyncConnection.connect(url, autocommit=True, **_CONNECTION)  # type: ignore[arg-type]
            async with listener:
                await listener.execute("LISTEN comptoir")
                await follower.catch_up()
                pause = _FIRST_PAUSE
                await follower.listen(listener)
        except Exception as error:  # noqa: BLE001 - whatever it was, this process must go on hearing of the others
            log.warning("nothing is heard of other processes for now (%s)", type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


class _Follower:
    def __init__(self, hub: Hub, carnets: Carnets) -> None:
        self._hub = hub
        self._carnets = carnets
        self._known: set[str] = set()

    async def catch_up(self) -> None:
        """With everything written while nobody listened. Raises: StoreError."""
        firsts = await asyncio.to_thread(self._hub.store.first_records)
        for cafe_id, first in firsts.items():
            self._hub.learn(cafe_id, first)
        for gone in set(self._hub.codes.values()) - firsts.keys():
            # One being made at this very moment is not gone.
            if not await asyncio.to_thread(self._hub.store.versions, [gone]):
                self._hub.let_go(gone)
        self._known = set(firsts)
        self._carnets.overtaken_all()
        await self.look()

    async def listen(self, listener: psycopg.AsyncConnection[Any]) -> None:
        """Raises: psycopg.Error: the connection is lost. StoreError."""
        looked = time.monotonic()
        while True:
            told: dict[str, int] = {}
            async for notification in listener.notifies(timeout=LOOK_SECONDS, stop_after=1):
                cafe_id, _, seq = notification.payload.partition(" ")
                told[cafe_id] = int(seq)
            await asyncio.gather(*(self._hear(cafe_id, seq) for cafe_id, seq in told.items()))
            if time.monotonic() - looked >= LOOK_SECONDS:
                await self.look()
                looked = time.monotonic()

    async def look(self) -> None:
        """At every open room, whether there is more than it knows. Raises: StoreError."""
        rooms = self._hub.rooms
        versions = await asyncio.to_thread(self._hub.store.versions, [room.id for room in rooms])
        await asyncio.gather(*(self._bring(room, versions.get(room.id, 0)) for room in rooms))

    async def _hear(self, cafe_id: str, seq: int) -> None:
        self._carnets.overtaken(cafe_id, seq)
        if (room := self._hub.open_room(cafe_id)) is not None:
            await self._bring(room, seq)
        elif not seq:
            self._hub.let_go(cafe_id)
        elif cafe_id not in self._known:
            try:
                records = await asyncio.to_thread(self._hub.store.load, cafe_id)
            except (UnknownCafe, Damaged):
                return
            self._hub.learn(cafe_id, records[0])
        self._known.add(cafe_id)

    async def _bring(self, room: Room, seq: int) -> None:
        """A room up to a number; none is left of a café whose number is 0."""
        try:
            if seq:
                await room.catch_up(seq)
                return
        except Damaged:
            # Its page says so, and the others are none the worse.
            return
        except UnknownCafe:
            pass
        self._hub.let_go(room.id)
