"""Time is told from what was planned, added and spent, and never goes under zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.events import CafeClosed, Moved, StepExtended
from state.domain.tallies.timing import time_left, timings
from tests.state.cafes import FILM, ONE, START, after, begun

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


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


def test_what_is_added_to_a_step_is_planned() -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    cafe = after(cafe, StepExtended("tasse", 60), StepExtended("tasse", 30), at=START + 10)
    (tasse, *_) = timings(cafe, START + 100)
    assert (tasse.planned, tasse.spent, tasse.left) == (390.0, 100.0, 290.0)
    assert cafe.step_ends_at == START + 390
    assert time_left(cafe, START + 100) == 290.0 + 600 + 180 + 120


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
def test_time_left_is_what_remains_of_this_step_and_those_after(cafe: Cafe, now: float, left: float) -> None:
    assert time_left(cafe, now) == left


@given(st.floats(-1e9, 1e9))
def test_time_left_is_never_negative_nor_more_than_the_plan(jump: float) -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    assert 0 <= time_left(cafe, START + jump) <= 1200
