"""Cafés written straight into a store, and phones that speak to them over the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench.wire import Browser
from state.domain.events import Record
from state.domain.folding import apply, begin
from state.stores.tinydb_store import TinyDBStore
from tests.state.cafes import FREE, START, TOKEN, created, goes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bench.wire import Address, Reply
    from content.plan import Plan
    from tests.state.cafes import Decision

_LETTERS = "ACDEFGHJKM"


def code_of(number: int) -> str:
    """A code for a café known by its number, 0 to 999."""
    return "CAF" + "".join(_LETTERS[int(digit)] for digit in f"{number:03d}")


def id_of(number: int) -> str:
    return f"cafe{number:08d}"


def history(number: int, *asked: Decision, plan: Plan | None = None, token: str = TOKEN) -> list[Record]:
    """A café that was made, where all this was asked: by default, that its open question be put."""
    records = [Record(1, START, created(code=code_of(number), token=token, plan=plan))]
    cafe = begin(records[0])
    for decide in asked or (goes(FREE),):
        for event in decide(cafe):
            records.append(Record(cafe.version + 1, START, event))
            cafe = apply(cafe, records[-1])
    return records


def write(folder: Path, numbers: Iterable[int]) -> None:
    """Put such cafés in a store that nobody uses now."""
    store = TinyDBStore(folder)
    for number in numbers:
        store.append(id_of(number), history(number)).result(10)
    store.close()


class Plain(Browser):
    """A browser that takes nothing compressed, so that what it is sent can be looked at."""

    def head(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        return super().head(method, path, {**headers, "Accept-Encoding": "identity"})


class Phone:
    """One person in one café; what it is answered is for its owner to judge."""

    def __init__(self, address: Address, number: int) -> None:
        self.number = number
        self.browser = Plain(address)
        self.cafe = ""

    async def come_in(self, cafe: int, name: str | None = None) -> Reply:
        """Follow the link of the code, and join."""
        self.cafe = id_of(cafe)
        await self.browser.get(f"/c/{code_of(cafe)}")
        return await self.send("join", {"pseudonym": name if name is not None else f"Tel {self.number}"})

    async def say(self, key: str, value: str, question: str = FREE) -> Reply:
        return await self.send("answers", {"key": key, "question": question, "value": value})

    async def send(self, action: str, body: dict[str, Any]) -> Reply:
        return await self.browser.post(f"/api/cafes/{self.cafe}/{action}", json.dumps(body).encode())

    async def state(self) -> dict[str, Any]:
        reply = await self.browser.get(f"/api/cafes/{self.cafe}/state")
        assert reply.status == 200, reply.body[:200]
        found: dict[str, Any] = json.loads(reply.body)
        return found
