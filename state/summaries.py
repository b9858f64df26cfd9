"""The figures of every café, kept beside its history so that comparing hundreds folds none of them again (decision 21).

All of it follows from the histories: a file that is missing, damaged or of another format is made again, not believed.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tinydb import TinyDB

from state.domain.folding import fold
from state.domain.helping import doors
from state.domain.summarising import summarise
from state.domain.summary import Summary, summary_from_data, summary_to_data
from state.identity import token_matches
from state.ports import StoreError, UnknownCafe
from state.stores.disk import Disk
from state.stores.quarantine import Broken
from state.stores.snapshot import SealedStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from state.domain.cafe import Cafe
    from state.ports import Store

# To be raised when a figure changes its meaning: what was kept before is then made again.
FORMAT = 1
_TABLE = "summary"
_ID = re.compile(r"[a-z0-9]{4,40}")
# So many stay in memory; the others are read again.
_AT_HAND = 1_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The summary of a café as it was at `version`; `doors` are the hashes of the links that open its console."""

    cafe: str
    version: int
    doors: tuple[str, ...]
    summary: Summary

    def opens_to(self, tokens: Iterable[str]) -> bool:
        """Whether who holds these tokens facilitates the café."""
        return any(token_matches(token, door) for token in tokens for door in self.doors)


@dataclass(frozen=True, slots=True)
class Found:
    """The cafés that were asked for, and how many of them could not be read."""

    cafes: tuple[Kept, ...]
    unreadable: int


class Summaries:
    """May be used from any thread."""

    def __init__(self, folder: Path, store: Store, playing: Callable[[str], Cafe]) -> None:
        """`playing` gives a café that has just changed, as it is in its room."""
        self._folder = folder
        self._store = store
        self._playing = playing
        self._disk = Disk()
        self._at_hand: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def held_with(self, tokens: Mapping[str, Collection[str]]) -> Found:
        """The cafés that these secrets open, by café id: each folded once after each change, and else only read."""
        versions = self._store.versions(tokens)
        found: list[Kept] = []
        unreadable = 0
        for cafe_id, held in tokens.items():
            try:
                kept = self._read(cafe_id, versions.get(cafe_id, 0))
            except UnknownCafe:
                continue
            except (StoreError, TimeoutError):
                unreadable += 1
                continue
            if kept.opens_to(held):
                found.append(kept)
        return Found(tuple(found), unreadable)

    def keep(self, cafe_id: str, cafe: Cafe) -> Kept:
        """Keep the summary of a café as it is. A disk that refuses costs time at the next view, and nothing else."""
        hashes = tuple(door.facilitator_hash for door in doors(cafe))
        kept = Kept(cafe_id, cafe.version, hashes, summarise(cafe))
        with self._lock:
            try:
                # Whoever deletes a café forgets its summary after its history: nothing may bring it back.
                if cafe_id in self._store.versions([cafe_id]):
                    self._remember(kept)
                    self.write(kept)
            except (OSError, StoreError) as error:
                log.warning("café %s: its summary is not kept (%s)", cafe_id, type(error).__name__)
        return kept

    def write(self, kept: Kept) -> None:
        """Put a summary on the disk, as it is given.

        Raises:
            OSError
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, draft = self._paths(kept.cafe)
        document = {
            "format": FORMAT,
            "cafe": kept.cafe,
            "version": kept.version,
            "doors": list(kept.doors),
            "summary": summary_to_data(kept.summary),
        }
        # Drafted whole, whatever the file held before.
        self._storage(kept.cafe).write({_TABLE: {"1": document}})
        self._disk.replace(draft, path)

    def forget(self, cafe_id: str) -> None:
        """Drop the summary of a café whose history is no more.

        Raises:
            OSError: the disk refuses.
        """
        if _ID.fullmatch(cafe_id) is None:
            return
        with self._lock:
            self._at_hand.pop(cafe_id, None)
            for path in self._paths(cafe_id):
                path.unlink(missing_ok=True)

    def _read(self, cafe_id: str, version: int) -> Kept:
        known = self._known(cafe_id) if version else None
        if known is not None and known.version == version:
            return known
        # A café that changed since is being played: its room has it folded already.
        cafe = fold(self._store.load(cafe_id)) if known is None else self._playing(cafe_id)
        return self.keep(cafe_id, cafe)

    def _known(self, cafe_id: str) -> Kept | None:
        with self._lock:
            if (kept := self._at_hand.get(cafe_id)) is not None:
                self._at_hand.move_to_end(cafe_id)
                return kept
            try:
                kept = self._load(cafe_id)
            except (OSError, ValueError, LookupError, TypeError, Broken):
                # Without the cause, which quotes the file.
                log.warning("café %s: its summary cannot be read, and is made again", cafe_id)
                return None
            if kept is not None:
                self._remember(kept)
            return kept

    def _remember(self, kept: Kept) -> None:
        self._at_hand[kept.cafe] = kept
        self._at_hand.move_to_end(kept.cafe)
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)

    def _load(self, cafe_id: str) -> Kept | None:
        with TinyDB(storage=lambda: self._storage(cafe_id)) as database:
            documents = database.table(_TABLE).all()
        if not documents or documents[0]["format"] != FORMAT or documents[0]["cafe"] != cafe_id:
            return None
        (document,) = documents
        return Kept(
            cafe_id,
            int(document["version"]),
            tuple(map(str, document["doors"])),
            summary_from_data(document["summary"]),
        )

    def _storage(self, cafe_id: str) -> SealedStorage:
        return SealedStorage(*self._paths(cafe_id), self._disk)

    def _paths(self, cafe_id: str) -> tuple[Path, Path]:
        return self._folder / f"{cafe_id}.json", self._folder / f"{cafe_id}.json.tmp"
