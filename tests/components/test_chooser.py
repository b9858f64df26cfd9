"""Whatever a facilitator has in mind, « en un coup d'œil » gives formulas that make sense of it."""

from __future__ import annotations

from itertools import product

import pytest

from components.chooser import needs
from content.chooser import Wish, fitting
from content.loader import default_pack
from content.schema import AUDIENCES, SETTINGS, THEMES, Audience, Setting

PACK = default_pack()
WISHES = [
    Wish(long=long, audience=audience, theme=theme, setting=setting)
    for long, audience, theme, setting in product((False, True), AUDIENCES, THEMES, SETTINGS)
]
HERE: list[Setting] = ["room", "hybrid"]
VIRTUAL = {name for name, formula in PACK.formulas.items() if formula.settings == ("remote",)}


def found(wish: Wish) -> set[str]:
    return {fit.formula.id for fit in fitting(PACK, wish)}


def every_wish() -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "wish",
        WISHES,
        ids=[f"{'long' if one.long else 'short'}-{one.audience}-{one.theme}-{one.setting}" for one in WISHES],
    )


@every_wish()
def test_every_wish_finds_a_formula_that_fits_its_time_and_place(wish: Wish) -> None:
    fits = fitting(PACK, wish)
    assert fits
    for fit in fits:
        assert (fit.formula.minutes[1] > 30) == wish.long
        assert wish.setting in fit.formula.settings
        assert not fit.formula.mix


@every_wish()
def test_each_criterion_is_said_to_be_met_or_not(wish: Wish) -> None:
    for fit in fitting(PACK, wish):
        assert {*fit.met, *fit.unmet} == {"length", "setting", "audience", "theme"}
        assert len(fit.met) + len(fit.unmet) == 4
        assert ("theme" in fit.met) == (wish.theme in fit.formula.themes)


@every_wish()
def test_what_fulfils_everything_is_never_beside_what_does_not(wish: Wish) -> None:
    assert len({len(fit.unmet) for fit in fitting(PACK, wish)}) == 1


@every_wish()
def test_from_afar_are_the_virtual_ones_and_nowhere_else(wish: Wish) -> None:
    if wish.setting == "remote":
        assert found(wish) <= VIRTUAL
        assert all(not fit.unmet for fit in fitting(PACK, wish))
    else:
        assert not found(wish) & VIRTUAL


@every_wish()
def test_half_an_hour_is_a_ristretto(wish: Wish) -> None:
    assert all(name.startswith("ristretto") for name in found(wish)) != wish.long


@pytest.mark.parametrize("setting", HERE)
@pytest.mark.parametrize(
    ("audience", "formula"),
    [("novice", "americano-avec-sucre"), ("averti", "americano-sans-sucre"), ("mixte", "cappuccino")],
)
def test_more_time_about_data_goes_by_the_public(audience: Audience, formula: str, setting: Setting) -> None:
    assert found(Wish(long=True, audience=audience, theme="data", setting=setting)) == {formula}


@pytest.mark.parametrize("setting", HERE)
@pytest.mark.parametrize(
    ("audience", "formula"), [("novice", "ristretto-avec-sucre"), ("averti", "ristretto-sans-sucre")]
)
def test_little_time_about_data_goes_by_the_public_too(audience: Audience, formula: str, setting: Setting) -> None:
    assert found(Wish(long=False, audience=audience, theme="data", setting=setting)) == {formula}


@pytest.mark.parametrize("setting", HERE)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("long", "formula"), [(False, "ristretto-avec-sucre"), (True, "cappuccino-mousse-ia")])
def test_ai_is_the_foam_or_the_sweet_ristretto(long: bool, formula: str, audience: Audience, setting: Setting) -> None:  # noqa: FBT001
    assert formula in found(Wish(long=long, audience=audience, theme="ia", setting=setting))


def test_a_pack_without_anything_that_fits_says_so() -> None:
    remote_only = PACK.model_copy(update={"formulas": {name: PACK.formulas[name] for name in VIRTUAL}})
    assert fitting(remote_only, Wish(long=False, audience="novice", theme="data", setting="room")) == ()


@pytest.mark.parametrize("name", PACK.formulas)
def test_what_a_formula_needs_is_said_in_a_line(name: str) -> None:
    formula = PACK.formulas[name]
    said = needs(formula)
    assert not [number for number in (*formula.minutes, *formula.people) if str(number) not in said]
    assert "\n" not in said
