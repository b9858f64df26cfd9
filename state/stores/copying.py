"""Copying a café's files while another process writes to them, and checking a copy as if it were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.stores.cafe_files import CafeFiles, paths, read_history
from state.stores.disk import Disk
from state.stores.quarantine import Broken
from state.stores.shelf import names_in

if TYPE_CHECKING:
    from pathlib import Path

_TRIES = 50


def copy_cafe(source: Path, cafe: str, target: Path) -> tuple[Path, ...]:
    """Copy a café as it is at one moment, up to a whole record; gives the files of the copy, none if it is gone.

    Raises:
        Broken: it is damaged, or never still.
        OSError
    """
    kept, journal = paths(source, cafe)
    for _ in range(_TRIES):
        before, lines, after = _read(kept), _read(journal), _read(kept)
        # A journal goes with the snapshot it was read beside: it is emptied only once there is a newer one.
        if before == after:
            break
    else:
        raise Broken("it is compacted again and again")
    copies = paths(target, cafe)
    for copy, data in zip(copies, (before, lines), strict=True):
        if data:
            Disk().save(copy, data)
    if not (before or lines):
        return ()
    check_cafe(target, cafe)
    return tuple(copy for copy in copies if copy.exists())


def check_cafe(folder: Path, cafe: str) -> None:
    """Read the whole of a café, and drop a line left unfinished.

    Raises:
        Broken: it is damaged, or nothing of it is whole.
        OSError
    """
    files = CafeFiles(folder, cafe, Disk())
    if not read_history(files, files.view()):
        raise Broken("nothing of it is whole")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


__all__ = ["Broken", "check_cafe", "copy_cafe", "names_in"]
