"""Rehearsals: one task for each, in which simulated people do what people do, by the same decisions as phones.

A task ends with the café, with the process, or once nobody has looked for an hour. Whoever begins it again, after
a restart of the server for instance, finds the same people: those who had come in are there at once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from state.crowd import deeds, gather
from state.domain import decisions
from state.domain.errors import Refusal
from state.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.crowd import Deed, Extra
    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from state.live import Room

_TICK_SECONDS = 0.3
_UNWATCHED_SECONDS = 3600.0
_TRIES_AGAIN_SECONDS = 5.0

log = logging.getLogger(__name__)


class Pace:
    """How time goes for simulated people: in seconds, from any beginning."""

    def now(self) -> float:
        return time.monotonic()

    async def rest(self, room: Room, seen: str, until: float) -> None:
        """Return at `until`, or once the room is no longer what `seen` saw; never at once."""
        await asyncio.sleep(_TICK_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, until - self.now())):
                await room.news(seen)


class Rehearsals:
    """The rehearsals of this process, by café."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace or Pace()
        self._running: dict[str, asyncio.Task[None]] = {}

    def running(self, cafe_id: str) -> bool:
        return cafe_id in self._running

    def start(self, room: Room) -> None:
        """Have simulated people come to a room, where it is a rehearsal and they are not there already."""
        if self.running(room.id) or room.cafe.closed or not room.cafe.plan.rehearsal:
            return
        task = asyncio.get_running_loop().create_task(_Crowd(room, self._pace).live())
        self._running[room.id] = task
        task.add_done_callback(partial(self._ended, room.id))

    async def stop(self) -> None:
        """Have everybody leave: the process is about to stop."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, cafe_id: str, task: asyncio.Task[None]) -> None:
        del self._running[cafe_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("rehearsal %s: stopped", cafe_id, exc_info=error)


class _Crowd:
    """The simulated people of one room: those still to come, those who are there, and what each is about to do."""

    def __init__(self, room: Room, pace: Pace) -> None:
        self._room = room
        self._pace = pace
        begins = pace.now()
        known = room.cafe.participants
        # The same people whenever this room is filled, who do other things each time.
        everybody = gather(room.cafe.plan.simulated, Random(room.id))  # noqa: S311 - nobody has to be surprised
        self._chance = Random(f"{room.id} {room.cafe.version}")  # noqa: S311
        self._order = count()
        self._coming: list[tuple[float, int, Extra]] = []
        self._here: list[Extra] = []
        self._agenda: list[tuple[float, int, Deed]] = []
        self._asked: tuple[str, bool, bool] | None = None
        self._thought: set[str] = set()
        self._watched_at = begins
        for extra in everybody:
            if extra.id in known:
                self._comes_in(extra)
            else:
                heappush(self._coming, (begins + extra.arrives, next(self._order), extra))

    async def live(self) -> None:
        try:
            while not self._over():
                seen = self._room.version_mark
                await self._arrive()
                self._think()
                await self._act()
                await self._pace.rest(self._room, seen, self._next())
        finally:
            for extra in self._here:
                self._room.leave(extra.id)

    def _over(self) -> bool:
        now = self._pace.now()
        if self._room.watched:
            self._watched_at = now
        return self._room.ended or self._room.cafe.closed or now - self._watched_at > _UNWATCHED_SECONDS

    async def _arrive(self) -> None:
        now = self._pace.now()
        due: list[Extra] = []
        while self._coming and self._coming[0][0] <= now:
            due.append(heappop(self._coming)[2])
        await asyncio.gather(*(self._submit(partial(_joins, extra)) for extra in due))
        for extra in due:
            if extra.id in self._room.cafe.participants:
                self._comes_in(extra)
            else:
                heappush(self._coming, (now + _TRIES_AGAIN_SECONDS, next(self._order), extra))

    def _comes_in(self, extra: Extra) -> None:
        self._here.append(extra)
        self._room.enter(extra.id)

    def _think(self) -> None:
        """Have each person who has not done so yet decide what they will do about what is asked now, and when."""
        cafe = self._room.cafe
        stop = cafe.stop
        asked = (stop.id, cafe.round(stop.id).open, cafe.round(stop.id).revealed)
        if asked != self._asked:
            self._asked = asked
            self._agenda.clear()
            self._thought.clear()
        if not cafe.round(stop.id).open:
            return
        now = self._pace.now()
        for extra in self._here:
            if extra.id not in self._thought and not cafe.participants[extra.id].removed:
                self._thought.add(extra.id)
                for seconds, deed in deeds(cafe, stop, extra, self._chance):
                    heappush(self._agenda, (now + seconds, next(self._order), deed))

    async def _act(self) -> None:
        now = self._pace.now()
        due: list[Deed] = []
        while self._agenda and self._agenda[0][0] <= now:
            due.append(heappop(self._agenda)[2])
        await asyncio.gather(*(self._submit(deed) for deed in due))

    async def _submit(self, deed: Deed) -> None:
        # Sent away, too late by a moment, a full disk: as for anybody, nothing happens.
        with suppress(Refusal, StoreError):
            await self._room.submit(deed)

    def _next(self) -> float:
        """When there will be something to do if nothing happens meanwhile."""
        moments = [self._watched_at + _UNWATCHED_SECONDS + 1]
        moments += [entries[0][0] for entries in (self._coming, self._agenda) if entries]
        return min(moments)


def _joins(extra: Extra, cafe: Cafe) -> Iterable[Event]:
    return decisions.join(cafe, extra.id, pseudonym=extra.pseudonym, level=extra.level, place=extra.place)


__all__ = ["Pace", "Rehearsals"]
