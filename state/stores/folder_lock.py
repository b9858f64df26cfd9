"""One process at a time uses a folder. The system lets go of the lock when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from state.ports import Busy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

# Windows forbids others to read a locked byte: one far behind the text is locked, so that they can read the text.
_LOCKED_BYTE = 1 << 30


class FolderLock:
    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            Busy: another holder has it.
            OSError
        """
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except (BlockingIOError, PermissionError) as error:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise Busy(f"process {holder or '?'} uses {path.parent}") from error
        os.ftruncate(self._file, 0)
        os.write(self._file, b"%d\n" % os.getpid())

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
