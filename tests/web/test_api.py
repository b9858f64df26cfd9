"""What phones send: taken once, kept before it is acknowledged, refused with a sentence, harmless when hostile."""

from __future__ import annotations

import asyncio
import json
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import decode, encode
from state.domain.folding import fold
from state.identity import PERSON_COOKIE
from state.ports import Conflict, Damaged, Health, NotKept
from tests.state.cafes import (
    AFTER_LEARNING,
    BOARD,
    CARD,
    DISAGREE,
    FILM,
    FREE,
    HUNT,
    LEVEL,
    ONE,
    ORDER,
    PLACED,
    POLL,
    PORTRAIT,
    RATED,
    SEVERAL,
    SLIDE,
    THANKS,
    TWO,
    WATCHED,
    WORDS,
    created,
    goes,
    whole_plan,
)
from tests.web.site import API, CAFE, HERE, HOST, Site, refused, visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.state.cafes import Decision

JSON = {"Content-Type": "application/json"}


def vote(value: str = "a", key: str = "k", question: str = ONE) -> dict[str, str]:
    return {"question": question, "value": value, "key": key}


# Entering


def test_entering_gives_the_view_and_who_one_is() -> None:
    async def scenario(site: Site) -> None:
        ada = site.somebody()
        answer = await ada.post(f"{API}/join", json={"pseudonym": " Ada ", "level": "expert", "place": "remote"})
        body = answer.json()
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert body["me"] == {
            "name": "Ada",
            "number": 1,
            "pseudonym": "Ada",
            "level": "expert",
            "place": "remote",
            "removed": False,
        }
        assert (body["mine"], body["view"]["kind"], body["id"]) == ({}, "message", site.room.frame.id)
        assert (body["notes"], body["backed"], body["guests"]) == ({}, {}, {})
        # The server's time, in milliseconds: phones count down by it.
        assert abs(body["now"] / 1000 - time.time()) < 60

    visit(scenario)


def test_entering_without_saying_anything_is_fine() -> None:
    async def scenario(site: Site) -> None:
        for body in ({}, {"pseudonym": None, "level": None, "place": None}, {"pseudonym": "  "}):
            answer = await site.somebody().post(f"{API}/join", json=body)
            assert answer.json()["me"]["pseudonym"] == ""
        assert [one.number for one in site.cafe.present] == [1, 2, 3]

    visit(scenario)


@pytest.mark.parametrize(
    ("profile", "status", "code"),
    [
        ({"pseudonym": "Animatrice"}, 422, "pseudonym-reserved"),
        ({"pseudonym": "x" * 25}, 422, "text-too-long"),
        ({"level": "guru"}, 422, "not-a-choice"),
        ({"level": ""}, 422, "not-a-choice"),
        ({"place": "lune"}, 422, "not-a-choice"),
        ({"pseudonym": 3}, 400, "malformed"),
        ({"pseudonym": ["Ada"]}, 400, "malformed"),
        ({"level": True}, 400, "malformed"),
        ({"place": {}}, 400, "malformed"),
    ],
    ids=str,
)
def test_a_profile_that_makes_no_sense_is_refused(profile: dict[str, Any], status: int, code: str) -> None:
    async def scenario(site: Site) -> None:
        refused(await site.somebody().post(f"{API}/join", json=profile), status, code)
        assert site.cafe.participants == {}

    visit(scenario)


# Answering


@pytest.mark.parametrize(
    ("question", "sent", "kept"),
    [
        (ONE, "a", "a"),
        (TWO, "c", "c"),
        (FILM, "fini", "fini"),
        (WORDS, " e\u0301te\u0301\u0000 ", "été"),
        (FREE, "<b>", "<b>"),
        (POLL, "c", "c"),
    ],
)
def test_an_answer_comes_back_as_it_is_kept(question: str, sent: str, kept: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(question))
        answer = await ada.post(f"{API}/answers", json=vote(sent, "k", question))
        assert (answer.status_code, answer.json()) == (200, {"question": question, "value": kept})
        assert site.cafe.answers[question][site.person(ada)].value == kept
        assert fold(site.store.load(CAFE)).counted(question).keys() == {site.person(ada)}

    visit(scenario)


@pytest.mark.parametrize(
    ("question", "sent", "kept"),
    [
        (LEVEL, "expert", "expert"),
        (PLACED, DISAGREE, DISAGREE),
        (CARD, "hal", "hal"),
        (CARD, "hal\r\n  son   œil ", "hal\nson œil"),
        (CARD, "hal\n  ", "hal"),
        (HUNT, " Volume \n\nvolume\nvitesse", "Volume\nvitesse"),
        (SEVERAL, "c,a", "a,c"),
        (SEVERAL, "a,a", "a"),
        (SEVERAL, "", ""),
        (ORDER, "deep-blue,turing,dartmouth", "deep-blue,turing,dartmouth"),
        (PORTRAIT, "camille", "camille"),
        (PORTRAIT, "\nCAMILLE", "camille"),
        (PORTRAIT, "\n Zo\u00eb ", "\nZoë"),
        (RATED, "5", "5"),
        (AFTER_LEARNING, "deux\nlignes", "deux\nlignes"),
    ],
)
def test_an_answer_of_each_kind_comes_back_as_it_is_kept(question: str, sent: str, kept: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(question))
        answer = await ada.post(f"{API}/answers", json=vote(sent, "k", question))
        assert (answer.status_code, answer.json()) == (200, {"question": question, "value": kept})
        assert (await ada.get(f"{API}/state")).json()["mine"] == {question: kept}

    visit(scenario, event=created(plan=whole_plan()))


@pytest.mark.parametrize(
    ("question", "sent", "status", "code"),
    [
        (LEVEL, "guru", 422, "not-a-choice"),
        (PLACED, "", 422, "not-a-choice"),
        (CARD, "lune\nParce que", 422, "not-a-choice"),
        (CARD, "hal\n" + "x" * 201, 422, "text-too-long"),
        (CARD, "hal\n\u200b", 422, "text-empty"),
        (HUNT, "un\ndeux\ntrois\nquatre", 422, "too-many"),
        (HUNT, "x" * 31, 422, "text-too-long"),
        (HUNT, " \n \n", 422, "text-empty"),
        (SEVERAL, "a,b,c,d", 422, "too-many"),
        (SEVERAL, "a,z", 422, "not-a-choice"),
        (SEVERAL, "a b", 422, "not-a-choice"),
        (ORDER, "turing,dartmouth", 422, "not-a-choice"),
        (ORDER, "turing,turing,dartmouth", 422, "not-a-choice"),
        (ORDER, "turing,dartmouth,deep-blue,turing", 422, "not-a-choice"),
        (ORDER, "", 422, "not-a-choice"),
        (PORTRAIT, "\n" + "x" * 41, 422, "text-too-long"),
        (PORTRAIT, "lune", 422, "not-a-choice"),
        *((RATED, value, 422, "not-a-choice") for value in ("0", "6", "-1", "NaN", "1e308", "3.5", "٣")),
        (WATCHED, "non", 422, "not-a-choice"),
        (BOARD, "Mon badge", 404, "unknown-question"),
        (SLIDE, "oui", 404, "unknown-question"),
        (THANKS, "merci", 404, "unknown-question"),
    ],
    ids=str,
)
def test_an_answer_of_each_kind_that_cannot_be_is_refused(question: str, sent: str, status: int, code: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(question))
        refused(await ada.post(f"{API}/answers", json=vote(sent, "k", question)), status, code)
        assert site.cafe.answers == {}

    visit(scenario, event=created(plan=whole_plan()))


def test_answering_ones_level_also_says_it_of_oneself() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(level="novice", place="remote")
        await site.do(goes(LEVEL))
        await ada.post(f"{API}/answers", json=vote("averti", "k", LEVEL))
        me = (await ada.get(f"{API}/state")).json()["me"]
        assert (me["level"], me["place"]) == ("averti", "remote")

    visit(scenario, event=created(plan=whole_plan()))


def test_changing_ones_mind_counts_once() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        for number, value in enumerate("abcba"):
            assert (await ada.post(f"{API}/answers", json=vote(value, f"k{number}"))).json()["value"] == value
        assert {answer.value for answer in site.cafe.counted(ONE).values()} == {"a"}

    visit(scenario)


def test_two_hundred_deliveries_of_one_answer_at_once_are_one_answer() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        before = site.cafe.version
        answers = await asyncio.gather(*(ada.post(f"{API}/answers", json=vote()) for _ in range(200)))
        assert {answer.status_code for answer in answers} == {200}
        assert site.cafe.version == before + 1

    visit(scenario)


def test_a_hundred_people_at_once_are_a_hundred_answers() -> None:
    async def scenario(site: Site) -> None:
        people = [await site.participant() for _ in range(100)]
        await site.do(goes(ONE))
        await asyncio.gather(*(one.post(f"{API}/answers", json=vote("abc"[n % 3])) for n, one in enumerate(people)))
        assert len(site.cafe.counted(ONE)) == 100

    visit(scenario)


def test_a_delivery_repeated_after_the_vote_closed_is_acknowledged() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json=vote())
        await site.do(goes(ONE, "reveal"), goes(TWO))
        again = await ada.post(f"{API}/answers", json=vote())
        assert (again.status_code, again.json()["value"]) == (200, "a")

    visit(scenario)


@pytest.mark.parametrize(
    ("before", "sent", "status", "code"),
    [
        ((goes(ONE),), vote("z"), 422, "not-a-choice"),
        ((goes(WORDS),), vote(" ", question=WORDS), 422, "text-empty"),
        ((goes(WORDS),), vote("x" * 21, question=WORDS), 422, "text-too-long"),
        ((goes(ONE),), vote(question="autre/question"), 404, "unknown-question"),
        ((goes(ONE),), vote(question="merci"), 404, "unknown-question"),
        ((), vote(), 409, "question-passed"),
        ((goes(ONE), goes(TWO)), vote(), 409, "question-passed"),
        ((goes(ONE), goes(ONE, "reveal")), vote(), 409, "vote-not-open"),
        ((goes(ONE), decisions.close), vote(), 409, "cafe-over"),
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_is_refused(
    before: tuple[Decision, ...], sent: dict[str, str], status: int, code: str
) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(*before)
        version = site.cafe.version
        refused(await ada.post(f"{API}/answers", json=sent), status, code)
        assert site.cafe.version == version

    visit(scenario)


def test_the_limit_is_said_in_the_refusal() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(WORDS))
        answer = await ada.post(f"{API}/answers", json=vote("x" * 21, question=WORDS))
        assert "20" in answer.json()["message"]

    visit(scenario)


def test_one_key_is_one_answer() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json=vote("a"))
        refused(await ada.post(f"{API}/answers", json=vote("b")), 409, "key-reused")
        assert site.cafe.answers[ONE][site.person(ada)].value == "a"

    visit(scenario)


def test_somebody_who_has_not_entered_does_not_answer() -> None:
    async def scenario(site: Site) -> None:
        await site.do(goes(ONE))
        refused(await site.somebody().post(f"{API}/answers", json=vote()), 403, "not-here")

    visit(scenario)


def test_somebody_removed_neither_answers_nor_comes_back_alone() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE), partial(decisions.remove, person=site.person(ada)))
        refused(await ada.post(f"{API}/answers", json=vote()), 403, "sent-away")
        refused(await ada.post(f"{API}/join", json={"pseudonym": "Autre"}), 403, "sent-away")
        assert (await ada.get(f"{API}/state")).json()["me"]["removed"] is True

    visit(scenario)


# Who one is


@pytest.mark.parametrize("cookie", [None, "", "forged", "ImZvcmdlZCI.AAAA"])
@pytest.mark.parametrize("action", ["join", "answers", "notes", "state", "stream"])
def test_nobody_without_a_cookie_that_we_signed(action: str, cookie: str | None) -> None:
    async def scenario(site: Site) -> None:
        browser = site.browser(**({} if cookie is None else {PERSON_COOKIE: cookie}))
        if action in {"join", "answers", "notes"}:
            answer = await browser.post(f"{API}/{action}", json=vote())
        else:
            answer = await browser.get(f"{API}/{action}")
        refused(answer, 401, "no-cookie")
        assert site.cafe.version == 1

    visit(scenario)


def test_a_person_answers_for_nobody_else() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json=vote("a") | {"person": site.person(bob), "participant": "x"})
        assert site.cafe.counted(ONE).keys() == {site.person(ada)}
        assert (await bob.get(f"{API}/state")).json()["mine"] == {}

    visit(scenario)


@pytest.mark.parametrize("cafe", ["inconnu", "cafe00000002", "x" * 3000, "%00", "%2e%2e"])
def test_an_unknown_cafe_is_said_to_be_unknown(cafe: str) -> None:
    async def scenario(site: Site) -> None:
        somebody = site.somebody()
        for action in ("state", "stream", "watch"):
            refused(await somebody.get(f"/api/cafes/{cafe}/{action}"), 404, "unknown-cafe")
        for action in ("join", "answers", "notes"):
            refused(await somebody.post(f"/api/cafes/{cafe}/{action}", json=vote()), 404, "unknown-cafe")

    visit(scenario)


# Catching up


def test_catching_up_gives_what_was_missed() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Ada")
        await site.do(goes(ONE))
        await ada.post(f"{API}/answers", json=vote("b"))
        state = (await ada.get(f"{API}/state")).json()
        assert (state["id"], state["mine"], state["me"]["name"]) == (site.room.frame.id, {ONE: "b"}, "Ada")
        assert (state["view"]["question"], state["view"]["open"]) == (ONE, True)

    visit(scenario)


@pytest.mark.parametrize(
    ("since", "known"), [("{id}", True), ("0", False), ("", False), ("x", False), ("-1", False), ("9" * 400, False)]
)
def test_a_view_already_seen_is_not_sent_again(since: str, known: bool) -> None:  # noqa: FBT001
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        state = (await ada.get(f"{API}/state", params={"since": since.format(id=site.room.frame.id)})).json()
        assert (state["view"] is None) == known

    visit(scenario)


def test_a_query_of_ten_kilobytes_is_a_query() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        for query in ("since=" + "9" * 10_000, "&".join(["since=1"] * 1000), "%ff=%00&since"):
            assert (await ada.get(f"{API}/state?{query}")).status_code == 200

    visit(scenario)


# Where it comes from


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Origin": HERE}, True),
        ({"Origin": f"http://{HOST}"}, True),
        ({"Origin": "http://10.0.0.9:8501", "Host": "10.0.0.9:8501"}, True),
        ({"Origin": HERE, "Host": "app.internal:8501"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": f"https://{HOST}.evil.example"}, False),
        ({"Origin": f"https://evil{HOST}"}, False),
        ({"Origin": f"https://{HOST}:8443"}, False),
        ({"Origin": HOST}, False),
        ({"Origin": f"https://{HOST}@evil.example"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "http://[::1"}, False),
    ],
    ids=str,
)
def test_only_pages_of_this_site_send_anything(headers: dict[str, str], passes: bool) -> None:  # noqa: FBT001
    async def scenario(site: Site) -> None:
        browser = site.somebody()
        del browser.headers["Origin"]
        answer = await browser.post(f"{API}/join", json={}, headers=headers)
        if passes:
            assert answer.status_code == 200
        else:
            refused(answer, 403, "origin")
        assert len(site.cafe.participants) == int(passes)

    visit(scenario)


def test_without_a_public_address_the_host_alone_is_home() -> None:
    async def scenario(site: Site) -> None:
        browser = site.somebody()
        assert (await browser.post(f"{API}/join", json={}, headers={"Origin": HERE})).status_code == 200
        refused(await browser.post(f"{API}/join", json={}, headers={"Origin": "null"}), 403, "origin")

    visit(scenario, public_url="")


# What it is made of


MALFORMED = [
    b"",
    b" ",
    b"{",
    b"[]",
    b"null",
    b"true",
    b"3",
    b"1e308",
    b"NaN",
    b"-Infinity",
    b'"question"',
    b"[" * 16_000,
    b'{"question":' * 1_200,
    b"\xff\xfe\x00",
    b"\x00",
    b'{"question": "tasse/une-bonne", "value": "a"}',
    b'{"question": "tasse/une-bonne", "value": "a", "key": ""}',
    b'{"question": "tasse/une-bonne", "key": "k"}',
    b'{"value": "a", "key": "k"}',
    b"{'question': 'x'}",
    b"1" * 5_000,
    b'{"question": 1' + b"0" * 5_000 + b"}",
]


@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: ascii(body[:40]))
def test_what_is_no_answer_is_malformed(body: bytes) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        refused(await ada.post(f"{API}/answers", content=body, headers=JSON), 400, "malformed")
        assert site.cafe.counted(ONE) == {}

    visit(scenario)


WRONG = ["3", "-1", "1e308", "NaN", "Infinity", "null", "true", "[]", '["a"]', "{}", '{"a": 1}']


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", ["question", "value", "key"])
def test_a_field_of_the_wrong_type_is_malformed(name: str, wrong: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        fields = {key: json.dumps(value) for key, value in vote().items()} | {name: wrong}
        body = "{" + ", ".join(f'"{key}": {value}' for key, value in fields.items()) + "}"
        refused(await ada.post(f"{API}/answers", content=body, headers=JSON), 400, "malformed")
        assert site.cafe.counted(ONE) == {}

    visit(scenario)


@pytest.mark.parametrize("key", ["k" * 65, "\ud800", "a\udfffb", "\x00", "a\nb", "\u202e"], ids=ascii)
def test_a_key_that_no_phone_makes_is_malformed(key: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        refused(await ada.post(f"{API}/answers", content=json.dumps(vote(key=key)), headers=JSON), 400, "malformed")
        assert site.cafe.counted(ONE) == {}

    visit(scenario)


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SENT = st.fixed_dictionaries(
    {},
    optional={
        "question": st.just(WORDS) | st.sampled_from([WORDS, ONE]) | ANYTHING,
        "value": st.text(st.characters(), max_size=30) | ANYTHING,
        "key": st.text(st.sampled_from("k\ud800\x00\n"), max_size=3) | ANYTHING,
        "pseudonym": st.text(st.characters(), max_size=30) | ANYTHING,
        "level": ANYTHING,
    },
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["join", "answers"]), SENT), min_size=1, max_size=8))
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_can_be_kept(sent: list[tuple[str, Any]]) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(WORDS))
        for action, body in sent:
            answer = await ada.post(f"{API}/{action}", content=json.dumps(body), headers=JSON)
            assert answer.status_code in {200, 400, 404, 409, 422, 429}
            assert "message" in answer.json() or answer.status_code == 200
        records = site.store.load(CAFE)
        assert [decode(encode(record)) for record in records] == list(records)

    visit(scenario)


async def megabytes(count: int, read: list[int]) -> AsyncIterator[bytes]:
    for number in range(count * 16):
        read.append(number)
        yield b" " * 65_536


@pytest.mark.parametrize("action", ["join", "answers", "notes"])
def test_ten_megabytes_are_refused_without_reading_them(action: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        read: list[int] = []
        refused(await ada.post(f"{API}/{action}", content=megabytes(10, read), headers=JSON), 413, "too-large")
        assert len(read) < 10

    visit(scenario)


def test_a_body_just_small_enough_is_read() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(WORDS))
        body = json.dumps(vote("oui", question=WORDS)).encode()
        padded = body + b" " * (16 * 1024 - len(body))
        assert (await ada.post(f"{API}/answers", content=padded, headers=JSON)).status_code == 200
        refused(await ada.post(f"{API}/answers", content=padded + b" ", headers=JSON), 413, "too-large")

    visit(scenario)


def test_a_body_sent_slowly_is_left_and_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ten seconds are made short: the limit is no argument of anything.
    monkeypatch.setattr("web.guards._BODY_SECONDS", 0.2)

    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.02)

    async def scenario(site: Site) -> None:
        slow, ada = await site.participant(), await site.participant()
        await site.do(goes(ONE))
        dripping = asyncio.create_task(slow.post(f"{API}/answers", content=drip(), headers=JSON))
        await asyncio.sleep(0)
        assert (await ada.post(f"{API}/answers", json=vote())).status_code == 200
        assert not dripping.done()
        refused(await dripping, 408, "too-slow")

    visit(scenario)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "join"),
        ("GET", "answers"),
        ("PUT", "answers"),
        ("DELETE", "answers"),
        ("GET", "notes"),
        ("PUT", "notes"),
        ("GET", "films/cafe"),
        ("POST", "films/cafe"),
        ("POST", "state"),
        ("POST", "watch"),
    ],
)
def test_each_address_answers_its_own_method_only(method: str, path: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        assert (await ada.request(method, f"{API}/{path}")).status_code in {404, 405}

    visit(scenario)


# When the store fails


@pytest.mark.parametrize("error", [NotKept("disk full"), Conflict(CAFE)], ids=repr)
def test_what_could_not_be_kept_is_not_acknowledged_and_can_be_sent_again(error: Exception) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(ONE))
        site.store.append_errors = [error]
        refused(await ada.post(f"{API}/answers", json=vote()), 503, "not-kept")
        assert site.cafe.counted(ONE) == {}
        assert (await ada.post(f"{API}/answers", json=vote())).status_code == 200
        assert len(site.cafe.counted(ONE)) == 1

    visit(scenario)


def test_a_damaged_cafe_is_said_without_details() -> None:
    async def scenario(site: Site) -> None:
        site.store.load_errors = [Damaged("/secret/place")]
        answer = await site.somebody().get("/api/cafes/cafe00000009/state")
        refused(answer, 503, "not-kept")
        assert b"secret" not in answer.content

    visit(scenario)


def test_the_log_says_nothing_of_people(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym="Mme Secrète")
        await site.do(goes(WORDS))
        site.store.append_errors = [NotKept("disk full")]
        await ada.post(f"{API}/answers", json=vote("mon avis intime", "clef-secrete", WORDS))
        assert "NotKept" in caplog.text
        for private in ("intime", "Secrète", "clef-secrete", site.person(ada), ada.cookies[PERSON_COOKIE]):
            assert private not in caplog.text

    visit(scenario)


class Sick:
    """Stands for the store in front of the health check alone."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def check(self) -> Health:
        return self._health


@pytest.mark.parametrize(
    ("health", "status"),
    [
        (Health(writable=True), 200),
        (Health(writable=True, damaged=("cafe00000003",)), 200),
        (Health(writable=False, reason="No space left on /secret/disk"), 503),
    ],
)
def test_health_says_whether_answers_can_be_kept(health: Health, status: int) -> None:
    async def scenario(site: Site) -> None:
        site.comptoir.hub.store = Sick(health)  # type: ignore[assignment]
        answer = await site.browser().get("/api/health")
        body = answer.json()
        assert answer.status_code == status
        assert (body["writable"], body["damaged"]) == (health.writable, len(health.damaged))
        assert answer.headers["cache-control"] == "no-store"
        assert b"cafe00000003" not in answer.content
        assert b"secret" not in answer.content

    visit(scenario)
