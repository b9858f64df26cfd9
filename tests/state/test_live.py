"""A room keeps before it acknowledges, refuses one without harming another, and says no more than is needed."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from components.pad import render_view
from state.domain import decisions, errors, notes
from state.domain.cafe import Cafe
from state.domain.events import Joined, Record
from state.domain.folding import fold
from state.live import Hub, Room
from state.ports import Conflict, Damaged, NotKept, StoreError, UnknownCafe
from state.stores.memory import MemoryStore
from tests.state.cafes import (
    BOARD,
    BREAK,
    CODE,
    GREEN,
    ONE,
    START,
    WORDS,
    answers,
    created,
    goes,
    joins,
    posts,
    whole_plan,
)
from tests.state.stores_that_fail import FailingStore, HeldStore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator

    from content.plan import Plan
    from state.domain.events import Event
    from state.ports import Store
    from tests.state.cafes import Decision

CAFE = "cafe00000001"
PATIENCE = 3.0
# What a phone hears first: when to come back, and what time it is here.
HELLO = b"retry: 1500\n\nevent: beat\ndata: 1750000000000\n\n"


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


def run(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def in_time() -> None:
        async with asyncio.timeout(4 * PATIENCE):
            await scenario()

    asyncio.run(in_time())


async def opened(
    store: Store | None = None, *done: Decision, clock: Clock | None = None, plan: Plan | None = None
) -> Room:
    """The room of a new café where this was done."""
    hub = Hub(store or MemoryStore(), render=render_view, clock=clock or Clock())
    room = await hub.create(CAFE, created(plan=plan))
    for decide in done:
        await room.submit(decide)
    return room


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - any condition at all, which no event announces
            await asyncio.sleep(0.001)


class Listener:
    """Reads a stream as fast as it comes, and keeps every piece."""

    def __init__(self, stream: AsyncGenerator[bytes, None]) -> None:
        self.heard: list[bytes] = []
        self.ended = False
        self._task = asyncio.create_task(self._read(stream))

    async def _read(self, stream: AsyncGenerator[bytes, None]) -> None:
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                self.heard.append(piece)
        self.ended = True

    def of(self, event: str) -> list[bytes]:
        return [piece for piece in self.heard if f"event: {event}\n".encode() in piece]

    async def leave(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


def kept(store: MemoryStore) -> Cafe:
    return fold(store.load(CAFE))


# Keeping and acknowledging


def test_an_answer_is_acknowledged_only_once_it_is_kept() -> None:
    async def scenario() -> None:
        store = HeldStore()
        room = await opened(store, joins("ada"), goes(ONE))
        store.holds = True
        asked = asyncio.create_task(room.submit(answers("ada", ONE, "a")))
        await until(lambda: len(store.waiting) == 1)
        before = room.cafe
        assert not asked.done()
        assert ONE not in before.answers
        store.let_go()
        cafe = await asked
        assert cafe.answers[ONE]["ada"].value == "a"
        assert room.cafe is cafe

    run(scenario)


def test_what_arrives_while_the_disk_is_busy_goes_in_one_append() -> None:
    async def scenario() -> None:
        store = HeldStore()
        people = [f"p{number}" for number in range(50)]
        room = await opened(store, *(joins(person) for person in people), goes(ONE))
        store.holds = True
        first = asyncio.create_task(room.submit(answers("p0", ONE, "b")))
        await until(lambda: len(store.waiting) == 1)
        rest = [asyncio.create_task(room.submit(answers(person, ONE, "a"))) for person in people]
        await asyncio.sleep(0)
        before = len(store.appends)
        store.holds = False
        store.let_go()
        await asyncio.gather(first, *rest)
        assert store.appends[before:] == [len(people)]
        assert kept(store).counted(ONE).keys() == room.cafe.counted(ONE).keys() == set(people)

    run(scenario)


def test_each_is_given_the_cafe_as_its_own_decision_left_it() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"), joins("bob"), goes(ONE))
        one, two = await asyncio.gather(room.submit(answers("ada", ONE, "a")), room.submit(answers("ada", ONE, "b")))
        assert (one.answers[ONE]["ada"].value, two.answers[ONE]["ada"].value) == ("a", "b")
        assert room.cafe is two

    run(scenario)


def test_a_decision_sees_those_before_it_in_the_batch() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"))
        await asyncio.gather(room.submit(goes(ONE)), room.submit(answers("ada", ONE, "a")))
        assert room.cafe.counted(ONE).keys() == {"ada"}

    run(scenario)


def test_a_refusal_harms_nobody_beside_it() -> None:
    async def scenario() -> None:
        store = MemoryStore()
        room = await opened(store, joins("ada"), joins("bob"), goes(ONE))
        results = await asyncio.gather(
            room.submit(answers("ada", ONE, "a")),
            room.submit(answers("bob", ONE, "not a choice")),
            room.submit(answers("nobody", ONE, "a")),
            room.submit(answers("bob", ONE, "b")),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [Cafe, errors.NotAChoice, errors.NotHere, Cafe]
        assert {person: answer.value for person, answer in kept(store).counted(ONE).items()} == {"ada": "a", "bob": "b"}

    run(scenario)


def test_a_decision_that_breaks_harms_nobody_beside_it() -> None:
    def broken(_: Cafe) -> tuple[()]:
        raise ZeroDivisionError

    async def scenario() -> None:
        room = await opened(None, joins("ada"), goes(ONE))
        results = await asyncio.gather(
            room.submit(broken), room.submit(answers("ada", ONE, "a")), return_exceptions=True
        )
        assert [type(result) for result in results] == [ZeroDivisionError, Cafe]

    run(scenario)


def test_a_decision_that_breaks_halfway_leaves_nothing_of_itself() -> None:
    def halfway(_: Cafe) -> Iterator[Event]:
        yield Joined("half", None, None, None)
        raise ZeroDivisionError

    async def scenario() -> None:
        store = MemoryStore()
        room = await opened(store, joins("ada"), goes(ONE))
        results = await asyncio.gather(
            room.submit(halfway), room.submit(answers("ada", ONE, "a")), return_exceptions=True
        )
        assert [type(result) for result in results] == [ZeroDivisionError, Cafe]
        assert kept(store).participants.keys() == room.cafe.participants.keys() == {"ada"}

    run(scenario)


def test_somebody_who_leaves_before_the_answer_takes_nothing_with_them() -> None:
    async def scenario() -> None:
        store = HeldStore()
        room = await opened(store, joins("ada"), joins("bob"), goes(ONE))
        store.holds = True
        gone = asyncio.create_task(room.submit(answers("ada", ONE, "a")))
        stays = asyncio.create_task(room.submit(answers("bob", ONE, "b")))
        await until(lambda: len(store.waiting) == 1)
        gone.cancel()
        store.let_go()
        assert (await stays).counted(ONE).keys() == {"ada", "bob"}
        assert gone.cancelled()

    run(scenario)


def test_asking_for_what_is_already_so_writes_nothing() -> None:
    async def scenario() -> None:
        store = HeldStore()
        room = await opened(store, joins("ada"), goes(ONE), answers("ada", ONE, "a", "k"))
        before = len(store.appends)
        cafe = await room.submit(answers("ada", ONE, "a", "k"))
        assert len(store.appends) == before
        assert cafe.version == room.cafe.version

    run(scenario)


def test_two_hundred_deliveries_with_one_key_are_one_answer() -> None:
    async def scenario() -> None:
        store = MemoryStore()
        room = await opened(store, joins("ada"), goes(ONE))
        before = room.cafe.version
        await asyncio.gather(*(room.submit(answers("ada", ONE, "a", "k")) for _ in range(200)))
        assert room.cafe.version == before + 1 == kept(store).version

    run(scenario)


def test_events_carry_the_time_of_the_clock() -> None:
    async def scenario() -> None:
        clock = Clock()
        room = await opened(None, joins("ada"), goes(ONE), clock=clock)
        clock.now = START - 86_400
        await room.submit(answers("ada", ONE, "a"))
        clock.now = START + 86_400
        await room.submit(answers("ada", ONE, "b"))
        assert (room.cafe.answers[ONE]["ada"].value, room.cafe.answers[ONE]["ada"].at) == ("b", START + 86_400)

    run(scenario)


# A store that fails


def test_a_write_that_fails_fails_everybody_in_it_and_changes_nothing() -> None:
    async def scenario() -> None:
        store = FailingStore()
        room = await opened(store, joins("ada"), joins("bob"), goes(ONE))
        before, frame = room.cafe, room.frame
        store.append_errors = [NotKept("disk full")]
        results = await asyncio.gather(
            room.submit(answers("ada", ONE, "a")), room.submit(answers("bob", ONE, "b")), return_exceptions=True
        )
        assert [type(result) for result in results] == [NotKept, NotKept]
        assert room.cafe is before
        assert room.frame is frame
        assert room.refuses_writes

    run(scenario)


def test_a_room_takes_writes_again_once_the_store_does() -> None:
    async def scenario() -> None:
        store = FailingStore()
        room = await opened(store, joins("ada"), goes(ONE))
        store.append_errors = [NotKept("disk full"), NotKept("disk full")]
        for _ in range(2):
            with pytest.raises(NotKept):
                await room.submit(answers("ada", ONE, "a", "k"))
        cafe = await room.submit(answers("ada", ONE, "a", "k"))
        assert not room.refuses_writes
        assert kept(store).counted(ONE).keys() == cafe.counted(ONE).keys() == {"ada"}

    run(scenario)


def test_consoles_are_told_that_the_store_refuses() -> None:
    async def scenario() -> None:
        store = FailingStore()
        room = await opened(store, joins("ada"))
        console = Listener(room.watcher_stream())
        await until(lambda: len(console.of("version")) == 1)
        store.append_errors = [NotKept("disk full")]
        with pytest.raises(NotKept):
            await room.submit(goes(ONE))
        await until(lambda: len(console.of("version")) == 2)
        await console.leave()

    run(scenario)


def test_a_room_overtaken_by_another_writer_catches_up_and_decides_again() -> None:
    async def scenario() -> None:
        store = MemoryStore()
        room = await opened(store, joins("ada"), goes(ONE))
        phone = Listener(room.phone_stream("ada", room.frame.id))
        store.append(CAFE, [Record(room.cafe.version + 1, START, Joined("elsewhere", None, None, None))]).result()
        store.append(CAFE, [Record(room.cafe.version + 2, START, events_of(room, goes(WORDS))[0])]).result()
        with pytest.raises(errors.QuestionPassed):
            await room.submit(answers("ada", ONE, "a"))
        assert "elsewhere" in room.cafe.participants
        assert room.cafe.stop_id == WORDS
        await until(lambda: len(phone.of("view")) == 1)
        await room.submit(joins("bob"))
        assert kept(store).participants.keys() == {"ada", "elsewhere", "bob"}
        await phone.leave()

    run(scenario)


def events_of(room: Room, decide: Decision) -> tuple[Any, ...]:
    return tuple(decide(room.cafe))


def test_nobody_waits_for_ever_when_catching_up_fails() -> None:
    async def scenario() -> None:
        store = FailingStore()
        room = await opened(store, joins("ada"), goes(ONE))
        store.append_errors, store.load_errors = [Conflict(CAFE)], [Damaged(CAFE)]
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(StoreError):
                await room.submit(answers("ada", ONE, "a", "k"))
            await room.submit(answers("ada", ONE, "a", "k"))
        assert kept(store).counted(ONE).keys() == {"ada"}

    run(scenario)


def test_nobody_waits_for_ever_when_the_store_breaks() -> None:
    async def scenario() -> None:
        store = FailingStore()
        room = await opened(store, joins("ada"), goes(ONE))
        store.broken_appends = [ValueError("a text that no file can hold")]
        async with asyncio.timeout(PATIENCE):
            with pytest.raises((StoreError, ValueError)):
                await room.submit(answers("ada", ONE, "a", "k"))
            await room.submit(answers("ada", ONE, "a", "k"))
        assert kept(store).counted(ONE).keys() == {"ada"}

    run(scenario)


# What phones hear


def test_a_phone_is_given_the_view_when_it_comes() -> None:
    async def scenario() -> None:
        room = await opened(None, goes(ONE))
        phone = Listener(room.phone_stream("ada", None))
        await until(lambda: len(phone.heard) == 2)
        assert phone.heard == [HELLO, room.frame.wire]
        assert room.frame.wire.startswith(b"id: %d\nevent: view\ndata: {" % room.cafe.version)
        await phone.leave()

    run(scenario)


def test_a_frame_is_one_line_of_data_whatever_the_title() -> None:
    async def scenario() -> None:
        hub = Hub(MemoryStore(), render=render_view, clock=Clock())
        room = await hub.create(CAFE, created("un\ndeux\rtrois\u2028quatre\x85cinq"))
        assert room.frame.wire.count(b"\n") == 4
        assert b"\r" not in room.frame.wire

    run(scenario)


def test_a_phone_that_has_seen_the_view_is_sent_only_signs_of_life() -> None:
    async def scenario() -> None:
        room = await opened(None, goes(ONE))
        phone = Listener(room.phone_stream("ada", room.frame.id))
        await until(lambda: phone.heard == [HELLO])
        room.beat()
        await until(lambda: len(phone.heard) == 2)
        assert phone.heard == phone.of("beat")
        await phone.leave()

    run(scenario)


@pytest.mark.parametrize("last", [0, 1, 999_999])
def test_a_phone_that_has_seen_another_view_is_given_this_one(last: int) -> None:
    async def scenario() -> None:
        room = await opened(None, goes(ONE))
        phone = Listener(room.phone_stream("ada", last))
        await until(lambda: phone.of("view") == [room.frame.wire])
        await phone.leave()

    run(scenario)


def test_every_move_reaches_every_phone() -> None:
    async def scenario() -> None:
        room = await opened()
        phones = [Listener(room.phone_stream(f"p{number}", None)) for number in range(20)]
        for stop in (ONE, WORDS, "merci"):
            await room.submit(goes(stop))
            await until(lambda: all(phone.of("view")[-1:] == [room.frame.wire] for phone in phones))
        for phone in phones:
            await phone.leave()

    run(scenario)


async def room_of_voters(count: int, *done: Decision) -> tuple[Room, list[str]]:
    people = [f"p{number}" for number in range(count)]
    return await opened(None, *(joins(person) for person in people), goes(ONE), *done), people


async def all_vote(room: Room, people: list[str]) -> None:
    for person in people:
        await room.submit(answers(person, ONE, "a"))


def test_votes_alone_send_no_view_while_results_are_hidden() -> None:
    async def scenario() -> None:
        room, people = await room_of_voters(30)
        frame = room.frame
        phone = Listener(room.phone_stream("p0", frame.id))
        await all_vote(room, people)
        await until(lambda: room._late_frame is None)
        await room.submit(joins("somebody-else"))
        room.beat()
        await until(lambda: len(phone.of("beat")) > 1)
        assert phone.of("view") == []
        assert room.frame is frame
        await phone.leave()

    run(scenario)


def test_votes_alone_wake_no_phone_while_results_are_hidden() -> None:
    async def scenario() -> None:
        room, people = await room_of_voters(30)
        phone = Listener(room.phone_stream("p0", room.frame.id))
        await until(lambda: len(phone.heard) == 1)
        await all_vote(room, people)
        await until(lambda: room._late_frame is None)
        await asyncio.sleep(0)
        assert phone.heard == [HELLO]
        await phone.leave()

    run(scenario)


def test_votes_while_results_are_shown_send_few_views_and_the_last_is_complete() -> None:
    async def scenario() -> None:
        room, people = await room_of_voters(60, partial(decisions.show_results, question=ONE))
        phone = Listener(room.phone_stream("p0", room.frame.id))
        loop = asyncio.get_running_loop()
        began = loop.time()
        await all_vote(room, people)
        await until(lambda: any(b'"counts":{"a":60' in piece for piece in phone.of("view")))
        assert len(phone.of("view")) <= 1 + 4 * (loop.time() - began)
        await phone.leave()

    run(scenario)


def test_a_move_does_not_wait_for_the_pace_of_votes() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"), goes(ONE), partial(decisions.show_results, question=ONE))
        await room.submit(answers("ada", ONE, "a"))
        await room.submit(goes(WORDS))
        assert b"Vos mots" in room.frame.body
        assert room._late_frame is None

    run(scenario)


PERSONAL = [
    partial(decisions.rename, person="ada", pseudonym="Ada L."),
    partial(decisions.remove, person="ada"),
    joins("ada", pseudonym="Ada"),
]


@pytest.mark.parametrize("decide", PERSONAL, ids=["rename", "remove", "profile"])
def test_what_concerns_one_person_is_said_to_their_phones_alone(decide: Decision) -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"), joins("bob"))
        hers = [Listener(room.phone_stream("ada", room.frame.id)) for _ in range(2)]
        his = Listener(room.phone_stream("bob", room.frame.id))
        await until(lambda: all(len(one.heard) == 1 for one in (*hers, his)))
        await room.submit(decide)
        await until(lambda: all(len(one.of("me")) == 1 for one in hers))
        assert his.of("me") == []
        assert b"Ada" not in b"".join(his.heard)
        for one in (*hers, his):
            await one.leave()

    run(scenario)


def test_being_readmitted_is_said_too() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"), partial(decisions.remove, person="ada"))
        phone = Listener(room.phone_stream("ada", room.frame.id))
        await until(lambda: len(phone.heard) == 1)
        await room.submit(partial(decisions.readmit, person="ada"))
        await until(lambda: len(phone.of("me")) == 1)
        await phone.leave()

    run(scenario)


async def board(*done: Decision) -> Room:
    """A room where Ada stuck a note, and where a guest of hers did too."""
    guest = partial(decisions.join, person="guest", host="ada")
    people = (joins("ada"), joins("bob"), guest)
    stuck = (posts("ada", "a"), posts("guest", "g"), posts(None, "f"))
    return await opened(None, *people, goes(BOARD), *stuck, *done, plan=whole_plan())


# How many times Ada's phone is told something.
ON_BOARD: dict[str, tuple[Decision, int]] = {
    "hidden": (partial(notes.hide, question=BOARD, note="a"), 1),
    "flagged": (partial(notes.flag, question=BOARD, note="a", flagged=True), 1),
    "merged": (partial(notes.merge, question=BOARD, note="a", into="f"), 1),
    "moved": (partial(notes.move, question=BOARD, note="a", column=BREAK, colour=GREEN), 1),
    "a guest's": (partial(notes.hide, question=BOARD, note="g"), 1),
    "a guest": (partial(decisions.rename, person="guest", pseudonym="Zoé"), 1),
    "moved by herself": (
        partial(notes.move, question=BOARD, note="a", column=BREAK, colour=GREEN, person="ada"),
        0,
    ),
    "taken back": (partial(notes.withdraw, question=BOARD, note="a", person="ada"), 0),
    "the facilitator's": (partial(notes.hide, question=BOARD, note="f"), 0),
}


@pytest.mark.parametrize(("decide", "told"), ON_BOARD.values(), ids=ON_BOARD.keys())
def test_what_the_facilitator_does_to_somebody_s_note_is_said_to_the_phone_that_stuck_it(
    decide: Decision, told: int
) -> None:
    async def scenario() -> None:
        room = await board()
        phones = {person: Listener(room.phone_stream(person, room.frame.id)) for person in ("ada", "bob")}
        await until(lambda: all(len(phone.heard) == 1 for phone in phones.values()))
        await room.submit(decide)

        def have_heard_everything() -> bool:
            room.beat()  # comes last
            return all(len(phone.of("beat")) > 1 for phone in phones.values())

        await until(have_heard_everything)
        assert {person: len(phone.of("me")) for person, phone in phones.items()} == {"ada": told, "bob": 0}
        for phone in phones.values():
            await phone.leave()

    run(scenario)


def test_notes_come_to_phones_little_by_little_as_votes_do() -> None:
    async def scenario() -> None:
        people = [f"p{number}" for number in range(40)]
        room = await opened(None, *map(joins, people), goes(BOARD), plan=whole_plan())
        phone = Listener(room.phone_stream("p0", room.frame.id))
        loop = asyncio.get_running_loop()
        began = loop.time()
        for person in people:
            await room.submit(posts(person, person))
        await until(lambda: room._late_frame is None)
        assert len(phone.of("view")) <= 1 + 4 * (loop.time() - began)
        await phone.leave()

    run(scenario)


def test_signs_of_life_tell_the_server_s_time_in_milliseconds() -> None:
    async def scenario() -> None:
        clock = Clock()
        room = await opened(None, goes(ONE), clock=clock)
        streams = [Listener(room.phone_stream("ada", room.frame.id)), Listener(room.watcher_stream())]
        await until(lambda: all(one.heard for one in streams))
        clock.now = START + 1.5

        def told() -> bool:
            room.beat()
            return all(b"event: beat\ndata: 1750000001500\n\n" in one.heard for one in streams)

        await until(told)
        for one in streams:
            await one.leave()

    run(scenario)


# What consoles and screens hear


def test_a_console_hears_of_everything_but_four_times_a_second_at_most() -> None:
    async def scenario() -> None:
        room, people = await room_of_voters(80)
        console = Listener(room.watcher_stream())
        await until(lambda: len(console.of("version")) == 1)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await all_vote(room, people)
        await until(lambda: room.version_mark.encode() in console.of("version")[-1])
        assert len(console.of("version")) <= 2 + 4 * (loop.time() - began)
        await console.leave()

    run(scenario)


def test_a_console_that_drew_what_it_hears_of_is_left_alone() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"))
        console = Listener(room.watcher_stream())
        await until(lambda: len(console.of("version")) == 1)
        assert console.of("version")[0].endswith(b"data: %b\n\n" % room.version_mark.encode())

        def is_alive() -> bool:
            room.beat()
            return bool(console.of("beat"))

        await until(is_alive)
        assert len(console.of("version")) == 1
        await console.leave()

    run(scenario)


def test_a_console_hears_of_arrivals_and_departures() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"))
        seen = room.version_mark
        phone = Listener(room.phone_stream("ada", None))
        await until(lambda: room.connected["ada"] == 1)
        arrived = room.version_mark
        await phone.leave()
        assert len({seen, arrived, room.version_mark}) == 3

    run(scenario)


# Who is there


def test_a_person_is_there_as_long_as_one_of_their_streams_is() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"))
        one, two = (Listener(room.phone_stream("ada", None)) for _ in range(2))
        await until(lambda: room.connected["ada"] == 2)
        await one.leave()
        assert room.connected["ada"] == 1
        await two.leave()
        assert "ada" not in room.connected

    run(scenario)


def test_a_stream_nobody_reads_counts_nobody() -> None:
    async def scenario() -> None:
        room = await opened(None, joins("ada"))
        await room.phone_stream("ada", None).aclose()
        assert room.connected["ada"] == 0

    run(scenario)


def test_draining_ends_every_stream() -> None:
    async def scenario() -> None:
        hub = Hub(MemoryStore(), render=render_view, clock=Clock())
        room = await hub.create(CAFE, created())
        streams = [Listener(room.phone_stream("ada", None)), Listener(room.watcher_stream())]
        await until(lambda: all(len(one.heard) == 2 for one in streams))
        hub.drain()
        await until(lambda: all(one.ended for one in streams))
        assert not room.connected
        late = Listener(room.phone_stream("bob", None))
        await until(lambda: late.ended)

    run(scenario)


# The hub


def test_a_cafe_is_found_by_its_code_and_read_back_from_the_store() -> None:
    async def scenario() -> None:
        store = MemoryStore()
        await opened(store, joins("ada"), goes(ONE))
        again = Hub(store, render=render_view, clock=Clock())
        assert again.cafe_with_code(CODE) == CAFE
        assert again.cafe_with_code("AAAAAA") is None
        room = await again.room(CAFE)
        assert room.cafe.stop_id == ONE
        assert await again.room(CAFE) is room

    run(scenario)


def test_those_who_come_together_are_in_the_same_room() -> None:
    async def scenario() -> None:
        store = FailingStore()
        await opened(store)
        hub = Hub(store, render=render_view, clock=Clock())
        rooms = await asyncio.gather(*(hub.room(CAFE) for _ in range(30)))
        assert len(set(map(id, rooms))) == 1
        assert store.loads == 1

    run(scenario)


def test_whoever_leaves_while_a_room_opens_does_not_take_it_from_the_others() -> None:
    async def scenario() -> None:
        store = MemoryStore()
        await opened(store)
        hub = Hub(store, render=render_view, clock=Clock())
        first, second = (asyncio.create_task(hub.room(CAFE)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).id == CAFE

    run(scenario)


@pytest.mark.parametrize("error", [UnknownCafe, Damaged])
def test_a_room_that_could_not_open_may_be_asked_for_again(error: type[StoreError]) -> None:
    async def scenario() -> None:
        store = FailingStore()
        await opened(store)
        hub = Hub(store, render=render_view, clock=Clock())
        store.load_errors = [error(CAFE)]
        with pytest.raises(error):
            await hub.room(CAFE)
        assert (await hub.room(CAFE)).id == CAFE

    run(scenario)


def test_a_cafe_that_cannot_be_kept_does_not_exist() -> None:
    async def scenario() -> None:
        store = FailingStore()
        store.append_errors = [NotKept("disk full")]
        hub = Hub(store, render=render_view, clock=Clock())
        with pytest.raises(NotKept):
            await hub.create(CAFE, created())
        assert hub.cafe_with_code(CODE) is None
        with pytest.raises(UnknownCafe):
            await hub.room(CAFE)

    run(scenario)


@asynccontextmanager
async def beating(hub: Hub) -> AsyncIterator[None]:
    task = asyncio.create_task(hub.keep_alive())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def test_hearts_beat_and_rooms_where_nothing_happens_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    # Time itself cannot be handed in here: fifteen minutes and four seconds are made short.
    monkeypatch.setattr("state.live.HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr("state.live._IDLE_SECONDS", 0.05)

    async def scenario() -> None:
        store = MemoryStore()
        hub = Hub(store, render=render_view, clock=Clock())
        room = await hub.create(CAFE, created())
        async with beating(hub):
            phone = Listener(room.phone_stream("ada", None))
            await until(lambda: len(phone.of("beat")) > 10)
            assert await hub.room(CAFE) is room
            await phone.leave()
            await until(lambda: not hub._rooms)
            again = await hub.room(CAFE)
            assert again is not room
            assert again.cafe.version == room.cafe.version

    run(scenario)
