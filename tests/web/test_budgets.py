"""One office address: people come in and vote beside somebody who guesses codes, guesses links and floods."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

import pytest

from state.budgets import ANSWERS, WRONG, Budgets
from state.domain.errors import TooFast
from state.identity import CODE_ALPHABET, CODE_LENGTH
from tests.state.cafes import CODE, ONE, TOKEN, goes
from tests.web.site import API, CAFE, Site, refused, visit

if TYPE_CHECKING:
    import httpx

CROWD = 100
MINUTE, HOUR = (item.amount for item in WRONG)


async def guesses(browser: httpx.AsyncClient, count: int, path: str = "/c/") -> list[httpx.Response]:
    # None of these is the café's: a digit that no code has.
    return [await browser.get(f"{path}0{n:05d}") for n in range(count)]


def test_a_hundred_people_are_served_at_the_address_where_somebody_guesses_and_floods() -> None:
    async def scenario(site: Site) -> None:
        await site.do(goes(ONE))
        # The facilitator opened the console at the office.
        assert (await site.browser().get(f"/animer/{CAFE}/{TOKEN}")).status_code == 303
        attacker = site.somebody()
        assert (await attacker.get(f"/c/{CODE}")).status_code == 303
        assert (await attacker.post(f"{API}/join", json={})).status_code == 200
        stop, spent = asyncio.Event(), asyncio.Event()
        tried: list[int] = []

        async def attack() -> None:
            n = 0
            while not stop.is_set():
                n += 1
                tried.append((await attacker.get(f"/c/0{n:05d}")).status_code)
                vote = {"question": ONE, "value": "a", "key": f"k{n}"}
                tried.append((await attacker.post(f"{API}/answers", json=vote)).status_code)
                if tried.count(429) > 500:
                    spent.set()
                await asyncio.sleep(0)

        async def person(number: int) -> list[int]:
            one = site.browser()
            answers = [
                await one.get(f"/c/{CODE}"),
                await one.post(f"{API}/join", json={"pseudonym": f"Personne {number}"}),
                await one.post(f"{API}/answers", json={"question": ONE, "value": "a", "key": "k"}),
            ]
            return [answer.status_code for answer in answers]

        attacking = asyncio.create_task(attack())
        began = time.perf_counter()
        # Once the attacker has spent all that there is to spend.
        await spent.wait()
        served = await asyncio.gather(*(person(number) for number in range(CROWD)))
        lasted = time.perf_counter() - began
        stop.set()
        await attacking
        answered, slowed = len(tried) - tried.count(429), tried.count(429)
        figures = f"{CROWD} people served in {lasted:.1f} s; attacker: {answered} answered, {slowed} refused"
        sys.stdout.write(f"{figures}\n")
        assert served == [[303, 200, 200]] * CROWD
        assert len(site.cafe.answers[ONE]) == CROWD + 1
        assert tried.count(303) == MINUTE
        assert tried.count(200) <= ANSWERS[0].amount

    visit(scenario)


@pytest.mark.parametrize("path", ["/c/", "/i/", f"/animer/{CAFE}/", f"/projeter/{CAFE}/", "/animer/aucun/"])
def test_whoever_guesses_is_told_to_wait(path: str) -> None:
    async def scenario(site: Site) -> None:
        answers = await guesses(site.browser(), MINUTE + 1, path)
        assert [answer.status_code for answer in answers] == [303] * MINUTE + [429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert answers[-1].text.endswith(".")
        assert answers[-1].headers["cache-control"] == "no-store"

    visit(scenario)


def test_a_spent_guesser_cannot_tell_a_right_code_where_nobody_is() -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        wrong = (await guesses(browser, MINUTE + 1))[-1]
        right = await browser.get(f"/c/{CODE}")
        assert (right.status_code, right.text) == (wrong.status_code, wrong.text)
        assert "set-cookie" not in right.headers

    visit(scenario)


def test_whoever_is_in_a_cafe_comes_back_from_a_spent_address() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        # At an address where nobody ever was, to the server.
        site.comptoir.budgets = Budgets()
        await guesses(site.browser(), MINUTE + 1)
        assert (await ada.get(f"/c/{CODE}")).status_code == 303

    visit(scenario)


def test_right_links_cost_nothing() -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        for _ in range(2 * MINUTE):
            assert (await browser.get(f"/c/{CODE}")).headers["location"] == f"/participer?cafe={CAFE}"
            assert (await browser.get(f"/animer/{CAFE}/{TOKEN}")).headers["location"] == f"/console?cafe={CAFE}"

    visit(scenario)


def test_a_flood_of_answers_is_refused_with_a_time_to_come_back() -> None:
    async def scenario(site: Site) -> None:
        await site.do(goes(ONE))
        ada, bob = await site.participant(), await site.participant()
        for n in range(ANSWERS[0].amount):
            await ada.post(f"{API}/answers", json={"question": ONE, "value": "a", "key": f"k{n}"})
        answer = await ada.post(f"{API}/answers", json={"question": ONE, "value": "b", "key": "last"})
        refused(answer, 429, "too-fast")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        kept = await bob.post(f"{API}/answers", json={"question": ONE, "value": "b", "key": "k"})
        assert kept.status_code == 200

    visit(scenario)


def test_neighbours_of_one_network_share_a_budget_and_others_do_not() -> None:
    budgets = Budgets()
    for n in range(MINUTE):
        budgets.spend("guess", WRONG, f"2001:db8:0:1::{n:x}")
    with pytest.raises(TooFast):
        budgets.spend("guess", WRONG, "2001:db8:0:1:ffff::1")
    budgets.spend("guess", WRONG, "2001:db8:0:2::1")
    budgets.spend("other", WRONG, "2001:db8:0:1::1")


def test_no_address_is_held_as_it_is() -> None:
    budgets = Budgets()
    budgets.spend("guess", WRONG, "203.0.113.77")
    budgets.vouch("203.0.113.77", CAFE)
    assert "203.0.113.77" not in f"{budgets._limiter.storage.__dict__} {budgets._vouched}"


def test_codes_are_too_many_for_what_may_be_guessed() -> None:
    """The figure of docs/security.md."""
    space = len(CODE_ALPHABET) ** CODE_LENGTH
    assert space == 148_035_889
    assert HOUR * 24 / space < 1 / 60_000
