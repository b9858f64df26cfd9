"""Two processes on one database: what is done in one is seen in the other, whatever happens to what they hear by."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import psycopg
import pytest

from components.pad import render_view
from state.carnets import Carnets
from state.domain.events import Answered
from state.following import follow
from state.forgetting import erase_answers
from state.live import Hub
from state.ports import UnknownCafe
from state.stores.postgres.store import PostgresStore
from tests.postgres import database, empty
from tests.state.cafes import CODE, ONE, answers, created, goes, joins

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from state.live import Room

CAFE = "cafe00000001"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with database() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    empty(server)
    return server


@asynccontextmanager
async def process(url: str) -> AsyncIterator[Hub]:
    """What one process of the app has of it."""
    store = await asyncio.to_thread(PostgresStore, url)
    hub = Hub(store, render=render_view)
    following = asyncio.create_task(follow(hub, Carnets(hub), url))
    try:
        yield hub
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        await asyncio.to_thread(store.close)


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - any condition at all, which no event announces
            await asyncio.sleep(0.005)


def alike(one: Room, other: Room) -> bool:
    parts = ("version", "stop_id", "participants", "answers", "keys", "rounds")
    return all(getattr(one.cafe, part) == getattr(other.cafe, part) for part in parts)


def cut_listeners(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
        )


def test_what_is_done_in_one_process_is_seen_in_the_other(url: str) -> None:
    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            room = await here.create(CAFE, created())
            await until(lambda: there.cafe_with_code(CODE) == CAFE)
            twin = await there.room(CAFE)
            await room.submit(joins("p1"))
            await until(lambda: "p1" in twin.cafe.participants)
            frame = twin.frame
            await room.submit(goes(ONE))
            await until(lambda: twin.frame != frame)
            assert alike(twin, room)
            await twin.submit(joins("p2"))
            await until(lambda: "p2" in room.cafe.participants)

    asyncio.run(scenario())


def test_people_on_both_at_once_are_all_kept_once(url: str) -> None:
    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            rooms = [await here.create(CAFE, created()), await there.room(CAFE)]
            people = [f"p{number}" for number in range(120)]
            await asyncio.gather(*(rooms[turn % 2].submit(joins(one)) for turn, one in enumerate(people)))
            await rooms[0].submit(goes(ONE))
            await until(lambda: rooms[0].cafe.version == rooms[1].cafe.version)

            async def vote(turn: int, person: str) -> None:
                await asyncio.sleep(turn / 400)
                # Delivered twice, once to each: a telephone that comes back elsewhere.
                for room in (rooms[turn % 2], rooms[1 - turn % 2]):
                    await room.submit(answers(person, ONE, "a"))

            await asyncio.gather(*(vote(turn, person) for turn, person in enumerate(people)))
            await until(lambda: alike(*rooms))
            assert rooms[0].cafe.counted(ONE).keys() == set(people)
            records = here.store.load(CAFE)
            assert len(records) == rooms[0].cafe.version
            assert sum(isinstance(record.event, Answered) for record in records) == len(people)

    asyncio.run(scenario())


def test_a_listener_cut_again_and_again_misses_nothing(url: str) -> None:
    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            room = await here.create(CAFE, created())
            twin = await there.room(CAFE)
            for turn in range(20):
                cut = asyncio.create_task(asyncio.to_thread(cut_listeners, url))
                await room.submit(joins(f"p{turn}"))
                await cut
                await until(lambda turn=turn: f"p{turn}" in twin.cafe.participants)  # type: ignore[misc]
            assert alike(twin, room)

    asyncio.run(scenario())


def test_what_one_process_forgot_the_other_forgets(url: str) -> None:
    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            room = await here.create(CAFE, created())
            twin = await there.room(CAFE)
            for decide in (joins("p1"), goes(ONE), answers("p1", ONE, "a")):
                await room.submit(decide)
            await until(lambda: alike(twin, room))
            await erase_answers(here, room, ["p1"])
            await until(lambda: alike(twin, room))
            assert twin.cafe.counted(ONE) == {}

    asyncio.run(scenario())


def test_a_cafe_erased_in_one_process_is_no_more_in_the_other(url: str) -> None:
    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            await here.create(CAFE, created())
            await there.room(CAFE)
            await asyncio.to_thread(here.store.erase, CAFE)
            await until(lambda: there.open_room(CAFE) is None)
            with pytest.raises(UnknownCafe):
                await there.room(CAFE)

    asyncio.run(scenario())


@pytest.mark.parametrize("payload", ["", "cafe00000009", "cafe00000009 one", "cafe00000009 1"])
def test_whatever_is_heard_a_process_goes_on_hearing_of_the_others(url: str, payload: str) -> None:
    """Somebody else's notification, or one of a café whose history cannot be read."""

    async def scenario() -> None:
        async with process(url) as here, process(url) as there:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("INSERT INTO cafes (id, last) VALUES ('cafe00000009', 1)")
                connection.execute("INSERT INTO records (cafe, seq, body) VALUES ('cafe00000009', 1, '{')")
                connection.execute("SELECT pg_notify('comptoir', %s)", (payload,))
            await here.create(CAFE, created())
            await until(lambda: there.cafe_with_code(CODE) == CAFE)

    asyncio.run(scenario())
