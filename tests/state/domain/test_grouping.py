"""What a place or a level answered is counted as if nobody else had, and never shows what one or two people said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import LEVELS, HandsCounted
from state.domain.grouping import groups
from state.domain.small_groups import FEWEST_IN_A_GROUP
from state.domain.tallies.boards import columns
from state.domain.tallies.choices import choice_tally
from state.domain.tallies.orders import order_tally
from state.domain.tallies.texts import hunt, wall
from tests.state.cafes import (
    BOARD,
    HUNT,
    ONE,
    ORDER,
    RETAINED,
    after,
    answers,
    begun,
    goes,
    joins,
    play,
    posts,
    stop_at,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

ROOM, AWAY = ("r0", "r1", "r2"), ("d0", "d1", "d2", "d3")


def people() -> Cafe:
    room = [joins(person, level="novice", place="room") for person in ROOM]
    away = [joins(person, level="expert", place="remote") for person in AWAY]
    return play(whole_cafe(), *room, *away)


def test_each_group_is_counted_alone_and_without_hands() -> None:
    room = [joins(person, level="novice", place="room") for person in ROOM]
    away = [joins(person, level="expert", place="remote") for person in AWAY]
    nowhere = [f"n{number}" for number in range(3)]
    cafe = play(begun(), *room, *away, *map(joins, nowhere), goes(ONE))
    cafe = play(cafe, *(answers(person, ONE, "a") for person in ROOM))
    cafe = play(cafe, *(answers(person, ONE, "b") for person in AWAY[:3]))
    cafe = play(cafe, *(answers(person, ONE, "c") for person in nowhere))
    cafe = after(cafe, HandsCounted(ONE, {"a": 9}))
    stop = stop_at(cafe, ONE)
    found = {group.id: choice_tally(group.cafe, stop) for group in groups(cafe, stop, "place") if group.cafe}
    assert {name: [row.people for row in tally.choices] for name, tally in found.items()} == {
        "room": [3, 0, 0],
        "remote": [0, 3, 0],
    }
    assert (found["remote"].answered, found["remote"].present, found["remote"].right) == (3, 4, 0)
    by_level = groups(cafe, stop, "level")
    assert [(group.id, group.answered) for group in by_level] == [("novice", 3), ("averti", 0), ("expert", 3)]


@pytest.mark.parametrize("count", range(FEWEST_IN_A_GROUP + 2))
def test_a_group_of_too_few_is_not_shown(count: int) -> None:
    cafe = play(begun(), *(joins(f"p{number}", place="remote") for number in range(9)), goes(ONE))
    cafe = play(cafe, *(answers(f"p{number}", ONE, "a") for number in range(count)))
    (_, remote) = groups(cafe, stop_at(cafe, ONE), "place")
    assert remote.answered == count
    assert (remote.cafe is not None) == (count >= 3)


def test_somebody_removed_no_longer_makes_a_group_large_enough() -> None:
    cafe = play(begun(), *(joins(person, place="room") for person in "abc"), goes(ONE))
    cafe = play(cafe, *(answers(person, ONE, "a") for person in "abc"), partial(decisions.remove, person="c"))
    (room, _) = groups(cafe, stop_at(cafe, ONE), "place")
    assert (room.answered, room.cafe) == (2, None)


def test_words_orders_and_hunts_are_those_of_the_group() -> None:
    cafe = play(people(), goes(RETAINED), *(answers(person, RETAINED, person) for person in (*ROOM, *AWAY)))
    room, away = (group.cafe for group in groups(cafe, stop_at(cafe, RETAINED), "place"))
    assert room is not None
    assert away is not None
    assert {text.text for text in wall(room, stop_at(cafe, RETAINED))} == set(ROOM)
    assert {text.text for text in wall(away, stop_at(cafe, RETAINED))} == set(AWAY)
    for question, answer in ((ORDER, "dartmouth,turing,deep-blue"), (HUNT, "vélocité")):
        stop = stop_at(cafe, question)
        asked = play(cafe, goes(question), *(answers(person, question, answer) for person in AWAY))
        room, away = (group.cafe for group in groups(asked, stop, "place"))
        assert room is None
        assert away is not None
        if question == ORDER:
            assert order_tally(away, stop).answered == len(AWAY)
        else:
            assert sum(target.people for target in hunt(away, stop).targets) == len(AWAY)


def test_notes_of_a_board_are_those_that_the_group_stuck() -> None:
    notes = [posts(person, f"note-{person}") for person in (*ROOM, *AWAY[:2])]
    cafe = play(people(), goes(BOARD), *notes, posts(None, "said"))
    room, away = groups(cafe, stop_at(cafe, BOARD), "place")
    assert room.cafe is not None
    assert sum(column.count for column in columns(room.cafe, stop_at(cafe, BOARD))) == len(ROOM)
    assert (away.answered, away.cafe) == (2, None)


@given(votes=st.lists(st.tuples(st.sampled_from([None, *LEVELS]), st.sampled_from("abc")), max_size=14))
def test_groups_add_up_to_those_who_said_their_level(votes: list[tuple[str | None, str]]) -> None:
    joined = [joins(f"p{number}", level=level) for number, (level, _) in enumerate(votes)]
    given_ = [answers(f"p{number}", ONE, choice) for number, (_, choice) in enumerate(votes)]
    cafe = play(begun(), *joined, goes(ONE), *given_)
    stop = stop_at(cafe, ONE)
    found = groups(cafe, stop, "level")
    assert sum(group.answered for group in found) == sum(1 for level, _ in votes if level)
    for group in found:
        theirs = [choice for level, choice in votes if level == group.id]
        assert (group.cafe is not None) == (len(theirs) >= FEWEST_IN_A_GROUP)
        if group.cafe is not None:
            assert [row.count for row in choice_tally(group.cafe, stop).choices] == [theirs.count(one) for one in "abc"]
