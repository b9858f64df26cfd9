"""What is written of a whole café: faults, and nothing that says who, what, where from or which café."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import door, moderating
from state.ports import StoreError
from tests.state.cafes import CODE, ONE, TOKEN, WORDS, goes
from tests.web.site import API, CAFE, SECRET, visit
from web.logs import JsonLines, RequestIds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Message, Receive, Scope, Send

    from tests.web.site import Site

NAME, TEXT, HELD, ADDRESS = "Prénom-marqueur", "réponse-marqueur", "attente-marqueur", "127.0.0.1"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that anything logs, at any level, in our form."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(SECRET))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_whole_cafe_leaves_no_trace_of_anybody(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's own browser says each address it asks for.
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)
    people: list[str] = []
    tokens: list[str] = []

    async def scenario(site: Site) -> None:
        browser = site.browser()
        await browser.get(f"/animer/{CAFE}/{TOKEN}")
        await browser.get(f"/animer/{CAFE}/{TOKEN[::-1]}")
        ada = await site.participant(pseudonym=NAME)
        people.append(site.person(ada))
        await ada.get(f"/c/{CODE}")
        await ada.get("/c/ZZZZZZ")
        for question, value in ((ONE, "a"), (WORDS, TEXT)):
            await site.do(goes(question))
            await ada.post(f"{API}/answers", json={"question": question, "value": value, "key": "k"})
        await ada.post(f"{API}/answers", json={"question": WORDS, "value": TEXT, "key": "*"})
        site.store.append_errors = [StoreError(TEXT)]
        lost = await ada.post(f"{API}/answers", json={"question": WORDS, "value": f"{TEXT} 2", "key": "k2"})
        assert lost.status_code == 503
        await site.do(door.shut)
        await site.do(partial(moderating.switch, on=True))
        await site.do(goes(WORDS))
        held = await ada.post(f"{API}/answers", json={"question": WORDS, "value": HELD, "key": "k3"})
        assert held.status_code == 200
        assert moderating.waiting(site.cafe)
        await site.do(lambda cafe: moderating.discard(cafe, moderating.waiting(cafe)))
        renewed = await site.facilitator(TOKEN).post(f"{API}/link", json={})
        tokens.append(site.identity.keyring(dict(renewed.cookies)).facilitator[CAFE])
        # A link that no longer opens, then as many as it takes to be told to wait.
        for _ in range(25):
            last = await browser.get(f"/animer/{CAFE}/{TOKEN}")
        assert last.status_code == 429

    visit(scenario)
    said = written.getvalue()
    lines = [json.loads(line) for line in said.splitlines()]
    assert any("events not kept" in line["message"] for line in lines)
    for marker in (NAME, TEXT, TOKEN, CODE, CAFE, ADDRESS, HELD, "ZZZZZZ", *people, *tokens):
        assert marker not in said


def test_of_an_exception_its_message_is_not_told(written: io.StringIO) -> None:
    try:
        int(TEXT)
    except ValueError:
        logging.getLogger("state.live").exception("rehearsal %s: stopped", CAFE)
    (line,) = [json.loads(one) for one in written.getvalue().splitlines()]
    assert line["error"] == "ValueError"
    assert "test_of_an_exception" in line["trace"][0]
    assert TEXT not in str(line)
    assert CAFE not in str(line)


def test_one_cafe_has_one_name_and_other_instances_give_it_another() -> None:
    record = logging.LogRecord("state", logging.WARNING, "", 0, "café %s: %s", (CAFE, "x"), None)
    one, again, other = (JsonLines(secret).format(record) for secret in (SECRET, SECRET, "autre"))
    assert one == again
    assert one != other


def test_lines_of_one_request_share_its_id(written: io.StringIO) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        logging.getLogger("web").warning("one")
        logging.getLogger("web").warning("two")

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None: ...

    for _ in range(2):
        asyncio.run(RequestIds(app)({"type": "http"}, receive, send))
    ids = [json.loads(line)["request"] for line in written.getvalue().splitlines()]
    assert ids[0] == ids[1] != ids[2] == ids[3]
