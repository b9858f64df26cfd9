"""What the TinyDB store does that others need not: files, their names and rights, one process at a time."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tinydb import TinyDB

from state.domain.events import Record
from state.ports import Busy, NotKept, StoreError, UnknownCafe
from state.stores.cafe_files import draft
from state.stores.disk import Disk
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import bury
from tests.state.stores.samples import CAFE, OTHER, answer, created, fill, history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Open = Callable[..., TinyDBStore]

HOLDER = """
import sys
from pathlib import Path
from state.stores.tinydb_store import TinyDBStore
store = TinyDBStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    "cafe",
    [
        "",
        "abc",
        "../../etc",
        "cafe/0001",
        "CAFE0001",
        "café0001",
        "cafe0001\n",
        "cafe.json",
        "a" * 41,
        "cafe 1",
        "\0" * 5,
    ],
)
def test_an_id_that_no_cafe_can_have_never_reaches_the_disk(open_store: Open, folder: Path, cafe: str) -> None:
    store = open_store()
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(NotKept):
        store.append(cafe, [created()]).result(10)
    with pytest.raises(UnknownCafe):
        store.load(cafe)
    with pytest.raises(UnknownCafe):
        store.compact(cafe)
    assert sorted(folder.parent.rglob("*")) == before


def test_asking_for_cafes_that_are_not_there_leaves_no_trace(open_store: Open, folder: Path) -> None:
    store = open_store()
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    with pytest.raises(UnknownCafe):
        store.compact(CAFE)
    assert {path.name for path in folder.iterdir()} == {".lock"}
    assert not store._shelf._cafes


def test_an_empty_append_is_kept_without_making_a_cafe(open_store: Open) -> None:
    store = open_store()
    assert store.append(CAFE, []).result(10) is None
    assert store.first_records() == {}


def test_a_record_that_would_not_read_back_is_not_kept(open_store: Open) -> None:
    store = open_store()
    fill(store, 1)
    for spoilt in (answer(2, value="\ud800"), Record(2, float("nan"), answer(2).event)):
        with pytest.raises(NotKept):
            store.append(CAFE, [spoilt]).result(10)
    assert list(store.load(CAFE)) == history(1)


def test_an_append_cannot_be_cancelled(open_store: Open) -> None:
    store = open_store()
    future = store.append(CAFE, [created()])
    assert not future.cancel()
    future.result(10)
    assert list(store.load(CAFE)) == history(1)


def test_files_are_for_their_owner_only(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 2)
    store.compact(CAFE)
    fill(store, 2, OTHER)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == dict.fromkeys(
        [".lock", f"{CAFE}.json", f"{CAFE}.journal", f"{OTHER}.journal"], 0o600
    )


def test_a_snapshot_is_a_tinydb_file_that_tinydb_alone_can_read(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 3)
    store.compact(CAFE)
    assert (folder / f"{CAFE}.journal").stat().st_size == 0
    with TinyDB(folder / f"{CAFE}.json", access_mode="r") as database:
        documents = database.table("records").all()
    assert [document["seq"] for document in documents] == [1, 2, 3]
    assert documents[2]["event"]["participant"] == "p3"


def test_closing_compacts_what_was_written(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 4)
    store.close()
    assert (folder / f"{CAFE}.journal").stat().st_size == 0
    assert list(open_store().load(CAFE)) == history(4)


def test_a_long_journal_is_compacted_when_it_is_first_read(open_store: Open, folder: Path) -> None:
    store = open_store()
    store.append(CAFE, history(2_500)).result(10)
    journal = folder / f"{CAFE}.journal"
    assert len(store.load(CAFE)) == 2_500
    assert journal.stat().st_size > 0, "never while it is being written"
    bury(store)
    store = open_store()
    assert list(store.load(CAFE)) == history(2_500)
    assert journal.stat().st_size == 0
    assert list(store.load(CAFE)) == history(2_500)


def test_records_appended_while_a_snapshot_is_drafted_are_kept(open_store: Open) -> None:
    class BusyDisk(Disk):
        def save(self, path: Path, data: bytes) -> None:
            super().save(path, data)
            store.append(CAFE, [answer(4)]).result(10)

    store = open_store(BusyDisk())
    fill(store, 3)
    store.compact(CAFE)
    assert list(store.load(CAFE)) == history(4)
    bury(store)
    assert list(open_store().load(CAFE)) == history(4)


def test_an_older_snapshot_never_takes_the_place_of_a_newer_one(open_store: Open) -> None:
    store = open_store()
    fill(store, 3)
    files, view = store._view(CAFE)
    draft(files, view)
    older = files._draft.read_bytes()
    store.append(CAFE, [answer(4)]).result(10)
    store.compact(CAFE)
    files._draft.write_bytes(older)
    store._committer.run(lambda: store._shelf.publish(files, view))
    store.append(CAFE, [answer(5)]).result(10)
    bury(store)
    assert list(open_store().load(CAFE)) == history(5)


def test_more_cafes_than_open_files(open_store: Open) -> None:
    store = open_store()
    cafes = [f"cafe{number:08d}" for number in range(30)]
    for seq in (1, 2, 3):
        for future in [store.append(cafe, history(1, first=seq)) for cafe in cafes]:
            future.result(10)
    assert sum(files._descriptor is not None for files in store._shelf._cafes.values()) == 8
    assert {len(store.load(cafe)) for cafe in cafes} == {3}


def test_drafts_left_by_a_crash_are_removed(open_store: Open, folder: Path) -> None:
    folder.mkdir()
    for name in (f"{CAFE}.json.tmp", f"{CAFE}.journal.tmp", ".probe-abc"):
        (folder / name).write_text("half")
    open_store()
    assert {path.name for path in folder.iterdir()} == {".lock"}


def test_checking_leaves_nothing_behind(open_store: Open, folder: Path) -> None:
    store = open_store()
    assert store.check().writable
    assert {path.name for path in folder.iterdir()} == {".lock"}


def test_a_second_store_is_refused_while_the_first_is_open(open_store: Open, folder: Path) -> None:
    first = open_store()
    with pytest.raises(Busy, match=str(os.getpid())):
        TinyDBStore(folder)
    first.close()
    open_store()


def test_a_second_process_is_refused_until_the_first_is_killed(open_store: Open, folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        with pytest.raises(Busy, match=str(holder.pid)):
            TinyDBStore(folder)
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        assert fill(open_store(), 1)


def test_a_cafe_that_cannot_be_read_now_is_not_taken_for_damaged(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 1, OTHER)
    (folder / f"{CAFE}.journal").mkdir()
    with pytest.raises(StoreError) as caught:
        store.load(CAFE)
    assert type(caught.value) is StoreError
    assert set(store.first_records()) == {OTHER}
    assert store.check().damaged == ()
    with pytest.raises(NotKept):
        store.append(CAFE, [created()]).result(10)


def test_logs_name_cafes_and_nothing_that_people_wrote(
    open_store: Open, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    store = open_store()
    fill(store, 3)
    store.compact(CAFE)
    fill(store, 3, OTHER)
    snapshot = folder / f"{CAFE}.json"
    snapshot.write_bytes(snapshot.read_bytes().replace(b"Caf", b"Kaf"))
    bury(store)
    journal = folder / f"{OTHER}.journal"
    journal.write_bytes(journal.read_bytes()[:-4])
    open_store().first_records()
    assert len(caplog.records) >= 3
    written = json.dumps([record.getMessage() for record in caplog.records])
    assert CAFE in written
    for private in ("Caf", "Kaf", "ABC234", "key-", "quiz", "fff"):
        assert private not in written
