"""The power goes after every write, sync and rename of a store at work; what may be left is opened, again and again."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from state.domain.events import Answered
from state.ports import StoreError, UnknownCafe
from state.stores.tinydb_store import TinyDBStore
from tests.reliability.volatile import Recorder, leave
from tests.state.stores.fakes import bury
from tests.state.stores.samples import answer, created

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.figures import Figures
    from state.domain.events import Record

    History = tuple[Record, ...]

CAFES = ("cafe00000001", "cafe00000002", "cafe00000003")
_GONE: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """After so many steps, what each café is, and what one of them is becoming."""

    step: int
    kept: Mapping[str, History]
    becoming: tuple[str, History] | None = None

    def allowed(self, cafe: str) -> list[History]:
        """The histories that a café may have after a power cut: what was acknowledged, and what was being done."""
        also = [self.becoming[1]] if self.becoming and self.becoming[0] == cafe else []
        return [self.kept.get(cafe, _GONE), *also]


class Work:
    """A store used as the app does, one thing after another; `moments` tell what is promised from which step on."""

    def __init__(self, recorder: Recorder, chance: random.Random) -> None:
        self.recorder = recorder
        self.moments: list[Moment] = [Moment(0, {})]
        self.done: Counter[str] = Counter()
        self._kept: dict[str, History] = {}
        self._chance = chance
        self._store = TinyDBStore(recorder.folder)

    def play(self, times: int) -> None:
        for _ in range(times):
            cafe = self._chance.choice(CAFES)
            if not self._kept.get(cafe):
                self._append(cafe, (created(),))
                continue
            kept = self._kept[cafe]
            match self._chance.choices(("append", "compact", "rewrite", "reopen"), (12, 3, 1, 1))[0]:
                case "append":
                    more = range(len(kept) + 1, len(kept) + 1 + self._chance.randint(1, 4))
                    self._append(cafe, tuple(answer(seq, value="x" * self._chance.randint(1, 700)) for seq in more))
                case "compact":
                    self._do("compact", cafe, kept, partial(self._store.compact, cafe))
                case "rewrite":
                    new = tuple(_forgotten(record) for record in kept)
                    self._do("rewrite", cafe, new, partial(self._store.rewrite, cafe, partial(_instead, new)))
                case "reopen":
                    self._do("reopen", cafe, kept, self._reopen)
        self._do("erase", CAFES[0], _GONE, lambda: self._store.erase(CAFES[0]))
        self._do("close", CAFES[1], self._kept.get(CAFES[1], _GONE), self._store.close)

    def _append(self, cafe: str, records: History) -> None:
        self._do(
            "append", cafe, self._kept.get(cafe, _GONE) + records, lambda: self._store.append(cafe, records).result(10)
        )

    def _reopen(self) -> None:
        self._store.close()
        self._store = TinyDBStore(self.recorder.folder)

    def _do(self, name: str, cafe: str, new: History, work: Callable[[], object]) -> None:
        step = len(self.recorder.steps)
        self.moments.append(Moment(step, dict(self._kept), (cafe, new)))
        work()
        self._kept[cafe] = new
        self.done[name] += 1
        self.moments.append(Moment(len(self.recorder.steps), dict(self._kept)))


def _instead(new: History, _: object) -> History:
    return new


def _forgotten(record: Record) -> Record:
    return replace(record, event=replace(record.event, value="…")) if isinstance(record.event, Answered) else record


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` things are done; after each step of each, the disk is left in three ways: only what was synced, and two
    that are drawn.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="comptoir-power-") as name:
        folder = Path(name) / "store"
        folder.mkdir()
        work = _worked(folder, chance, n)
        outcomes: Counter[str] = Counter()
        steps = work.recorder.steps
        for cut in range(len(steps) + 1):
            moment = next(one for one in reversed(work.moments) if one.step <= cut)
            for draw in (None, chance, chance):
                place = Path(name) / "left"
                place.mkdir()
                leave(steps[:cut], place, draw)
                outcomes[_opened(place, moment)] += 1
                shutil.rmtree(place)
    bad = {outcome: count for outcome, count in outcomes.items() if outcome != "right"}
    calls = Counter(step.call for step in steps)
    return {
        "things_done": dict(sorted(work.done.items())),
        "steps": len(steps),
        "writes": calls["write"],
        "syncs": calls["sync"] + calls["sync_folder"],
        "renames": calls["rename"],
        "power_cuts": outcomes.total(),
        "reopened_right": outcomes["right"],
        "wrong": bad,
        "holds": not bad,
    }


def _worked(folder: Path, chance: random.Random, times: int) -> Work:
    recorder = Recorder(folder)
    with recorder.watching():
        work = Work(recorder, chance)
        work.play(times)
    return work


def _opened(folder: Path, moment: Moment) -> str:
    """`right`, or what went wrong when a store was opened on what is left."""
    try:
        store = TinyDBStore(folder)
    except (StoreError, OSError) as error:
        return f"not opened: {type(error).__name__}"
    try:
        for cafe in CAFES:
            if (wrong := _wrong(store, cafe, moment.allowed(cafe))) is not None:
                return wrong
        return "right"
    finally:
        bury(store)


def _wrong(store: TinyDBStore, cafe: str, allowed: Sequence[History]) -> str | None:
    try:
        found = tuple(store.load(cafe))
    except UnknownCafe:
        found = _GONE
    except StoreError as error:
        return f"not read: {type(error).__name__}"
    if found not in allowed:
        return "acknowledged, and lost" if len(found) < len(allowed[0]) else "never asked for"
    # What comes back must take more: a history that ends in a way that nothing can follow is lost as well.
    if found and store.append(cafe, [answer(len(found) + 1)]).exception(10) is not None:
        return "takes nothing more"
    return None
