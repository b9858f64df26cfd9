"""Video files that facilitators bring: written to disk as they arrive, never held in memory whole."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from state.domain.errors import FilmRefused, FilmsFull, FilmTooLarge

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LARGEST_BYTES = 200 * 1024 * 1024
# All the videos of one café.
ROOM_BYTES = 5 * LARGEST_BYTES
# A file that no step shows may still be on its way; after so long it is not.
_FORGOTTEN_SECONDS = 3600.0
_NAME = re.compile(r"[0-9a-f]{32}\.(mp4|webm)")
_CAFE = re.compile(r"[a-z0-9]{1,32}")
_HEAD_BYTES = 12
TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class Films:
    """One folder a café, one file a video."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, cafe: str, shown: Collection[str] = ()) -> Incoming:
        """Make room for a file, beside those `shown`; others are dropped once they are old.

        Raises:
            FilmsFull: the café has all the videos that it may.
            OSError
        """
        folder = self._folder_of(cafe)
        folder.mkdir(parents=True, exist_ok=True)
        size = 0
        for path in folder.iterdir():
            facts = path.stat()
            if path.name not in shown and time.time() - facts.st_mtime > _FORGOTTEN_SECONDS:
                path.unlink(missing_ok=True)
            else:
                size += facts.st_size
        if size + LARGEST_BYTES > ROOM_BYTES:
            raise FilmsFull(limit=ROOM_BYTES // LARGEST_BYTES)
        path = folder / f"{token_hex(16)}.part"
        return Incoming(path, path.open("xb"))

    def find(self, cafe: str, name: str) -> Path | None:
        """The file of that name, if there is one; nothing outside the café's folder ever is."""
        if not _NAME.fullmatch(name) or not _CAFE.fullmatch(cafe):
            return None
        path = self._folder_of(cafe) / name
        return path if path.is_file() else None

    def forget(self, cafe: str, name: str) -> None:
        if (path := self.find(cafe, name)) is not None:
            path.unlink(missing_ok=True)

    def forget_all(self, cafe: str) -> None:
        """Leave no video of a café. Raises OSError."""
        if _CAFE.fullmatch(cafe) and (folder := self._folder_of(cafe)).is_dir():
            shutil.rmtree(folder)

    def lend(self, cafe: str, name: str, other: str) -> str | None:
        """Have another café show the same file, under the same name; nothing where there is none, or no room."""
        path = self.find(cafe, name)
        if path is None:
            return None
        folder = self._folder_of(other)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # The same bytes under two names: what one café forgets, the other keeps.
            (folder / name).hardlink_to(path)
        except OSError:
            return None
        return name

    def _folder_of(self, cafe: str) -> Path:
        if not _CAFE.fullmatch(cafe):
            raise ValueError("not the id of a café")
        return self._folder / cafe


@dataclass(slots=True)
class Incoming:
    """A file on its way: written part by part, then kept under its name or dropped."""

    path: Path
    file: BinaryIO
    size: int = 0
    head: bytes = b""

    def write(self, part: bytes) -> None:
        """Raises FilmTooLarge over the limit, OSError where the disk refuses."""
        self.size += len(part)
        if self.size > LARGEST_BYTES:
            raise FilmTooLarge(limit=LARGEST_BYTES // 1024 // 1024)
        if len(self.head) < _HEAD_BYTES:
            self.head = (self.head + part)[:_HEAD_BYTES]
        self.file.write(part)

    def keep(self) -> str:
        """The name that it is found under, once it is on disk.

        Raises:
            FilmRefused: it is no MP4 or WebM video.
            OSError
        """
        kind = _kind(self.head)
        if kind is None:
            raise FilmRefused
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        kept = self.path.with_suffix(f".{kind}")
        self.path.replace(kept)
        return kept.name

    def drop(self) -> None:
        """Harmless once it is kept."""
        self.file.close()
        self.path.unlink(missing_ok=True)


def _kind(head: bytes) -> str | None:
    """What the first bytes say that a file is."""
    if head[4:8] == b"ftyp":
        return "mp4"
    return "webm" if head.startswith(b"\x1aE\xdf\xa3") else None
