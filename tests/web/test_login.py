"""Whoever comes back from the provider gets their carnet; whatever does not hold leads home with a reason."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import web.provider
from components.pad import render_view
from content.cafe_file import write_cafe
from content.loader import default_pack
from state.identity import CARNET_COOKIE, LOGIN_COOKIE, Identity, new_token, personal_carnet
from state.live import Hub
from state.session import Comptoir
from state.settings import Settings
from tests.state.cafes import created, small_plan
from tests.state.stores_that_fail import FailingStore
from tests.web.provider import CLIENT, KEY, FakeProvider
from tests.web.site import CAFE, HERE, HOST, SECRET, Site
from tests.web.site import refused as told
from web.routes import routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

NOW = int(time.time())


def visit(
    scenario: Callable[[Site, FakeProvider], Coroutine[Any, Any, None]],
    *,
    base: str = "",
    public_url: str = HERE,
    required: bool = False,
) -> None:
    """Run a scenario on a site whose people log in with a provider that does as it is told."""

    async def visited() -> None:
        provider = FakeProvider()
        settings = Settings(Path(os.devnull), public_url + base, SECRET, provider=provider.settings(required=required))
        hub = Hub(FailingStore(), render=render_view)
        room = await hub.create(CAFE, created())
        comptoir = Comptoir(hub, Identity(SECRET), default_pack(), settings, asyncio.get_running_loop())
        site = Site(room, comptoir, base)
        site.app.router.routes[:] = routes(lambda: comptoir, base, settings.provider)
        async with provider.open():
            await scenario(site, provider)

    asyncio.run(visited())


@asynccontextmanager
async def on_the_way(
    site: Site, provider: FakeProvider, path: str = "/connexion"
) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    """A browser that was led to the provider, and what it was led there with."""
    async with site.browser() as browser:
        left = await browser.get(path)
        assert left.headers["cache-control"] == "no-store"
        yield browser, provider.left_for(left.headers["location"])


async def logged_in(site: Site, provider: FakeProvider, base: str = "", page: str = "") -> tuple[Any, str]:
    """Through to the end; gives the browser's cookies, and where it was led."""
    async with on_the_way(site, provider, f"{base}/connexion?vers={page}") as (browser, query):
        answer = await browser.get(f"{base}/connexion/retour", params={"code": "c", "state": query["state"]})
        return dict(browser.cookies), answer.headers["location"]


def test_whoever_comes_back_holds_their_carnet() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        cookies, led = await logged_in(site, provider)
        assert led == "/"
        assert site.identity.carnet(cookies) == personal_carnet(KEY, provider.issuer, "somebody")
        assert site.identity.logged_in(cookies)
        again, _ = await logged_in(site, provider)
        assert site.identity.carnet(again) == site.identity.carnet(cookies)
        provider.claims["sub"] = "somebody else"
        other, _ = await logged_in(site, provider)
        assert site.identity.carnet(other) not in {None, site.identity.carnet(cookies)}

    visit(scenario)


def test_the_way_in_is_bound_to_the_browser_and_to_the_code() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with on_the_way(site, provider) as (browser, query):
            assert query["redirect_uri"] == f"{HERE}/connexion/retour"
            assert (query["response_type"], query["scope"], query["client_id"]) == ("code", "openid", CLIENT)
            assert query["code_challenge_method"] == "S256"
            assert len(query["state"]) >= 20
            assert len(query["nonce"]) >= 20
            await browser.get("/connexion/retour", params={"code": "c", "state": query["state"]})
        (asked,) = provider.asked
        assert asked["code"] == ["c"]
        assert len(asked["code_verifier"][0]) >= 43
        assert provider.authorized.startswith("Basic ")

    visit(scenario)


def test_cookies_of_a_login_are_out_of_reach() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with site.browser() as browser:
            left = await browser.get("/connexion")
            query = provider.left_for(left.headers["location"])
            came = await browser.get("/connexion/retour", params={"code": "c", "state": query["state"]})
        lines = [*left.headers.get_list("set-cookie"), *came.headers.get_list("set-cookie")]
        assert len(lines) == 5
        for line in lines:
            assert {"httponly", "samesite=lax", "secure"} <= {part.strip().lower() for part in line.split(";")}
        assert "Max-Age=600; Path=/connexion;" in lines[0]
        (dropped,) = [line for line in lines[1:] if "en_cours" in line]
        assert "Max-Age=0" in dropped

    visit(scenario)


@pytest.mark.parametrize("page", ["", "preparer", "activites", "bilan"])
def test_people_come_back_to_the_page_that_they_left(page: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        assert (await logged_in(site, provider, page=page))[1] == f"/{page}"

    visit(scenario)


@pytest.mark.parametrize(
    "page", ["//evil.example", "https://evil.example", "/evil.example", "\\evil.example", "deconnexion", "preparer?x"]
)
def test_nobody_is_led_to_a_page_that_is_not_known(page: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        assert (await logged_in(site, provider, page=page))[1] == "/"

    visit(scenario)


def test_under_a_base_path_all_stays_under_it() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with on_the_way(site, provider, "/comptoir/connexion") as (_, query):
            assert query["redirect_uri"] == f"{HERE}/comptoir/connexion/retour"
        cookies, led = await logged_in(site, provider, "/comptoir", "preparer")
        assert led == "/comptoir/preparer"
        assert site.identity.logged_in(cookies)

    visit(scenario, base="/comptoir")


WRONG_CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"iss": "https://evil.example"}, "unverified"),
    ({"iss": None}, "unverified"),
    ({"aud": "another client"}, "unverified"),
    ({"aud": ["another client"]}, "unverified"),
    ({"aud": ["another client"], "azp": CLIENT}, "unverified"),
    ({"aud": None}, "unverified"),
    ({"aud": [CLIENT, "another client"], "azp": "another client"}, "unverified"),
    ({"nonce": "another nonce"}, "unverified"),
    ({"nonce": None}, "unverified"),
    ({"sub": None}, "unverified"),
    ({"sub": ""}, "unverified"),
    ({"sub": 7}, "unverified"),
    ({"sub": "x" * 256}, "unverified"),
    ({"exp": NOW - 3600}, "clock"),
    ({"iat": NOW + 3600, "exp": NOW + 7200}, "clock"),
]


async def refused(site: Site, provider: FakeProvider, why: str) -> None:
    cookies, led = await logged_in(site, provider)
    assert led == f"/?connexion={why}"
    assert not {CARNET_COOKIE, LOGIN_COOKIE} & set(cookies)


@pytest.mark.parametrize(("claims", "why"), WRONG_CLAIMS, ids=lambda one: str(one)[:40])
def test_a_token_that_says_something_else_is_refused(claims: dict[str, Any], why: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.claims = claims
        await refused(site, provider, why)

    visit(scenario)


def test_clocks_may_differ_a_little() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        now = int(time.time())
        provider.claims = {"iat": now + 30, "exp": now + 600}
        assert (await logged_in(site, provider))[1] == "/"

    visit(scenario)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_only_the_providers_own_signature_holds(algorithm: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.algorithm = algorithm
        await refused(site, provider, "unverified")

    visit(scenario)


def test_another_key_signs_nothing() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.foreign = True
        await refused(site, provider, "unverified")

    visit(scenario)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"token_endpoint": ["https://two.example", "https://addresses.example"]},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    ],
    ids=str,
)
def test_a_provider_that_says_nonsense_of_itself_is_not_used(document: dict[str, Any]) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.document = document
        async with site.browser() as browser:
            answer = await browser.get("/connexion")
        assert answer.headers["location"] == "/?connexion=unreachable"
        assert "set-cookie" not in answer.headers

    visit(scenario)


def test_a_provider_that_refuses_the_code_is_told_from_one_that_is_down() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.status = 400
        await refused(site, provider, "refused")
        provider.status = 502
        await refused(site, provider, "unreachable")

    visit(scenario)


def test_a_provider_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.provider, "_PATIENCE_SECONDS", 0.3)

    async def scenario(site: Site, provider: FakeProvider) -> None:
        provider.delay = 2.0
        async with site.browser() as browser:
            began = time.monotonic()
            waiting = asyncio.create_task(browser.get("/connexion"))
            # Meanwhile the others are served.
            assert (await browser.get("/api/health")).status_code in {200, 503}
            assert time.monotonic() - began < 0.25
            assert (await waiting).headers["location"] == "/?connexion=unreachable"
            assert time.monotonic() - began < 1.5

    visit(scenario)


def test_a_return_without_its_browser_opens_nothing_and_asks_nothing() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with on_the_way(site, provider) as (browser, query):
            params = {"code": "c", "state": query["state"]}
            async with site.browser() as other:
                assert (await other.get("/connexion/retour", params=params)).headers[
                    "location"
                ] == "/?connexion=expired"
                assert not other.cookies
            forged = await browser.get("/connexion/retour", params={"code": "c", "state": "forged"})
            assert forged.headers["location"] == "/?connexion=expired"
            # A wrong answer ends the attempt: the right state comes too late.
            late = await browser.get("/connexion/retour", params=params)
            assert late.headers["location"] == "/?connexion=expired"
        assert provider.asked == []

    visit(scenario)


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "eyJzZXNzaW9uIjp7fX0.AAAA.BBBB"])
def test_a_forged_cookie_of_a_login_under_way_is_none(cookie: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with site.browser(comptoir_connexion_en_cours=cookie) as browser:
            answer = await browser.get("/connexion/retour", params={"code": "c", "state": "s"})
        assert answer.headers["location"] == "/?connexion=expired"

    visit(scenario)


def test_logging_out_goes_through_the_provider_and_comes_home() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        async with on_the_way(site, provider) as (browser, query):
            await browser.get("/connexion/retour", params={"code": "c", "state": query["state"]})
            foreign = await browser.get("/deconnexion", headers={"Sec-Fetch-Site": "cross-site"})
            assert foreign.headers["location"] == "/"
            assert site.identity.logged_in(dict(browser.cookies))
            out = httpx.URL((await browser.get("/deconnexion")).headers["location"])
            assert str(out).startswith(f"{provider.issuer}/out?")
            assert out.params["post_logout_redirect_uri"] == f"{HERE}/deconnexion"
            assert out.params["client_id"] == CLIENT
            assert out.params["id_token_hint"].count(".") == 2
            assert not browser.cookies
            home = await browser.get("/deconnexion", headers={"Sec-Fetch-Site": "cross-site"})
            assert home.headers["location"] == "/?connexion=closed"

    visit(scenario)


def test_the_carnet_held_before_a_login_stays_within_reach_and_is_back_after_it() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        mine = new_token()
        async with on_the_way(site, provider) as (browser, query):
            browser.cookies.set(CARNET_COOKIE, site.identity.carnet_cookie(mine), domain=HOST, path="/")
            for _ in range(2):
                await browser.get("/connexion/retour", params={"code": "c", "state": query["state"]})
            personal = personal_carnet(KEY, provider.issuer, "somebody")
            assert site.identity.keyring(dict(browser.cookies)).carnets == (personal, mine)
            await browser.get("/deconnexion")
            assert site.identity.keyring(dict(browser.cookies)).carnets == (mine,)
            assert not site.identity.logged_in(dict(browser.cookies))

    visit(scenario)


@pytest.mark.parametrize("status", ["unannounced", "gone"])
def test_logging_out_works_without_the_provider(status: str) -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        if status == "unannounced":
            provider.document = {"end_session_endpoint": None}
        cookies, _ = await logged_in(site, provider)
        if status == "gone":
            site.app.router.routes[:] = routes(lambda: site.comptoir, "", site.comptoir.settings.provider)
            provider.document = {"issuer": "gone"}
        async with site.browser(**cookies) as browser:
            out = await browser.get("/deconnexion")
            assert out.headers["location"] == "/?connexion=closed"
            assert "Max-Age=0" in str(out.headers.get_list("set-cookie"))

    visit(scenario)


def test_where_login_is_required_nobody_else_brings_a_cafe() -> None:
    async def scenario(site: Site, provider: FakeProvider) -> None:
        file = write_cafe("Venu d’ailleurs", small_plan(), {})
        before = len(site.comptoir.hub.codes)
        async with site.browser() as stranger:
            told(await stranger.put("/api/cafes", content=file), 401, "login-required")
        assert len(site.comptoir.hub.codes) == before
        cookies, _ = await logged_in(site, provider)
        # The link of a carnet opens it, but logs nobody in.
        async with site.browser(**{CARNET_COOKIE: cookies[CARNET_COOKIE]}) as follower:
            told(await follower.put("/api/cafes", content=file), 401, "login-required")
        async with site.browser(**cookies) as somebody:
            assert (await somebody.put("/api/cafes", content=file)).status_code == 201

    visit(scenario, required=True)


def test_an_instance_without_a_provider_loads_nothing_of_this() -> None:
    asked = (
        "import sys; from web.routes import routes; import components.login; found = routes(lambda: None);"
        "assert not [one for one in found if 'connexion' in one.path];"
        "assert not {'authlib', 'httpx2', 'joserfc', 'web.login'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, cwd=Path(__file__).parents[2])
