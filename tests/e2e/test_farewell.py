"""A phone deletes its answers; the facilitator deletes the café; its code then leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults
from tests.e2e.browsing import GONE

if TYPE_CHECKING:
    from tests.e2e.people import House

pytestmark = pytest.mark.browser

STATEMENT = "Dans les années 1980, elle passait presque inaperçue."


def test_answers_then_the_cafe_are_deleted_and_everybody_is_told(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café qui s’efface")
    ada, bob = house.phone(), house.phone()
    ada.arrive(facilitator.code)
    expect(ada.page.get_by_role("link", name="Vos données")).to_be_visible()
    ada.join(facilitator.code, "Ada")
    bob.join(facilitator.code, "Bob")
    facilitator.next()
    facilitator.is_at(STATEMENT)
    for phone in (ada, bob):
        phone.is_asked(STATEMENT)
        phone.answer("Madonna")
    facilitator.sees("2 réponses sur 2")

    # A phone: asked, kept; asked again, deleted, and the room sees one answer less.
    ada.button("Supprimer mes réponses").click()
    ada.sees("Supprimer toutes vos réponses")
    assert faults(ada.page) == []
    ada.button("Non, les garder").click()
    ada.has_chosen("Madonna")
    ada.button("Supprimer mes réponses").click()
    ada.button("Oui, tout supprimer").click()
    ada.sees("C’est fait le ")
    expect(ada.chosen).to_have_count(0)
    facilitator.sees("1 réponse sur 2")
    facilitator.does_not_see("Ada")
    ada.answer("Les deux")
    expect(ada.button("Supprimer mes réponses")).to_be_visible()

    # The café: nothing without the tick, then nothing left, and those who are there are told.
    screen = house.screen(facilitator.screen_link)
    screen.sees(STATEMENT)
    for person in (facilitator, ada, bob, screen):
        person.watch.forgive(GONE)
    facilitator.open(f"/bilan?cafe={facilitator.cafe}")
    facilitator.page.locator("summary").filter(has_text="Supprimer ce café").click()
    facilitator.button("Supprimer définitivement").click()
    facilitator.sees("cochez d’abord la case")
    facilitator.page.get_by_text("Oui, je veux supprimer").click()
    facilitator.button("Supprimer définitivement").click()
    facilitator.sees("Ce café est supprimé.")
    facilitator.sees("Suppression d’un café")
    assert faults(facilitator.page) == []
    for phone in (ada, bob):
        phone.sees("Ce café n’est plus là")
    screen.sees("Ce café n’existe pas")
    zoe = house.phone()
    zoe.open(f"/c/{facilitator.code}")
    expect(zoe.page.get_by_text("Aucun café ne porte ce code")).to_be_visible()
