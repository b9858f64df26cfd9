"""Who was there, as numbers: whoever was removed is not counted, whoever said nothing is."""

from __future__ import annotations

from functools import partial

from state.domain import decisions, registering
from state.domain.events import Details, DetailsWritten
from state.domain.tallies.attendance import attendance
from tests.state.cafes import ONE, begun, goes, joins, play


def test_everybody_there_is_counted_by_level_and_place_and_nobody_removed() -> None:
    come = attendance(
        play(
            begun(),
            lambda _: [DetailsWritten("Café", Details(registers=True))],
            partial(registering.register, person="r1", level="novice"),
            partial(registering.register, person="r2", level="expert"),
            joins("ada", level="novice", place="room"),
            joins("bob", level="novice", place="remote"),
            joins("cyd"),
            joins("dan", level="expert", place="room"),
            partial(decisions.remove, person="dan"),
            goes(ONE),
            partial(decisions.count_hands, question=ONE, counts={"a": 2, "b": 3}),
        )
    )
    assert come.people == 3
    assert come.levels == {"novice": 2, "averti": 0, "expert": 0, None: 1}
    assert come.places == {"room": 1, "remote": 1, None: 1}
    assert come.registered == {"novice": 1, "averti": 0, "expert": 1}
    assert come.hands == 5


def test_an_empty_cafe_has_nobody() -> None:
    nobody = attendance(begun())
    assert (nobody.people, nobody.hands, sum(nobody.registered.values())) == (0, 0, 0)
