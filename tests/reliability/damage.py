"""A thousand truncations and flipped bits in the files of a store that was closed or killed.

Each is found, told, and touches nobody else's café; what was damaged is given back from the last snapshot, or from a
backup. What looks like a crash that left its last line unfinished is what the store may drop: such damage is counted
apart, as it cannot be told from a crash.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from state.backup import back_up, mend
from state.ports import Damaged, UnknownCafe
from state.stores.tinydb_store import TinyDBStore
from tests.reliability.rooms import id_of
from tests.state.stores.fakes import bury
from tests.state.stores.samples import answer, history

if TYPE_CHECKING:
    from bench.figures import Figures

CAFES = tuple(id_of(number) for number in range(4))
_IN_SNAPSHOT, _IN_ALL = 20, 32


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` files are damaged, one at a time, each in a copy of the same four cafés."""
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="comptoir-damage-") as name:
        sound, archive, data = (Path(name) / part for part in ("sound", "archive", "data"))
        _fill(sound)
        back_up(sound, archive)
        for turn in range(n):
            shutil.copytree(sound, data)
            cafe = chance.choice(CAFES)
            path = data / "cafes" / f"{cafe}.{chance.choice(('json', 'journal'))}"
            how = _truncate(path, chance) if turn % 2 else _flip(path, chance)
            outcomes[f"{how}: {_outcome(data, cafe, archive if turn % 3 else None, chance)}"] += 1
            shutil.rmtree(data)
    kinds = Counter[str]()
    for outcome, count in outcomes.items():
        kinds[outcome.partition(": ")[2]] += count
    good = {"set aside, told, given back", "set aside, told, kept for a backup", "like a crash"}
    return {
        "damages": n,
        "outcomes": dict(sorted(outcomes.items())),
        "detected_told_given_back": kinds["set aside, told, given back"],
        "detected_told_kept_for_a_backup": kinds["set aside, told, kept for a backup"],
        "like_a_crash": kinds["like a crash"],
        "wrong": {kind: count for kind, count in kinds.items() if kind not in good},
        "holds": set(kinds) <= good,
    }


def _fill(data: Path) -> None:
    """Each café has a snapshot and, as after a kill, a journal of what came since."""
    store = TinyDBStore(data / "cafes")
    for cafe in CAFES:
        store.append(cafe, history(_IN_SNAPSHOT)).result(10)
        store.compact(cafe)
        for record in history(_IN_ALL - _IN_SNAPSHOT, first=_IN_SNAPSHOT + 1):
            store.append(cafe, [record]).result(10)
    bury(store)


def _truncate(path: Path, chance: random.Random) -> str:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])
    return f"{path.suffix[1:]} truncated"


def _flip(path: Path, chance: random.Random) -> str:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return f"{path.suffix[1:]} flipped"


def _outcome(data: Path, cafe: str, archive: Path | None, chance: random.Random) -> str:
    whole = history(_IN_ALL)
    store = TinyDBStore(data / "cafes")
    try:
        if chance.random() < 0.5:
            store.first_records()
        try:
            found = list(store.load(cafe))
        except Damaged:
            pass
        except UnknownCafe:
            return "forgotten without a word"
        else:
            if found == whole:
                return "not seen"
            # A journal that ends early is what a crash leaves: nothing tells that it was longer.
            return "like a crash" if found == whole[: len(found)] else "served wrong"
        if store.check().damaged != (cafe,):
            return "not told"
        if any(list(store.load(other)) != whole for other in CAFES if other != cafe):
            return "others suffer"
        if store.append(next(other for other in CAFES if other != cafe), [answer(_IN_ALL + 1)]).exception(10):
            return "others suffer"
    finally:
        store.close()
    return _mended(data, cafe, archive)


def _mended(data: Path, cafe: str, archive: Path | None) -> str:
    report = mend(archive, data)
    whole = history(_IN_ALL)
    store = TinyDBStore(data / "cafes")
    try:
        if report.damaged:
            # Only a snapshot that cannot be read, and no backup, leaves nothing to give back.
            still = store.check().damaged == (cafe,) and archive is None
            return "set aside, told, kept for a backup" if still and _kept_aside(data, cafe) else "not given back"
        found = list(store.load(cafe))
        enough = _IN_ALL if archive else _IN_SNAPSHOT
        if found != whole[: len(found)] or len(found) < enough or store.check().damaged:
            return "given back wrong"
        return "set aside, told, given back"
    finally:
        store.close()


def _kept_aside(data: Path, cafe: str) -> bool:
    return any((data / "cafes" / "quarantine").glob(f"{cafe}-*/*"))
