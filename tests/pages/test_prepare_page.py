"""Preparing: a formula, its choices, a length, a title, and the console opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from content.loader import default_pack
from state.domain.text import TITLE_LENGTH
from state.identity import Keyring
from state.ports import NotKept
from tests.components.reading import parts, shown
from tests.pages.visitor import fine, labels, links, press, said, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from content.schema import Formula
    from state.live import Room
    from tests.pages.visitor import Visitor


# The formula that is offered first.
SWEET = "ristretto-avec-sucre"


def made(visitor: Visitor, page: AppTest) -> Room:
    """The café just made, opened by the link that the page leaves to."""
    (leave,) = parts(page, "leave")
    _, kind, cafe_id, token = leave["path"].split("/")
    room = visitor.served.room(cafe_id)
    assert kind == "animer"
    assert visitor.served.facilitator(Keyring().with_facilitator(cafe_id, token), cafe_id, room.cafe)
    return room


def test_a_cafe_is_made_in_one_click(visitor: Visitor) -> None:
    page = press(visitor.open("prepare.py"), "prepare-create")
    room = made(visitor, page)
    assert room.cafe.title == "Ristretto avec sucre"
    assert [success.value for success in page.success] == [t("prepare.done")]


def test_a_cafe_is_made_as_it_was_asked_for(visitor: Visitor) -> None:
    page = visitor.open("prepare.py")
    page.radio(key=f"prepare-{SWEET}-choice-video").set_value("data-ia")
    page.slider(key=f"prepare-{SWEET}-minutes").set_value(20)
    page.text_input(key="prepare-title").set_value("  L’IA   du jeudi ")
    cafe = made(visitor, press(page, "prepare-create")).cafe
    assert (cafe.title, cafe.plan.minutes, cafe.plan.choices) == ("L’IA du jeudi", 20, {"video": "data-ia"})


def test_the_programme_follows_the_choices(visitor: Visitor) -> None:
    page = visitor.open("prepare.py")
    before = words(page)
    after = words(fine(page.radio(key=f"prepare-{SWEET}-choice-video").set_value("data-ia").run()))
    assert "data et IA" in after
    assert after != before


def test_the_length_stays_within_the_formula(visitor: Visitor) -> None:
    slider = visitor.open("prepare.py").slider(key=f"prepare-{SWEET}-minutes")
    assert (slider.min, slider.max) == visitor.served.pack.formulas[SWEET].minutes


def test_the_limit_of_the_title_is_told_before_sending(visitor: Visitor) -> None:
    assert visitor.open("prepare.py").text_input(key="prepare-title").proto.max_chars == TITLE_LENGTH


@pytest.mark.parametrize("title", ["   ", "\u200b\u2060", "\u202e"], ids=ascii)
def test_a_title_that_nobody_can_read_is_refused_and_stays(visitor: Visitor, title: str) -> None:
    page = visitor.open("prepare.py")
    page.text_input(key="prepare-title").set_value(title)
    page = press(page, "prepare-create")
    assert [error.value for error in page.error] == [t("refusal.text-empty")]
    assert page.text_input(key="prepare-title").value == title
    assert not parts(page, "leave")
    assert visitor.served.hub.codes == {}


def test_a_disk_that_refuses_is_said_and_nothing_is_made(visitor: Visitor, failing: list[Exception]) -> None:
    page = visitor.open("prepare.py")
    failing.append(NotKept("disk full"))
    page = press(page, "prepare-create")
    assert [error.value for error in page.error] == [t("error.not-kept")]
    assert not parts(page, "leave")
    assert visitor.served.hub.codes == {}
    assert parts(press(page, "prepare-create"), "leave")


def test_drawing_the_page_again_makes_no_second_cafe(visitor: Visitor) -> None:
    page = press(visitor.open("prepare.py"), "prepare-create")
    fine(page.run())
    assert len(visitor.served.hub.codes) == 1


# Every formula

PACK = default_pack()
COMPOSED = [name for name, formula in PACK.formulas.items() if formula.mix]
READY = [name for name in PACK.formulas if name not in COMPOSED]
(MIX,) = COMPOSED


def chosen_formula(page: AppTest) -> str:
    chosen: Formula | None = page.radio(key="prepare-formula").value
    assert chosen is not None
    return chosen.id


@pytest.mark.parametrize("name", READY)
def test_each_formula_is_prepared_with_its_own_choices(visitor: Visitor, name: str) -> None:
    formula = PACK.formulas[name]
    page = visitor.open("prepare.py", formule=name)
    assert chosen_formula(page) == name
    for choice in formula.choices:
        radio = page.radio(key=f"prepare-{name}-choice-{choice.id}")
        assert shown(radio.label) == choice.prompt
        assert [shown(option) for option in radio.options] == [option.label for option in choice.options]
        radio.set_value(choice.options[-1].id)
    page.slider(key=f"prepare-{name}-minutes").set_value(formula.minutes[0])
    plan = made(visitor, press(page, "prepare-create")).cafe.plan
    assert (plan.formula, plan.choices) == (name, {choice.id: choice.options[-1].id for choice in formula.choices})
    assert formula.minutes[0] <= plan.minutes <= formula.minutes[1]
    assert not plan.trial


@pytest.mark.parametrize("name", [*READY, MIX])
def test_what_a_formula_needs_and_what_to_do_before_the_day_are_said(visitor: Visitor, name: str) -> None:
    formula = PACK.formulas[name]
    page = visitor.open("prepare.py", formule=name)
    for needed in (*formula.material, *map(str, formula.minutes), *map(str, formula.people)):
        assert needed in said(page)
    assert t("prepare.checklist") in labels(page)
    assert [shown(box.label) for box in page.checkbox] == list(formula.checklist)
    assert not fine(page.checkbox[0].check().run()).error


@pytest.mark.parametrize("name", ["", "inconnue", "<script>", "x" * 10_000], ids=lambda one: one[:9])
def test_an_unknown_formula_is_the_first_one(visitor: Visitor, name: str) -> None:
    assert chosen_formula(visitor.open("prepare.py", formule=name)) == SWEET


def test_whoever_hesitates_is_helped(visitor: Visitor) -> None:
    assert t("prepare.help_me") in links(visitor.open("prepare.py"))


ADVISED = [name for name, formula in PACK.formulas.items() if formula.advised]


@pytest.mark.parametrize("name", ADVISED)
def test_more_than_is_advised_from_afar_is_warned_of_and_allowed(visitor: Visitor, name: str) -> None:
    page = visitor.open("prepare.py", formule=name)
    slider = page.slider(key=f"prepare-{name}-minutes")
    assert slider.value == 45
    assert not page.warning
    page = fine(slider.set_value(46).run())
    assert [warning.value for warning in page.warning] == [t("prepare.advised", minutes=45)]
    assert made(visitor, press(page, "prepare-create")).cafe.plan.minutes == 46


def test_the_formulas_from_afar_beyond_half_an_hour_have_their_advice() -> None:
    assert {name for name in READY if PACK.formulas[name].settings == ("remote",)} - set(ADVISED) == {
        "ristretto-virtuel"
    }


# Made to measure


def test_whoever_composes_is_led_to_the_composer(visitor: Visitor) -> None:
    page = visitor.open("prepare.py", formule=MIX)
    assert t("prepare.compose_next") in [info.value for info in page.info]
    page = press(page, "prepare-create")
    (leaving,) = parts(page, "leave")
    assert leaving["path"].endswith("?vers=composer")
