"""What an archive of everything is made of, how one is written whole or not at all, and how one is read to the end.

A member is named as its file is under the data folder. Histories stand in `CAFES`, tombstones below, videos in `FILMS`.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from state.settings import SECRET_FILE
from state.stores.copying import Broken, check_cafe, names_in
from state.stores.disk import Disk
from state.stores.tombstones import FOLDER as ERASED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

CAFES, FILMS = "cafes", "films"
_MEMBER = re.compile(
    rf"{CAFES}/[a-z0-9]{{4,40}}\.(?:json|journal)|{CAFES}/{ERASED}/[a-z0-9]{{4,40}}"
    rf"|{FILMS}/[a-z0-9]{{1,32}}/[0-9a-f]{{32}}\.(?:mp4|webm)|{re.escape(SECRET_FILE)}"
)
_PART_BYTES = 1024 * 1024


class BackupError(Exception):
    """`code` names what to say (`backup.refused_<code>`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_member(name: PurePath) -> bool:
    return _MEMBER.fullmatch(name.as_posix()) is not None


def part_of(name: PurePath) -> str:
    """The café whose history or video a member is; empty for what is of no café, tombstones among them."""
    if name.parts[0] == FILMS:
        return name.parts[1]
    return name.stem if name.parent.as_posix() == CAFES else ""


@contextmanager
def packing(archive: Path) -> Iterator[tuple[tarfile.TarFile, Path]]:
    """Fill an archive, with a folder to prepare its parts in; it is for its owner only.

    Where the filling fails nothing is there, or what was there before.

    Raises:
        OSError
    """
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=archive.parent) as name:
        stage = Path(name)
        draft = stage / "archive"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as tar:
                yield tar, stage
            file.flush()
            os.fsync(file.fileno())
        draft.replace(archive)
    Disk().sync_folder(archive.parent)


def add(tar: tarfile.TarFile, path: Path, name: PurePath) -> None:
    tar.add(path, name.as_posix(), filter=_nameless)


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of whose machine it comes from."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def unpack(archive: Path, stage: Path) -> None:
    """Lay an archive out in a folder that is not there yet, all of it checked.

    Raises:
        BackupError: there is none, or it is none of ours or damaged.
        OSError
    """
    if not archive.is_file():
        raise BackupError("missing")
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
