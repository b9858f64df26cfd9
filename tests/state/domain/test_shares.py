"""How sure a share is: Wilson's interval, beside published values and its own laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.shares import wilson

COUNTS = st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


# R 4.3, `prop.test(x, n, correct = FALSE)$conf.int`.
@pytest.mark.parametrize(
    ("some", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_intervals_are_those_that_were_published(some: int, of: int, low: float, high: float) -> None:
    assert wilson(some, of) == pytest.approx((low, high), abs=0.00006)


@given(COUNTS)
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(count: tuple[int, int]) -> None:
    some, of = count
    low, high = wilson(some, of)
    assert 0.0 <= low <= some / of <= high <= 1.0


@given(COUNTS, st.integers(2, 50))
def test_the_same_share_of_more_people_is_surer(count: tuple[int, int], times: int) -> None:
    some, of = count
    few, many = wilson(some, of), wilson(some * times, of * times)
    assert many[1] - many[0] < few[1] - few[0]


@given(COUNTS)
def test_those_who_said_no_have_the_mirrored_interval(count: tuple[int, int]) -> None:
    some, of = count
    low, high = wilson(some, of)
    assert wilson(of - some, of) == pytest.approx((1 - high, 1 - low))


def test_nobody_says_nothing_of_a_share() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("some", "of"), [(-1, 3), (4, 3)])
def test_more_than_all_and_less_than_nobody_are_refused(some: int, of: int) -> None:
    with pytest.raises(ValueError, match=f"{some} of {of}"):
        wilson(some, of)
