"""A disk that refuses: nothing is acknowledged that is not kept, it is told, and it heals by itself."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from state.ports import Conflict, NotKept
from tests.state.stores.fakes import ALWAYS, FailingDisk, bury
from tests.state.stores.samples import CAFE, OTHER, answer, fill, history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from state.stores.tinydb_store import TinyDBStore

    Open = Callable[..., TinyDBStore]

FULL_DISK = """
import resource, sys, time
from pathlib import Path
from state.ports import NotKept
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.samples import CAFE, OTHER, answer, created

store = TinyDBStore(Path(sys.argv[1]))
store.append(CAFE, [created()]).result(10)
store.append(OTHER, [created()]).result(10)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
seq = 1
try:
    while True:
        store.append(CAFE, [answer(seq + 1)]).result(10)
        seq += 1
except NotKept as error:
    print("refused", seq, error, store.check().writable)
store.append(OTHER, [answer(2)]).result(10)
print("other", store.check().writable)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.append(CAFE, [answer(seq + 1)]).result(10)
print("again", len(store.load(CAFE)) - seq)
"""


@pytest.fixture
def disk() -> FailingDisk:
    return FailingDisk()


@pytest.fixture(params=["half a line", "a whole line"])
def refusing(request: pytest.FixtureRequest, disk: FailingDisk) -> FailingDisk:
    """A disk whose writes fail halfway, or whose syncs fail after the write."""
    disk.whole_lines = request.param == "a whole line"
    return disk


def wait_until_writable(store: TinyDBStore) -> None:
    deadline = time.monotonic() + 10
    while not store.check().writable:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_write_that_fails_is_not_kept_and_told(open_store: Open, refusing: FailingDisk) -> None:
    store = open_store(refusing)
    fill(store, 2)
    refusing.failures = {"append": 1, "save": ALWAYS}
    with pytest.raises(NotKept, match="ENOSPC"):
        store.append(CAFE, [answer(3)]).result(10)
    health = store.check()
    assert (health.writable, health.damaged) == (False, ())
    assert health.reason.startswith("ENOSPC")
    assert list(store.load(CAFE)) == history(2)


def test_after_a_failure_the_next_write_is_kept(open_store: Open, refusing: FailingDisk) -> None:
    store = open_store(refusing)
    fill(store, 2)
    refusing.failures = {"append": 3}
    for _ in range(3):
        with pytest.raises(NotKept):
            store.append(CAFE, [answer(3)]).result(10)
    store.append(CAFE, [answer(3)]).result(10)
    assert store.check().writable
    assert list(store.load(CAFE)) == history(3)
    bury(store)
    assert list(open_store().load(CAFE)) == history(3)


def test_a_write_that_failed_is_not_there_after_a_restart(open_store: Open, refusing: FailingDisk) -> None:
    store = open_store(refusing)
    fill(store, 2)
    refusing.failures = {"append": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(3)]).result(10)
    bury(store)
    assert list(open_store().load(CAFE)) == history(2)


@pytest.mark.parametrize("also", ["cut", "save", "replace", "sync_folder"])
def test_when_even_the_mending_fails_the_journal_stays_right(
    open_store: Open, refusing: FailingDisk, also: str
) -> None:
    store = open_store(refusing)
    fill(store, 2)
    refusing.failures = {"append": 1, also: 2}
    for _ in range(4):
        if store.append(CAFE, [answer(3)]).exception(10) is None:
            break
    assert list(store.load(CAFE)) == history(3)
    store.append(CAFE, [answer(4)]).result(10)
    bury(store)
    assert list(open_store().load(CAFE)) == history(4)


def test_a_cafe_that_cannot_be_begun_can_be_later(open_store: Open, refusing: FailingDisk) -> None:
    store = open_store(refusing)
    refusing.failures = {"append": 1, "cut": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, history(2)).result(10)
    assert store.first_records() == {}
    fill(store, 1)
    assert list(store.load(CAFE)) == history(1)
    bury(store)
    assert list(open_store().load(CAFE)) == history(1)


def test_a_cafe_whose_name_is_not_durable_is_not_acknowledged(open_store: Open, disk: FailingDisk) -> None:
    store = open_store(disk)
    disk.failures = {"sync_folder": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, history(1)).result(10)
    fill(store, 1)
    assert list(store.load(CAFE)) == history(1)


def test_other_cafes_are_kept_meanwhile(open_store: Open, disk: FailingDisk) -> None:
    store = open_store(disk)
    fill(store, 2)
    disk.failures = {"append": 1, "save": ALWAYS}
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(3)]).result(10)
    fill(store, 2, OTHER)
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(3)]).result(10)
    assert (len(store.load(CAFE)), len(store.load(OTHER))) == (2, 2)


def test_what_waits_behind_a_failed_write_is_refused_with_it(open_store: Open, disk: FailingDisk) -> None:
    entered, leave = threading.Event(), threading.Event()

    class SlowDisk(FailingDisk):
        def append(self, journal: int, data: bytes) -> None:
            if self.failures:
                entered.set()
                leave.wait(10)
            super().append(journal, data)

    slow = SlowDisk()
    store = open_store(slow)
    fill(store, 1)
    fill(store, 1, OTHER)
    slow.failures = {"append": 1}
    first = store.append(CAFE, [answer(2)])
    assert entered.wait(10)
    behind = [store.append(CAFE, [answer(3)]), store.append(CAFE, [answer(9)])]
    elsewhere = store.append(OTHER, [answer(2)])
    leave.set()
    assert [type(one.exception(10)) for one in (first, *behind)] == [NotKept] * 3
    assert elsewhere.exception(10) is None
    store.append(CAFE, [answer(2)]).result(10)
    assert isinstance(store.append(CAFE, [answer(9)]).exception(10), Conflict)
    assert list(store.load(CAFE)) == history(2)


def test_a_journal_that_lost_lines_is_not_mended_but_set_aside(
    open_store: Open, disk: FailingDisk, folder: Path
) -> None:
    store = open_store(disk)
    fill(store, 3)
    disk.failures = {"append": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(4)]).result(10)
    journal = folder / f"{CAFE}.journal"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))
    with pytest.raises(NotKept, match="damaged"):
        store.append(CAFE, [answer(4)]).result(10)
    assert store.check().damaged == (CAFE,)


def test_the_store_heals_without_anybody_writing(open_store: Open, refusing: FailingDisk, folder: Path) -> None:
    store = open_store(refusing)
    fill(store, 2)
    refusing.failures = {"append": 1, "save": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(3)]).result(10)
    assert not store.check().writable
    wait_until_writable(store)
    assert refusing.failures == {"append": 0, "save": 0}
    assert list(store.load(CAFE)) == history(2)


def test_a_disk_that_refuses_the_probe_is_told(open_store: Open, disk: FailingDisk) -> None:
    store = open_store(disk)
    disk.error = errno.EROFS
    disk.failures = {"probe": 1}
    health = store.check()
    assert (health.writable, health.reason.split(":")[0]) == (False, "EROFS")
    assert store.check().writable


@pytest.mark.parametrize("call", ["save", "replace", "sync_folder", "cut"])
def test_a_compaction_that_fails_changes_nothing(open_store: Open, disk: FailingDisk, call: str) -> None:
    store = open_store(disk)
    fill(store, 3)
    disk.failures = {call: 1}
    if call == "cut":
        # The snapshot is good by then; what stays in the journal is only there twice.
        store.compact(CAFE)
    else:
        with pytest.raises(NotKept):
            store.compact(CAFE)
    assert list(store.load(CAFE)) == history(3)
    store.append(CAFE, [answer(4)]).result(10)
    assert list(store.load(CAFE)) == history(4)
    store.compact(CAFE)
    assert list(store.load(CAFE)) == history(4)
    bury(store)
    assert list(open_store().load(CAFE)) == history(4)


def test_closing_on_a_full_disk_loses_nothing(open_store: Open, disk: FailingDisk) -> None:
    store = open_store(disk)
    fill(store, 3)
    disk.failures = {"save": ALWAYS}
    store.close()
    assert list(open_store().load(CAFE)) == history(3)


def test_damaged_files_that_cannot_be_moved_are_not_served_all_the_same(
    open_store: Open, disk: FailingDisk, folder: Path
) -> None:
    store = open_store(disk)
    fill(store, 2)
    store.append(CAFE, history(1, first=3)).result(10)
    bury(store)
    journal = folder / f"{CAFE}.journal"
    journal.write_bytes(journal.read_bytes().replace(b"p2", b"p9"))
    store = open_store(disk)
    disk.failures = {"replace": ALWAYS}
    assert store.first_records() == {}
    assert store.check().damaged == (CAFE,)
    with pytest.raises(NotKept):
        store.append(CAFE, history(1)).result(10)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_foresaw_leaves_nobody_waiting(open_store: Open) -> None:
    class AbsurdDisk(FailingDisk):
        def append(self, journal: int, data: bytes) -> None:
            raise ZeroDivisionError

    store = open_store(AbsurdDisk())
    futures = [store.append(cafe, history(1)) for cafe in (CAFE, OTHER)]
    assert [type(future.exception(10)) for future in futures] == [NotKept, NotKept]
    store._committer._thread.join(10)
    assert not store.check().writable
    assert isinstance(store.append(CAFE, history(1)).exception(10), NotKept)


def test_a_real_limit_of_the_system_is_refused_told_and_survived(open_store: Open, folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, timeout=60, check=True
    ).stdout.splitlines()
    refused, seq, reason, *_, writable = told[0].split()
    assert (refused, reason, writable) == ("refused", "EFBIG:", "False")
    assert told[1:] == ["other True", "again 1"]
    store = open_store()
    assert list(store.load(CAFE)) == history(int(seq) + 1)
    assert list(store.load(OTHER)) == history(2)
