"""Which carnet a browser holds: only a request of this site changes it, and it opens its own cafés alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from content.plan import trial_plan
from state.domain.events import OWNER
from state.domain.helping import invite, revoke
from state.identity import (
    CARNET_COOKIE,
    LOGIN_COOKIE,
    OFFER_COOKIE,
    carnet_token,
    hash_token,
    new_token,
    screen_token,
)
from state.ports import Conflict, NotKept
from tests.state.cafes import TOKEN, created, small_plan
from tests.web.site import API, CAFE, HOST, Site, refused, visit

if TYPE_CHECKING:
    import httpx

DOOR = "/api/carnet"


def held(site: Site, browser: httpx.AsyncClient) -> str | None:
    return site.identity.carnet(dict(browser.cookies))


def test_a_browser_makes_a_carnet_of_the_cafes_that_it_facilitates() -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        assert (await host.post(DOOR, json={"action": "make"})).status_code == 200
        secret = held(site, host)
        assert secret is not None
        assert (await site.comptoir.carnets.of(secret)).cafes == (CAFE,)
        # A second click makes no second carnet.
        await host.post(DOOR, json={"action": "make"})
        assert held(site, host) == secret
        elsewhere = site.browser(**{CARNET_COOKIE: site.identity.carnet_cookie(secret)})
        console = f"/animer/{CAFE}/{carnet_token(secret, CAFE)}"
        assert (await elsewhere.get(console)).headers["location"] == f"/console?cafe={CAFE}"
        found = site.comptoir.facilitator(site.identity.keyring(dict(elsewhere.cookies)), CAFE, site.cafe)
        assert found is not None
        assert found.by == OWNER

    visit(scenario)


def test_a_screen_or_somebody_elses_link_puts_nothing_in_a_carnet() -> None:
    async def scenario(site: Site) -> None:
        for browser in (site.screen(TOKEN), site.facilitator("un autre"), site.browser(), site.somebody()):
            assert (await browser.post(DOOR, json={"action": "make"})).status_code == 200
            secret = held(site, browser)
            assert secret is not None
            assert (await site.comptoir.carnets.of(secret)).cafes == ()
            alone = {CARNET_COOKIE: browser.cookies[CARNET_COOKIE]}
            assert not site.comptoir.may("watch", alone, CAFE, site.cafe)

    visit(scenario)


def test_a_link_offers_a_carnet_and_a_request_of_this_site_takes_it() -> None:
    async def scenario(site: Site) -> None:
        secret = new_token()
        await site.comptoir.carnets.enter(secret, CAFE, OWNER)
        other = site.browser()
        answer = await other.get(f"/carnet/{secret}")
        assert answer.headers["location"] == "/bilan?carnet=propose"
        assert answer.headers["cache-control"] == "no-store"
        assert held(site, other) is None
        assert site.identity.offered_carnet(dict(other.cookies)) == secret
        assert (await other.post(DOOR, json={"action": "open"})).status_code == 200
        assert held(site, other) == secret
        assert OFFER_COOKIE not in other.cookies
        refused(await other.post(DOOR, json={"action": "open"}), 410, "carnet-offer")

    visit(scenario)


@pytest.mark.parametrize("secret", ["inconnu", "x" * 3000, "%00", "é"])
def test_a_link_to_no_carnet_says_so_and_offers_nothing(secret: str) -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        assert (await browser.get(f"/carnet/{secret}")).headers["location"] == "/?lien=inconnu"
        assert OFFER_COOKIE not in browser.cookies

    visit(scenario)


@pytest.mark.parametrize("action", ["make", "open", "leave"])
def test_no_other_site_changes_which_carnet_somebody_holds(action: str) -> None:
    async def scenario(site: Site) -> None:
        mine, theirs = new_token(), new_token()
        await site.comptoir.carnets.enter(theirs, CAFE, OWNER)
        victim = site.browser(
            **{CARNET_COOKIE: site.identity.carnet_cookie(mine), OFFER_COOKIE: site.identity.offer_cookie(theirs)}
        )
        sent = await victim.post(DOOR, json={"action": action}, headers={"Origin": "https://ailleurs.exemple"})
        refused(sent, 403, "origin")
        assert held(site, victim) == mine
        assert (await victim.get(DOOR)).status_code in {404, 405}

    visit(scenario)


@pytest.mark.parametrize("body", [{}, {"action": "steal"}, {"action": 3}, {"action": None}])
def test_what_makes_no_sense_is_refused(body: dict[str, object]) -> None:
    async def scenario(site: Site) -> None:
        refused(await site.browser().post(DOOR, json=body), 400, "malformed")

    visit(scenario)


def test_a_forged_or_old_offer_is_not_taken() -> None:
    async def scenario(site: Site) -> None:
        secret = new_token()
        signed_as_another = site.identity.carnet_cookie(secret)
        for cookie in ("forged", secret, signed_as_another):
            browser = site.browser(**{OFFER_COOKIE: cookie})
            refused(await browser.post(DOOR, json={"action": "open"}), 410, "carnet-offer")
            assert held(site, browser) is None

    visit(scenario)


def test_leaving_takes_the_carnet_out_of_this_browser_and_nowhere_else() -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.post(DOOR, json={"action": "make"})
        secret = held(site, host)
        assert secret is not None
        host.cookies.set(LOGIN_COOKIE, site.identity.login_cookie(secret))
        await host.post(DOOR, json={"action": "leave"})
        assert CARNET_COOKIE not in host.cookies
        assert (await site.comptoir.carnets.of(secret)).cafes == (CAFE,)

    visit(scenario)


def test_the_cafes_of_the_carnet_held_before_stay_within_reach() -> None:
    async def scenario(site: Site) -> None:
        mine, other = new_token(), new_token()
        await site.comptoir.carnets.enter(mine, CAFE, OWNER)
        browser = site.browser()
        browser.cookies.set(CARNET_COOKIE, site.identity.carnet_cookie(mine), domain=HOST, path="/")
        browser.cookies.set(OFFER_COOKIE, site.identity.offer_cookie(other), domain=HOST, path="/")
        await browser.post(DOOR, json={"action": "open"})
        assert held(site, browser) == other
        assert site.identity.keyring(dict(browser.cookies)).carnets == (other, mine)
        assert site.comptoir.may("facilitate", dict(browser.cookies), CAFE, site.cafe)
        # Left, the browser holds neither: a shared computer must not keep the one before.
        await browser.post(DOOR, json={"action": "leave"})
        assert site.identity.keyring(dict(browser.cookies)).carnets == ()

    visit(scenario)


def test_a_helpers_carnet_opens_what_the_helper_may_and_no_longer() -> None:
    async def scenario(site: Site) -> None:
        token, secret = new_token(), new_token()
        await site.do(
            partial(
                invite,
                helper="b",
                name="Basile",
                facilitator_hash=hash_token(token),
                screen_hash=hash_token(screen_token(token)),
            )
        )
        await site.comptoir.carnets.enter(secret, CAFE, "b")
        browser = site.browser(**{CARNET_COOKIE: site.identity.carnet_cookie(secret)})
        ring = site.identity.keyring(dict(browser.cookies))
        found = site.comptoir.facilitator(ring, CAFE, site.cafe)
        assert found is not None
        assert found.by == "b"
        await site.do(partial(revoke, helper="b"))
        assert site.comptoir.facilitator(ring, CAFE, site.cafe) is None
        refused(await browser.get(f"{API}/watch"), 403, "no-key")

    visit(scenario)


def test_a_cafe_made_in_a_browser_with_a_carnet_is_in_it_and_a_trial_is_not() -> None:
    async def scenario(site: Site) -> None:
        secret = new_token()
        cookies = {CARNET_COOKIE: site.identity.carnet_cookie(secret)}
        made = await site.comptoir.found(small_plan(), title="Le mien", cookies=cookies)
        trial = trial_plan(site.comptoir.pack, next(iter(site.comptoir.pack.activities)))
        await site.comptoir.found(trial, title="Un essai", cookies=cookies)
        assert (await site.comptoir.carnets.of(secret)).cafes == (made.id,)
        cafe = (await site.comptoir.hub.room(made.id)).cafe
        ring = site.identity.keyring(cookies)
        assert site.comptoir.facilitator(ring, made.id, cafe) is not None
        assert site.comptoir.facilitator(ring, CAFE, site.cafe) is None

    visit(scenario)


def test_a_carnet_is_kept_in_the_store_and_neither_its_secret_nor_its_tokens_are() -> None:
    async def scenario(site: Site) -> None:
        secret = new_token()
        await site.comptoir.carnets.enter(secret, CAFE, OWNER)
        kept = b"".join(
            repr(record).encode() for name in site.store.first_records() for record in site.store.load(name)
        )
        for hidden in (secret, carnet_token(secret, CAFE), screen_token(carnet_token(secret, CAFE))):
            assert hidden.encode() not in kept
        # Nobody comes to it by a code, nor opens it as a café.
        carnets = [name for name in site.store.first_records() if name.startswith("carnet")]
        assert len(carnets) == 1
        assert site.comptoir.hub.codes == {created().code: CAFE}
        refused(await site.somebody().get(f"/api/cafes/{carnets[0]}/state"), 404, "unknown-cafe")

    visit(scenario)


def test_what_could_not_be_kept_is_not_in_the_carnet() -> None:
    async def scenario(site: Site) -> None:
        secret = new_token()
        await site.comptoir.carnets.enter(secret, CAFE, OWNER)
        site.store.append_errors = [NotKept("full"), Conflict("another wrote")]
        for error in (NotKept, Conflict):
            with pytest.raises(error):
                await site.comptoir.carnets.note(secret, "cafe00000009")
        assert (await site.comptoir.carnets.of(secret)).cafes == (CAFE,)
        await site.comptoir.carnets.note(secret, "cafe00000009")
        assert (await site.comptoir.carnets.of(secret)).cafes == (CAFE, "cafe00000009")

    visit(scenario)
