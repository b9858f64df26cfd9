"""A phone has its answers deleted, at any time, and only its own; a café that ended or is gone lets nobody in."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions
from state.domain.events import encode
from state.forgetting import erase_cafe
from state.identity import PERSON_COOKIE
from state.ports import NotKept
from tests.state.cafes import BOARD, CODE, MORNING, ONE, TOKEN, WORDS, created, goes, whole_plan
from tests.web.site import API, CAFE, Site, refused, visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx

    from state.domain.events import Record
    from state.ports import Change

ERASE = f"{API}/erase"
SECRET = "secret-d-ada"


def kept(site: Site) -> str:
    return "\n".join(encode(record).decode() for record in site.store.load(CAFE))


async def says(browser: httpx.AsyncClient, text: str, *, seat: int = 1) -> None:
    body = {"question": WORDS, "value": text, "key": f"k{seat}", "seat": seat}
    assert (await browser.post(f"{API}/answers", json=body)).status_code == 200


@pytest.mark.parametrize("closed", [False, True])
def test_all_that_somebody_gave_leaves_the_results_and_the_history(*, closed: bool) -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(pseudonym=f"{SECRET}-nom"), await site.participant(pseudonym="Bob")
        await site.do(goes(WORDS))
        await says(ada, SECRET)
        await says(bob, "mot de Bob")
        await site.do(partial(decisions.show_results, question=WORDS), *([decisions.close] if closed else []))
        seen = site.room.frame.id
        answer = await ada.post(ERASE, json={})
        body = answer.json()
        assert answer.status_code == 200
        assert body["message"].startswith("C’est fait le ")
        assert (body["state"]["mine"], body["state"]["me"]["pseudonym"]) == ({}, "")
        assert SECRET not in kept(site)
        assert "mot de Bob" in kept(site)
        assert SECRET.encode() not in site.room.frame.body
        assert closed or site.room.frame.id > seen
        assert list(site.cafe.answers[WORDS]) == [site.person(bob)]

    visit(scenario)


def test_notes_and_what_was_done_with_them_leave_too() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await site.do(goes(BOARD))
        for browser, note in ((ada, "a"), (bob, "b")):
            body = {"question": BOARD, "note": note, "action": "post", "text": f"{SECRET} {note}", "column": MORNING}
            answer = await browser.post(f"{API}/notes", json={**body, "colour": "personnelle"})
            assert answer.status_code == 200
        assert (await ada.post(ERASE, json={})).status_code == 200
        assert f"{SECRET} a" not in kept(site)
        assert list(site.cafe.notes[BOARD]) == ["b"]

    visit(scenario, event=created(plan=whole_plan()))


def test_whoever_has_deleted_may_go_on_and_delete_again() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(WORDS))
        for number in (1, 2):
            await says(ada, f"{SECRET} {number}")
            assert (await ada.post(ERASE, json={})).status_code == 200
            assert SECRET not in kept(site)
        length = len(site.store.load(CAFE))
        assert (await ada.post(ERASE, json={})).status_code == 200
        assert len(site.store.load(CAFE)) == length

    visit(scenario)


def test_a_lent_phone_deletes_for_the_person_who_holds_it() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        await ada.post(f"{API}/join", json={"seat": 2, "pseudonym": "Zoé"})
        await site.do(goes(WORDS))
        await says(ada, "mot d’Ada")
        await says(ada, "mot de Zoé", seat=2)
        state = (await ada.post(ERASE, json={"seat": 2})).json()["state"]
        assert (state["mine"], state["guests"]["2"]["mine"]) == ({WORDS: "mot d’Ada"}, {})
        assert "Zoé" not in kept(site)

    visit(scenario)


def test_another_site_nobody_and_nonsense_delete_nothing() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        refused(await ada.post(ERASE, json={}, headers={"Origin": "https://ailleurs.exemple"}), 403, "origin")
        refused(await site.browser().post(ERASE, json={}), 401, "no-cookie")
        refused(await ada.post(ERASE, json={"seat": 99}), 400, "malformed")
        refused(await ada.post(ERASE, content=b"[]"), 400, "malformed")
        assert (await site.somebody().post(ERASE, json={})).status_code == 200
        assert "Ada" in kept(site)

    visit(scenario)


def test_what_the_store_refuses_is_not_said_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_cafe: str, _change: Change) -> Sequence[Record]:
        raise NotKept

    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        with monkeypatch.context() as patched:
            patched.setattr(site.store, "rewrite", refuse)
            refused(await ada.post(ERASE, json={}), 503, "not-kept")
        assert site.cafe.participants[site.person(ada)].pseudonym == "Ada"
        assert (await ada.post(ERASE, json={})).status_code == 200

    visit(scenario)


def test_the_other_phones_of_the_same_person_hear_of_it() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        stream = site.listen(ada)
        await stream.until(lambda heard: heard.named("view"))
        await ada.post(ERASE, json={})
        await stream.until(lambda heard: heard.named("me"))
        await stream.leave()

    visit(scenario)


# A café that has ended


@pytest.mark.parametrize("door", ["c", "i"])
def test_a_closed_cafe_admits_nobody_new_until_it_opens_again(door: str) -> None:
    async def scenario(site: Site) -> None:
        page = {"c": "participer", "i": "inscription"}[door]
        ada = await site.participant()
        await site.do(decisions.close)
        for stranger in (site.browser(), site.somebody()):
            answer = await stranger.get(f"/{door}/{CODE}")
            assert answer.headers["location"] == "/?fini=oui"
            assert "set-cookie" not in answer.headers
        assert (await ada.get(f"/{door}/{CODE}")).headers["location"] == f"/{page}?cafe={CAFE}"
        await site.do(decisions.reopen)
        stranger = site.browser()
        assert (await stranger.get(f"/{door}/{CODE}")).headers["location"] == f"/{page}?cafe={CAFE}"
        assert stranger.cookies.get(PERSON_COOKIE)

    visit(scenario)


# A café that is gone


def test_a_deleted_cafe_is_gone_for_phones_for_its_links_and_its_code() -> None:
    async def scenario(site: Site) -> None:
        ada, facilitator = await site.participant(), site.facilitator(TOKEN)
        phone, console = site.listen(ada), site.listen(facilitator, f"{API}/watch")
        await phone.until(lambda heard: heard.named("view"))
        await erase_cafe(site.comptoir.hub, site.comptoir.films, CAFE)
        for stream in (phone, console):
            await stream.until(lambda heard: heard.over)
        refused(await ada.get(f"{API}/state"), 404, "unknown-cafe")
        refused(await ada.post(f"{API}/answers", json={"question": ONE, "value": "a", "key": "k"}), 404, "unknown-cafe")
        refused(await facilitator.get(f"{API}/watch"), 404, "unknown-cafe")
        assert (await site.browser().get(f"/c/{CODE}")).headers["location"] == f"/?code={CODE}"
        assert (await facilitator.get(f"/animer/{CAFE}/{TOKEN}")).headers["location"] == "/?lien=inconnu"

    visit(scenario)


def test_nobody_comes_into_a_deleted_cafe() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await erase_cafe(site.comptoir.hub, site.comptoir.films, CAFE)
        refused(await ada.post(f"{API}/join", json={"pseudonym": "Ada"}), 404, "unknown-cafe")
        assert json.loads((await ada.get(f"{API}/state")).content)["code"] == "unknown-cafe"

    visit(scenario)
