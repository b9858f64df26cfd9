"""Everything that is kept, in one archive, taken from an app that runs; and put back where nothing is yet.

The archive holds what the data folder does: histories, videos, the secret that signs cookies, and which cafés were
deleted. These are not put back, from whichever archive, where the folder or the archive says that they were.
Cafés that were found damaged and set aside are given back apart, without touching the others. An archive made before a
café was deleted can be rid of it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from state.archives import CAFES, FILMS, BackupError, add, is_member, packing, part_of, unpack
from state.ports import Busy
from state.settings import SECRET_FILE
from state.stores.copying import Broken, copy_cafe, names_in
from state.stores.disk import Disk
from state.stores.folder_lock import FolderLock
from state.stores.mending import give_back
from state.stores.quarantine import set_aside_in
from state.stores.tombstones import FOLDER as ERASED
from state.stores.tombstones import erased_in

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterator

SUMMARIES = "summaries"
_STAGE = ".restoring"


@dataclass(frozen=True, slots=True)
class Report:
    """How many cafés were saved or put back, how many deleted ones were left out, and which are damaged."""

    cafes: int
    erased: int = 0
    damaged: tuple[str, ...] = ()


def back_up(data: Path, archive: Path) -> Report:
    """Save everything; the archive is for its owner only, and is there whole or not at all.

    Raises:
        BackupError: there is nothing to save, or already a file there.
        OSError
    """
    store = data / CAFES
    if not store.is_dir():
        raise BackupError("nothing")
    if archive.exists():
        raise BackupError("exists")
    with packing(archive) as (tar, stage):
        return _save(data, tar, stage)


def _save(data: Path, tar: tarfile.TarFile, stage: Path) -> Report:
    store = data / CAFES
    saved, damaged = 0, []
    for cafe in names_in(store):
        try:
            copies = copy_cafe(store, cafe, stage)
        except Broken:
            damaged.append(cafe)
            continue
        # What is erased meanwhile is not saved.
        if copies and cafe not in erased_in(store):
            for copy in copies:
                add(tar, copy, PurePath(CAFES, copy.name))
            saved += 1
        for copy in copies:
            copy.unlink()
    for path in _rest(data):
        # A video that goes meanwhile is not missed.
        with suppress(FileNotFoundError):
            add(tar, path, path.relative_to(data))
    return Report(saved, damaged=tuple(damaged))


def _rest(data: Path) -> Iterator[Path]:
    for path in (data / SECRET_FILE, *(data / CAFES / ERASED).glob("*"), *(data / FILMS).glob("*/*")):
        if is_member(path.relative_to(data)):
            yield path


def restore(archive: Path, data: Path) -> Report:
    """Put back what an archive holds, where no café is yet; nothing is put back unless all of it is sound.

    Raises:
        BackupError: the app runs there, there are cafés already, or the archive is none of ours or damaged.
        OSError
    """
    store = data / CAFES
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        lock = FolderLock(store / ".lock")
    except Busy:
        raise BackupError("busy") from None
    try:
        if names_in(store) or (store / "quarantine").exists() or any((data / FILMS).glob("*/*")):
            raise BackupError("not-empty")
        stage = data / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        try:
            unpack(archive, stage)
            return _put_back(stage, data)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    finally:
        lock.release()


def mend(archive: Path | None, data: Path) -> Report:
    """Give back the cafés set aside, each as far as it can be read, or as the archive has it; `damaged` still are.

    Raises:
        BackupError: the app runs there, there is nothing to mend, or the archive is none of ours or damaged.
        OSError
    """
    store = data / CAFES
    cafes = sorted(set_aside_in(store) - erased_in(store))
    if not cafes:
        raise BackupError("sound")
    try:
        lock = FolderLock(store / ".lock")
    except Busy:
        raise BackupError("busy") from None
    stage = data / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        if archive is not None:
            unpack(archive, stage)
        back = {cafe: give_back(store, cafe, stage / CAFES if archive else None) for cafe in cafes}
        for cafe, length in back.items():
            # Figures of a longer history would be taken for those of this one once it is as long.
            if length:
                (data / SUMMARIES / f"{cafe}.json").unlink(missing_ok=True)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        lock.release()
    return Report(sum(map(bool, back.values())), damaged=tuple(cafe for cafe, length in back.items() if not length))


def _put_back(stage: Path, data: Path) -> Report:
    """Histories come last: where this is cut short, there is less, and nothing that looks whole and is not."""
    gone = erased_in(data / CAFES) | erased_in(stage / CAFES)
    cafes = names_in(stage / CAFES)
    kept = [cafe for cafe in cafes if cafe not in gone]
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda one: one.parent.name == CAFES):
        wanted = path.relative_to(stage)
        if part_of(wanted) in gone:
            continue
        place = data / wanted
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place)
        Disk().sync_folder(place.parent)
    return Report(len(kept), erased=len(cafes) - len(kept))


def prune(archive: Path, data: Path) -> Report:
    """Take the cafés deleted since out of an archive made before. It is replaced whole, or stays as it is.

    Raises:
        BackupError: the archive is none of ours or damaged.
        OSError
    """
    tombstones = data / CAFES / ERASED
    gone = erased_in(data / CAFES)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=archive.parent) as name:
        laid_out = Path(name) / "archive"
        unpack(archive, laid_out)
        cafes = names_in(laid_out / CAFES)
        pruned = [cafe for cafe in cafes if cafe in gone]
        if pruned:
            with packing(archive) as (tar, _):
                for path in sorted(path for path in laid_out.rglob("*") if path.is_file()):
                    if part_of(path.relative_to(laid_out)) not in gone:
                        add(tar, path, path.relative_to(laid_out))
                for cafe in pruned:
                    add(tar, tombstones / cafe, PurePath(CAFES, ERASED, cafe))
    return Report(len(cafes) - len(pruned), erased=len(pruned))
