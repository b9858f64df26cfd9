"""Keeps how many people are connected to each café being played, for its review: a number, never who."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from state.domain.chronicle import count_presence
from state.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.live import Hub, Room

# How often the rooms are looked at; a count is kept once a minute at most, and only where it changed.
LOOK_SECONDS = 10.0


async def keep_presence(hub: Hub, *, clock: Callable[[], float] = time.time) -> None:
    """Look at every room that somebody watches or is connected to, until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = clock()
        await asyncio.gather(*(_keep(room, now) for room in hub.rooms if room.watched or room.connected))


async def _keep(room: Room, now: float) -> None:
    count = partial(count_presence, connected=room.connected, now=now)
    # Asked first, so that a room where nothing changes is not kept from being let go.
    if count(room.cafe):
        # What could not be kept was logged, and will be counted again.
        with suppress(StoreError):
            await room.submit(count)
