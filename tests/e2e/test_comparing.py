"""Comparing past cafés in a real browser: in both themes and on any width, nothing is hidden, cut or said by colour."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.compare import TOKEN, play
from content.loader import default_pack
from state.stores.tinydb_store import TinyDBStore
from tests.e2e.test_access import SCHEMES, Inspection

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.people import House, Person

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
CAFES = tuple(f"cafe{number:08d}" for number in range(4))
# Beside the menu, which waits outside of narrow windows.
BEYOND = """
() => [...document.querySelectorAll(".stMain *")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
  .map((node) => node.outerHTML.slice(0, 200))
"""
WAYS = ("La même question", "Au fil du temps", "Quels brise-glaces", "Quelles étapes")


@pytest.fixture
def past_cafes(tmp_path: Path) -> None:
    """Cafés that took place before the app was started."""
    store = TinyDBStore(tmp_path / "data" / "cafes")
    formula = default_pack().formulas["cappuccino"]
    chance = random.Random(4)
    for number, cafe in enumerate(CAFES):
        store.append(cafe, play(formula, chance, title=f"Café {number + 1}", at=1.76e9 + number * 2e6)).result()
    store.close()


def test_cafes_are_compared_in_every_theme_and_width(past_cafes: None, own_house: House) -> None:
    inspection = Inspection()
    for scheme in SCHEMES:
        person = own_house.facilitator(scheme=scheme)
        for cafe in CAFES:
            person.open(f"/animer/{cafe}/{TOKEN}")
            person.sees("Inviter")
        person.open("/comparer")
        person.page.get_by_text("La liste des cafés").click()
        expect(person.page.get_by_role("checkbox", name="Café 4")).to_be_checked()
        for way in WAYS:
            person.page.locator("label").filter(has_text=way).first.click()
            expect(person.page.get_by_role("heading", name=way)).to_be_visible()
            expect(person.page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
            for width in WIDTHS:
                person.page.set_viewport_size({"width": width, "height": 900})
                inspection.look(f"{way}, {width} px, {scheme}", person)
                assert person.page.evaluate(BEYOND) == [], (way, width)
    inspection.ends()


def test_a_list_is_searched_and_unticked_by_keyboard(past_cafes: None, own_house: House) -> None:
    person = own_house.facilitator()
    for cafe in CAFES:
        person.open(f"/animer/{cafe}/{TOKEN}")
        person.sees("Inviter")
    person.open("/comparer")
    _taken(person, "4 cafés à comparer, sur 4 en tout.")
    person.tab_to(person.page.get_by_text("La liste des cafés").locator("xpath=ancestor-or-self::summary"))
    person.page.keyboard.press("Enter")
    person.tab_to(person.page.get_by_role("checkbox", name="Café 3"))
    person.page.keyboard.press("Space")
    _taken(person, "3 cafés à comparer, sur 4 en tout.")
    person.page.get_by_label("Chercher un café").fill("café 4")
    person.page.keyboard.press("Enter")
    _taken(person, "1 café à comparer, sur 4 en tout.")
    person.sees("Gardez au moins deux cafés")


def _taken(person: Person, sentence: str) -> None:
    expect(person.page.get_by_text(sentence)).to_be_visible()
