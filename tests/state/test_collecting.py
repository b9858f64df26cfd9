"""Old garbage is looked for once after people did something, and not while they do."""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from components.pad import render_view
from state.collecting import collect_at_rest
from state.live import Hub
from state.stores.memory import MemoryStore
from tests.state.cafes import created
from tests.state.test_rehearsal import until

if TYPE_CHECKING:
    import pytest


def test_garbage_is_looked_for_once_after_each_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    # Time itself cannot be handed in here.
    monkeypatch.setattr("state.collecting.LOOK_SECONDS", 0.01)
    looked: list[float] = []
    later = [0.0]
    monkeypatch.setattr(gc, "collect", lambda: looked.append(later[0]))

    async def scenario() -> None:
        hub = Hub(MemoryStore(), render=render_view)
        room = await hub.create("cafe00000001", created())
        collecting = asyncio.create_task(collect_at_rest(hub, clock=lambda: time.monotonic() + later[0]))
        await asyncio.sleep(0.05)
        room.used_at = time.monotonic() + 1
        await asyncio.sleep(0.1)
        assert not looked
        later[0] = 20
        await until(lambda: len(looked) > 0)
        await asyncio.sleep(0.1)
        assert len(looked) == 1
        room.used_at = time.monotonic() + 21
        await asyncio.sleep(0.1)
        assert len(looked) == 1
        later[0] = 40
        await until(lambda: len(looked) > 1)
        collecting.cancel()
        with suppress(asyncio.CancelledError):
            await collecting

    asyncio.run(asyncio.wait_for(scenario(), 20))
