"""The running app is killed at any instant while fifty phones answer; they send again what was not acknowledged."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from state.domain.events import Answered
from state.stores.tinydb_store import TinyDBStore
from tests.reliability.rooms import Phone, id_of, write
from tests.reliability.serving import App

if TYPE_CHECKING:
    from bench.figures import Figures

CLIENTS = 50
KILLS_PER_CAFE = 25
_LONGEST_LIFE = 0.6
_BETWEEN_ANSWERS = 0.05


class Writer:
    """A phone that says something new again and again, each until it is acknowledged.

    `acknowledged` are values by their key, `sent` all keys; `refused` counts answers other than « kept ».
    """

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.acknowledged: dict[str, str] = {}
        self.sent = 0
        self.retried = 0
        self.refused: Counter[int] = Counter()

    async def write_for_ever(self, chance: random.Random) -> None:
        while True:
            await asyncio.sleep(chance.uniform(0, 2 * _BETWEEN_ANSWERS))
            await self._say(f"{self._phone.number}-{self.sent}")
            self.sent += 1

    async def _say(self, key: str) -> None:
        first = True
        while True:
            self.retried += not first
            first = False
            try:
                reply = await self._phone.say(key, f"mot {key}")
            except OSError:
                await asyncio.sleep(0.02)
                continue
            if reply.status == 200:
                self.acknowledged[key] = f"mot {key}"
                return
            self.refused[reply.status] += 1
            await asyncio.sleep(0.1)


async def _one_cafe(app: App, number: int, kills: int, chance: random.Random) -> list[Writer]:
    phones = [Phone(app.address, one) for one in range(CLIENTS)]
    for phone in phones:
        reply = await phone.come_in(number)
        assert reply.status == 200, reply.body
    writers = [Writer(phone) for phone in phones]
    writing = [asyncio.create_task(writer.write_for_ever(chance)) for writer in writers]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.02, _LONGEST_LIFE))
        await asyncio.to_thread(app.kill)
        await asyncio.to_thread(app.start)
    # After the last kill, everybody gets through once more.
    await asyncio.sleep(_LONGEST_LIFE)
    for task in writing:
        task.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    for phone in phones:
        phone.browser.close()
    return writers


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` kills, 25 for each café."""
    chance = random.Random(seed)
    cafes = -(-n // KILLS_PER_CAFE)
    with tempfile.TemporaryDirectory(prefix="comptoir-kills-") as name, App(Path(name)) as app:
        write(app.store, range(cafes))
        app.start()
        groups = []
        for number in range(cafes):
            kills = min(KILLS_PER_CAFE, n - number * KILLS_PER_CAFE)
            groups.append(uvloop.run(_one_cafe(app, number, kills, chance)))
        app.stop()
        store = TinyDBStore(app.store)
        found = [_compare(store, id_of(number), writers) for number, writers in enumerate(groups)]
        damaged = len(store.check().damaged)
        store.close()
    lost, doubled, kept = (sum(column) for column in zip(*found, strict=True))
    writers = [writer for group in groups for writer in group]
    refused = sum((writer.refused for writer in writers), Counter[int]())
    return {
        "kills": n,
        "clients": CLIENTS,
        "cafes": cafes,
        "acknowledged": sum(len(writer.acknowledged) for writer in writers),
        "kept": kept,
        "sent_again": sum(writer.retried for writer in writers),
        "lost": lost,
        "doubled": doubled,
        "damaged": damaged,
        "refused": {str(status): count for status, count in sorted(refused.items())},
        "holds": not (lost or doubled or damaged or refused),
    }


def _compare(store: TinyDBStore, cafe: str, writers: list[Writer]) -> tuple[int, int, int]:
    """Answers that were acknowledged and are not kept as they were said; that are kept twice; that are kept."""
    kept = [record.event for record in store.load(cafe) if isinstance(record.event, Answered)]
    times = Counter(event.key for event in kept)
    values = {event.key: event.value for event in kept}
    said = {key: value for writer in writers for key, value in writer.acknowledged.items()}
    lost = sum(values.get(key) != value for key, value in said.items())
    return lost, sum(count - 1 for count in times.values()), len(kept)
