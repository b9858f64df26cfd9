"""Who may do what: a participant's cookies open nothing of the facilitator's, and read nothing of anybody's."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route

from state.domain import decisions
from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Keyring, screen_token
from tests.state.cafes import NOTE, ONE, TOKEN, WORDS, answers, goes, joins
from tests.web.site import API, CAFE, Site, held_by, visit

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

SCREEN = screen_token(TOKEN)


def test_these_are_all_the_addresses_there_are() -> None:
    """A new one needs its place in the tests of rights: below, of notes, of seats, of films or of pictures."""

    async def scenario(site: Site) -> None:
        table = {(route.path, *sorted(route.methods or ())) for route in site.app.routes if isinstance(route, Route)}
        assert table == {
            ("/c/{code}", "GET", "HEAD"),
            ("/i/{code}", "GET", "HEAD"),
            ("/animer/{cafe}/{token}", "GET", "HEAD"),
            ("/projeter/{cafe}/{token}", "GET", "HEAD"),
            ("/api/cafes/{cafe}/stream", "GET", "HEAD"),
            ("/api/cafes/{cafe}/watch", "GET", "HEAD"),
            ("/api/cafes/{cafe}/state", "GET", "HEAD"),
            ("/api/cafes/{cafe}/join", "POST"),
            ("/api/cafes/{cafe}/answers", "POST"),
            ("/api/cafes/{cafe}/notes", "POST"),
            ("/api/cafes/{cafe}/erase", "POST"),
            ("/api/cafes", "PUT"),
            ("/api/cafes/{cafe}/films/{step}", "PUT"),
            ("/api/films/{cafe}/{name}", "GET", "HEAD"),
            ("/api/pictures/{name}", "GET", "HEAD"),
            ("/api/health", "GET", "HEAD"),
            ("/api/{path:path}", "GET", "HEAD"),
        }

    visit(scenario)


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
