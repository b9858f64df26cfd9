"""People log in with a real provider, through its own pages: they find their carnet again, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from content.catalogue import t
from state.identity import CARNET_COOKIE, Identity, personal_carnet
from tests.e2e.provider import Provider
from tests.e2e.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.e2e.people import Facilitator, House

pytestmark = pytest.mark.browser

SECRET = "a secret of the tests, long enough to sign"
BUTTON = "Se connecter avec le compte de la maison"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that knows a provider."""
    folder = tmp_path_factory.mktemp("login")
    server = Server(folder)
    provider = Provider(server.base, folder / "provider.log")
    server.environment = {
        "COMPTOIR_PUBLIC_URL": server.base,
        "COMPTOIR_SECRET": SECRET,
        "COMPTOIR_OIDC_REQUIRED": "1",
        **provider.settings,
    }
    server.start()
    yield server
    server.stop()
    provider.stop()


def visitor(house: House) -> Facilitator:
    """Somebody who goes to the provider too, which is on this machine."""
    facilitator = house.facilitator()
    facilitator.watch.forgive(r"^request outside: http://localhost:\d+/", r"http://localhost:\d+/")
    return facilitator


def sign_in(page: Page, name: str) -> None:
    """On the provider's pages: who one is, and one's password."""
    page.locator("input[name=login]").fill(name)
    page.keyboard.press("Enter")
    page.locator("input[name=password]").fill(f"the password of {name}")
    page.keyboard.press("Enter")


def log_in(facilitator: Facilitator, name: str, start: str = "/") -> None:
    """From a page of the app, through the provider's; it asks for consent the first time."""
    facilitator.open(start)
    facilitator.button(BUTTON).click()
    sign_in(facilitator.page, name)
    consent = facilitator.page.locator("#accept")
    expect(consent.or_(facilitator.page.locator(".stApp"))).to_be_visible()
    if consent.is_visible():
        consent.click()


def carnet(facilitator: Facilitator) -> str | None:
    cookies = {one.get("name", ""): one.get("value", "") for one in facilitator.context.cookies(facilitator.base)}
    return Identity(SECRET).carnet(cookies)


def test_whoever_refuses_at_the_provider_comes_back_and_is_told(house: House) -> None:
    karen = visitor(house)
    karen.open("/")
    karen.button(BUTTON).click()
    sign_in(karen.page, "karen")
    # First of these tests: once somebody has consented, this provider asks nobody again.
    karen.page.locator("#deny").click()
    karen.sees(t("login.refused"))
    assert carnet(karen) is None


def test_two_people_each_find_their_own_carnet_in_any_browser(house: House, server: Server) -> None:
    issuer = server.environment["COMPTOIR_OIDC_ISSUER"]
    ada = visitor(house)
    log_in(ada, "ada")
    ada.sees(t("login.done"))
    assert carnet(ada) == personal_carnet(SECRET, issuer, "ada")
    ada_elsewhere, grace = visitor(house), visitor(house)
    log_in(ada_elsewhere, "ada", "/preparer")
    ada_elsewhere.sees(t("prepare.formula"))
    assert ada_elsewhere.page.url == f"{ada.base}/preparer"
    assert carnet(ada_elsewhere) == carnet(ada)
    log_in(grace, "grace")
    grace.sees(t("login.done"))
    assert carnet(grace) == personal_carnet(SECRET, issuer, "grace")
    assert "ada" not in server.said
    assert "code=" not in server.said


def test_whoever_logs_out_leaves_the_carnet_and_the_provider(house: House) -> None:
    hedy = visitor(house)
    log_in(hedy, "hedy")
    hedy.sees(t("login.done"))
    hedy.button(t("login.out")).click()
    hedy.sees(t("login.closed"))
    assert carnet(hedy) is None
    assert not [one for one in hedy.context.cookies() if one.get("name", "").startswith("comptoir_connexion")]
    # The provider asks who one is again.
    hedy.button(BUTTON).click()
    expect(hedy.page.locator("input[name=login]")).to_be_visible()


def test_only_people_logged_in_prepare_cafes(house: House) -> None:
    joan = visitor(house)
    for page in ("/preparer", "/activites"):
        joan.open(page)
        joan.sees(t("login.required"))
        expect(joan.button(t("prepare.create"))).to_have_count(0)
        expect(joan.button(t("try.try"))).to_have_count(0)
    log_in(joan, "joan", "/preparer")
    joan.sees(t("prepare.formula"))
    joan.prepare("Un café de la maison")


def test_a_return_that_this_browser_did_not_leave_for_is_refused(house: House) -> None:
    ada, mallory = visitor(house), visitor(house)
    returns: list[str] = []
    mallory.page.on("request", lambda request: returns.append(request.url) if "/retour?" in request.url else None)
    log_in(mallory, "mary")
    mallory.sees(t("login.done"))
    (used,) = returns
    asked = parse_qs(urlsplit(used).query)
    held = carnet(mallory)
    # Another browser's return, at a browser that left for nothing; then at one that is on its way.
    ada.open(used.removeprefix(ada.base))
    ada.sees(t("login.expired"))
    ada.button(BUTTON).click()
    expect(ada.page.locator("input[name=login]")).to_be_visible()
    ada.open(used.removeprefix(ada.base))
    ada.sees(t("login.expired"))
    # A state that nobody gave.
    ada.button(BUTTON).click()
    expect(ada.page.locator("input[name=login]")).to_be_visible()
    ada.open(f"/connexion/retour?code={asked['code'][0]}&state=forged")
    ada.sees(t("login.expired"))
    assert carnet(ada) is None
    # One's own return, again: nothing is taken away.
    mallory.open(used.removeprefix(mallory.base))
    mallory.sees(t("login.expired"))
    assert carnet(mallory) == held
    assert not [one for one in ada.context.cookies() if one.get("name") == CARNET_COOKIE]


def test_a_code_that_was_used_opens_nothing(house: House) -> None:
    radia = visitor(house)
    returns: list[str] = []
    radia.page.on("request", lambda request: returns.append(request.url) if "/retour?" in request.url else None)
    log_in(radia, "radia")
    radia.sees(t("login.done"))
    code = parse_qs(urlsplit(returns[0]).query)["code"][0]
    radia.button(t("login.out")).click()
    radia.sees(t("login.closed"))
    # A new way in, which comes back with the old code under its own good state.
    with radia.page.expect_request("**/oauth/authorize?*") as left:
        radia.button(BUTTON).click()
    state = parse_qs(urlsplit(left.value.url).query)["state"][0]
    expect(radia.page.locator("input[name=login]")).to_be_visible()
    radia.open(f"/connexion/retour?code={code}&state={state}")
    radia.sees(t("login.refused"))
    assert carnet(radia) is None
