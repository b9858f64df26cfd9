"""The files of every café: opened when needed, set aside when damaged. For the committer's thread only."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from state.ports import Damaged, UnknownCafe
from state.stores.cafe_files import CafeFiles, drafts, paths
from state.stores.quarantine import Broken, Quarantine
from state.stores.snapshot import decode_record
from state.stores.tombstones import Tombstones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.stores.cafe_files import View
    from state.stores.disk import Disk

_FILE = re.compile(r"([a-z0-9]{4,40})\.(?:json|journal)")
# Opening one again costs microseconds, beside a sync of milliseconds; keeping them open is a file for each café.
_OPEN_JOURNALS = 8

log = logging.getLogger(__name__)


class Shelf:
    """Methods raise `Damaged` for a café set aside, were it at that moment, and OSError when the disk refuses.

    `damaged` may be read from any thread.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._quarantine = Quarantine(folder, disk)
        self._tombstones = Tombstones(folder, disk)
        self._cafes: dict[str, CafeFiles] = {}
        self._recent: OrderedDict[str, CafeFiles] = OrderedDict()

    @property
    def damaged(self) -> tuple[str, ...]:
        return tuple(sorted(self._quarantine.cafes))

    def names(self) -> Sequence[str]:
        return names_in(self._folder)

    def written(self) -> Sequence[str]:
        return [cafe for cafe, files in self._cafes.items() if files.written]

    def seq(self, cafe: str) -> int:
        """The `seq` of the last record kept; 0 for a café that is not there."""
        with self._trusting(cafe):
            return self._open(cafe).seq

    def seqs(self, cafes: Iterable[str]) -> Mapping[str, int]:
        """The same for several, without those that are not there or cannot be read."""
        found: dict[str, int] = {}
        for cafe in cafes:
            try:
                found[cafe] = self.seq(cafe)
            except (Damaged, UnknownCafe, OSError):
                continue
        return {cafe: seq for cafe, seq in found.items() if seq}

    def append(self, cafe: str, first: int, records: Sequence[bytes]) -> None:
        with self._trusting(cafe):
            files = self._open(cafe)
            self._use(files)
            files.append(first, records)

    def first(self, cafe: str) -> Record:
        with self._trusting(cafe):
            return decode_record(self._open_kept(cafe).read_first())

    def view(self, cafe: str) -> tuple[CafeFiles, View]:
        """What is kept of a café now.

        Raises:
            UnknownCafe
        """
        with self._trusting(cafe):
            files = self._open_kept(cafe)
            return files, files.view()

    def publish(self, files: CafeFiles, view: View) -> None:
        with self._trusting(files.cafe):
            self._use(files)
            files.publish(view)

    def swap(self, files: CafeFiles, view: View) -> bool:
        with self._trusting(files.cafe):
            self._use(files)
            swapped = files.swap(view)
        if swapped:
            # What was rewritten must not stay readable in what was once set aside of the same café.
            self._quarantine.forget(files.cafe)
        return swapped

    def erase(self, cafe: str) -> None:
        """Leave nothing of a café but its tombstone.

        Raises:
            UnknownCafe
        """
        known = cafe in self._tombstones.cafes | self._quarantine.cafes
        if not known and not any(path.exists() for path in paths(self._folder, cafe)):
            raise UnknownCafe(cafe)
        if cafe not in self._tombstones.cafes:
            self._tombstones.add(cafe)
        self._let_go(cafe)
        for path in (*paths(self._folder, cafe), *drafts(self._folder, cafe)):
            self._disk.remove(path)
        self._quarantine.forget(cafe)
        self._disk.sync_folder(self._folder)
        log.info("café %s: erased", cafe)

    def clear_damaged(self, *, before: float) -> None:
        self._quarantine.clear(before=before)

    def finish_erasing(self) -> None:
        """Erase what an earlier process had begun to. Where the disk refuses, it is out of service all the same."""
        for cafe in self._tombstones.cafes & {*self.names(), *self._quarantine.cafes}:
            try:
                self.erase(cafe)
            except OSError as error:
                log.warning("café %s: not wholly erased (%s)", cafe, error.strerror)

    def mend(self) -> None:
        """Write afresh what failed writes left unsound."""
        for files in [files for files in self._cafes.values() if not files.sound]:
            try:
                files.mend()
            except Broken as error:
                self.set_aside(files.cafe, error)

    def set_aside(self, cafe: str, error: Broken) -> None:
        if cafe in self._quarantine.cafes | self._tombstones.cafes:
            return
        self._let_go(cafe)
        self._quarantine.set_aside(cafe, paths(self._folder, cafe), str(error))

    def _let_go(self, cafe: str) -> None:
        self._recent.pop(cafe, None)
        if (files := self._cafes.pop(cafe, None)) is not None:
            files.close()

    def close(self) -> None:
        for files in self._recent.values():
            files.close()
        self._recent.clear()

    @contextmanager
    def _trusting(self, cafe: str) -> Iterator[None]:
        if cafe in self._tombstones.cafes:
            raise UnknownCafe(cafe)
        if cafe in self._quarantine.cafes:
            raise Damaged(cafe)
        try:
            yield
        except Broken as error:
            self.set_aside(cafe, error)
            raise Damaged(cafe) from None

    def _open(self, cafe: str) -> CafeFiles:
        if (files := self._cafes.get(cafe)) is None:
            files = CafeFiles(self._folder, cafe, self._disk)
            # Whoever guesses at ids must not fill the memory with cafés that are not.
            if files.seq:
                self._cafes[cafe] = files
        return files

    def _open_kept(self, cafe: str) -> CafeFiles:
        files = self._open(cafe)
        if not files.seq:
            raise UnknownCafe(cafe)
        return files

    def _use(self, files: CafeFiles) -> None:
        """Remember a café that is about to be written, and close the journal of the one written longest ago."""
        self._cafes[files.cafe] = self._recent[files.cafe] = files
        self._recent.move_to_end(files.cafe)
        if len(self._recent) > _OPEN_JOURNALS:
            self._recent.popitem(last=False)[1].close()


def names_in(folder: Path) -> Sequence[str]:
    """The ids of the cafés that have files in a folder."""
    return sorted({match[1] for path in folder.iterdir() if (match := _FILE.fullmatch(path.name))})
