"""Who may do what: a participant's cookies open nothing of the facilitator's, and read nothing of anybody's."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from starlette.routing import Route

from state.domain import decisions
from state.domain.helping import invite
from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Keyring, hash_token, screen_token
from state.rights import RIGHTS, Action
from tests.state.cafes import CODE, NOTE, ONE, TOKEN, WORDS, answers, goes, joins
from tests.web.site import API, CAFE, Site, held_by, visit

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

SCREEN = screen_token(TOKEN)


@pytest.mark.parametrize(
    "path",
    [
        f"/animer/{CAFE}/deviné",
        f"/animer/{CAFE}/{SCREEN}",
        f"/projeter/{CAFE}/deviné",
        f"/projeter/{CAFE}/{TOKEN[::-1]}",
    ],
)
def test_a_participant_opens_no_page_of_the_facilitator(path: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        answer = await ada.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/?lien=inconnu")
        assert site.identity.keyring(dict(ada.cookies)) == Keyring()

    visit(scenario)


@pytest.mark.parametrize(
    ("case", "may_watch"),
    [
        ("nothing", False),
        ("forged", False),
        ("person's cookie", False),
        ("another café's links", False),
        ("links exchanged", False),
        ("the screen's link", True),
        ("the facilitator's link", True),
    ],
)
def test_only_the_holders_of_a_link_watch(case: str, may_watch: bool) -> None:  # noqa: FBT001
    async def scenario(site: Site) -> None:
        cookies = {PERSON_COOKIE: site.identity.new_person_cookie()}
        if (held := held_by(site)[case]) is not None:
            cookies[KEYRING_COOKIE] = held
        browser = site.browser(**cookies)
        stream = site.listen(browser, f"{API}/watch")
        if may_watch:
            await stream.until(lambda heard: heard.named("version"))
            assert stream.status == 200
        else:
            await stream.until(lambda heard: heard.over)
            assert (stream.status, json.loads(stream.body)["code"]) == (403, "no-key")
        await stream.leave()

    visit(scenario)


async def busy(site: Site) -> Cafe:
    """A café where Bob has answered, and where nothing of it is shown."""
    return await site.do(
        joins("bob", pseudonym="Bob-le-discret"),
        goes(ONE),
        answers("bob", ONE, "b"),
        goes(WORDS),
        answers("bob", WORDS, "secret de Bob"),
    )


def test_a_participant_reads_nothing_of_the_others() -> None:
    async def scenario(site: Site) -> None:
        await busy(site)
        ada = await site.participant()
        stream = site.listen(ada)
        await stream.until(lambda heard: heard.named("view"))
        seen = stream.body + (await ada.get(f"{API}/state")).content
        for private in ("Bob-le-discret", "secret de Bob", NOTE, site.cafe.facilitator_hash, site.cafe.screen_hash):
            assert private.encode() not in seen
        await stream.leave()

    visit(scenario)


def test_a_hidden_text_leaves_the_phones_when_the_wall_is_shown() -> None:
    async def scenario(site: Site) -> None:
        await busy(site)
        ada = await site.participant()
        await site.do(partial(decisions.show_results, question=WORDS))
        shown = (await ada.get(f"{API}/state")).content
        assert b"secret de Bob" in shown
        assert b"Bob-le-discret" not in shown
        await site.do(partial(decisions.hide_text, question=WORDS, person="bob"))
        assert b"secret de Bob" not in (await ada.get(f"{API}/state")).content
        assert b"secret de Bob" not in site.room.frame.body

    visit(scenario)


@pytest.mark.parametrize(
    "extra", [{"stop": "merci"}, {"beat": "reveal"}, {"kind": "moved"}, {"hidden": True}, {"removed": True}]
)
def test_fields_that_are_not_asked_for_change_nothing(extra: dict[str, object]) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json={"question": ONE, "value": "a", "key": "k"} | extra)
        await ada.post(f"{API}/join", json={"pseudonym": "Ada"} | extra)
        assert (site.cafe.stop_id, site.cafe.closed) == (ONE, False)
        assert not site.cafe.round(ONE).revealed
        assert not site.cafe.participants[site.person(ada)].removed

    visit(scenario)


# Each route, and who of those below is let through; `{…}` as the router has it.
EVERYBODY = {"visitor", "participant", "screen", "helper", "owner"}
INSIDE = {"participant"}
WATCHERS = {"screen", "helper", "owner"}
MATRIX: dict[tuple[str, str], set[str]] = {
    ("GET", "/c/{code}"): EVERYBODY,
    ("GET", "/i/{code}"): EVERYBODY,
    ("GET", "/animer/{cafe}/{token}"): {"helper", "owner"},
    ("GET", "/projeter/{cafe}/{token}"): WATCHERS,
    # Whoever holds a carnet has its secret; nobody here does.
    ("GET", "/carnet/{secret}"): set(),
    ("POST", "/api/carnet"): EVERYBODY,
    ("GET", "/api/cafes/{cafe}/stream"): INSIDE,
    ("GET", "/api/cafes/{cafe}/watch"): WATCHERS,
    ("GET", "/api/cafes/{cafe}/state"): INSIDE,
    ("GET", "/api/cafes/{cafe}/pseudonym"): INSIDE,
    ("POST", "/api/cafes/{cafe}/join"): INSIDE,
    ("POST", "/api/cafes/{cafe}/answers"): INSIDE,
    ("POST", "/api/cafes/{cafe}/notes"): INSIDE,
    ("POST", "/api/cafes/{cafe}/link"): {"helper", "owner"},
    ("POST", "/api/cafes/{cafe}/erase"): INSIDE,
    ("GET", "/api/cafes/{cafe}/exports/{name}"): {"helper", "owner"},
    ("PUT", "/api/cafes"): EVERYBODY,
    ("PUT", "/api/cafes/{cafe}/films/{step}"): {"helper", "owner"},
    ("GET", "/api/films/{cafe}/{name}"): {"participant", "screen", "helper", "owner"},
    ("GET", "/api/pad/{name}"): EVERYBODY,
    ("GET", "/api/pictures/{name}"): EVERYBODY,
    ("GET", "/api/health"): EVERYBODY,
    ("GET", "/api/health/live"): EVERYBODY,
    ("GET", "/api/health/ready"): EVERYBODY,
    # No right opens it: who has no token of the settings finds no page there (tests/web/test_metrics.py).
    ("GET", "/metrics"): EVERYBODY,
    ("GET", "/api/{path:path}"): EVERYBODY,
}
HELPER = "le-lien-de-qui-aide"


def test_every_route_is_in_the_matrix() -> None:
    async def scenario(site: Site) -> None:
        routes = [route for route in site.app.routes if isinstance(route, Route)]
        assert len(routes) == len(site.app.routes)
        methods = {(method, route.path) for route in routes for method in (route.methods or ()) if method != "HEAD"}
        assert methods == set(MATRIX)

    visit(scenario)


@pytest.mark.parametrize(("method", "path"), MATRIX)
def test_each_route_lets_through_whom_it_should(method: str, path: str) -> None:
    """Whoever is refused is told so by 401, 403, or back at the door; anything else means that they passed."""

    async def scenario(site: Site) -> None:
        invited = partial(
            invite,
            helper="h",
            name="Basile",
            facilitator_hash=hash_token(HELPER),
            screen_hash=hash_token(screen_token(HELPER)),
        )
        await site.do(invited)
        # What each holds, and follows where the address is a secret link.
        people = {
            "visitor": (site.browser(), "deviné"),
            "participant": (await site.participant(), "deviné"),
            "screen": (site.screen(TOKEN), SCREEN),
            "helper": (site.facilitator(HELPER), HELPER),
            "owner": (site.facilitator(TOKEN), TOKEN),
        }
        passed = set()
        for who, (browser, token) in people.items():
            secret = screen_token(token) if path.startswith("/projeter") and who in {"helper", "owner"} else token
            values = {
                "{cafe}": CAFE,
                "{token}": secret,
                "{code}": CODE,
                "{secret}": "deviné",
                "{step}": "x",
                "{name}": "x",
                "{path:path}": "x",
            }
            address = path
            for name, value in values.items():
                address = address.replace(name, value)
            if address.endswith(("/stream", "/watch")):
                stream = site.listen(browser, address)
                await stream.until(lambda heard: heard.status is not None)
                status, there = stream.status, ""
                await stream.leave()
            else:
                answer = await browser.request(method, address, content=b"{}")
                status, there = answer.status_code, answer.headers.get("location", "")
            if status not in {401, 403} and "lien=inconnu" not in there:
                passed.add(who)
        assert passed == MATRIX[method, path]

    visit(scenario)


# What each may, said again here: a change of the table has to be meant.
ACTIONS: dict[Action, set[str]] = {
    "take-part": {"passer-by", "participant", "sent away"},
    "watch": {"screen", "helper", "owner"},
    "facilitate": {"helper", "owner"},
    "see-films": {"participant", "screen", "helper", "owner"},
}


def test_the_table_of_rights_is_complete_and_told() -> None:
    assert set(ACTIONS) == set(get_args(Action)) == set(RIGHTS)
    told = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    for who in ("visitor", "participant", "screen", "co-facilitator", "owner"):
        assert f"| {who} |" in told


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_is_for_whom_it_should_be(action: Action) -> None:
    async def scenario(site: Site) -> None:
        gone = await site.participant()
        await site.do(partial(decisions.remove, person=site.person(gone)))
        invited = partial(
            invite,
            helper="h",
            name="Basile",
            facilitator_hash=hash_token(HELPER),
            screen_hash=hash_token(screen_token(HELPER)),
        )
        await site.do(invited)
        people = {
            "visitor": site.browser(),
            "passer-by": site.somebody(),
            "participant": await site.participant(),
            "sent away": gone,
            "screen": site.screen(TOKEN),
            "helper": site.facilitator(HELPER),
            "owner": site.facilitator(TOKEN),
            "taken back": site.facilitator("un-lien-repris"),
        }
        may = {who for who, one in people.items() if site.comptoir.may(action, dict(one.cookies), CAFE, site.cafe)}
        assert may == ACTIONS[action]

    visit(scenario)
