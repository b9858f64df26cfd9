"""Looks for cyclic garbage while nobody waits: looked for in a rush, it holds everybody up at once."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.live import Hub

# How often rest is looked for, and how long nothing must have happened for it to be rest. In seconds.
LOOK_SECONDS = 30.0
REST_SECONDS = 10.0
# Young garbage is collected as ever; old garbage, by the interpreter itself, a hundred times more rarely.
_THRESHOLDS = (700, 10, 1000)


def spare_what_is_loaded() -> None:
    """Tell the collector that nothing loaded so far will ever be garbage, and to leave the old to `collect_at_rest`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


async def collect_at_rest(hub: Hub, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Collect once after each burst of changes, when no room has had any for `REST_SECONDS`, until cancelled.

    `clock` gives seconds, as `Room.used_at` does.
    """
    collected_at = clock()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        used_at = max((room.used_at for room in hub.rooms), default=collected_at)
        if used_at > collected_at and clock() - used_at > REST_SECONDS:
            # On the loop's own thread: the interpreter stops for it in any case.
            gc.collect()
            collected_at = clock()
