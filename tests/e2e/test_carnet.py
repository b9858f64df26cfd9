"""A carnet follows whoever holds it: made in one browser, opened in another by its link and a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults
from tests.e2e.browsing import SERVER_GONE

if TYPE_CHECKING:
    from tests.e2e.people import Facilitator, House
    from tests.e2e.server import Server

pytestmark = pytest.mark.browser


def link_of(holder: Facilitator) -> str:
    """The path of the secret link, as the page shows it."""
    holder.unfold("Le lien de mon carnet")
    holder.page.locator(".st-key-carnet-show label").first.click()
    shown = holder.page.locator(".st-key-carnet-link code")
    expect(shown).to_contain_text("/carnet/")
    return "/carnet/" + shown.inner_text().rpartition("/")[2].strip()


def test_a_carnet_opens_its_cafes_in_another_browser(own_house: House, own_server: Server) -> None:
    first = own_house.facilitator()
    first.prepare("Le café du carnet")
    first.open("/bilan")
    first.button("Créer mon carnet").click()
    link = link_of(first)
    assert faults(first.page) == []
    first.prepare("Un autre café")
    first.watch.forgive(*SERVER_GONE)
    own_server.restart()
    second = own_house.facilitator()
    second.open(link)
    second.sees("Ouvrir ce carnet sur cet appareil")
    second.sees("Ce carnet contient 2 cafés")
    second.does_not_see("Le café du carnet")
    assert link.rpartition("/")[2] not in second.page.url
    assert faults(second.page) == []
    second.button("Oui, c’est mon carnet").click()
    second.sees("Un autre café")
    second.page.get_by_role("link", name="Ouvrir la console").filter(visible=True).first.click()
    second.has_opened("Un autre café")
    second.next()
    second.open("/bilan")
    second.unfold("Le lien de mon carnet")
    second.button("Quitter ce carnet").click()
    second.sees("Aucun café")
    second.does_not_see("Un autre café")
