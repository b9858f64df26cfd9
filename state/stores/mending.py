"""Giving back a café that was set aside: up to where it is damaged, or as a sound copy has it, whichever is longer.

What was acknowledged after that is lost, so nobody does it but who keeps the app, and the damaged files stay beside,
renamed, until the café is erased or somebody's answers are taken out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.stores.cafe_files import CafeFiles, drafts, paths, read_history
from state.stores.disk import Disk
from state.stores.journal import sound_lines
from state.stores.quarantine import Broken, places_of
from state.stores.snapshot import SealedStorage, decode_record, draft_whole, read_records

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.events import Record

MENDED = ".mended"


def give_back(store: Path, cafe: str, copy: Path | None = None) -> int:
    """Put a café back in service, in a store that nobody uses; gives how many records it has, 0 if none can be read.

    `copy` is a folder where a sound copy of its files may be.

    Raises:
        OSError: it is still set aside, or back; ask again.
    """
    disk = Disk()
    found = [_before_damage(place, cafe, disk) for place in places_of(store, cafe)]
    if copy is not None:
        found.append(_copied(copy, cafe, disk))
    records = max(found, key=len, default=[])
    if not records:
        return 0
    (snapshot, journal), (draft, _) = paths(store, cafe), drafts(store, cafe)
    draft_whole(SealedStorage(snapshot, draft, disk), records)
    # Set aside only in name, its files may still lie here.
    disk.remove(journal)
    disk.replace(draft, snapshot)
    disk.sync_folder(store)
    for place in places_of(store, cafe):
        disk.replace(place, place.with_name(f"{place.name}{MENDED}"))
        disk.sync_folder(place.parent)
    return len(records)


def _copied(folder: Path, cafe: str, disk: Disk) -> list[Record]:
    try:
        files = CafeFiles(folder, cafe, disk)
        return list(read_history(files, files.view()))
    except Broken:
        return []


def _before_damage(folder: Path, cafe: str, disk: Disk) -> list[Record]:
    """The records that follow one another from the first, as far as the checksums hold."""
    (snapshot, journal), (draft, _) = paths(folder, cafe), drafts(folder, cafe)
    try:
        records = read_records(SealedStorage(snapshot, draft, disk))
    except Broken:
        return []
    data = journal.read_bytes() if journal.exists() else b""
    for line in sound_lines(data):
        for seq, text in enumerate(line.records, line.first):
            if seq <= len(records):
                continue
            if seq != len(records) + 1:
                return records
            try:
                records.append(decode_record(text))
            except Broken:
                return records
    return records
