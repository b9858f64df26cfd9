"""Links lead to a page and leave a signed cookie; a wrong one leads home and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Keyring, new_token, screen_token
from state.ports import Damaged
from tests.state.cafes import CODE, TOKEN
from tests.web.site import CAFE, Site, visit

if TYPE_CHECKING:
    import httpx

FACILITATE = f"/animer/{CAFE}/{TOKEN}"
PROJECT = f"/projeter/{CAFE}/{screen_token(TOKEN)}"
LOST = "/?lien=inconnu"


def leads_to(answer: httpx.Response) -> str:
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    return answer.headers["location"]


def cookie(answer: httpx.Response) -> tuple[str, set[str]]:
    """The name of the one cookie that an answer leaves, and its attributes."""
    (line,) = answer.headers.get_list("set-cookie")
    name, _, rest = line.partition("=")
    return name, {part.strip().lower() for part in rest.split(";")[1:]}


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), "acd%20efg", "%20acd-efg%20", "Acd.Efg"])
def test_the_code_however_typed_leads_to_a_seat(typed: str) -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        answer = await browser.get(f"/c/{typed}")
        assert leads_to(answer) == f"/participer?cafe={CAFE}"
        assert site.identity.person(dict(browser.cookies), CAFE) is not None

    visit(scenario)


def test_coming_again_keeps_the_same_person() -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        await browser.get(f"/c/{CODE}")
        first = site.person(browser)
        again = await browser.get(f"/c/{CODE}")
        assert "set-cookie" not in again.headers
        assert site.person(browser) == first

    visit(scenario)


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "ImZvcmdlZCI.AAAA"])
def test_a_forged_cookie_is_replaced_by_a_new_person(forged: str) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser(**{PERSON_COOKIE: forged}).get(f"/c/{CODE}")
        assert cookie(answer)[0] == PERSON_COOKIE

    visit(scenario)


@pytest.mark.parametrize(
    "typed",
    [
        "ZZZZZZ",
        "0O0O0O",
        "a",
        CODE + "A",
        "%0d%0aSet-Cookie:x=1",
        "%3Cscript%3E",
        "..",
        "javascript:alert(1)",
        "é",
        "x" * 3000,
    ],
)
def test_an_unknown_code_leads_home_with_what_was_typed(typed: str) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get(f"/c/{typed.replace('..', '%2e%2e')}")
        location = leads_to(answer)
        assert location.startswith("/?code=")
        assert unquote(location.removeprefix("/?code=")) == unquote(typed)[:20]
        assert location.isascii()
        assert not set(location) & set("<>\r\n ")
        assert "set-cookie" not in answer.headers

    visit(scenario)


@pytest.mark.parametrize("path", ["/c/", "/c/a/b", "/c//evil.example", "/animer/x", "/projeter", "/api/cafes"])
def test_what_is_no_link_is_not_found(path: str) -> None:
    async def scenario(site: Site) -> None:
        assert (await site.browser().get(path)).status_code == 404

    visit(scenario)


@pytest.mark.parametrize("public_url", ["https://cafe.exemple.fr", "http://192.168.1.2:8501", ""])
@pytest.mark.parametrize(("link", "name"), [(f"/c/{CODE}", PERSON_COOKIE), (FACILITATE, KEYRING_COOKIE)])
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(link: str, name: str, public_url: str) -> None:
    async def scenario(site: Site) -> None:
        left, attributes = cookie(await site.browser().get(link))
        assert left == name
        assert {"httponly", "samesite=lax", "path=/"} <= attributes
        assert ("secure" in attributes) == public_url.startswith("https")
        assert any(attribute.startswith("max-age=") for attribute in attributes)
        assert not any(attribute.startswith("domain=") for attribute in attributes)

    visit(scenario, public_url=public_url)


def test_under_a_base_path_links_and_cookies_stay_under_it() -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get(f"/comptoir/c/{CODE}")
        assert leads_to(answer) == f"/comptoir/participer?cafe={CAFE}"
        assert "path=/comptoir/" in cookie(answer)[1]
        assert leads_to(await site.browser().get("/comptoir/c/ZZZZZZ")) == "/comptoir/?code=ZZZZZZ"
        assert (await site.browser().get(f"/c/{CODE}")).status_code == 404

    visit(scenario, base="/comptoir")


@pytest.mark.parametrize(("link", "page"), [(FACILITATE, "console"), (PROJECT, "ecran")])
def test_a_secret_link_opens_its_page(link: str, page: str) -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        assert leads_to(await browser.get(link)) == f"/{page}?cafe={CAFE}"
        ring = site.identity.keyring(dict(browser.cookies))
        assert (site.comptoir.facilitator(ring, CAFE, site.cafe) is not None) == (page == "console")
        assert site.comptoir.may("watch", browser.cookies, CAFE, site.cafe)

    visit(scenario)


@pytest.mark.parametrize(
    "link",
    [
        f"/animer/{CAFE}/{TOKEN}x",
        f"/animer/{CAFE}/{TOKEN[:-1]}",
        f"/animer/{CAFE}/{screen_token(TOKEN)}",
        f"/animer/{CAFE}/%00",
        f"/animer/inconnu/{TOKEN}",
        f"/animer/%2e%2e/{TOKEN}",
        f"/projeter/{CAFE}/{TOKEN}",
        f"/projeter/{CAFE}/x",
        f"/projeter/inconnu/{screen_token(TOKEN)}",
        f"/projeter/{CAFE}/{'x' * 10_000}",
    ],
    ids=lambda link: link[:60],
)
def test_a_wrong_secret_opens_nothing_and_takes_nothing_away(link: str) -> None:
    async def scenario(site: Site) -> None:
        held = Keyring().with_facilitator("un-autre-cafe", new_token())
        browser = site.browser(**{KEYRING_COOKIE: site.identity.keyring_cookie(held)})
        answer = await browser.get(link)
        assert leads_to(answer) == LOST
        assert "set-cookie" not in answer.headers
        assert site.identity.keyring(dict(browser.cookies)) == held

    visit(scenario)


def test_opening_a_link_keeps_those_already_open() -> None:
    async def scenario(site: Site) -> None:
        held = Keyring().with_facilitator("un-autre-cafe", "secret").with_screen("encore-un", "secret")
        browser = site.browser(**{KEYRING_COOKIE: site.identity.keyring_cookie(held)})
        answer = await browser.get(FACILITATE)
        value = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        ring = site.identity.keyring({KEYRING_COOKIE: value})
        assert ring.facilitator == {"un-autre-cafe": "secret", CAFE: TOKEN}
        assert ring.screen == {"encore-un": "secret"}

    visit(scenario)


def test_a_link_to_a_damaged_cafe_leads_to_the_page_that_says_so() -> None:
    async def scenario(site: Site) -> None:
        site.store.load_errors = [Damaged("cafe00000009")]
        answer = await site.browser().get(f"/animer/cafe00000009/{TOKEN}")
        assert leads_to(answer) == "/console?cafe=cafe00000009"
        assert "set-cookie" not in answer.headers

    visit(scenario)


def test_following_links_changes_nothing_in_the_cafe() -> None:
    async def scenario(site: Site) -> None:
        for link in (f"/c/{CODE}", FACILITATE, PROJECT, f"/animer/{CAFE}/faux"):
            await site.browser().get(link)
        assert site.cafe.version == 1

    visit(scenario)


# Where else links lead


def test_whoever_registers_is_the_same_person_on_the_day() -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser()
        assert leads_to(await browser.get(f"/i/{CODE}")) == f"/inscription?cafe={CAFE}"
        first = site.person(browser)
        assert leads_to(await browser.get(f"/c/{CODE}")) == f"/participer?cafe={CAFE}"
        assert site.person(browser) == first

    visit(scenario)


def test_registering_with_an_unknown_code_leads_home_and_leaves_nothing() -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get("/i/ZZZZZZ")
        assert leads_to(answer) == "/?code=ZZZZZZ"
        assert "set-cookie" not in answer.headers

    visit(scenario)


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("composer", "composer"),
        ("telecommande", "telecommande"),
        ("console", "console"),
        ("", "console"),
        ("ecran", "console"),
        ("//ailleurs.exemple.fr", "console"),
        ("../participer", "console"),
    ],
)
def test_the_facilitators_link_leads_to_their_pages_and_nowhere_else(wanted: str, page: str) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get(FACILITATE, params={"vers": wanted})
        assert leads_to(answer) == f"/{page}?cafe={CAFE}"

    visit(scenario)
