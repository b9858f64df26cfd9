"""Everything that is kept, in one archive, taken from an app that runs; and put back where nothing is yet.

The archive holds what the data folder does: histories, videos, the secret that signs cookies, and which cafés were
deleted. These are not put back, from whichever archive, where the folder or the archive says that they were.
Cafés that were found damaged and set aside are given back apart, without touching the others.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from state.ports import Busy
from state.settings import SECRET_FILE
from state.stores.copying import Broken, check_cafe, copy_cafe, names_in
from state.stores.disk import Disk
from state.stores.folder_lock import FolderLock
from state.stores.mending import give_back
from state.stores.quarantine import set_aside_in
from state.stores.tombstones import FOLDER as ERASED
from state.stores.tombstones import erased_in

if TYPE_CHECKING:
    from collections.abc import Iterator

CAFES, FILMS, SUMMARIES = "cafes", "films", "summaries"
_MEMBER = re.compile(
    rf"{CAFES}/[a-z0-9]{{4,40}}\.(?:json|journal)|{CAFES}/{ERASED}/[a-z0-9]{{4,40}}"
    rf"|{FILMS}/[a-z0-9]{{1,32}}/[0-9a-f]{{32}}\.(?:mp4|webm)|{re.escape(SECRET_FILE)}"
)
_STAGE = ".restoring"
_PART_BYTES = 1024 * 1024


class BackupError(Exception):
    """`code` names what to say (`backup.refused_<code>`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=archive.parent) as name:
        stage = Path(name)
        draft = stage / "archive"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as tar:
                report = _save(data, tar, stage)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(archive)
    Disk().sync_folder(archive.parent)
    return report


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
                tar.add(copy, f"{CAFES}/{copy.name}", filter=_nameless)
            saved += 1
        for copy in copies:
            copy.unlink()
    for path in _rest(data):
        # A video that goes meanwhile is not missed.
        with suppress(FileNotFoundError):
            tar.add(path, path.relative_to(data).as_posix(), filter=_nameless)
    return Report(saved, damaged=tuple(damaged))


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of whose machine it comes from."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _rest(data: Path) -> Iterator[Path]:
    for path in (data / SECRET_FILE, *(data / CAFES / ERASED).glob("*"), *(data / FILMS).glob("*/*")):
        if _MEMBER.fullmatch(path.relative_to(data).as_posix()):
            yield path


def restore(archive: Path, data: Path) -> Report:
    """Put back what an archive holds, where no café is yet; nothing is put back unless all of it is sound.

    Raises:
        BackupError: the app runs there, there are cafés already, or the archive is none of ours or damaged.
        OSError
    """
    if not archive.is_file():
        raise BackupError("missing")
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
            _unpack(archive, stage)
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
    if archive is not None and not archive.is_file():
        raise BackupError("missing")
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
            _unpack(archive, stage)
        back = {cafe: give_back(store, cafe, stage / CAFES if archive else None) for cafe in cafes}
        for cafe, length in back.items():
            # Figures of a longer history would be taken for those of this one once it is as long.
            if length:
                (data / SUMMARIES / f"{cafe}.json").unlink(missing_ok=True)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        lock.release()
    return Report(sum(map(bool, back.values())), damaged=tuple(cafe for cafe, length in back.items() if not length))


def _unpack(archive: Path, stage: Path) -> None:
    (stage / CAFES).mkdir(mode=0o700, parents=True)
    try:
        with gzip.open(archive) as packed, tarfile.open(fileobj=packed, mode="r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() and _MEMBER.fullmatch(member.name) else None
                if file is None:
                    raise BackupError("damaged")
                path = stage / member.name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
                    shutil.copyfileobj(file, copy)
                    copy.flush()
                    os.fsync(copy.fileno())
            # To the very end, where the checksum of it all stands.
            while packed.read(_PART_BYTES):
                pass
        for cafe in names_in(stage / CAFES):
            check_cafe(stage / CAFES, cafe)
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, Broken, FileExistsError):
        raise BackupError("damaged") from None


def _put_back(stage: Path, data: Path) -> Report:
    """Histories come last: where this is cut short, there is less, and nothing that looks whole and is not."""
    gone = erased_in(data / CAFES) | erased_in(stage / CAFES)
    cafes = names_in(stage / CAFES)
    kept = [cafe for cafe in cafes if cafe not in gone]
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda one: one.parent.name == CAFES):
        wanted = path.relative_to(stage)
        belongs_to = path.parent.name if wanted.parts[0] == FILMS else path.stem
        if belongs_to in gone and path.parent.name != ERASED:
            continue
        place = data / wanted
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place)
        Disk().sync_folder(place.parent)
    return Report(len(kept), erased=len(cafes) - len(kept))
