"""A disk with no room left, then one that answers with errors: nothing is acknowledged that is not kept.

The first is the real app on a small disk of its own (a tmpfs where the machine lets us mount one). The second is a
live room over a store whose every call to the disk may fail, which no real disk does at will.
"""

from __future__ import annotations

import asyncio
import errno
import os
import random
import subprocess
import tempfile
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bench.console import Awake
from bench.wire import Browser
from components.pad import render_view
from content.catalogue import t
from state.domain import decisions
from state.domain.events import Answered
from state.live import Hub
from state.ports import StoreError
from state.stores.tinydb_store import TinyDBStore
from tests.reliability.rooms import Phone, history, id_of, write
from tests.reliability.serving import App
from tests.state.cafes import FREE, TOKEN
from tests.state.stores.fakes import FailingDisk, bury

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.figures import Figures

_DISK_BYTES = 4 * 1024 * 1024
_ROOM_LEFT = 64 * 1024
PHONES = 20
_PATIENCE = 30.0
_CALLS = ("append", "cut", "save", "replace", "sync_folder")


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` writes are refused by an unsteady disk; the real disk fills up once for each hundred of them."""
    full = _full(max(1, n // 100))
    unsteady = asyncio.run(_unsteady(n, random.Random(seed)))
    return {"disk_full": full, "errors": unsteady, "holds": full["holds"] and unsteady["holds"]}


@contextmanager
def _small_disk() -> Iterator[Path | None]:
    """A folder on a disk of a few megabytes; None where none may be mounted."""
    with tempfile.TemporaryDirectory(prefix="comptoir-full-") as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "tmpfs", name]
        if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
            yield None
            return
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def _full(times: int) -> Figures:
    with _small_disk() as disk, tempfile.TemporaryDirectory(prefix="comptoir-full-") as name, App(Path(name)) as app:
        if disk is None:
            return {"times": 0, "told": "no small disk can be mounted here", "holds": True}
        app.data = disk / "data"
        write(app.store, [0])
        app.start()
        phones = [_Persistent(Phone(app.address, number)) for number in range(PHONES)]
        figures = uvloop.run(_fill_and_free(app, phones, disk / "ballast", times))
        app.kill()
        store = TinyDBStore(app.store)
        kept = Counter(r.event.key for r in store.load(id_of(0)) if isinstance(r.event, Answered))
        damaged = len(store.check().damaged)
        bury(store)
    acknowledged = {key for phone in phones for key in phone.acknowledged}
    only_refused = {key for phone in phones for key in phone.refused} - acknowledged
    figures |= {
        "acknowledged": len(acknowledged),
        "refused": sum(len(phone.refused) for phone in phones),
        "lost": len(acknowledged - set(kept)),
        "doubled": sum(count - 1 for count in kept.values()),
        "kept_though_refused": len(only_refused & set(kept)),
        "damaged": damaged,
    }
    figures["holds"] = (
        figures["refusals_told"] == figures["recovered"] == figures["console_told"] == times
        and not any(figures[name] for name in ("lost", "doubled", "kept_though_refused", "damaged"))
        and figures["refused"] > 0
    )
    return figures


class _Persistent:
    """A phone that sends each answer until it is acknowledged, as the pad does."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.acknowledged: set[str] = set()
        self.refused: set[str] = set()
        self._said = 0

    async def answer_until(self, over: asyncio.Event) -> None:
        while not over.is_set():
            key = f"{self.phone.number}-{self._said}"
            reply = await self.phone.say(key, f"mot {key}")
            if reply.status == 200:
                self.acknowledged.add(key)
                self._said += 1
            else:
                assert reply.status == 503, reply.body
                self.refused.add(key)
                await asyncio.sleep(0.2)
            await asyncio.sleep(0.25)


async def _fill_and_free(app: App, phones: list[_Persistent], ballast: Path, times: int) -> Figures:
    for one in phones:
        assert (await one.phone.come_in(0)).status == 200
    console = Awake(Browser(app.address))
    await console.open(f"/animer/{id_of(0)}/{TOKEN}")
    told: Counter[str] = Counter()
    over = asyncio.Event()
    answering = [asyncio.create_task(one.answer_until(over)) for one in phones]
    sentence = t("error.store-refuses")
    for _ in range(times):
        before = sum(len(one.refused) for one in phones)
        _leave_room(ballast)
        told["refusals_told"] += await _comes(lambda: sum(len(one.refused) for one in phones) > before)  # noqa: B023
        told["health_told"] += await asyncio.to_thread(app.get, "/api/health") == 503
        told["console_told"] += await _comes(lambda: any(sentence in said for said in console.tab.said))
        kept = sum(len(one.acknowledged) for one in phones)
        ballast.unlink()
        told["recovered"] += await _comes(
            lambda: sum(len(one.acknowledged) for one in phones) > kept + 2 * PHONES  # noqa: B023
        )
        console.tab.said.clear()
    over.set()
    await asyncio.gather(*answering)
    await console.close()
    names = ("refusals_told", "health_told", "console_told", "recovered")
    return {"times": times, **{name: told[name] for name in names}}


def _leave_room(ballast: Path) -> None:
    """Take all the room of the disk but a little."""
    free = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - _ROOM_LEFT)))


async def _comes(holds: object) -> bool:
    assert callable(holds)
    try:
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await asyncio.sleep(0.05)
    except TimeoutError:
        return False
    return True


async def _unsteady(n: int, chance: random.Random) -> Figures:
    """A room whose disk refuses each kind of call in turn, once or for a while, mid-line or after it."""
    refused = untold = after = 0
    with tempfile.TemporaryDirectory(prefix="comptoir-errors-") as name:
        disk = FailingDisk()
        store = TinyDBStore(Path(name) / "store", disk=disk)
        store.append(id_of(0), history(0)).result(10)
        hub = Hub(store, render=render_view)
        room = await hub.room(id_of(0))
        await room.submit(partial(decisions.join, person="p", pseudonym="", level=None, place=None))
        said: list[str] = []
        not_kept: set[str] = set()
        number = 0
        while refused < n:
            disk.error = chance.choice((errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT))
            disk.whole_lines = chance.random() < 0.5
            disk.failures = {call: chance.randint(1, 3) for call in chance.sample(_CALLS, 2)} | {"append": 1}
            for _ in range(4):
                number += 1
                key = f"k{number}"
                decide = partial(decisions.answer, person="p", question=FREE, value=f"mot {number}", key=key)
                try:
                    await room.submit(decide)
                except StoreError:
                    refused += 1
                    not_kept.add(key)
                    untold += not room.refuses_writes
                else:
                    said.append(key)
            disk.failures = {}
            number += 1
            await room.submit(
                partial(decisions.answer, person="p", question=FREE, value=f"mot {number}", key=f"k{number}")
            )
            said.append(f"k{number}")
            after += not room.refuses_writes
        bury(store)
        store = TinyDBStore(Path(name) / "store")
        found = [r.event.key for r in store.load(id_of(0)) if isinstance(r.event, Answered)]
        store.close()
    return {
        "refused": refused,
        "acknowledged": len(said),
        "recovered": after,
        "not_told": untold,
        "lost": len(set(said) - set(found)),
        "kept_though_refused": len(not_kept & set(found)),
        "holds": found == said and not untold and not not_kept & set(found),
    }
