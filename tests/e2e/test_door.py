"""Coming in when somebody chooses for one, when the door is shut, and when there is too much at once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from components.pseudonyms import pseudonyms
from content.catalogue import t

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.e2e.people import House

pytestmark = pytest.mark.browser

TOO_FAST = {"code": "too-fast", "message": t("refusal.too-fast")}


class Hurried:
    """A server that first refuses so many of the requests to an address, because there are too many."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, route: Route) -> None:
        if self.left == 0:
            route.continue_()
            return
        self.left -= 1
        route.fulfill(
            status=429,
            headers={"Retry-After": "1"},
            content_type="application/json",
            body=json.dumps(TOO_FAST),
        )


def test_what_was_typed_waits_and_goes_by_itself_when_there_is_too_much_at_once(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Un café pressé")
    phone = house.phone()
    phone.watch.forgive(r"status of 429")
    phone.page.route("**/join", Hurried(2))
    phone.page.route("**/answers", Hurried(2))
    phone.arrive(facilitator.code)
    phone.page.get_by_label("Votre pseudonyme").fill("Anouk")
    phone.button("Entrer dans le café").click()
    phone.sees(TOO_FAST["message"])
    expect(phone.page.get_by_label("Votre pseudonyme")).to_have_value("Anouk")
    # Nothing more is pressed.
    expect(phone.button("Entrer dans le café")).to_have_count(0)
    facilitator.next()
    phone.option("").first.click()
    phone.sees(TOO_FAST["message"])
    phone.kept()


def test_a_pseudonym_is_chosen_for_whoever_asks_and_a_shut_door_is_said(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Un café gardé")
    phone = house.phone()
    phone.arrive(facilitator.code)
    name = phone.page.get_by_label("Votre pseudonyme")
    phone.button("Choisissez pour moi").click()
    expect(name).to_have_value(re.compile("|".join(map(re.escape, pseudonyms()))))
    chosen = name.input_value()
    phone.button("Entrer dans le café").click()
    expect(phone.button("Entrer dans le café")).to_have_count(0)
    facilitator.tab("Inviter")
    facilitator.page.locator(".st-key-side-door button").filter(visible=True).first.click()
    facilitator.sees(t("door.is_shut"))
    late = house.phone()
    late.watch.forgive(r"status of 403 .*/join")
    late.arrive(facilitator.code)
    late.sees(t("pad.door_shut"))
    late.button("Entrer dans le café").click()
    late.sees(t("refusal.room-locked"))
    phone.page.reload()
    phone.sees(chosen)
