"""Presence is a number, kept once a minute at most, where it changed, while the café lasts."""

from __future__ import annotations

from functools import partial

from state.domain import decisions
from state.domain.chronicle import count_presence
from state.domain.tallies.course import connected, lived, stretches
from tests.state.cafes import FILM, ONE, START, after, begun, goes, joins, play

ENTRANCE = (joins("ada", place="room"), joins("bob", place="remote"), joins("cyd"))


def test_presence_is_counted_by_place_and_names_nobody() -> None:
    cafe = play(begun(), *ENTRANCE)
    (event,) = count_presence(cafe, {"ada", "bob", "elsewhere"}, now=START)
    assert (event.room, event.remote, event.unknown) == (1, 1, 0)


def test_presence_is_kept_once_a_minute_and_only_where_it_changed() -> None:
    cafe = play(begun(), *ENTRANCE)
    cafe = after(cafe, *count_presence(cafe, {"ada"}, now=START), at=START)
    assert not count_presence(cafe, {"ada", "bob"}, now=START + 59)
    assert not count_presence(cafe, {"ada"}, now=START + 600)
    assert count_presence(cafe, {"ada", "bob"}, now=START + 60)


def test_nothing_is_kept_of_an_empty_room_nor_of_a_closed_one() -> None:
    assert not count_presence(begun(), set(), now=START)
    assert not count_presence(play(begun(), *ENTRANCE, decisions.close), {"ada"}, now=START)


def test_who_was_removed_is_not_there_and_a_lent_phone_carries_its_people() -> None:
    cafe = play(begun(), *ENTRANCE, partial(decisions.join, person="dan", host="ada"))
    cafe = play(cafe, partial(decisions.remove, person="bob"))
    (event,) = count_presence(cafe, {"ada", "bob"}, now=START)
    assert (event.room, event.remote) == (2, 0)


def test_steps_are_told_in_the_order_in_which_they_were_lived() -> None:
    cafe = begun()
    for seconds, stop in ((0, FILM), (60, ONE), (90, FILM), (120, "merci")):
        cafe = after(cafe, *goes(stop)(cafe), at=START + seconds)
    assert [(one.step, one.ends - one.begins) for one in stretches(cafe, START + 500)] == [
        ("cafe", 60.0),
        ("tasse", 30.0),
        ("cafe", 30.0),
    ]
    assert [(row.step, row.spent) for row in lived(cafe, START + 500)][:2] == [("cafe", 90.0), ("tasse", 30.0)]


def test_the_line_of_presence_goes_from_the_beginning_to_the_end() -> None:
    cafe = play(begun(), *ENTRANCE)
    cafe = after(cafe, *goes(ONE)(cafe), at=START + 100)
    cafe = after(cafe, *count_presence(cafe, {"ada", "bob"}, now=START + 110), at=START + 110)
    line = connected(cafe, START + 400)
    assert [(one.at - START, one.people) for one in line] == [(110, 2), (400, 2)]
