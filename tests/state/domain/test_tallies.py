"""Figures are counted from the answers that count, and add up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import Answered, CafeClosed, Joined, Moved, Removed, TextHidden
from state.domain.tallies import answered, choice_tally, time_left, timings, wall
from tests.state.cafes import FILM, FREE, ONE, POLL, START, TWO, WORDS, after, answers, begun, goes, joins, play

if TYPE_CHECKING:
    from state.domain.cafe import Stop


def stop_of(question: str) -> Stop:
    stop = begun().programme.stop(question)
    assert stop is not None
    return stop


PEOPLE = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.sampled_from("abc"), max_size=30)


@given(PEOPLE, st.sets(st.integers(0, 29)))
def test_counts_add_up_to_the_people_who_answered(votes: dict[str, str], removed: set[int]) -> None:
    cafe = after(begun(), *(Joined(person, None, None, None) for person in votes))
    cafe = after(cafe, *(Answered(TWO, person, vote, "k") for person, vote in votes.items()))
    gone = {person for rank, person in enumerate(votes) if rank in removed}
    cafe = after(cafe, *(Removed(person) for person in sorted(gone)))
    kept = {person: vote for person, vote in votes.items() if person not in gone}
    tally = choice_tally(cafe, stop_of(TWO))
    assert {row.id: row.count for row in tally.choices} == {
        choice: sum(vote == choice for vote in kept.values()) for choice in "abc"
    }
    assert tally.answered == len(kept) == answered(cafe, TWO)
    assert tally.present == len(kept)
    assert tally.right == sum(vote in "bc" for vote in kept.values())
    assert sum(row.share for row in tally.choices) == pytest.approx(1 if kept else 0)


def test_choices_keep_the_order_of_the_question_and_say_which_are_right() -> None:
    tally = choice_tally(begun(), stop_of(TWO))
    assert [(row.id, row.label, row.right) for row in tally.choices] == [
        ("a", "Alpha", False),
        ("b", "Bêta", True),
        ("c", "Gamma", True),
    ]
    assert [row.share for row in tally.choices] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("question", [FILM, WORDS, FREE, "accueil", "sucre"])
def test_only_choices_are_tallied(question: str) -> None:
    with pytest.raises(TypeError, match=question):
        choice_tally(begun(), stop_of(question))


def test_no_answer_of_a_poll_is_right() -> None:
    cafe = play(begun(), joins("ada"), goes(POLL), answers("ada", POLL, "b"))
    tally = choice_tally(cafe, stop_of(POLL))
    assert [(row.count, row.right) for row in tally.choices] == [(0, False), (1, False), (0, False)]
    assert tally.right == 0


def test_a_person_who_changes_their_mind_counts_once() -> None:
    cafe = play(begun(), joins("ada"), goes(ONE), answers("ada", ONE, "b"), answers("ada", ONE, "a"))
    assert [row.count for row in choice_tally(cafe, stop_of(ONE)).choices] == [1, 0, 0]


def test_a_wall_is_read_from_the_oldest_text_and_leaves_hidden_ones_out() -> None:
    cafe = play(begun(), joins("ada"), joins("bob"), joins("cyd"), goes(WORDS))
    cafe = after(cafe, Answered(WORDS, "cyd", "un", "1"), Answered(WORDS, "ada", "deux", "1"))
    cafe = after(cafe, Answered(WORDS, "bob", "trois", "1"), TextHidden(WORDS, "ada"))
    assert [text.text for text in wall(cafe, WORDS)] == ["un", "trois"]
    assert [(text.text, text.hidden) for text in wall(cafe, WORDS, with_hidden=True)] == [
        ("un", False),
        ("deux", True),
        ("trois", False),
    ]


def test_texts_of_the_same_instant_always_stand_in_the_same_order() -> None:
    people = ("zoe", "ada", "max")
    cafe = play(begun(), *(joins(person) for person in people), goes(FREE))
    cafe = after(cafe, *(Answered(FREE, person, person, "1") for person in people), at=START + 50)
    assert [text.text for text in wall(cafe, FREE)] == ["ada", "max", "zoe"]


def test_the_texts_of_somebody_removed_leave_the_wall() -> None:
    cafe = play(begun(), joins("ada"), goes(WORDS), answers("ada", WORDS, "oui"))
    cafe = play(cafe, partial(decisions.remove, person="ada"))
    assert wall(cafe, WORDS, with_hidden=True) == ()


def test_the_step_being_played_is_the_one_that_runs() -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    cafe = after(cafe, Moved(FILM), at=START + 120)
    rows = timings(cafe, START + 150)
    assert [(row.step, row.planned, row.spent, row.current) for row in rows] == [
        ("tasse", 300.0, 120.0, False),
        ("cafe", 600.0, 30.0, True),
        ("chocolat", 180.0, 0.0, False),
        ("sucre", 120.0, 0.0, False),
    ]
    assert rows[0].left == 180.0


@pytest.mark.parametrize(
    ("cafe", "now", "left"),
    [
        (begun(), START + 5000, 1200.0),
        (after(begun(), Moved(ONE), at=START), START + 60, 240.0 + 600 + 180 + 120),
        (after(begun(), Moved(ONE), at=START), START + 9_999, 600.0 + 180 + 120),
        (after(begun(), Moved(ONE), at=START), START - 9_999, 1200.0),
        (after(begun(), Moved("sucre"), at=START), START + 30, 90.0),
        (after(begun(), Moved("merci"), at=START), START + 30, 0.0),
        (after(begun(), Moved(ONE), CafeClosed(), at=START), START + 30, 0.0),
        (after(begun(), Moved(ONE), Moved("accueil"), at=START), START + 30, 1200.0),
    ],
    ids=["not begun", "first step", "overtime", "clock back", "last step", "end", "closed", "back in the lobby"],
)
def test_time_left_is_what_remains_of_this_step_and_those_after(cafe: object, now: float, left: float) -> None:
    assert time_left(cafe, now) == left  # type: ignore[arg-type]


@given(st.floats(-1e9, 1e9))
def test_time_left_is_never_negative_nor_more_than_the_plan(jump: float) -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    assert 0 <= time_left(cafe, START + jump) <= 1200
