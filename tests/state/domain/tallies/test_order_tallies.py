"""An order is compared with the right one entry by entry."""

from __future__ import annotations

import pytest

from state.domain.tallies.orders import order_tally
from tests.state.cafes import HUNT, ORDER, answers, goes, joins, play, stop_at, whole_cafe

PERFECT = "turing,dartmouth,deep-blue"


def test_each_entry_says_how_many_put_it_at_its_place_and_where_it_stood_in_the_mean() -> None:
    cafe = play(whole_cafe(), joins("ada"), joins("bob"), goes(ORDER))
    cafe = play(cafe, answers("ada", ORDER, PERFECT), answers("bob", ORDER, "dartmouth,turing,deep-blue"))
    tally = order_tally(cafe, stop_at(cafe, ORDER))
    assert [(one.entry.id, one.well, one.mean) for one in tally.entries] == [
        ("turing", 1, 1.5),
        ("dartmouth", 1, 1.5),
        ("deep-blue", 2, 3.0),
    ]
    assert (tally.answered, tally.perfect) == (2, 1)


def test_an_order_that_nobody_gave_has_zeros() -> None:
    tally = order_tally(whole_cafe(), stop_at(whole_cafe(), ORDER))
    assert [(one.well, one.mean) for one in tally.entries] == [(0, 0.0)] * 3
    assert (tally.answered, tally.perfect) == (0, 0)


def test_only_an_order_is_compared() -> None:
    with pytest.raises(TypeError, match=HUNT):
        order_tally(whole_cafe(), stop_at(whole_cafe(), HUNT))
