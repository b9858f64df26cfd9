"""One phone that goes round: each seat is a person, counted apart, who comes in after its owner."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from components.pad.view import MOST_SEATS, person_at
from state.domain import decisions, notes
from state.domain.tallies.choices import choice_tally
from tests.state.cafes import BLUE, BOARD, MORNING, ONE, TWO, created, goes, stop_at, whole_plan
from tests.web.site import API, Site, refused, visit

if TYPE_CHECKING:
    import httpx

GUESTS = range(2, MOST_SEATS + 1)


def vote(value: str = "a", *, seat: Any = 2, question: str = ONE) -> dict[str, Any]:
    return {"question": question, "value": value, "key": f"{seat}-{question}-{value}".replace("/", "-"), "seat": seat}


async def lend(browser: httpx.AsyncClient, seat: Any = 2, **profile: str) -> httpx.Response:
    return await browser.post(f"{API}/join", json={"seat": seat, **profile})


def test_somebody_else_answers_on_the_same_phone_and_is_counted_apart() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada", place="remote")
        await site.do(goes(ONE))
        body = (await lend(ada, pseudonym="Zoé", level="novice")).json()
        assert body["me"]["name"] == "Ada"
        assert body["guests"]["2"]["me"] == {
            "name": "Zoé",
            "number": 2,
            "pseudonym": "Zoé",
            "level": "novice",
            "place": "remote",
            "removed": False,
        }
        await ada.post(f"{API}/answers", json=vote("a", seat=1))
        assert (await ada.post(f"{API}/answers", json=vote("c"))).json()["value"] == "c"
        tally = choice_tally(site.cafe, stop_at(site.cafe, ONE))
        assert ([row.count for row in tally.choices], tally.answered, tally.present) == ([1, 0, 1], 2, 2)
        state = (await ada.get(f"{API}/state")).json()
        assert (state["mine"], state["guests"]["2"]["mine"]) == ({ONE: "a"}, {ONE: "c"})

    visit(scenario)


def test_a_phone_has_so_many_seats_and_no_more() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        for seat in GUESTS:
            assert (await lend(ada, seat)).status_code == 200
        refused(await lend(ada, MOST_SEATS + 1), 400, "malformed")
        assert len(site.cafe.present) == MOST_SEATS
        assert {one.host for one in site.cafe.present} == {None, site.person(ada)}

    visit(scenario)


def test_coming_in_twice_at_one_seat_is_one_person() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await asyncio.gather(*(lend(ada) for _ in range(50)))
        assert len(site.cafe.present) == 2
        await lend(ada, pseudonym="Zoé")
        assert [one.pseudonym for one in site.cafe.present] == [None, "Zoé"]

    visit(scenario)


@pytest.mark.parametrize("seat", [0, -1, MOST_SEATS + 1, 10**30, "2", 2.0, True, False, None, [], [2], {}], ids=repr)
@pytest.mark.parametrize("action", ["join", "answers", "notes"])
def test_a_seat_that_no_phone_has_is_malformed(action: str, seat: Any) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        version = site.cafe.version
        body = vote("a", seat=1) | {"seat": seat, "note": "n", "action": "withdraw"}
        refused(await ada.post(f"{API}/{action}", json=body), 400, "malformed")
        assert site.cafe.version == version

    visit(scenario)


def test_a_guest_comes_in_after_the_owner_of_the_phone() -> None:
    async def scenario(site: Site) -> None:
        ada = site.somebody()
        await site.do(goes(ONE))
        refused(await lend(ada), 403, "not-here")
        assert site.cafe.participants == {}
        await ada.post(f"{API}/join", json={})
        refused(await ada.post(f"{API}/answers", json=vote()), 403, "not-here")
        assert (await lend(ada)).status_code == 200
        assert (await ada.post(f"{API}/answers", json=vote())).status_code == 200

    visit(scenario)


def test_nobody_sits_on_somebody_elses_phone() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await site.do(goes(ONE))
        await lend(ada)
        await bob.post(f"{API}/join", json={"seat": 2, "host": site.person(ada), "person": site.person(ada)})
        await bob.post(f"{API}/answers", json=vote("b") | {"person": person_at(site.person(ada), 2)})
        assert {person: answer.value for person, answer in site.cafe.counted(ONE).items()} == {
            person_at(site.person(bob), 2): "b"
        }
        assert (await ada.get(f"{API}/state")).json()["guests"]["2"]["mine"] == {}

    visit(scenario)


def test_a_guests_name_poses_no_more_than_another() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        refused(await lend(ada, pseudonym="Animatrice"), 422, "pseudonym-reserved")
        assert len(site.cafe.present) == 1

    visit(scenario)


def test_nobody_new_answers_on_the_phone_of_somebody_removed_nor_those_who_did() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await lend(ada)
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json=vote("b"))
        await site.do(goes(TWO), partial(decisions.remove, person=site.person(ada)))
        refused(await lend(ada, 3), 403, "sent-away")
        refused(await ada.post(f"{API}/answers", json=vote("b", question=TWO)), 403, "sent-away")
        # What was said before still counts: the guest is somebody else.
        assert len(site.cafe.counted(ONE)) == 1
        await site.do(partial(decisions.readmit, person=site.person(ada)))
        assert (await ada.post(f"{API}/answers", json=vote("b", question=TWO))).status_code == 200

    visit(scenario)


def test_a_guest_who_is_removed_leaves_the_phone_to_its_owner() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await lend(ada)
        guest = person_at(site.person(ada), 2)
        await site.do(goes(ONE), partial(decisions.remove, person=guest))
        refused(await ada.post(f"{API}/answers", json=vote()), 403, "sent-away")
        refused(await lend(ada), 403, "sent-away")
        assert (await ada.post(f"{API}/answers", json=vote(seat=1))).status_code == 200
        state = (await ada.get(f"{API}/state")).json()
        assert (state["me"]["removed"], state["guests"]["2"]["me"]["removed"]) == (False, True)

    visit(scenario)


def test_a_guest_sticks_notes_of_their_own() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await lend(ada)
        await site.do(goes(BOARD))
        body = {
            "question": BOARD,
            "note": "n",
            "action": "post",
            "text": "badge",
            "column": MORNING,
            "colour": BLUE,
            "seat": 2,
        }
        assert [note["id"] for note in (await ada.post(f"{API}/notes", json=body)).json()["notes"]] == ["n"]
        assert site.cafe.notes[BOARD]["n"].author == person_at(site.person(ada), 2)
        refused(await ada.post(f"{API}/notes", json=body | {"action": "withdraw", "seat": 1}), 403, "not-yours")
        state = (await ada.get(f"{API}/state")).json()
        assert (state["notes"], list(state["guests"]["2"]["notes"])) == ({}, [BOARD])
        await site.do(partial(notes.hide, question=BOARD, note="n"))
        assert (await ada.get(f"{API}/state")).json()["guests"]["2"]["notes"][BOARD][0]["hidden"] is True

    visit(scenario, event=created(plan=whole_plan()))


def test_news_of_a_guest_reach_the_phone_that_they_hold() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await lend(ada)
        hers, his = site.listen(ada), site.listen(bob)
        for stream in (hers, his):
            await stream.until(lambda heard: heard.named("view"))
        await site.do(partial(decisions.rename, person=person_at(site.person(ada), 2), pseudonym="Renommée"))
        await hers.until(lambda heard: heard.named("me"))
        assert his.named("me") == []
        assert (await ada.get(f"{API}/state")).json()["guests"]["2"]["me"]["name"] == "Renommée"
        for stream in (hers, his):
            await stream.leave()

    visit(scenario)
