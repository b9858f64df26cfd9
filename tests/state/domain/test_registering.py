"""People may say beforehand that they will come, and their levels tell which formula fits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions, errors
from state.domain.composing import describe
from state.domain.events import Details
from state.domain.registering import audience, levels, register, unregister
from tests.state.cafes import begun, play

if TYPE_CHECKING:
    from tests.state.cafes import Decision

OPEN = partial(describe, title="Café", details=Details(registers=True))


def come(**people: str) -> list[Decision]:
    return [partial(register, person=person, level=level) for person, level in people.items()]


def test_people_say_that_they_come_change_their_mind_and_their_level() -> None:
    cafe = play(begun(), OPEN, *come(ada="novice", bob="expert"))
    assert levels(cafe) == {"novice": 1, "averti": 0, "expert": 1}
    cafe = play(cafe, *come(ada="averti"), partial(unregister, person="bob"))
    assert levels(cafe) == {"novice": 0, "averti": 1, "expert": 0}
    assert register(cafe, person="ada", level="averti") == ()
    assert unregister(cafe, person="bob") == ()
    assert not cafe.present


@pytest.mark.parametrize(
    ("people", "public"),
    [
        ([], None),
        (["novice"], "novice"),
        (["novice"] * 6 + ["expert"] * 4, "novice"),
        (["novice"] * 5 + ["expert"] * 5, "mixte"),
        (["novice"] * 4 + ["expert"] * 3 + ["averti"] * 3, "averti"),
    ],
)
def test_the_levels_tell_what_public_it_is(people: list[str], public: str | None) -> None:
    cafe = play(begun(), OPEN, *come(**{f"p{number}": level for number, level in enumerate(people)}))
    assert audience(cafe) == public


def test_nobody_says_anything_where_nobody_is_asked() -> None:
    with pytest.raises(errors.NotRegistering):
        register(begun(), person="ada", level="novice")
    with pytest.raises(errors.NotAChoice):
        register(play(begun(), OPEN), person="ada", level="génie")
    with pytest.raises(errors.CafeOver):
        register(play(begun(), OPEN, decisions.close), person="ada", level="novice")


def test_whoever_comes_is_known_by_the_level_they_said() -> None:
    cafe = play(begun(), OPEN, *come(ada="expert"))
    cafe = play(cafe, partial(decisions.join, person="ada"), partial(decisions.join, person="bob"))
    assert [one.level for one in cafe.present] == ["expert", None]
    again = play(cafe, partial(decisions.join, person="ada", level="novice"))
    assert again.participants["ada"].level == "novice"
