"""Counts of who is connected are kept without waking phones, and a disk that refuses them stops nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from components.pad import render_view
from state.live import Hub
from state.presence import keep_presence
from state.stores.memory import MemoryStore
from tests.state.cafes import START, created, joins
from tests.state.test_rehearsal import until

if TYPE_CHECKING:
    import pytest


def test_presence_is_kept_and_no_view_is_sent_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # Time itself cannot be handed in here.
    monkeypatch.setattr("state.presence.LOOK_SECONDS", 0.01)

    async def scenario() -> None:
        hub = Hub(MemoryStore(), render=render_view, clock=lambda: START)
        room = await hub.create("cafe00000001", created())
        await room.submit(joins("ada", place="room"))
        await asyncio.sleep(0.4)
        room.enter("ada")
        frame, mark = room.frame, room.version_mark.partition(".")[2]
        keeping = asyncio.create_task(keep_presence(hub, clock=lambda: START))
        await until(lambda: bool(room.cafe.presence))
        room.connected["bob"] += 1
        await asyncio.sleep(0.1)
        assert [(one.room, one.remote, one.unknown) for one in room.cafe.presence] == [(1, 0, 0)]
        assert room.frame is frame
        assert room.version_mark.partition(".")[2] == mark
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping

    asyncio.run(asyncio.wait_for(scenario(), 20))
