"""Choices are counted from the answers that count, hands apart, and no figure gives a single person away."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions, notes
from state.domain.events import Answered, HandsCounted, Joined, Removed
from state.domain.tallies.choices import answered, average, choice_tally
from state.domain.values import DONE
from tests.state.cafes import (
    ARGUMENTS,
    BOARD,
    CARD,
    FILM,
    FREE,
    GRID,
    HUNT,
    ONE,
    ORDER,
    POLL,
    PORTRAIT,
    RATED,
    SEVERAL,
    SLIDE,
    TWO,
    USES,
    WATCHED,
    WORDS,
    after,
    answers,
    argues,
    begun,
    goes,
    joins,
    play,
    posts,
    stop_at,
    whole_cafe,
)

PEOPLE = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.sampled_from("abc"), max_size=30)


@given(PEOPLE, st.sets(st.integers(0, 29)))
def test_counts_add_up_to_the_people_who_answered(votes: dict[str, str], removed: set[int]) -> None:
    cafe = after(begun(), *(Joined(person, None, None, None) for person in votes))
    cafe = after(cafe, *(Answered(TWO, person, vote, "k") for person, vote in votes.items()))
    gone = {person for rank, person in enumerate(votes) if rank in removed}
    cafe = after(cafe, *(Removed(person) for person in sorted(gone)))
    kept = {person: vote for person, vote in votes.items() if person not in gone}
    tally = choice_tally(cafe, stop_at(cafe, TWO))
    assert {row.id: row.count for row in tally.choices} == {
        choice: sum(vote == choice for vote in kept.values()) for choice in "abc"
    }
    assert tally.answered == len(kept) == answered(cafe, TWO)
    assert tally.present == len(kept)
    assert tally.right == sum(vote in "bc" for vote in kept.values())
    assert sum(row.share for row in tally.choices) == pytest.approx(1 if kept else 0)


def test_choices_keep_the_order_of_the_question_and_say_which_are_right() -> None:
    tally = choice_tally(begun(), stop_at(begun(), TWO))
    assert [(row.id, row.label, row.right) for row in tally.choices] == [
        ("a", "Alpha", False),
        ("b", "Bêta", True),
        ("c", "Gamma", True),
    ]
    assert [row.share for row in tally.choices] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("question", [FILM, WORDS, FREE, "accueil", "sucre"])
def test_only_choices_are_tallied(question: str) -> None:
    with pytest.raises(TypeError, match=question):
        choice_tally(begun(), stop_at(begun(), question))


@pytest.mark.parametrize("question", [ORDER, HUNT, BOARD, ARGUMENTS, WATCHED, SLIDE])
def test_what_has_no_choice_is_counted_elsewhere(question: str) -> None:
    with pytest.raises(TypeError, match=question):
        choice_tally(whole_cafe(), stop_at(whole_cafe(), question))


def test_no_answer_of_a_poll_is_right() -> None:
    cafe = play(begun(), joins("ada"), goes(POLL), answers("ada", POLL, "b"))
    tally = choice_tally(cafe, stop_at(cafe, POLL))
    assert [(row.count, row.right) for row in tally.choices] == [(0, False), (1, False), (0, False)]
    assert tally.right == 0


def test_a_person_who_changes_their_mind_counts_once() -> None:
    cafe = play(begun(), joins("ada"), goes(ONE), answers("ada", ONE, "b"), answers("ada", ONE, "a"))
    assert [row.count for row in choice_tally(cafe, stop_at(cafe, ONE)).choices] == [1, 0, 0]


# Several answers at once.


@pytest.mark.parametrize(("picked", "right"), [("a,c", 1), ("a", 0), ("a,b,c", 0), ("", 0)])
def test_several_answers_are_right_when_they_are_all_the_right_ones(picked: str, right: int) -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(SEVERAL), answers("ada", SEVERAL, picked))
    tally = choice_tally(cafe, stop_at(cafe, SEVERAL))
    assert (tally.answered, tally.right) == (1, right)


def test_where_several_are_given_each_share_is_out_of_the_people_and_not_of_the_ticks() -> None:
    cafe = play(whole_cafe(), joins("ada"), joins("bob"), goes(SEVERAL))
    cafe = play(cafe, answers("ada", SEVERAL, "a,b"), answers("bob", SEVERAL, "a"))
    rows = choice_tally(cafe, stop_at(cafe, SEVERAL)).choices
    assert [(row.count, row.share) for row in rows] == [(2, 1.0), (1, 0.5), (0, 0.0), (0, 0.0)]


def test_where_nothing_is_right_nobody_is() -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(USES), answers("ada", USES, ""))
    assert choice_tally(cafe, stop_at(cafe, USES)).right == 0


def test_cards_and_suggestions_are_counted_by_their_choice() -> None:
    cafe = play(whole_cafe(), joins("ada"), joins("bob"), goes(CARD))
    cafe = play(cafe, answers("ada", CARD, "hal\nSon œil."), answers("bob", CARD, "hal"))
    assert [row.count for row in choice_tally(cafe, stop_at(cafe, CARD)).choices] == [0, 2, 0]
    cafe = play(cafe, goes(PORTRAIT), answers("ada", PORTRAIT, "sasha"), answers("bob", PORTRAIT, "\nDominique"))
    tally = choice_tally(cafe, stop_at(cafe, PORTRAIT))
    assert [row.count for row in tally.choices] == [0, 1]
    assert tally.answered == 2


# Raised hands.


def raised(question: str, **counts: int) -> HandsCounted:
    return HandsCounted(question, counts)


def test_hands_are_counted_apart_and_make_the_shares_whole() -> None:
    cafe = play(begun(), joins("ada"), goes(ONE), answers("ada", ONE, "a"))
    cafe = after(cafe, raised(ONE, a=1, b=2))
    tally = choice_tally(cafe, stop_at(cafe, ONE))
    assert [(row.count, row.hands, row.people, row.share) for row in tally.choices] == [
        (1, 1, 2, 0.5),
        (0, 2, 2, 0.5),
        (0, 0, 0, 0.0),
    ]
    assert (tally.answered, tally.hands, tally.people, tally.present, tally.right) == (1, 3, 4, 1, 1)


def test_people_who_raise_their_hand_for_several_choices_are_counted_once() -> None:
    cafe = after(whole_cafe(), raised(SEVERAL, a=5, b=3, d=1))
    tally = choice_tally(cafe, stop_at(cafe, SEVERAL))
    assert tally.hands == 5
    assert [row.share for row in tally.choices] == [1.0, 0.6, 0.0, 0.2]


def test_the_mean_of_a_scale_counts_hands() -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(RATED), answers("ada", RATED, "5"))
    assert average(choice_tally(cafe, stop_at(cafe, RATED))) == 5.0
    cafe = after(cafe, HandsCounted(RATED, {"1": 1, "3": 2}))
    assert average(choice_tally(cafe, stop_at(cafe, RATED))) == 3.0


def test_a_scale_that_nobody_answered_has_no_mean() -> None:
    assert average(choice_tally(whole_cafe(), stop_at(whole_cafe(), RATED))) is None


# How many have answered.


def test_on_a_board_those_who_stuck_a_note_have_answered() -> None:
    cafe = play(whole_cafe(), joins("ada"), joins("bob"), joins("cyd"), goes(BOARD))
    assert answered(cafe, BOARD) == 0
    cafe = play(cafe, posts("ada", "1"), posts("ada", "2"), posts("bob", "3"), posts(None, "4"))
    assert answered(cafe, BOARD) == 2
    cafe = play(cafe, partial(decisions.remove, person="bob"))
    assert answered(cafe, BOARD) == 1


def test_whoever_took_everything_back_has_not_answered() -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(ARGUMENTS), argues("ada", "1"))
    assert answered(cafe, ARGUMENTS) == 1
    cafe = play(cafe, lambda cafe: notes.withdraw(cafe, ARGUMENTS, "1", person="ada"))
    assert answered(cafe, ARGUMENTS) == 0


def test_viewers_and_criteria_are_counted_too() -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(WATCHED), answers("ada", WATCHED, DONE))
    cafe = play(cafe, goes(GRID), answers("ada", GRID, "facile"))
    assert (answered(cafe, WATCHED), answered(cafe, GRID)) == (1, 1)
