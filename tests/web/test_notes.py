"""Notes that phones stick: one for each that was sent, on the board that is asked, and its author's alone."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.domain import decisions, notes
from state.domain.events import NotePosted, decode, encode
from state.identity import PERSON_COOKIE
from state.ports import NotKept
from tests.state.cafes import (
    AGREE,
    ARGUMENTS,
    BLUE,
    BOARD,
    BREAK,
    DISAGREE,
    GREEN,
    LEVEL,
    MORNING,
    created,
    goes,
    posts,
    whole_plan,
)
from tests.web.site import API, CAFE, Site, refused, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import httpx

    from tests.state.cafes import Decision

JSON = {"Content-Type": "application/json"}
THERE = created(plan=whole_plan())


def on_a_board(scenario: Callable[[Site], Coroutine[Any, Any, None]]) -> None:
    visit(scenario, event=THERE)


def sticking(note: str = "n", text: str = "Mon badge", column: str = MORNING, colour: str | None = BLUE,
             question: str = BOARD) -> dict[str, Any]:  # fmt: skip
    return {
        "question": question,
        "note": note,
        "action": "post",
        "text": text,
        "column": column,
        "colour": colour,
    }


def moving(note: str = "n", column: str = BREAK, colour: str | None = GREEN, question: str = BOARD) -> dict[str, Any]:
    return {"question": question, "note": note, "action": "move", "column": column, "colour": colour}


def arguing(note: str = "n", text: str = "Parce que") -> dict[str, Any]:
    return sticking(note, text, AGREE, None, ARGUMENTS)


def about(action: str, note: str = "n", question: str = BOARD) -> dict[str, Any]:
    return {"question": question, "note": note, "action": action}


async def tell(browser: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
    return await browser.post(f"{API}/notes", json=body)


# What one may do


def test_a_note_comes_back_as_it_is_kept_with_those_before() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking("n1", " e\u0301te\u0301\u0000 "))
        answer = await tell(ada, sticking("n2", "<b>", BREAK, GREEN))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        plain = {"hidden": False, "flagged": False}
        assert answer.json() == {
            "question": BOARD,
            "notes": [
                {"id": "n1", "text": "été", "column": MORNING, "colour": BLUE, **plain},
                {"id": "n2", "text": "<b>", "column": BREAK, "colour": GREEN, **plain},
            ],
            "backed": [],
        }
        assert (await ada.get(f"{API}/state")).json()["notes"][BOARD] == answer.json()["notes"]
        assert {note.author for note in site.cafe.notes[BOARD].values()} == {site.person(ada)}

    on_a_board(scenario)


def test_a_note_is_moved_recoloured_and_taken_back_by_its_author() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking())
        (moved,) = (await tell(ada, moving())).json()["notes"]
        assert (moved["column"], moved["colour"], moved["text"]) == (BREAK, GREEN, "Mon badge")
        assert (await tell(ada, about("withdraw"))).json()["notes"] == []
        assert site.cafe.notes[BOARD]["n"].withdrawn

    on_a_board(scenario)


def test_an_argument_of_somebody_elses_is_supported_once_and_no_longer() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant(pseudonym="Bob")
        await site.do(goes(ARGUMENTS))
        await tell(bob, arguing())
        for _ in range(2):
            answer = await tell(ada, about("back", question=ARGUMENTS))
            assert (answer.json()["backed"], answer.json()["notes"]) == (["n"], [])
        assert site.cafe.notes[ARGUMENTS]["n"].backers == {site.person(ada)}
        (shown,) = (await bob.get(f"{API}/state")).json()["view"]["results"]["notes"]
        assert (shown["votes"], set(shown)) == (1, {"id", "column", "text", "votes"})
        assert (await tell(ada, about("unback", question=ARGUMENTS))).json()["backed"] == []

    on_a_board(scenario)


def test_two_hundred_deliveries_of_one_note_at_once_are_one_note() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        before = site.cafe.version
        answers = await asyncio.gather(*(tell(ada, sticking()) for _ in range(200)))
        assert {answer.status_code for answer in answers} == {200}
        assert site.cafe.version == before + 1
        assert len(site.cafe.notes[BOARD]) == 1

    on_a_board(scenario)


def test_two_people_who_send_one_id_at_once_have_one_note_and_one_refusal() -> None:
    async def scenario(site: Site) -> None:
        people = [await site.participant() for _ in range(2)]
        await site.do(goes(BOARD))
        answers = await asyncio.gather(*(tell(one, sticking()) for one in people))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert len(site.cafe.notes[BOARD]) == 1

    on_a_board(scenario)


def test_one_id_is_one_note() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking(text="un"))
        refused(await tell(ada, sticking(text="deux")), 409, "key-reused")
        assert site.cafe.notes[BOARD]["n"].text == "un"

    on_a_board(scenario)


def test_a_delivery_repeated_after_the_notes_closed_is_acknowledged() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking())
        await site.do(goes(BOARD, "reveal"), goes(LEVEL))
        assert (await tell(ada, sticking())).status_code == 200

    on_a_board(scenario)


def test_a_note_may_be_taken_back_for_as_long_as_the_cafe_lasts() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking("n1"))
        await tell(ada, sticking("n2"))
        await site.do(goes(LEVEL))
        assert (await tell(ada, about("withdraw", "n1"))).status_code == 200
        await site.do(decisions.close)
        refused(await tell(ada, about("withdraw", "n2")), 409, "cafe-over")

    on_a_board(scenario)


# What one may not do


@pytest.mark.parametrize(
    ("before", "sent", "status", "code"),
    [
        ((), sticking(column="lune"), 422, "not-a-choice"),
        ((), sticking(colour="rouge"), 422, "not-a-choice"),
        ((), sticking(colour=None), 422, "not-a-choice"),
        ((), sticking(text=" \u200b "), 422, "text-empty"),
        ((), sticking(text="x" * 101), 422, "text-too-long"),
        ((), sticking(text="x" * 10_000), 422, "text-too-long"),
        ((), sticking(question="autre/question"), 404, "unknown-question"),
        ((), sticking(question=LEVEL), 404, "unknown-question"),
        ((), sticking(question="merci"), 404, "unknown-question"),
        ((), arguing(), 409, "question-passed"),
        ((goes(LEVEL),), sticking(), 409, "question-passed"),
        ((goes(BOARD, "reveal"),), sticking(), 409, "vote-not-open"),
        ((decisions.close,), sticking(), 409, "cafe-over"),
        ((), moving("absente"), 404, "unknown-note"),
        ((), about("withdraw", "absente"), 404, "unknown-note"),
        ((), about("back", "a-bob"), 404, "unknown-question"),
        ((), moving("a-bob"), 403, "not-yours"),
        ((), about("withdraw", "a-bob"), 403, "not-yours"),
        ((), moving("a-personne"), 403, "not-yours"),
        ((), about("withdraw", "a-personne"), 403, "not-yours"),
        ((), sticking("a-bob"), 409, "key-reused"),
        ((), sticking("a-personne", "dit"), 409, "key-reused"),
    ],
    ids=str,
)
def test_what_cannot_be_done_with_a_note_is_refused(
    before: tuple[Decision, ...], sent: dict[str, Any], status: int, code: str
) -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        stuck = (posts(site.person(bob), "a-bob", "à Bob"), posts(None, "a-personne", "dit"))
        await site.do(goes(BOARD), *stuck, *before)
        version = site.cafe.version
        answer = await tell(ada, sent)
        refused(answer, status, code)
        assert b"Bob" not in answer.content
        assert site.cafe.version == version

    on_a_board(scenario)


def test_a_note_taken_back_is_moved_and_supported_no_more() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await site.do(goes(ARGUMENTS))
        await tell(ada, arguing())
        await tell(ada, about("withdraw", question=ARGUMENTS))
        refused(await tell(ada, moving(column=DISAGREE, colour=None, question=ARGUMENTS)), 404, "unknown-note")
        refused(await tell(bob, about("back", question=ARGUMENTS)), 404, "unknown-note")

    on_a_board(scenario)


def test_one_person_sticks_so_many_notes_and_is_told_how_many() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await site.do(goes(ARGUMENTS))
        for number in range(10):
            assert (await tell(ada, arguing(f"n{number}"))).status_code == 200
        answer = await tell(ada, arguing("de-trop"))
        refused(answer, 422, "too-many")
        assert "10" in answer.json()["message"]
        assert (await tell(bob, arguing("a-bob"))).status_code == 200
        await tell(ada, about("withdraw", "n0", ARGUMENTS))
        assert (await tell(ada, arguing("a-sa-place"))).status_code == 200

    on_a_board(scenario)


def test_a_board_is_full_some_day() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        many = [NotePosted(BOARD, f"n{number}", None, "x", MORNING, BLUE) for number in range(notes.BOARD_SIZE)]
        await site.do(goes(BOARD), lambda _: many)
        refused(await tell(ada, sticking()), 429, "board-full")

    on_a_board(scenario)


def test_the_limit_of_a_note_is_said_and_the_longest_is_taken() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        assert "100" in (await tell(ada, sticking(text="x" * 101))).json()["message"]
        assert (await tell(ada, sticking(text="x" * 100))).status_code == 200

    on_a_board(scenario)


# Who one is


def test_whoever_is_not_here_or_was_removed_sticks_nothing() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking())
        refused(await tell(site.somebody(), sticking("n2")), 403, "not-here")
        await site.do(partial(decisions.remove, person=site.person(ada)))
        for body in (sticking("n2"), moving(), about("withdraw")):
            refused(await tell(ada, body), 403, "sent-away")
        assert list(site.cafe.notes[BOARD]) == ["n"]

    on_a_board(scenario)


@pytest.mark.parametrize("extra", [{"author": None}, {"author": "bob"}, {"person": "bob"}, {"hidden": False}], ids=str)
def test_a_person_sticks_for_nobody_else(extra: dict[str, Any]) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        assert (await tell(ada, sticking() | extra)).status_code == 200
        assert site.cafe.notes[BOARD]["n"].author == site.person(ada)

    on_a_board(scenario)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://["])
def test_another_site_sticks_nothing_in_somebodys_name(origin: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        refused(await ada.post(f"{API}/notes", json=sticking(), headers={"Origin": origin}), 403, "origin")
        assert BOARD not in site.cafe.notes

    on_a_board(scenario)


@pytest.mark.parametrize("cookie", [None, "forged", "ImZvcmdlZCI.AAAA"])
def test_nobody_sticks_without_a_cookie_that_we_signed(cookie: str | None) -> None:
    async def scenario(site: Site) -> None:
        await site.do(goes(BOARD))
        browser = site.browser(**({} if cookie is None else {PERSON_COOKIE: cookie}))
        refused(await tell(browser, sticking()), 401, "no-cookie")

    on_a_board(scenario)


@pytest.mark.parametrize("action", ["hide", "show", "flag", "merge", "split", "delete", "POST", "", "post ", "reveal"])
def test_a_participant_has_none_of_the_facilitators_gestures(action: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        await tell(ada, sticking())
        version = site.cafe.version
        refused(await tell(ada, sticking() | {"action": action, "into": "n", "flagged": True}), 400, "malformed")
        assert site.cafe.version == version

    on_a_board(scenario)


# What it is made of


WRONG = [3, -1, 1e308, None, True, [], ["a"], {}, {"a": 1}]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("name", ["question", "note", "action", "text", "column", "colour"])
def test_a_field_of_the_wrong_type_is_malformed(name: str, wrong: Any) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        answer = await tell(ada, sticking() | {name: wrong})
        if name == "colour" and wrong is None:
            refused(answer, 422, "not-a-choice")
        else:
            refused(answer, 400, "malformed")
        assert BOARD not in site.cafe.notes

    on_a_board(scenario)


@pytest.mark.parametrize("name", ["question", "note", "action", "text", "column"])
def test_a_missing_field_is_malformed(name: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        body = sticking()
        del body[name]
        refused(await tell(ada, body), 400, "malformed")

    on_a_board(scenario)


@pytest.mark.parametrize("note", ["", "n" * 65, "\ud800", "\x00", "a\nb", "../n", "é", "n "], ids=ascii)
@pytest.mark.parametrize("action", ["post", "move", "withdraw", "back"])
def test_an_id_that_no_phone_makes_is_malformed(note: str, action: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        body = json.dumps(sticking(note) | {"action": action})
        refused(await ada.post(f"{API}/notes", content=body, headers=JSON), 400, "malformed")

    on_a_board(scenario)


def test_a_huge_body_is_refused() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        refused(await tell(ada, sticking(text="x" * 17_000)), 413, "too-large")

    on_a_board(scenario)


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SENT = st.fixed_dictionaries(
    {},
    optional={
        "question": st.sampled_from([BOARD, BOARD, ARGUMENTS]) | ANYTHING,
        "action": st.sampled_from(["post", "move", "withdraw", "back", "unback"]) | ANYTHING,
        "note": st.text(st.sampled_from("nm"), min_size=1, max_size=1) | ANYTHING,
        "text": st.text(st.characters(), max_size=30) | ANYTHING,
        "column": st.sampled_from([MORNING, BREAK]) | ANYTHING,
        "colour": st.sampled_from([BLUE, GREEN, None]) | ANYTHING,
        "seat": st.sampled_from([1, 1, 2]) | ANYTHING,
    },
)


@settings(max_examples=60)
@given(st.lists(SENT, min_size=1, max_size=8))
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_can_be_kept(sent: list[dict[str, Any]]) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(BOARD))
        for body in sent:
            answer = await ada.post(f"{API}/notes", content=json.dumps(body), headers=JSON)
            assert answer.status_code in {200, 400, 403, 404, 409, 422}
            assert "message" in answer.json() or answer.status_code == 200
        records = site.store.load(CAFE)
        assert [decode(encode(record)) for record in records] == list(records)

    on_a_board(scenario)


# When the store fails


def test_a_note_that_could_not_be_kept_is_not_acknowledged_and_can_be_sent_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Mme Secrète")
        await site.do(goes(BOARD))
        site.store.append_errors = [NotKept("disk full")]
        refused(await tell(ada, sticking("clef-secrete", "mon avis intime")), 503, "not-kept")
        assert BOARD not in site.cafe.notes
        assert "NotKept" in caplog.text
        for private in ("intime", "Secrète", "clef-secrete", site.person(ada), ada.cookies[PERSON_COOKIE]):
            assert private not in caplog.text
        assert (await tell(ada, sticking("clef-secrete", "mon avis intime"))).status_code == 200

    on_a_board(scenario)
