"""Who moved from one side to the other is counted only among those who took a position both times."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import Answered, Joined
from state.domain.tallies.sides import Flow, shift
from tests.state.cafes import (
    AFTER_DEBATE,
    AGREE,
    BEFORE_DEBATE,
    CARD,
    DISAGREE,
    PLACED,
    after,
    answers,
    goes,
    joins,
    play,
    stop_at,
    whole_cafe,
)

SIDES = (AGREE, DISAGREE)
POSITIONS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(SIDES))


def test_a_debate_says_who_changed_their_mind_and_which_way() -> None:
    cafe = play(whole_cafe(), *map(joins, "abcde"), goes(BEFORE_DEBATE))
    cafe = play(cafe, *(answers(one, BEFORE_DEBATE, AGREE) for one in "abc"), answers("d", BEFORE_DEBATE, DISAGREE))
    cafe = play(cafe, goes(AFTER_DEBATE), answers("a", AFTER_DEBATE, AGREE), answers("b", AFTER_DEBATE, DISAGREE))
    cafe = play(cafe, answers("d", AFTER_DEBATE, AGREE), answers("e", AFTER_DEBATE, DISAGREE))
    moved = shift(cafe, stop_at(cafe, AFTER_DEBATE))
    assert moved.before == {AGREE: 3, DISAGREE: 1}
    assert moved.after == {AGREE: 2, DISAGREE: 2}
    assert moved.flows == (
        Flow(AGREE, AGREE, 1),
        Flow(AGREE, DISAGREE, 1),
        Flow(DISAGREE, AGREE, 1),
        Flow(DISAGREE, DISAGREE, 0),
    )
    assert (moved.both, moved.moved) == (3, 2)
    assert (moved.towards(AGREE), moved.towards(DISAGREE)) == (1, 1)


def test_raised_hands_stand_beside_both_positions_and_move_nobody() -> None:
    cafe = play(whole_cafe(), joins("a"), goes(BEFORE_DEBATE), answers("a", BEFORE_DEBATE, AGREE))
    cafe = play(cafe, partial(decisions.count_hands, question=BEFORE_DEBATE, counts={AGREE: 2, DISAGREE: 5}))
    cafe = play(cafe, goes(AFTER_DEBATE), answers("a", AFTER_DEBATE, AGREE))
    cafe = play(cafe, partial(decisions.count_hands, question=AFTER_DEBATE, counts={AGREE: 7}))
    moved = shift(cafe, stop_at(cafe, AFTER_DEBATE))
    assert dict(moved.hands_before) == {AGREE: 2, DISAGREE: 5}
    assert moved.hands_after.get(AGREE) == 7
    assert moved.hands_after.get(DISAGREE, 0) == 0
    assert (moved.both, moved.moved) == (1, 0)


@given(POSITIONS, POSITIONS)
def test_flows_hold_those_who_answered_twice_and_nobody_else(before: dict[str, str], later: dict[str, str]) -> None:
    cafe = after(whole_cafe(), *(Joined(person, None, None, None) for person in "abcdefgh"))
    cafe = after(cafe, *(Answered(BEFORE_DEBATE, person, side, "1") for person, side in before.items()))
    cafe = after(cafe, *(Answered(AFTER_DEBATE, person, side, "2") for person, side in later.items()))
    moved = shift(cafe, stop_at(cafe, AFTER_DEBATE))
    twice = set(before) & set(later)
    assert moved.both == len(twice)
    assert moved.moved == sum(before[person] != later[person] for person in twice)
    assert sum(moved.before.values()) == len(before)
    assert sum(moved.after.values()) == len(later)
    assert moved.towards(AGREE) + moved.towards(DISAGREE) == moved.moved


def test_in_a_placement_people_move_from_where_they_stood_when_it_was_first_revealed() -> None:
    cafe = play(whole_cafe(), joins("a"), joins("b"), goes(PLACED), answers("a", PLACED, AGREE))
    assert shift(cafe, stop_at(cafe, PLACED)).both == 0
    cafe = play(cafe, goes(PLACED, "reveal"), answers("a", PLACED, DISAGREE), answers("b", PLACED, AGREE))
    moved = shift(cafe, stop_at(cafe, PLACED))
    assert (moved.before, moved.after) == ({AGREE: 1, DISAGREE: 0}, {AGREE: 1, DISAGREE: 1})
    assert (moved.both, moved.towards(DISAGREE)) == (1, 1)


def test_somebody_removed_was_on_no_side() -> None:
    cafe = play(whole_cafe(), joins("a"), goes(PLACED), answers("a", PLACED, AGREE), goes(PLACED, "reveal"))
    cafe = play(cafe, partial(decisions.remove, person="a"))
    moved = shift(cafe, stop_at(cafe, PLACED))
    assert (moved.before, moved.after, moved.both) == (dict.fromkeys(SIDES, 0), dict.fromkeys(SIDES, 0), 0)


def test_only_sides_have_a_shift() -> None:
    with pytest.raises(TypeError, match=CARD):
        shift(whole_cafe(), stop_at(whole_cafe(), CARD))
