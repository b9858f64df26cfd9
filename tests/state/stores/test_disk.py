"""What the disk is asked for, so that an acknowledgement means durable."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from state.stores.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_journal_is_opened_so_that_writes_return_once_durable(tmp_path: Path) -> None:
    journal = Disk().open_journal(tmp_path / "a.journal")
    flags = fcntl.fcntl(journal, fcntl.F_GETFL)
    os.close(journal)
    assert flags & os.O_DSYNC
    assert flags & os.O_APPEND


def test_a_cut_journal_goes_on_from_where_it_was_cut(tmp_path: Path) -> None:
    disk, path = Disk(), tmp_path / "a.journal"
    journal = disk.open_journal(path)
    disk.append(journal, b"one\ntwo\n")
    disk.cut(journal, 4)
    disk.append(journal, b"three\n")
    os.close(journal)
    assert path.read_bytes() == b"one\nthree\n"
