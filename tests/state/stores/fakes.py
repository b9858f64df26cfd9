"""Disks that fail: with an error, or in the middle of a step, as when the process is killed there."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from state.stores.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path

    from state.stores.tinydb_store import TinyDBStore

ALWAYS = 1_000_000


class Killed(BaseException):
    """Stands for the end of the process: no code but the test's may catch it."""


class FailingDisk(Disk):
    """`failures` says how many more times each call fails. An append that fails has written half its bytes."""

    def __init__(self) -> None:
        self.failures: dict[str, int] = {}
        self.error = errno.ENOSPC
        self.whole_lines = False

    def _may(self, call: str) -> None:
        if self.failures.get(call, 0) > 0:
            self.failures[call] -= 1
            raise OSError(self.error, os.strerror(self.error))

    def append(self, journal: int, data: bytes) -> None:
        if self.failures.get("append", 0):
            # `whole_lines` is what a failed sync looks like: all the bytes are there to be read, none is durable.
            super().append(journal, data if self.whole_lines else data[: len(data) // 2])
        self._may("append")
        super().append(journal, data)

    def cut(self, journal: int, length: int) -> None:
        self._may("cut")
        super().cut(journal, length)

    def save(self, path: Path, data: bytes) -> None:
        self._may("save")
        super().save(path, data)

    def replace(self, draft: Path, path: Path) -> None:
        self._may("replace")
        super().replace(draft, path)

    def remove(self, path: Path) -> None:
        self._may("remove")
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._may("sync_folder")
        super().sync_folder(folder)

    def probe(self, folder: Path) -> None:
        self._may("probe")
        super().probe(folder)


class KillingDisk(Disk):
    """Once armed with a moment, such as `after replace`, the process "dies" there."""

    def __init__(self) -> None:
        self.moment = ""

    def _at(self, moment: str) -> None:
        if self.moment == moment:
            raise Killed(moment)

    def append(self, journal: int, data: bytes) -> None:
        self._at("before append")
        if self.moment == "during append":
            super().append(journal, data[: len(data) // 2])
        self._at("during append")
        super().append(journal, data)
        self._at("after append")

    def cut(self, journal: int, length: int) -> None:
        self._at("before cut")
        super().cut(journal, length)
        self._at("after cut")

    def save(self, path: Path, data: bytes) -> None:
        self._at("before save")
        if self.moment == "during save":
            super().save(path, data[: len(data) // 2])
        self._at("during save")
        super().save(path, data)
        self._at("after save")

    def replace(self, draft: Path, path: Path) -> None:
        self._at("before replace")
        super().replace(draft, path)
        self._at("after replace")

    def remove(self, path: Path) -> None:
        self._at("before remove")
        super().remove(path)
        self._at("after remove")

    def sync_folder(self, folder: Path) -> None:
        self._at("before sync_folder")
        super().sync_folder(folder)
        self._at("after sync_folder")


def bury(store: TinyDBStore) -> None:
    """What the system does for a killed process: end its threads, close its files, let go of its lock."""
    store._committer.close()
    store._shelf.close()
    store._lock.release()
