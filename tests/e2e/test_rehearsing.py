"""A café is rehearsed in a real browser with simulated people, and nothing of it is mixed with the café itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.people import House

pytestmark = pytest.mark.browser

# Simulated people come and answer at their own pace.
_PATIENCE_MS = 40_000


def test_a_cafe_is_rehearsed_with_simulated_people_and_stays_as_it_was(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café répété")
    cafe, code = facilitator.cafe, facilitator.code
    facilitator.compose()
    facilitator.tab("Répéter")
    facilitator.page.get_by_label("Combien de participants simulés").fill("6")
    facilitator.button("Commencer la répétition").click()
    facilitator.page.wait_for_url(lambda url: "/console" in url and cafe not in url)
    facilitator.has_opened("Le café répété")
    assert facilitator.code != code
    expect(facilitator.page.locator(".st-key-rehearsal-mark")).to_have_text("Répétition")
    screen = house.screen(facilitator.screen_link)
    screen.sees("Répétition : participants simulés")
    phone = house.phone()
    phone.join(facilitator.code, "Anouk")
    phone.sees("Répétition")
    facilitator.next()
    # Some come late, and not everybody answers.
    several = facilitator.page.get_by_text(re.compile(r"^[3-6] réponses sur [4-7]$"))
    expect(several).to_be_visible(timeout=_PATIENCE_MS)
    phone.answer("Madonna")
    phone.kept()
    # The café itself: nobody came, nothing was asked.
    facilitator.open(f"/console?cafe={cafe}")
    facilitator.sees("Personne n’est encore là.")
    facilitator.open("/bilan")
    facilitator.sees("répétition")
    facilitator.sees("0 personne")
