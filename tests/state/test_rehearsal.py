"""A rehearsal: simulated people come, hesitate and take part as people do, apart from real cafés, until it is over."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from components.pad import render_view
from content.plan import FEWEST_SIMULATED, MOST_SIMULATED, Plan, plan_to_hold, rehearsal_plan
from state.crowd import gather
from state.domain import decisions, errors
from state.domain.events import Details, Joined, Record
from state.domain.folding import fold
from state.domain.tallies.choices import answered
from state.domain.text import clean_pseudonym
from state.exports.naming import file_name
from state.live import Hub, Room
from state.ports import NotKept
from state.rehearsal import Pace, Rehearsals
from tests.state.cafes import (
    AFTER_DEBATE,
    ARGUMENTS,
    ASKED,
    BEFORE_DEBATE,
    BOARD,
    ONE,
    PLACED,
    RATED,
    START,
    WATCHED,
    answers,
    created,
    goes,
    small_plan,
    whole_plan,
)
from tests.state.stores_that_fail import FailingStore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from state.domain.cafe import Cafe
    from state.domain.events import AnyEvent, Event
    from state.session import Comptoir
    from tests.state.cafes import Decision

CAFE = "cafe00000001"
PATIENCE = 8.0
# Nobody hesitates for so long: what is further away will not be waited for.
FAR = 300.0
HOUR = 3600.0


class Hurry(Pace):
    """Time jumps to what is next; where nothing is, it stands still until the room changes."""

    def __init__(self) -> None:
        self.time = 0.0
        self.rests_at: str | None = None

    def now(self) -> float:
        return self.time

    async def rest(self, room: Room, seen: str, until: float) -> None:
        if until - self.time < FAR:
            self.time = max(self.time + 0.01, until)
            await asyncio.sleep(0)
            return
        self.rests_at = seen
        await room.news(seen)
        self.rests_at = None


class Listening(Room):
    """Remembers what was refused to whom it was asked by."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.refused: list[errors.Refusal] = []

    async def submit(self, decide: Callable[[Cafe], Iterable[Event]], **facts: Any) -> Cafe:
        try:
            return await super().submit(decide, **facts)
        except errors.Refusal as refusal:
            self.refused.append(refusal)
            raise


class Rehearsed:
    """A room being rehearsed, in a hurry."""

    def __init__(self, people: int, plan: Plan) -> None:
        self.pace = Hurry()
        self.store = FailingStore()
        first = Record(1, START, created(plan=rehearsal_plan(plan, people)))
        self.store.append(CAFE, [first]).result()
        self.room = Listening(CAFE, fold([first]), self.store, render=render_view, clock=lambda: START + self.pace.time)
        self.rehearsals = Rehearsals(self.pace)

    @property
    def cafe(self) -> Cafe:
        return self.room.cafe

    @property
    def events(self) -> list[AnyEvent]:
        return [record.event for record in self.store.load(CAFE)]

    async def begins(self) -> None:
        self.rehearsals.start(self.room)
        await self.settles()

    async def does(self, *asked: Decision) -> None:
        for decide in asked:
            await self.room.submit(decide)
        await self.settles()

    async def settles(self) -> None:
        """Everybody has done what they had in mind."""
        await until(lambda: self.pace.rests_at == self.room.version_mark)

    async def is_over(self) -> None:
        await until(lambda: not self.rehearsals.running(CAFE))
        assert not self.room.connected


def rehearsing(
    scenario: Callable[[Rehearsed], Coroutine[Any, Any, None]], *, people: int = 20, plan: Plan | None = None
) -> None:
    async def in_time() -> None:
        rehearsed = Rehearsed(people, plan or small_plan())
        async with asyncio.timeout(PATIENCE):
            await scenario(rehearsed)
        rehearsed.room.end_streams()
        await rehearsed.is_over()

    asyncio.run(in_time())


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - any condition at all, which no event announces
            await asyncio.sleep(0.001)


# Who comes


@pytest.mark.parametrize("people", [FEWEST_SIMULATED, 20, MOST_SIMULATED])
def test_as_many_people_come_as_were_asked_for_most_of_them_at_once_and_some_late(people: int) -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        assert len(rehearsed.cafe.present) == len(rehearsed.room.connected) == people
        came = [record.at - START for record in rehearsed.store.load(CAFE) if isinstance(record.event, Joined)]
        on_time = sum(1 for at in came if at <= 20)
        assert people / 2 < on_time < people
        assert 25 <= max(came) <= 125
        assert len(set(came)) > people / 2
        assert not rehearsed.room.refused

    rehearsing(scenario, people=people)


def test_people_have_names_of_their_own_levels_and_places() -> None:
    crowd = gather(MOST_SIMULATED, Random(1))
    names = [one.pseudonym for one in crowd if one.pseudonym]
    assert len(names) == len(set(names)) > MOST_SIMULATED / 2
    assert all(clean_pseudonym(name) == name for name in names)
    assert {one.level for one in crowd} == {"novice", "averti", "expert", None}
    assert {one.place for one in crowd} == {"room", "remote", None}
    assert len({one.id for one in crowd}) == MOST_SIMULATED


def test_the_same_chance_gives_the_same_people() -> None:
    assert gather(20, Random("a")) == gather(20, Random("a")) != gather(20, Random("b"))


# What they do


@pytest.mark.parametrize("people", [FEWEST_SIMULATED, 40])
def test_every_question_of_every_kind_is_answered_and_nothing_is_refused(
    people: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        for stop in rehearsed.cafe.programme.questions:
            await rehearsed.does(goes(stop.id))
            assert answered(rehearsed.cafe, stop.id) > (people / 2 if people > FEWEST_SIMULATED else 0), stop.id
            await rehearsed.does(goes(stop.id, "reveal"))
        assert all(rehearsed.cafe.notes[board] for board in (BOARD, ARGUMENTS))
        assert not rehearsed.room.refused
        assert rehearsed.rehearsals.running(CAFE)

    with caplog.at_level(logging.WARNING):
        rehearsing(scenario, people=people, plan=whole_plan())
    assert not caplog.records


def test_a_full_room_answers_argues_supports_and_changes_sides_a_little() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        for question in (ASKED, BEFORE_DEBATE, ARGUMENTS, AFTER_DEBATE, RATED, WATCHED):
            await rehearsed.does(goes(question))
        cafe = rehearsed.cafe
        before, after = cafe.answers[BEFORE_DEBATE], cafe.answers[AFTER_DEBATE]
        both = before.keys() & after.keys()
        assert 0.05 < sum(1 for one in both if before[one].value != after[one].value) / len(both) < 0.4
        stuck = cafe.notes[ARGUMENTS].values()
        assert {note.column for note in stuck} == {"d-accord", "pas-d-accord"}
        assert sum(len(note.backers) for note in stuck) > 100
        assert len({answer.value for answer in cafe.answers[ASKED].values()}) > 10
        assert len({answer.value for answer in cafe.answers[RATED].values()}) == 5
        # Some say nothing.
        assert 0.8 * MOST_SIMULATED < len(cafe.answers[WATCHED]) < MOST_SIMULATED
        assert not rehearsed.room.refused

    rehearsing(scenario, people=MOST_SIMULATED, plan=whole_plan())


def test_people_hesitate_are_right_more_often_than_wrong_and_some_change_their_mind() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        asked_at = START + rehearsed.pace.time
        await rehearsed.does(goes(ONE))
        given = rehearsed.cafe.answers[ONE]
        waits = sorted(answer.at - asked_at for answer in given.values())
        assert waits[0] >= 0.9
        assert waits[-1] > 3 * waits[len(waits) // 2] > 6
        counts = Counter(answer.value for answer in given.values())
        assert counts["a"] > len(given) / 2
        assert set(counts) == {"a", "b", "c"}
        answered_events = [event for event in rehearsed.events if getattr(event, "question", "") == ONE]
        assert len(answered_events) > len(given) + 3

    rehearsing(scenario, people=MOST_SIMULATED)


def test_a_few_change_sides_once_the_room_has_talked() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        await rehearsed.does(goes(PLACED))
        before = {person: answer.value for person, answer in rehearsed.cafe.answers[PLACED].items()}
        await rehearsed.does(goes(PLACED, "reveal"))
        after = rehearsed.cafe.answers[PLACED]
        moved = [person for person, value in before.items() if after[person].value != value]
        assert 0 < len(moved) < len(before) / 2

    rehearsing(scenario, people=60, plan=whole_plan())


def test_a_vote_that_closes_stops_who_still_hesitates_and_one_that_opens_again_lets_them_answer() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        await rehearsed.room.submit(goes(ONE))
        await rehearsed.does(partial(decisions.close_vote, question=ONE))
        early = len(rehearsed.cafe.answers.get(ONE, {}))
        await rehearsed.does(partial(decisions.open_vote, question=ONE))
        assert len(rehearsed.cafe.answers[ONE]) > max(early, 10)

    rehearsing(scenario)


def test_somebody_sent_away_does_nothing_more_and_real_people_take_part_beside_the_others() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        gone = rehearsed.cafe.present[0].id
        await rehearsed.does(
            partial(decisions.remove, person=gone), partial(decisions.join, person="ada", pseudonym="Ada")
        )
        await rehearsed.does(goes(ONE), answers("ada", ONE, "c"))
        given = rehearsed.cafe.answers[ONE]
        assert gone not in given
        assert given["ada"].value == "c"
        assert len(given) > 10

    rehearsing(scenario)


def test_a_disk_that_refuses_for_a_while_keeps_nobody_out() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        rehearsed.store.append_errors = [NotKept("disk full") for _ in range(3)]
        await rehearsed.begins()
        assert len(rehearsed.cafe.present) == 20

    rehearsing(scenario)


# When it ends


def test_closing_the_cafe_stops_them() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        await rehearsed.begins()
        await rehearsed.room.submit(goes(ONE))
        await rehearsed.room.submit(decisions.close)
        await rehearsed.is_over()
        version = rehearsed.cafe.version
        rehearsed.rehearsals.start(rehearsed.room)
        assert not rehearsed.rehearsals.running(CAFE)
        assert rehearsed.cafe.version == version

    rehearsing(scenario)


def test_they_leave_after_an_hour_without_anybody_to_watch_and_not_before() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        watching = rehearsed.room.watcher_stream()
        await anext(watching)
        await rehearsed.begins()
        rehearsed.pace.time += 2 * HOUR
        await rehearsed.does(goes(ONE))
        assert rehearsed.rehearsals.running(CAFE)
        await watching.aclose()
        rehearsed.pace.time += HOUR + 1
        rehearsed.room.beat()
        await rehearsed.is_over()

    rehearsing(scenario)


def test_whoever_comes_back_after_a_restart_is_who_was_there_before() -> None:
    async def scenario(rehearsed: Rehearsed) -> None:
        rehearsed.rehearsals.start(rehearsed.room)
        await until(lambda: len(rehearsed.cafe.present) >= 10)
        rehearsed.room.end_streams()
        await rehearsed.is_over()
        there = [one.pseudonym for one in rehearsed.cafe.present]
        hub = Hub(rehearsed.store, render=render_view)
        room = await hub.room(CAFE)
        assert not room.connected
        again = Rehearsals(pace := Hurry())
        again.start(room)
        again.start(room)
        await until(lambda: pace.rests_at == room.version_mark)
        assert len(room.cafe.present) == len(room.connected) == 20
        assert [one.pseudonym for one in room.cafe.present][: len(there)] == there
        hub.drain()
        await until(lambda: not again.running(CAFE))

    rehearsing(scenario)


def test_a_mistake_in_a_rehearsal_is_logged_and_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Hurry):
        async def rest(self, room: Room, seen: str, until: float) -> None:
            raise OSError("no more time")

    async def scenario(rehearsed: Rehearsed) -> None:
        broken = Rehearsals(Broken())
        broken.start(rehearsed.room)
        await until(lambda: not broken.running(CAFE))
        assert not rehearsed.room.connected

    rehearsing(scenario)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_nobody_comes_to_a_cafe_that_is_no_rehearsal() -> None:
    async def scenario() -> None:
        hub = Hub(FailingStore(), render=render_view)
        room = await hub.create(CAFE, created())
        rehearsals = Rehearsals()
        rehearsals.start(room)
        assert not rehearsals.running(CAFE)

    asyncio.run(scenario())


# A café of its own


def test_a_rehearsal_is_another_cafe_with_the_same_programme_and_the_real_one_is_untouched(served: Comptoir) -> None:
    details = Details(starts_at="2026-12-03T14:00", place="Salle Condorcet", address="https://visio.exemple.fr")
    real = served.create(small_plan(), title="Café data", cookies={}, details=details)
    served.do(real.id, partial(decisions.choose_video, step_id="cafe", url="https://v.fr/2"))
    before = list(served.hub.store.load(real.id))
    made = served.rehearse(real.id, people=20, cookies={})
    cafe, original = served.room(made.id).cafe, served.room(real.id).cafe
    assert (cafe.title, cafe.details, cafe.plan.steps) == (original.title, original.details, original.plan.steps)
    assert dict(cafe.videos) == dict(original.videos)
    assert (cafe.plan.trial, cafe.plan.simulated, cafe.plan.rehearsal) == (True, 20, True)
    assert not original.plan.rehearsal
    assert cafe.code != original.code
    assert served.rehearsals.running(made.id)
    assert not served.rehearsals.running(real.id)
    served.do(made.id, decisions.close)
    assert list(served.hub.store.load(real.id)) == before
    assert file_name(cafe, "csv").startswith("repetition-cafe-data-")


def test_plans_kept_before_there_were_rehearsals_are_none() -> None:
    old = small_plan().model_dump(mode="json", exclude={"simulated", "trial"})
    assert not Plan.model_validate(old).rehearsal
    rehearsed = rehearsal_plan(small_plan(), MOST_SIMULATED)
    assert Plan.model_validate_json(rehearsed.model_dump_json()) == rehearsed
    # A café begun again from a rehearsal is one that takes place.
    assert plan_to_hold(rehearsed) == small_plan()


def test_ones_own_film_is_seen_in_the_rehearsal_and_stays_there(served: Comptoir) -> None:
    real = served.create(small_plan(), title="Café data", cookies={})
    incoming = served.films.begin(real.id)
    incoming.write(b"\0\0\0\x20ftypisom")
    name = incoming.keep()
    served.do(real.id, partial(decisions.choose_video, step_id="cafe", file=name))
    made = served.rehearse(real.id, people=5, cookies={})
    assert served.room(made.id).cafe.videos["cafe"].file == name
    served.films.forget(real.id, name)
    lent = served.films.find(made.id, name)
    assert lent is not None
    assert lent.read_bytes().endswith(b"ftypisom")
    served.do(made.id, decisions.close)


@pytest.mark.parametrize("people", [0, FEWEST_SIMULATED - 1, MOST_SIMULATED + 1])
def test_a_rehearsal_has_from_five_to_three_hundred_people(served: Comptoir, people: int) -> None:
    real = served.create(small_plan(), title="Café data", cookies={})
    with pytest.raises(errors.NotAChoice):
        served.rehearse(real.id, people=people, cookies={})
    assert len(served.hub.codes) == 1


def test_simulated_people_come_in_real_time_too(served: Comptoir) -> None:
    real = served.create(small_plan(), title="Café data", cookies={})
    made = served.rehearse(real.id, people=MOST_SIMULATED, cookies={})
    room = served.room(made.id)

    async def somebody() -> None:
        async with asyncio.timeout(PATIENCE):
            while not (room.cafe.present and room.connected):
                await room.news(room.version_mark)

    asyncio.run_coroutine_threadsafe(somebody(), served._loop).result(PATIENCE)
    served.do(made.id, decisions.close)
