"""The files of one café: a snapshot, then a journal of what came after. The committer's thread alone changes them."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.stores.journal import following, scan, write_line
from state.stores.quarantine import Broken
from state.stores.snapshot import SealedStorage, decode_record, draft_snapshot, ends, read_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.stores.disk import Disk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What a café's files held at one moment: its journal's good bytes, and the `seq` of its last record."""

    journal: bytes
    seq: int
    waiting: int
    """How many records are in the journal only."""
    written: bool
    """Whether this process has written to the café."""


class CafeFiles:
    """`seq` is that of the last record kept (0 for none).

    `sound` is False after a write failed: what the cache then says of the end of the journal cannot be trusted, so
    it is written afresh before anything is added to it.
    """

    def __init__(self, folder: Path, cafe: str, disk: Disk) -> None:
        """Check both files, and drop a line that a crash left unfinished.

        Raises:
            Broken, OSError
        """
        self.cafe = cafe
        self.snapshot, self.journal = paths(folder, cafe)
        self._draft, self._fresh = drafts(folder, cafe)
        self._disk = disk
        self._descriptor: int | None = None
        self._named = self.journal.exists()
        self.sound = True
        self.written = False
        kept = ends(self.snapshot)
        self._snapshot_seq = kept.last if kept else 0
        data = self.journal.read_bytes() if self._named else b""
        found = scan(data)
        self.seq = following(found.lines, self._snapshot_seq)
        self._length = found.length
        if len(data) > found.length:
            log.warning("café %s: dropped %d bytes left unfinished", cafe, len(data) - found.length)
            self._cut_back()
            self.close()
        elif found.lines and found.lines[-1].last <= self._snapshot_seq:
            # A crash came between a snapshot and the emptying of the journal, which may hold what is now forgotten.
            self._length = 0
            self._cut_back()
            self.close()

    @property
    def size(self) -> int:
        """In bytes, snapshot and journal together."""
        return self._length + (self.snapshot.stat().st_size if self._snapshot_seq else 0)

    def append(self, first: int, records: Sequence[bytes]) -> None:
        """Return once the records are durable. After an OSError none of them is kept.

        Raises:
            Broken, OSError
        """
        if not self.sound:
            self.mend()
        line = write_line(first, records)
        descriptor = self._open()
        try:
            self._disk.append(descriptor, line)
        except OSError:
            self._cut_back()
            # Whether it is a write that failed or a sync, and what reached the disk, cannot be told apart.
            self.sound = False
            raise
        self._length += len(line)
        self.seq = first + len(records) - 1
        self.written = True

    def mend(self) -> None:
        """Write the journal's good bytes to a fresh file, and go on with that one.

        Raises:
            Broken, OSError
        """
        data = self.read_journal()
        self._disk.save(self._fresh, data)
        self.close()
        self._disk.replace(self._fresh, self.journal)
        self._disk.sync_folder(self.journal.parent)
        self._named = True
        self.sound = True

    def read_journal(self) -> bytes:
        """The good bytes, checked again.

        Raises:
            Broken, OSError
        """
        if not self._length:
            return b""
        with self.journal.open("rb") as file:
            data = file.read(self._length)
        if following(scan(data).lines, self._snapshot_seq) != self.seq:
            raise Broken("the journal is not what was written")
        return data

    def view(self) -> View:
        return View(self.read_journal(), self.seq, self.seq - self._snapshot_seq, self.written)

    def read_first(self) -> bytes:
        """The first record, encoded.

        Raises:
            Broken, OSError
        """
        kept = ends(self.snapshot)
        return kept.first if kept else scan(self.read_journal()).lines[0].records[0]

    def publish(self, view: View) -> None:
        """Let the draft of a snapshot of that view be the snapshot, and empty the journal if nothing came since.

        Raises:
            OSError
        """
        if view.seq > self._snapshot_seq:
            self._disk.replace(self._draft, self.snapshot)
            # Until the new name is durable, the journal is all there is of these records.
            self._disk.sync_folder(self.snapshot.parent)
            self._snapshot_seq = view.seq
        if self.seq == view.seq and self.sound:
            self._empty()

    def swap(self, view: View) -> bool:
        """Let a draft of the whole view be all there is; False, and nothing done, if something was appended since.

        Raises:
            OSError: the history is the old one or the new one.
        """
        if self.seq != view.seq:
            return False
        self._disk.replace(self._draft, self.snapshot)
        self._disk.sync_folder(self.snapshot.parent)
        self._snapshot_seq = view.seq
        self._empty()
        if not self.sound:
            self.mend()
        return True

    def storage(self) -> SealedStorage:
        return SealedStorage(self.snapshot, self._draft, self._disk)

    def close(self) -> None:
        """Let go of the descriptor; the next append opens it again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = self._disk.open_journal(self.journal)
        if not self._named:
            self._disk.sync_folder(self.journal.parent)
            self._named = True
        return self._descriptor

    def _empty(self) -> None:
        self._length = 0
        self._cut_back()
        log.info("café %s: %d records in its snapshot", self.cafe, self.seq)

    def _cut_back(self) -> None:
        """Leave only the good bytes. If even that fails, they are written afresh before the next append."""
        try:
            self._disk.cut(self._open(), self._length)
        except OSError:
            self.sound = False


def paths(folder: Path, cafe: str) -> tuple[Path, Path]:
    return folder / f"{cafe}.json", folder / f"{cafe}.journal"


def drafts(folder: Path, cafe: str) -> tuple[Path, Path]:
    return folder / f"{cafe}.json.tmp", folder / f"{cafe}.journal.tmp"


def read_history(files: CafeFiles, view: View) -> tuple[Record, ...]:
    """The whole history, at least as long as the view. May be read from any thread.

    Raises:
        Broken, OSError
    """
    # The snapshot may be newer than the view, never older: they overlap, or follow each other.
    records = read_records(files.storage())
    for line in scan(view.journal).lines:
        for seq, text in enumerate(line.records, start=line.first):
            if seq <= len(records):
                continue
            record = decode_record(text)
            if not record.seq == seq == len(records) + 1:
                raise Broken(f"record {seq} comes after {len(records)}")
            records.append(record)
    if len(records) < view.seq:
        raise Broken(f"record {view.seq} is missing")
    return tuple(records)


def draft(files: CafeFiles, view: View) -> None:
    """Write the draft of a snapshot of that view. May be done in any thread, for one café by one at a time.

    Raises:
        Broken, OSError
    """
    kept = ends(files.snapshot)
    last = kept.last if kept else 0
    lines = scan(view.journal).lines
    added = [(seq, text) for line in lines for seq, text in enumerate(line.records, line.first) if seq > last]
    if [seq for seq, _ in added] != list(range(last + 1, view.seq + 1)):
        raise Broken("the journal does not follow the snapshot")
    draft_snapshot(files.storage(), added)
