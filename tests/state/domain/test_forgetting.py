"""What is struck or erased cannot be found any more, and what is left folds, counts the same, and names nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.events import (
    AnswersErased,
    CafeClosed,
    CafeReopened,
    Joined,
    Moved,
    NotePosted,
    Record,
    Renamed,
    WordsStruck,
    encode,
)
from state.domain.folding import fold
from state.domain.forgetting import DAY_SECONDS, STRUCK, gave_something, struck, to_strike, without
from state.domain.tallies.choices import answered, choice_tally
from state.domain.tallies.texts import hunt
from state.stores.tinydb_store import TinyDBStore
from tests.components.crowd import HIDDEN, NAMES, PEOPLE, REMOVED, SUMMARIES, whole_day
from tests.state.cafes import CARD, HUNT, RATED, START, after, begun, created, stop_at, whole_cafe, whole_plan
from tests.state.domain.strategies import OF_A_CAFE

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from tests.state.cafes import Decision

WRITTEN = re.compile(r"d’Ada|de Bob|de Cyd|de Dan|" + "|".join([*NAMES.values(), HIDDEN, REMOVED, "dit tout haut"]))


def played(*asked: Decision) -> list[Record]:
    """The history of a whole café."""
    cafe = whole_cafe()
    records = [Record(1, START, created(plan=whole_plan()))]
    for decide in (*whole_day(), *asked):
        for event in decide(cafe):
            records.append(Record(cafe.version + 1, START + cafe.version, event))
            cafe = after(cafe, event)
    return records


DAY = played()


def bytes_of(records: tuple[Record, ...]) -> str:
    return b"\n".join(map(encode, records)).decode()


def test_there_is_something_to_find() -> None:
    assert len(set(WRITTEN.findall(bytes_of(tuple(DAY))))) >= 10


def test_nothing_that_people_wrote_is_left_in_a_struck_history() -> None:
    assert WRITTEN.findall(bytes_of(struck(DAY))) == []


def test_a_struck_history_is_found_nowhere_in_the_stores_bytes(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path)
    store.append("cafe00000001", DAY[:50]).result(10)
    store.compact("cafe00000001")
    store.append("cafe00000001", DAY[50:]).result(10)
    store.rewrite("cafe00000001", struck)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    store.close()
    assert WRITTEN.findall(kept.decode()) == []


def test_what_was_chosen_counts_as_before() -> None:
    before, now = fold(DAY), fold(struck(DAY))
    assert len(now.present) == len(before.present)
    assert sorted(one.level or "" for one in now.present) == sorted(one.level or "" for one in before.present)
    for stop in before.programme.questions:
        assert answered(now, stop.id) == answered(before, stop.id)
    for stop in (stop_at(before, RATED), stop_at(before, CARD)):
        assert [row.count for row in choice_tally(now, stop).choices] == [
            row.count for row in choice_tally(before, stop).choices
        ]
    found = stop_at(before, HUNT)
    assert hunt(now, found).targets == hunt(before, found).targets
    assert now.summaries == {**SUMMARIES}


def test_nobody_is_called_as_their_cookie_calls_them() -> None:
    now = fold(struck(DAY))
    assert set(now.participants) == {"p1", "p2", "p3", "p4"}
    assert all(not one.pseudonym for one in now.participants.values())
    assert {note.text for stuck in now.notes.values() for note in stuck.values()} == {STRUCK}


def test_striking_again_changes_nothing() -> None:
    assert struck(struck(DAY)) == struck(DAY)


@given(st.lists(OF_A_CAFE, max_size=20))
def test_any_history_keeps_its_length_its_order_and_its_times(events: list[Event]) -> None:
    records = [Record(seq, float(seq), event) for seq, event in enumerate(events, 1)]
    for changed in (struck(records), without(records, "somebody")):
        assert [(one.seq, one.at) for one in changed] == [(one.seq, one.at) for one in records]


MARK = "marque-de-quelqu-un"
OF_PEOPLE = ("participant", "author", "host", "value", "key", "note", "into", "pseudonym")


@given(OF_A_CAFE)
def test_whatever_the_event_nothing_of_a_person_is_left_in_it(event: Any) -> None:
    fields = [name for name in OF_PEOPLE if hasattr(event, name)]
    if isinstance(event, NotePosted):
        fields.append("text")
    marked = replace(event, **{name: f"{MARK}-{name}" for name in fields})
    (changed,) = struck([Record(1, 0.0, marked)])
    assert MARK not in encode(changed).decode()


def test_one_person_is_taken_out_and_the_others_stay() -> None:
    left = without(DAY, "ada")
    # Bob sometimes types what Ada does: that is his.
    naming = [one for one in left if re.search(r"d’Ada|Ada-du-quai", encode(one).decode())]
    assert {getattr(one.event, "participant", "") for one in naming} == {"bob"}
    assert len(re.findall("de Bob", bytes_of(left))) == len(re.findall("de Bob", bytes_of(tuple(DAY))))
    now, before = fold(left), fold(DAY)
    assert list(now.participants) == list(before.participants)
    assert now.participants["ada"].pseudonym is None
    assert not [question for question, given in now.answers.items() if "ada" in given]
    assert not gave_something(now, "ada")
    assert gave_something(before, "ada")
    for person in PEOPLE[1:]:
        assert {q: a[person] for q, a in now.answers.items() if person in a} == {
            q: a[person] for q, a in before.answers.items() if person in a
        }


def test_whoever_gave_nothing_has_nothing_to_take_back() -> None:
    cafe = begun()
    assert not gave_something(cafe, "nobody")
    assert not gave_something(after(cafe, Joined("zoe", None, "novice", "room")), "zoe")


def kept(*events: tuple[float, Event]) -> list[Record]:
    all_: list[tuple[float, Event]] = [(0.0, created()), (1.0, Joined("ada", "Ada", None, None)), *events]
    return [Record(seq, at, event) for seq, (at, event) in enumerate(all_, 1)]


@pytest.mark.parametrize(
    ("events", "since"),
    [
        ((), 1.0),
        (((5.0, CafeClosed()), (9.0, Moved("accueil"))), 5.0),
        (((5.0, CafeClosed()), (8.0, CafeReopened())), 8.0),
        (((5.0, CafeClosed()), (8.0, CafeReopened()), (9.0, CafeClosed())), 9.0),
    ],
)
def test_the_days_count_from_the_close_or_from_the_last_event(events: Any, since: float) -> None:
    records = kept(*events)
    assert not to_strike(records, now=since + 2 * DAY_SECONDS - 1, days=2)
    assert to_strike(records, now=since + 2 * DAY_SECONDS, days=2)


def test_what_is_struck_and_said_to_be_is_not_struck_again() -> None:
    records = struck(kept((5.0, CafeClosed())))
    assert to_strike(records, now=1e9, days=30)
    told = [*records, Record(4, 6.0, WordsStruck())]
    assert not to_strike(told, now=1e9, days=30)
    assert to_strike([*told, Record(5, 7.0, Renamed("p1", "Zoé"))], now=1e9, days=30)


def test_a_cafe_nobody_came_to_has_nothing_to_strike() -> None:
    assert not to_strike([Record(1, 0.0, created())], now=1e9, days=30)


def test_a_cafe_knows_when_it_was_struck() -> None:
    cafe: Cafe = after(begun(), AnswersErased("ada"), WordsStruck(), at=START + 9)
    assert cafe.struck_at == START + 9
