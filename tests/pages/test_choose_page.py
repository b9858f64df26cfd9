"""« En un coup d'œil »: what was answered gives the formulas that fit, why, what they need, and the way to prepare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.chooser import needs
from components.words import plain
from content.catalogue import t
from content.chooser import Wish, fitting
from content.loader import default_pack
from content.schema import COURSES, Audience, Setting, Theme
from tests.components.reading import shown
from tests.pages.visitor import fine, links, said

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor

PACK = default_pack()


def wished(page: AppTest, *, length: str, audience: Audience, theme: Theme, setting: Setting) -> AppTest:
    for name, value in (("length", length), ("audience", audience), ("theme", theme), ("setting", setting)):
        page.radio(key=f"choose-{name}").set_value(value)
    return fine(page.run())


def found(page: AppTest) -> list[str]:
    return [shown(heading.value) for heading in page.subheader]


@pytest.mark.parametrize(
    ("length", "audience", "theme", "setting", "names"),
    [
        ("short", "novice", "data", "room", ["Ristretto avec sucre"]),
        ("short", "averti", "data", "hybrid", ["Ristretto sans sucre"]),
        ("long", "novice", "data", "room", ["Americano avec sucre"]),
        ("long", "averti", "data", "room", ["Americano sans sucre"]),
        ("long", "mixte", "data", "hybrid", ["Cappuccino"]),
        ("long", "mixte", "ia", "room", ["Cappuccino à la mousse d’IA"]),
        ("short", "novice", "ia", "room", ["Ristretto avec sucre"]),
        ("short", "mixte", "data", "remote", ["Ristretto virtuel"]),
        ("long", "averti", "ia", "remote", ["Mousse d’IA virtuelle"]),
    ],
)
def test_answers_lead_to_the_formula_that_fits(
    visitor: Visitor, length: str, audience: Audience, theme: Theme, setting: Setting, names: list[str]
) -> None:
    page = wished(visitor.open("choose.py"), length=length, audience=audience, theme=theme, setting=setting)
    assert found(page) == names
    assert t("choose.fits") in said(page)
    assert "✗" not in said(page)
    for name in names:
        (formula,) = [one for one in PACK.formulas.values() if one.name == name]
        assert t("choose.prepare", name=name) in links(page)
        assert needs(formula).replace("\\", "").replace("\u2060", "") in said(page)
        assert not [course for course in COURSES if t(f"course.{course}") not in said(page)]


def test_every_answer_changes_what_is_found_on_the_same_page(visitor: Visitor) -> None:
    page = visitor.open("choose.py")
    wishes: tuple[tuple[bool, Theme], ...] = ((False, "data"), (True, "ia"), (True, "data"))
    for long, theme in wishes:
        page = wished(page, length="long" if long else "short", audience="averti", theme=theme, setting="room")
        wish = Wish(long=long, audience="averti", theme=theme, setting="room")
        assert found(page) == [fit.formula.name for fit in fitting(PACK, wish)]


def test_the_nearest_is_offered_with_what_it_lacks_where_nothing_fits(visitor: Visitor) -> None:
    page = wished(visitor.open("choose.py"), length="short", audience="mixte", theme="ia", setting="room")
    assert t("choose.nearest") in said(page)
    assert found(page) == ["Ristretto avec sucre"]
    assert f"✗ {t('choose.unmet_audience', audience=t('audience.mixte'))}" in said(page)
    assert f"✓ {t('choose.met_theme', theme=t('theme.ia'))}" in said(page)


def test_a_link_prepares_the_formula_that_it_names(visitor: Visitor) -> None:
    page = wished(visitor.open("choose.py"), length="long", audience="mixte", theme="data", setting="room")
    (link,) = [one for one in page.get("page_link") if one.proto.label == t("choose.prepare", name="Cappuccino")]
    assert link.proto.query_string == "formule=cappuccino"


def test_whoever_composes_is_led_to_the_mix(visitor: Visitor) -> None:
    (mix,) = [formula for formula in PACK.formulas.values() if formula.mix]
    assert t("choose.mix", name=mix.name) in links(visitor.open("choose.py"))


def test_whoever_does_not_host_is_led_to_what_there_is_to_learn(visitor: Visitor) -> None:
    page = fine(visitor.open("choose.py").radio(key="choose-host").set_value("no").run())
    assert [info.value for info in page.info] == [t("choose.no_host")]
    assert t("nav.learn") in links(page)
    assert not found(page)


def test_all_formulas_stand_side_by_side(visitor: Visitor) -> None:
    (table,) = [element.value for element in visitor.open("choose.py").table]
    assert [str(name) for name in table.index] == [
        f"[{plain(formula.name)}](/preparer?formule={formula.id})" for formula in PACK.formulas.values()
    ]
    assert list(table[t("choose.row_minutes")]) == [
        f"{formula.minutes[0]}–{formula.minutes[1]} min" for formula in PACK.formulas.values()
    ]
    for course in COURSES:
        for formula, cell in zip(PACK.formulas.values(), table[t(f"course.{course}")], strict=True):
            for step in formula.steps:
                if step.course == course:
                    assert PACK.activities[step.activity].title in shown(str(cell))
