"""Damaged files are set aside, never written over; the folder they lie in is the marker that outlives a restart.

`python -m state mend` gives a café back up to where it is damaged, or as a backup has it (`state/stores/mending.py`).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from state.stores.disk import Disk

_FOLDER = "quarantine"
_NAME = re.compile(r"([a-z0-9]{4,40})-\d+")

log = logging.getLogger(__name__)


class Broken(ValueError):
    """What was read cannot be trusted."""


def set_aside_in(store: Path) -> frozenset[str]:
    """The ids of the cafés that are set aside in a store's folder."""
    names = [path.name for path in (store / _FOLDER).iterdir()] if (store / _FOLDER).is_dir() else []
    return frozenset(match[1] for name in names if (match := _NAME.fullmatch(name)))


def places_of(store: Path, cafe: str) -> list[Path]:
    """The folders where the files of a café set aside are."""
    found = (store / _FOLDER).glob(f"{cafe}-*")
    return sorted(path for path in found if (match := _NAME.fullmatch(path.name)) and match[1] == cafe)


class Quarantine:
    """Cafés set aside. Changed by the committer's thread only, read by all."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._store = folder
        self._folder = folder / _FOLDER
        self._disk = disk
        self.cafes = set_aside_in(folder)

    def set_aside(self, cafe: str, files: Iterable[Path], reason: str) -> None:
        """Take a café out of service, and its files out of the way if the disk lets us."""
        log.error("café %s: damaged (%s), set aside", cafe, reason)
        self.cafes |= {cafe}
        try:
            self._move(cafe, files)
        except OSError as error:
            # Out of service all the same: the damage is still there to be found at the next start.
            log.error("café %s: its files could not be moved (%s)", cafe, error.strerror)  # noqa: TRY400 - the trace names files only

    def forget(self, cafe: str) -> None:
        """Leave nothing of what was set aside of a café, mended since or not.

        Raises:
            OSError
        """
        if not self._folder.is_dir():
            return
        for place in self._places(cafe):
            for file in place.iterdir():
                self._disk.remove(file)
            place.rmdir()
        self._disk.sync_folder(self._folder)
        self.cafes -= {cafe}

    def clear(self, *, before: float) -> None:
        """Leave nothing of the cafés all of whose folders were filled before this moment, in seconds since 1970, UTC.

        Without a tombstone: a backup may give them back, and what was written in them is struck then.

        Raises:
            OSError
        """
        for cafe in self.cafes:
            places = self._places(cafe)
            if places and all(place.stat().st_mtime <= before for place in places):
                self.forget(cafe)
                log.info("café %s: its damaged files were removed, their time is over", cafe)

    def _places(self, cafe: str) -> list[Path]:
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return [path for path in found if path.name.rpartition("-")[0] == cafe]

    def _move(self, cafe: str, files: Iterable[Path]) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        number = 1 + sum(1 for path in self._folder.iterdir() if path.name.startswith(f"{cafe}-"))
        place = self._folder / f"{cafe}-{number}"
        place.mkdir(mode=0o700)
        # The marker must last before the files go: a café without either would look as if it never was.
        self._disk.sync_folder(self._folder)
        self._disk.sync_folder(self._store)
        for file in files:
            if file.exists():
                self._disk.replace(file, place / file.name)
        self._disk.sync_folder(place)
        self._disk.sync_folder(self._store)
