"""The embedded store: for each café a TinyDB file and a journal. An append is acknowledged once it is on the disk.

A café whose files are damaged is set aside: `load` raises `Damaged`, and `append` fails with `NotKept` (never with
`Conflict`, which would invite to read again and retry), after a restart as well.
"""

from __future__ import annotations

import errno
import logging
import re
import threading
import time
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from state.domain.events import decode, encode
from state.ports import Conflict, Damaged, Health, NotKept, StoreError, UnknownCafe
from state.stores.cafe_files import draft, read_history
from state.stores.committer import Append, Committer, Task
from state.stores.disk import Disk
from state.stores.folder_lock import FolderLock
from state.stores.quarantine import Broken
from state.stores.rewriting import rewrite
from state.stores.shelf import Shelf
from state.stores.tombstones import erased_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.ports import Change
    from state.stores.cafe_files import CafeFiles, View

_ID = re.compile(r"[a-z0-9]{4,40}")
_LONG_JOURNAL = 2_000
_CLOSING_SECONDS = 3.0
_CLOSING_BYTES = 10_000_000

log = logging.getLogger(__name__)


class TinyDBStore:
    def __init__(self, folder: Path, *, disk: Disk | None = None) -> None:
        """Open a folder, made if it is missing, for this process alone.

        Raises:
            Busy: another process uses it.
            OSError: it cannot be used.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._disk = disk or Disk()
        self._lock = FolderLock(folder / ".lock")
        for leftover in (*folder.glob("*.tmp"), *folder.glob(".probe-*")):
            leftover.unlink(missing_ok=True)
        # An earlier process may not have had the time to make the names of its files durable.
        self._disk.sync_folder(folder)
        self._shelf = Shelf(folder, self._disk)
        self._shelf.finish_erasing()
        self._trouble = ""
        self._mending = False
        self._compacting = threading.Lock()
        self._closing = threading.Lock()
        self._committer = Committer(self._commit)

    def first_records(self) -> Mapping[str, Record]:
        firsts: dict[str, Record] = {}
        for cafe in self._committer.run(self._shelf.names):
            try:
                firsts[cafe] = self._committer.run(partial(self._shelf.first, cafe))
            except (Damaged, UnknownCafe):
                continue
            except OSError as error:
                log.warning("café %s: cannot be read now (%s)", cafe, _reason(error))
        return firsts

    def versions(self, cafes: Iterable[str]) -> Mapping[str, int]:
        return self._committer.run(partial(self._shelf.seqs, [cafe for cafe in cafes if _ID.fullmatch(cafe)]))

    def load(self, cafe: str) -> Sequence[Record]:
        """The whole history of a café.

        Raises:
            UnknownCafe, Damaged
            StoreError: it cannot be read now, or the store is closed.
        """
        files, view = self._view(cafe)
        try:
            records = read_history(files, view)
        except Broken as error:
            raise self._found_damaged(cafe, error) from None
        except OSError as error:
            raise StoreError(_reason(error)) from error
        if view.waiting > _LONG_JOURNAL and not view.written:
            try:
                self.compact(cafe)
            except NotKept as error:
                log.warning("café %s: not compacted (%s)", cafe, error)
        return records

    def load_after(self, cafe: str, seq: int) -> Sequence[Record]:
        return self.load(cafe)[seq:]

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        done: Future[None] = Future()
        # From here on nobody can cancel it: whoever asked may have left, the records are kept all the same.
        done.set_running_or_notify_cancel()
        try:
            encoded = tuple(_encode(record) for record in records)
        except ValueError:
            done.set_exception(NotKept("a record would not read back"))
            return done
        seqs = [record.seq for record in records]
        if _ID.fullmatch(cafe) is None:
            done.set_exception(NotKept("no café can have this id"))
        elif not seqs:
            done.set_result(None)
        elif seqs != list(range(seqs[0], seqs[0] + len(seqs))):
            done.set_exception(Conflict(cafe))
        else:
            self._committer.put(Append(cafe, seqs[0], encoded, done))
        return done

    def erased(self) -> set[str]:
        """The ids of the cafés that were erased."""
        return erased_in(self._folder)

    def compact(self, cafe: str) -> None:
        """Put the journal's records into the TinyDB file.

        Raises:
            UnknownCafe, Damaged
            NotKept: it could not be done; the history is as it was.
        """
        # One at a time: the draft has one name, and an older view must never replace a newer one.
        with self._compacting:
            files, view = self._view(cafe)
            if not view.journal:
                return
            try:
                if view.waiting:
                    draft(files, view)
                self._committer.run(partial(self._shelf.publish, files, view))
            except Broken as error:
                raise self._found_damaged(cafe, error) from None
            except OSError as error:
                raise NotKept(_reason(error)) from error

    def rewrite(self, cafe: str, change: Change) -> None:
        if _ID.fullmatch(cafe) is None:
            raise UnknownCafe(cafe)
        with self._compacting:
            try:
                rewrite(cafe, change, committer=self._committer, shelf=self._shelf)
            except Broken as error:
                raise self._found_damaged(cafe, error) from None
            except OSError as error:
                raise NotKept(_reason(error)) from error

    def erase(self, cafe: str) -> None:
        if _ID.fullmatch(cafe) is None:
            raise UnknownCafe(cafe)
        # A draft that is being written would come back after the erasure.
        with self._compacting:
            try:
                self._committer.run(partial(self._shelf.erase, cafe))
            except OSError as error:
                raise NotKept(_reason(error)) from error

    def clear_damaged(self, *, before: float) -> None:
        try:
            self._committer.run(partial(self._shelf.clear_damaged, before=before))
        except OSError as error:
            raise NotKept(_reason(error)) from error

    def check(self) -> Health:
        reason = self._trouble if self._committer.alive else "the store is closed"
        try:
            self._disk.probe(self._folder)
        except OSError as error:
            reason = _reason(error)
        else:
            self._try_again()
        return Health(writable=not reason, damaged=self._shelf.damaged, reason=reason)

    def close(self) -> None:
        with self._closing:
            if self._committer.alive:
                self._compact_written()
            self._committer.close()
            self._shelf.close()
            self._lock.release()

    def _compact_written(self) -> None:
        """What there is no time for is kept as well, and only slower to read."""
        deadline = time.monotonic() + _CLOSING_SECONDS
        for cafe in self._committer.run(self._shelf.written):
            if time.monotonic() > deadline:
                break
            try:
                if self._view(cafe)[0].size <= _CLOSING_BYTES:
                    self.compact(cafe)
            except (StoreError, OSError) as error:
                log.warning("café %s: not compacted (%s)", cafe, type(error).__name__)

    def _view(self, cafe: str) -> tuple[CafeFiles, View]:
        if _ID.fullmatch(cafe) is None:
            raise UnknownCafe(cafe)
        try:
            return self._committer.run(partial(self._shelf.view, cafe))
        except OSError as error:
            raise StoreError(_reason(error)) from error

    def _found_damaged(self, cafe: str, error: Broken) -> Damaged | UnknownCafe:
        self._committer.run(partial(self._shelf.set_aside, cafe, error))
        # What is erased while it is read looks damaged too.
        return Damaged(cafe) if cafe in self._shelf.damaged else UnknownCafe(cafe)

    def _try_again(self) -> None:
        """After a failed write, have what it left unsound written afresh; a later check tells how that went."""
        if self._trouble and not self._mending:
            self._mending = True
            self._committer.put(Task(self._mend))

    # In the committer's thread

    def _mend(self) -> None:
        self._mending = False
        try:
            self._shelf.mend()
        except OSError as error:
            self._trouble = _reason(error)
        else:
            self._trouble = ""

    def _commit(self, appends: Sequence[Append]) -> None:
        for cafe, group in _by_cafe(appends):
            self._keep(cafe, group)

    def _keep(self, cafe: str, group: list[Append]) -> None:
        try:
            follow, others = _following(group, self._shelf.seq(cafe))
            if follow:
                records = [record for append in follow for record in append.records]
                self._shelf.append(cafe, follow[0].first, records)
                self._trouble = ""
        except UnknownCafe:
            for append in group:
                append.done.set_exception(Conflict(cafe))
        except Damaged:
            self._refuse(cafe, group, "damaged")
        except OSError as error:
            self._trouble = _reason(error)
            log.error("café %s: could not be written (%s)", cafe, self._trouble)  # noqa: TRY400 - a full disk is no bug
            self._refuse(cafe, group, self._trouble)
        else:
            for append in follow:
                append.done.set_result(None)
            for append in others:
                append.done.set_exception(Conflict(cafe))

    def _refuse(self, cafe: str, group: list[Append], reason: str) -> None:
        # What waits behind was decided on top of what is lost. It is taken back before anybody learns of the loss:
        # whoever then decides afresh must not be refused with it.
        behind = self._committer.withdraw(cafe)
        for append in (*group, *behind):
            append.done.set_exception(NotKept(reason))


def _encode(record: Record) -> bytes:
    """The record as kept.

    Raises:
        ValueError: it would not read back, and would cost the café its whole history.
    """
    text = encode(record)
    decode(text)
    return text


def _by_cafe(appends: Sequence[Append]) -> Iterator[tuple[str, list[Append]]]:
    groups: dict[str, list[Append]] = {}
    for append in appends:
        groups.setdefault(append.cafe, []).append(append)
    yield from groups.items()


def _following(group: Sequence[Append], seq: int) -> tuple[list[Append], list[Append]]:
    """The appends that follow a history that ends on `seq`, each the one before; and the others."""
    follow: list[Append] = []
    others: list[Append] = []
    for append in group:
        if append.first == seq + 1:
            follow.append(append)
            seq += len(append.records)
        else:
            others.append(append)
    return follow, others


def _reason(error: OSError) -> str:
    """What the system said, without paths."""
    return f"{errno.errorcode.get(error.errno or 0, 'EIO')}: {error.strerror or 'no reason given'}"
