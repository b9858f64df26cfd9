"""A carnet is what was put in it; it opens its own cafés, as whoever put them in does, and for as long."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import errors
from state.domain.carnet import (
    MOST_CAFES,
    MOST_KEPT_STEPS,
    Carnet,
    apply_to_carnet,
    drop_step,
    fold_carnet,
    keep_step,
    note_cafe,
)
from state.domain.carnet_events import CafeNoted, CarnetEvent, CarnetOpened
from state.domain.events import OWNER, AnyEvent, Moved, Record
from state.domain.folding import apply, fold
from state.domain.helping import MOST_CARNETS, MOST_HELPERS, Door, doors, enter, invite, revoke
from state.domain.text import TITLE_LENGTH
from tests.state.cafes import begun, play, small_plan

if TYPE_CHECKING:
    from tests.state.cafes import Decision

STEP = small_plan().steps[0]


def after(carnet: Carnet, *events: CarnetEvent) -> Carnet:
    for event in events:
        carnet = apply_to_carnet(carnet, Record(carnet.version + 1, 0.0, event))
    return carnet


OPENED = after(Carnet(), CarnetOpened())


@given(st.lists(st.sampled_from(["cafea", "cafeb", "cafec"]), max_size=8))
def test_each_cafe_is_noted_once_in_the_order_in_which_it_came(noted: list[str]) -> None:
    carnet = OPENED
    for cafe in noted:
        carnet = after(carnet, *note_cafe(carnet, cafe=cafe))
    assert list(carnet.cafes) == list(dict.fromkeys(noted))


def test_only_so_many_cafes_are_noted() -> None:
    full = Carnet(1, tuple(f"cafe{number}" for number in range(MOST_CAFES)))
    with pytest.raises(errors.TooMany):
        note_cafe(full, cafe="un de trop")
    assert note_cafe(full, cafe="cafe0") == ()


def test_a_step_is_put_by_replaced_by_one_of_the_same_name_and_dropped() -> None:
    other = small_plan().steps[1]
    carnet = after(OPENED, *keep_step(OPENED, step_id="a", name=" Mon quiz ", step=STEP))
    assert [(one.name, one.step) for one in carnet.steps.values()] == [("Mon quiz", STEP)]
    carnet = after(carnet, *keep_step(carnet, step_id="b", name="Mon quiz", step=other))
    assert [(one.id, one.step) for one in carnet.steps.values()] == [("a", other)]
    assert drop_step(carnet, step_id="b") == ()
    assert after(carnet, *drop_step(carnet, step_id="a")).steps == {}


def test_a_step_needs_a_name_and_only_so_many_are_put_by() -> None:
    with pytest.raises(errors.TextEmpty):
        keep_step(OPENED, step_id="a", name="  ", step=STEP)
    with pytest.raises(errors.TextTooLong):
        keep_step(OPENED, step_id="a", name="x" * (TITLE_LENGTH + 1), step=STEP)
    full = OPENED
    for number in range(MOST_KEPT_STEPS):
        full = after(full, *keep_step(full, step_id=f"s{number}", name=f"Étape {number}", step=STEP))
    with pytest.raises(errors.TooMany):
        keep_step(full, step_id="more", name="Une de trop", step=STEP)
    assert keep_step(full, step_id="more", name="Étape 3", step=STEP)


@pytest.mark.parametrize(
    "history",
    [
        [Record(1, 0.0, CafeNoted("cafea"))],
        [Record(2, 0.0, CarnetOpened())],
        [Record(1, 0.0, CarnetOpened()), Record(2, 0.0, CarnetOpened())],
        [Record(1, 0.0, CarnetOpened()), Record(3, 0.0, CafeNoted("cafea"))],
        [Record(1, 0.0, CarnetOpened()), Record(2, 0.0, Moved("q1"))],
    ],
)
def test_what_is_no_history_of_a_carnet_is_not_read_as_one(history: list[Record]) -> None:
    with pytest.raises(ValueError, match=r"carnet|follow"):
        fold_carnet(history)


@pytest.mark.parametrize("event", [CarnetOpened(), CafeNoted("cafea")])
def test_what_happens_to_a_carnet_happens_to_no_cafe(event: AnyEvent) -> None:
    with pytest.raises(ValueError, match=r"café|CafeCreated"):
        fold([Record(1, 0.0, event)])
    with pytest.raises(ValueError, match="café"):
        apply(begun(), Record(begun().version + 1, 0.0, event))


def entering(carnet: str, holder: str = OWNER) -> Decision:
    return partial(enter, carnet=carnet, holder=holder, facilitator_hash=f"f-{carnet}", screen_hash=f"s-{carnet}")


INVITED = partial(invite, helper="b", name="Basile", facilitator_hash="f", screen_hash="s")


def test_a_carnet_opens_the_cafe_as_who_put_it_in_does_and_for_as_long() -> None:
    cafe = play(begun(), INVITED, entering("mine"), entering("theirs", "b"))
    assert Door(OWNER, "f-mine", "s-mine") in doors(cafe)
    assert Door("b", "f-theirs", "s-theirs") in doors(cafe)
    left = play(cafe, partial(revoke, helper="b"))
    assert {door.holder for door in doors(left)} == {OWNER}
    assert Door(OWNER, "f-mine", "s-mine") in doors(left)
    with pytest.raises(errors.LinkRevoked):
        play(left, entering("another", "b"))
    with pytest.raises(errors.LinkRevoked):
        play(begun(), entering("nobodys", "nobody"))


def test_a_carnet_enters_once_and_an_owner_who_helps_stays_the_owner() -> None:
    cafe = play(begun(), INVITED, entering("mine"))
    assert entering("mine")(cafe) == entering("mine", "b")(cafe) == ()
    helps = play(begun(), INVITED, entering("mine", "b"))
    owns = play(helps, entering("mine"))
    assert [door.holder for door in doors(owns)] == [OWNER, "b", OWNER]


def test_only_so_many_carnets_hold_a_cafe() -> None:
    assert MOST_CARNETS > MOST_HELPERS
    cafe = play(begun(), *(entering(f"c{number}") for number in range(MOST_CARNETS)))
    with pytest.raises(errors.TooMany):
        play(cafe, entering("more"))
