"""Secret links that are changed: the one before opens nothing, whatever was open with it."""

from __future__ import annotations

import json
from functools import partial

import pytest

from state.budgets import RENEWALS
from state.domain.errors import LinkRevoked
from state.domain.helping import invite
from state.domain.renewing import renew
from state.identity import CARNET_COOKIE, carnet_token, hash_token, new_token, screen_token
from tests.state.cafes import TOKEN
from tests.web.site import API, CAFE, Site, refused, visit

LINK = f"{API}/link"
DOOR = "/api/carnet"


def opens(location: str) -> bool:
    return "lien=inconnu" not in location


async def follows(site: Site, path: str) -> bool:
    return opens((await site.browser().get(path)).headers["location"])


def test_a_changed_link_leaves_the_old_ones_dead_and_the_new_one_in_the_browser() -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        screen = site.screen(TOKEN)
        assert await follows(site, f"/animer/{CAFE}/{TOKEN}")
        answer = await host.post(LINK, json={})
        assert answer.status_code == 200
        assert not await follows(site, f"/animer/{CAFE}/{TOKEN}")
        assert not await follows(site, f"/projeter/{CAFE}/{screen_token(TOKEN)}")
        for old in (site.facilitator(TOKEN), screen):
            stream = site.listen(old, f"{API}/watch")
            await stream.until(lambda heard: heard.over)
            assert (stream.status, json.loads(stream.body)["code"]) == (403, "no-key")
            await stream.leave()
        token = site.identity.keyring(dict(answer.cookies)).facilitator[CAFE]
        assert token != TOKEN
        assert await follows(site, f"/animer/{CAFE}/{token}")
        assert await follows(site, f"/projeter/{CAFE}/{screen_token(token)}")
        assert (await site.facilitator(TOKEN).post(LINK, json={})).status_code == 403

    visit(scenario)


def test_a_carnet_made_with_the_old_link_opens_the_cafe_no_more_and_ones_own_still_does() -> None:
    async def scenario(site: Site) -> None:
        thief, host = site.facilitator(TOKEN), site.facilitator(TOKEN)
        await thief.post(DOOR, json={"action": "make"})
        await host.post(DOOR, json={"action": "make"})
        stolen, mine = (site.identity.carnet(dict(one.cookies)) for one in (thief, host))
        assert stolen is not None
        assert mine is not None
        assert (await host.post(LINK, json={})).status_code == 200
        assert not await follows(site, f"/animer/{CAFE}/{carnet_token(stolen, CAFE)}")
        assert await follows(site, f"/animer/{CAFE}/{carnet_token(mine, CAFE)}")

    visit(scenario)


def test_a_helper_changes_their_own_link_alone() -> None:
    async def scenario(site: Site) -> None:
        await site.do(
            partial(
                invite,
                helper="h",
                name="Basile",
                facilitator_hash=hash_token("aide"),
                screen_hash=hash_token(screen_token("aide")),
            )
        )
        assert (await site.facilitator("aide").post(LINK, json={})).status_code == 200
        assert not await follows(site, f"/animer/{CAFE}/aide")
        assert await follows(site, f"/animer/{CAFE}/{TOKEN}")

    visit(scenario)


def test_codes_can_still_be_changed_after_a_link_was() -> None:
    async def scenario(site: Site) -> None:
        first = site.cafe.code
        assert (await site.facilitator(TOKEN).post(LINK, json={})).status_code == 200
        seed = site.cafe.code_seed
        turn, code = next(iter(site.comptoir.hub.later_codes(CAFE, seed)))
        assert (turn, seed) == (1, hash_token(TOKEN))
        assert code != first

    visit(scenario)


def test_of_two_who_hold_one_link_the_first_to_change_it_keeps_the_cafe() -> None:
    async def scenario(site: Site) -> None:
        ask = partial(renew, holder="owner", asked_with=hash_token(TOKEN), carnets=())
        await site.do(partial(ask, facilitator_hash="a", screen_hash="b"))
        with pytest.raises(LinkRevoked):
            await site.do(partial(ask, facilitator_hash="c", screen_hash="d"))
        assert site.cafe.facilitator_hash == "a"

    visit(scenario)


def test_a_carnets_link_changed_leaves_the_old_one_opening_nothing() -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.post(DOOR, json={"action": "make"})
        old = site.identity.carnet(dict(host.cookies))
        assert old is not None
        elsewhere = site.browser(**{CARNET_COOKIE: site.identity.carnet_cookie(old)})
        assert (await host.post(DOOR, json={"action": "renew"})).status_code == 200
        new = site.identity.carnet(dict(host.cookies))
        assert new is not None
        assert new != old
        assert (await site.comptoir.carnets.of(new)).cafes == (CAFE,)
        assert (await site.comptoir.carnets.of(old)).cafes == ()
        assert not await follows(site, f"/carnet/{old}")
        assert not await follows(site, f"/animer/{CAFE}/{carnet_token(old, CAFE)}")
        assert await follows(site, f"/carnet/{new}")
        assert await follows(site, f"/animer/{CAFE}/{carnet_token(new, CAFE)}")
        assert not site.comptoir.may("facilitate", dict(elsewhere.cookies), CAFE, site.cafe)
        again = await elsewhere.post(DOOR, json={"action": "renew"})
        assert (again.status_code, again.json()["code"]) == (410, "carnet-retired")

    visit(scenario)


def test_without_a_carnet_there_is_no_link_to_change() -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().post(DOOR, json={"action": "renew"})
        assert (answer.status_code, answer.json()["code"]) == (409, "no-carnet")

    visit(scenario)


def test_a_link_guessed_changes_nothing() -> None:
    async def scenario(site: Site) -> None:
        answer = await site.facilitator(new_token()).post(LINK, json={})
        assert answer.status_code == 403
        assert site.cafe.facilitator_hash == hash_token(TOKEN)

    visit(scenario)


def test_a_link_changes_so_many_times_an_hour_and_then_one_is_told_when_to_come_back() -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        for _ in range(RENEWALS[0].amount):
            answer = await host.post(LINK, json={})
            assert answer.status_code == 200
            host = site.facilitator(site.identity.keyring(dict(answer.cookies)).facilitator[CAFE])
        answer = await host.post(LINK, json={})
        refused(answer, 429, "too-fast")
        assert int(answer.headers["retry-after"]) > 0

    visit(scenario)
