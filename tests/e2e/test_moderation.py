"""Reading before showing: what somebody writes is on their phone alone until it is published; a link is changed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError, expect  # noqa: A004 - Playwright's own

from content.catalogue import t

if TYPE_CHECKING:
    from tests.e2e.people import House

pytestmark = pytest.mark.browser


def test_what_is_written_waits_until_it_is_published(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Un café relu")
    facilitator.tab(t("console.people"))
    facilitator.button(t("read_first.start"), exact=True).click()
    expect(facilitator.button(t("read_first.stop"))).to_be_visible()
    phone, other = house.phone(), house.phone()
    phone.join(facilitator.code, "Anouk")
    other.join(facilitator.code, "Basile")
    written = phone.page.locator("textarea, [data-key^=text]").first
    for _ in range(30):
        # A phone shows a stop a moment after the console.
        with suppress(TimeoutError):
            written.wait_for(timeout=1_000)
            break
        facilitator.next()
    phone.write("zèbre")
    phone.sees(t("pad.held_waiting"))
    other.does_not_see("zèbre")
    facilitator.button(t("moderation.publish"), exact=True).click()
    expect(phone.status).not_to_contain_text(t("pad.held_waiting"))


def test_a_link_is_changed_and_the_page_of_the_old_one_stops(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Un lien à changer")
    facilitator.tab(t("console.invite"))
    before = facilitator.page.context.cookies()
    facilitator.page.get_by_text(t("renew.title")).last.click()
    with facilitator.page.expect_response(re.compile(r"/api/cafes/[^/]+/link$")) as answer:
        facilitator.button(t("renew.do")).click()
    assert answer.value.status == 200
    expect(facilitator.button(t("console.start"))).to_be_visible()
    keys = [
        {one["value"] for one in held if one["name"] == "comptoir_cles"}
        for held in (before, facilitator.page.context.cookies())
    ]
    assert keys[0] != keys[1]
