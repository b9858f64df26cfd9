"""Words are struck once their time is over, cafés are deleted with all that belongs to them, and nothing else is."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from components.pad import render_view
from state.domain import decisions
from state.domain.events import CafeClosed, Joined, Record
from state.domain.forgetting import DAY_SECONDS
from state.films import Films
from state.forgetting import erase_cafe, strike_due
from state.live import Hub
from state.ports import NotKept, UnknownCafe
from state.stores.tinydb_store import TinyDBStore
from tests.state.cafes import CODE, created
from tests.state.stores_that_fail import FailingStore

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.events import Event

CAFE, OTHER = "cafe00000001", "cafe00000002"
FILM = f"{'a' * 32}.mp4"
NOW = 100 * DAY_SECONDS


def filled(closed_at: float, cafe: str = CAFE, code: str = CODE, store: FailingStore | None = None) -> FailingStore:
    store = store or FailingStore()
    events: list[Event] = [created(code=code), Joined("ada", "Ada", "novice", None), CafeClosed()]
    records = [Record(seq, closed_at, event) for seq, event in enumerate(events, 1)]
    store.append(cafe, records).result()
    return store


def test_words_whose_time_is_over_are_struck_and_the_others_are_not() -> None:
    async def scenario() -> None:
        store = filled(NOW - 30 * DAY_SECONDS)
        filled(NOW - 29 * DAY_SECONDS, OTHER, "CCCCCC", store)
        hub = Hub(store, render=render_view, clock=lambda: NOW)
        await strike_due(hub, days=30, now=NOW)
        assert "Ada" not in str(store.load(CAFE))
        assert "Ada" in str(store.load(OTHER))
        assert (await hub.room(CAFE)).cafe.struck_at == NOW
        assert (await hub.room(OTHER)).cafe.struck_at is None

    asyncio.run(scenario())


def test_a_cafe_that_cannot_be_read_does_not_keep_the_words_of_the_next() -> None:
    async def scenario() -> None:
        store = filled(0.0)
        filled(0.0, OTHER, "CCCCCC", store)
        store.load_errors = [NotKept("now")]
        hub = Hub(store, render=render_view, clock=lambda: NOW)
        await strike_due(hub, days=30, now=NOW)
        assert "Ada" in str(store.load(CAFE))
        assert "Ada" not in str(store.load(OTHER))

    asyncio.run(scenario())


def test_damaged_files_are_removed_once_they_were_set_aside_for_as_many_days(tmp_path: Path) -> None:
    async def scenario() -> None:
        with closing(TinyDBStore(tmp_path)) as store:
            place = tmp_path / "quarantine" / f"{CAFE}-1"
            place.mkdir(parents=True)
            (place / f"{CAFE}.journal").write_text("ce qu’Ada a écrit")
            set_aside = place.stat().st_mtime
        with closing(TinyDBStore(tmp_path)) as store:
            hub = Hub(store, render=render_view)
            await strike_due(hub, days=30, now=set_aside + 29 * DAY_SECONDS)
            assert store.check().damaged == (CAFE,)
            await strike_due(hub, days=30, now=set_aside + 30 * DAY_SECONDS)
            assert store.check().damaged == ()
            assert not place.exists()

    asyncio.run(scenario())


def test_a_deleted_cafe_takes_its_videos_with_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        films = Films(tmp_path)
        for cafe in (CAFE, OTHER):
            (tmp_path / cafe).mkdir()
            (tmp_path / cafe / FILM).write_bytes(b"film")
        store = filled(0.0)
        hub = Hub(store, render=render_view)
        room = await hub.room(CAFE)
        await erase_cafe(hub, films, CAFE)
        assert films.find(OTHER, FILM)
        assert not films.find(CAFE, FILM)
        assert room.ended
        assert hub.cafe_with_code(CODE) is None
        with pytest.raises(UnknownCafe):
            await hub.room(CAFE)
        with pytest.raises(UnknownCafe):
            await erase_cafe(hub, films, CAFE)

    asyncio.run(scenario())


def test_what_was_decided_behind_a_deletion_is_refused_and_brings_nothing_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = filled(0.0)
        hub = Hub(store, render=render_view)
        room = await hub.room(CAFE)
        deleting = asyncio.create_task(erase_cafe(hub, Films(tmp_path), CAFE))
        await asyncio.sleep(0)
        asked = await asyncio.gather(room.submit(decisions.reopen), return_exceptions=True)
        await deleting
        assert isinstance(asked[0], Exception)
        assert store.first_records() == {}

    asyncio.run(scenario())
