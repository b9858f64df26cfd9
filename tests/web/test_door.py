"""The door: shut to newcomers, another code, a pseudonym for whoever wants none of their own."""

from __future__ import annotations

import asyncio

import pytest

from components.pad import render_view
from components.pseudonyms import free_pseudonym, pseudonyms
from state.domain import door
from state.domain.errors import TooMany
from state.domain.text import PSEUDONYM_LENGTH, clean_pseudonym, skeleton
from state.identity import CODE_ALPHABET, CODE_LENGTH, later_code
from state.live import Hub
from tests.state.cafes import CODE, created, joins
from tests.web.site import API, CAFE, Site, refused, visit


def test_behind_a_shut_door_nobody_new_comes_in_and_those_inside_come_back() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        await site.do(door.shut)
        newcomer = site.somebody()
        refused(await newcomer.post(f"{API}/join", json={}), 403, "room-locked")
        assert len(site.cafe.participants) == 1
        assert (await newcomer.get(f"{API}/state")).json()["view"]["shut"] is True
        assert (await ada.post(f"{API}/join", json={"pseudonym": "Ada L."})).status_code == 200
        await site.do(door.open_again)
        assert (await newcomer.post(f"{API}/join", json={})).status_code == 200

    visit(scenario)


def test_nor_does_somebody_new_on_the_phone_of_somebody_inside() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(door.shut)
        refused(await ada.post(f"{API}/join", json={"seat": 2}), 403, "room-locked")

    visit(scenario)


def test_shutting_twice_is_shutting_once() -> None:
    async def scenario(site: Site) -> None:
        version = (await site.do(door.shut)).version
        assert (await site.do(door.shut)).version == version

    visit(scenario)


async def with_another_code(site: Site) -> str:
    hub = site.comptoir.hub
    await site.do(lambda cafe: door.change_code(cafe, hub.later_codes(CAFE, cafe.facilitator_hash)))
    return site.cafe.code


def test_the_code_before_leads_nowhere_and_the_new_one_in() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        code = await with_another_code(site)
        assert code != CODE
        for way, page in (("c", "participer"), ("i", "inscription")):
            there = await site.browser().get(f"/{way}/{CODE}")
            assert there.headers["location"] == f"/?code={CODE}"
            assert "set-cookie" not in there.headers
            assert (await site.browser().get(f"/{way}/{code}")).headers["location"] == f"/{page}?cafe={CAFE}"
        assert (await ada.get(f"{API}/state")).status_code == 200

    visit(scenario)


def test_another_process_knows_the_new_code_and_no_longer_the_old() -> None:
    async def scenario(site: Site) -> None:
        codes = [CODE, await with_another_code(site), await with_another_code(site)]
        again = Hub(site.store, render=render_view)
        assert [await again.cafe_of(code) for code in codes] == [None, None, CAFE]

    visit(scenario)


def test_a_code_that_the_cafe_has_not_had_yet_leads_nowhere() -> None:
    async def scenario(site: Site) -> None:
        later = later_code(site.cafe.facilitator_hash, 1)
        assert await site.comptoir.find(later) is None
        assert not site.comptoir.hub.is_free(later)

    visit(scenario)


def test_codes_come_to_an_end() -> None:
    async def scenario(site: Site) -> None:
        codes = {await with_another_code(site) for _ in range(door.MOST_CODES)}
        assert len(codes) == door.MOST_CODES
        assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) for code in codes)
        with pytest.raises(TooMany):
            await with_another_code(site)

    visit(scenario)


def test_two_cafes_that_may_have_the_same_code_never_do() -> None:
    async def scenario(site: Site) -> None:
        hub = site.comptoir.hub
        # The same secret makes the same codes: both cafés leave them alone.
        await hub.create("cafe00000002", created(code="AAAAAA"))
        assert list(hub.later_codes(CAFE, site.cafe.facilitator_hash)) == []

    visit(scenario)


def test_pseudonyms_may_be_kept_and_none_passes_for_another() -> None:
    assert len(pseudonyms()) == 200
    assert len({skeleton(one) for one in pseudonyms()}) == 200
    assert all(clean_pseudonym(one) == one and len(one) <= PSEUDONYM_LENGTH for one in pseudonyms())


def test_a_pseudonym_is_given_that_nobody_has() -> None:
    async def scenario(site: Site) -> None:
        *taken, free = pseudonyms()
        await site.do(*(joins(f"p{n}", pseudonym=one) for n, one in enumerate(taken)))
        assert (await site.somebody().get(f"{API}/pseudonym")).json() == {"pseudonym": free}
        await site.do(joins("last", pseudonym=free))
        numbered = free_pseudonym(site.cafe)
        assert numbered.removesuffix(" 2") in pseudonyms()
        refused(await site.browser().get(f"{API}/pseudonym"), 401, "no-cookie")

    visit(scenario)


def test_who_shut_the_door_is_told() -> None:
    async def scenario(site: Site) -> None:
        before = site.cafe.version
        await asyncio.gather(site.room.submit(door.shut, by="owner"), site.room.submit(door.shut, by="owner"))
        assert site.cafe.version == before + 1
        assert [deed.kind for deed in site.cafe.deeds] == ["door-shut"]

    visit(scenario)
