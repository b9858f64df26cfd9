"""The calls that put bytes on the disk. Whatever must last goes through here, so that a test can stand in for it."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600
# With O_DSYNC a write returns once it is durable: one call where write and fdatasync would be two. Each call lets
# go of the interpreter, and getting it back costs up to 5 ms when a script computes (p99 measured: 5 ms against 16).
_DSYNC = getattr(os, "O_DSYNC", 0)
_ANYWHERE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Disk:
    """Every method raises OSError when the disk refuses."""

    def open_journal(self, path: Path) -> int:
        """A descriptor to hand to `append` and `cut`; the file is made if it is missing."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _DSYNC | _ANYWHERE, _PRIVATE)

    def append(self, journal: int, data: bytes) -> None:
        """Return once the bytes are durable."""
        _write(journal, data)
        if not _DSYNC:
            _sync(journal)

    def cut(self, journal: int, length: int) -> None:
        """Shorten a journal, durably."""
        os.ftruncate(journal, length)
        os.fsync(journal)

    def save(self, path: Path, data: bytes) -> None:
        """Write a whole new file, durable under a name that nobody reads yet."""
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _ANYWHERE, _PRIVATE)
        try:
            _write(file, data)
            os.fsync(file)
        finally:
            os.close(file)

    def replace(self, draft: Path, path: Path) -> None:
        draft.replace(path)

    def remove(self, path: Path) -> None:
        """Take a file's name away; harmless where there is none. It lasts once its folder is synced."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable. Windows does so by itself, and refuses to be asked."""
        if sys.platform == "win32":
            return
        descriptor = os.open(folder, os.O_RDONLY | _ANYWHERE)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def probe(self, folder: Path) -> None:
        """Try to write: a small file of its own, made durable, then removed."""
        file, name = tempfile.mkstemp(prefix=".probe-", dir=folder)
        try:
            _write(file, b"probe\n")
            os.fsync(file)
        finally:
            os.close(file)
            os.unlink(name)  # noqa: PTH108 - mkstemp gives a name, not a path


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _sync(file: int) -> None:
    if sys.platform in ("win32", "darwin"):
        os.fsync(file)
    else:
        os.fdatasync(file)
