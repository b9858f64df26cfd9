"""What was erased stays erased: for each such café, a file named after it that says when, and nothing more.

It is durable before the first file of the café goes, so that an erasure cut short is finished at the next start; and
a backup that still has the café does not bring it back.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from state.stores.disk import Disk

FOLDER = "erased"


class Tombstones:
    """Changed by the committer's thread only, read by all."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._store = folder
        self._folder = folder / FOLDER
        self._disk = disk
        self.cafes = frozenset(erased_in(folder))

    def add(self, cafe: str) -> None:
        """Say, durably, that a café is no more.

        Raises:
            OSError
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._disk.sync_folder(self._store)
        self._disk.save(self._folder / cafe, b"%d\n" % time.time())
        self._disk.sync_folder(self._folder)
        self.cafes |= {cafe}


def erased_in(folder: Path) -> set[str]:
    """The ids of the cafés that were erased from a store's folder."""
    stones = folder / FOLDER
    return {path.name for path in stones.iterdir()} if stones.is_dir() else set()
