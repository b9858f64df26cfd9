"""Lines of a journal: read as written, or told apart as unfinished or damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.stores.journal import Line, following, scan, write_line
from state.stores.quarantine import Broken

RECORD = b'{"seq":1,"value":"' + b"x" * 700 + b'"}'
ONE, TWO = write_line(1, [b"{}", b'{"a":1}']), write_line(3, [RECORD])


def test_lines_come_back_as_they_were_written() -> None:
    found = scan(ONE + TWO)
    assert found.lines == (Line(1, (b"{}", b'{"a":1}')), Line(3, (RECORD,)))
    assert found.length == len(ONE + TWO)


def test_a_last_line_cut_anywhere_is_unfinished() -> None:
    assert {scan(ONE + TWO[:cut]).length for cut in range(len(TWO))} == {len(ONE)}


@given(start=st.integers(0, 3), length=st.integers(1, 3))
def test_a_last_line_with_sectors_of_zeros_is_unfinished(start: int, length: int) -> None:
    data = bytearray(ONE + TWO)
    for place in range(max(len(ONE), 512 * start), min(len(data), 512 * (start + length))):
        data[place] = 0
    if data != ONE + TWO:
        assert scan(bytes(data)).length == len(ONE)


@given(place=st.integers(0, len(ONE + TWO) - 1), value=st.integers(0, 255))
def test_any_byte_changed_is_damage(place: int, value: int) -> None:
    data = bytearray(ONE + TWO)
    if data[place] != value:
        data[place] = value
        with pytest.raises(Broken):
            scan(bytes(data))


def test_a_bad_line_is_damage_even_before_an_unfinished_one() -> None:
    longer = ONE.replace(b" 10 1 2 ", b" 9910 1 2 ")
    assert longer != ONE
    for end in (TWO[:-5], TWO[:50] + b"\0" * 462):
        with pytest.raises(Broken):
            scan(longer + end)


@pytest.mark.parametrize("data", [ONE[:-3] + TWO, TWO[10:], ONE + b"\n" + TWO, b"hello\n", ONE + b"\0" * 9 + TWO])
def test_what_no_crash_can_leave_is_damage(data: bytes) -> None:
    with pytest.raises(Broken):
        scan(data)


@pytest.mark.parametrize(
    ("spans", "snapshot", "last"),
    [
        ([], 0, 0),
        ([], 7, 7),
        ([(1, 1), (2, 4)], 0, 4),
        ([(1, 1), (2, 4)], 4, 4),
        ([(1, 1), (2, 4), (5, 6)], 4, 6),
        ([(1, 1), (2, 4)], 2, 4),
        ([(3, 4), (9, 9)], 8, 9),
    ],
)
def test_lines_follow_each_other_or_the_snapshot(spans: list[tuple[int, int]], snapshot: int, last: int) -> None:
    assert following([_line(*span) for span in spans], snapshot) == last


@pytest.mark.parametrize(
    ("spans", "snapshot"),
    [
        ([(2, 2)], 0),
        ([(1, 1), (3, 3)], 0),
        ([(1, 2), (2, 3)], 0),
        ([(1, 1), (1, 1)], 0),
        ([(9, 9)], 7),
        ([(8, 9), (9, 9)], 7),
    ],
)
def test_a_record_missing_or_there_twice_is_damage(spans: list[tuple[int, int]], snapshot: int) -> None:
    with pytest.raises(Broken):
        following([_line(*span) for span in spans], snapshot)


def _line(first: int, last: int) -> Line:
    return Line(first, (b"{}",) * (last - first + 1))
