"""What is rewritten or erased leaves no byte behind, wherever a crash or a failing disk cuts it short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from state.ports import Damaged, NotKept, UnknownCafe
from tests.state.stores.fakes import ALWAYS, FailingDisk, Killed, KillingDisk, bury
from tests.state.stores.samples import CAFE, OTHER, answer, created, fill, flip, history
from tests.state.stores.test_contract import without_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from state.stores.tinydb_store import TinyDBStore

    Open = Callable[..., TinyDBStore]

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")

WRITTEN = "réponse".encode()
MOMENTS = [
    *("before save", "during save", "after save", "before replace", "after replace"),
    *("before sync_folder", "after sync_folder", "before cut", "after cut"),
]


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("compacted", [False, True])
def test_a_rewritten_history_leaves_nothing_of_the_old(open_store: Open, folder: Path, *, compacted: bool) -> None:
    store = open_store()
    fill(store, 4)
    if compacted:
        store.compact(CAFE)
        store.append(CAFE, [answer(5)]).result(10)
    assert WRITTEN in everything(folder)
    store.rewrite(CAFE, without_words)
    assert WRITTEN not in everything(folder)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("before", [0, 3])
def test_a_rewriting_cut_short_leaves_the_old_or_the_new(
    open_store: Open, folder: Path, moment: str, before: int
) -> None:
    disk = KillingDisk()
    store = open_store(disk)
    if before:
        fill(store, before)
        store.compact(CAFE)
    for record in history(4, first=before + 1):
        store.append(CAFE, [record]).result(10)
    old = history(before + 4)
    disk.moment = moment
    with pytest.raises((Killed, NotKept)):
        store.rewrite(CAFE, without_words)
    bury(store)
    store = open_store()
    store.first_records()
    kept = list(store.load(CAFE))
    done = moment in MOMENTS[4:]
    assert kept == (without_words(old) if done else old)
    assert (WRITTEN in everything(folder)) is not done
    store.append(CAFE, [answer(len(old) + 1)]).result(10)
    store.rewrite(CAFE, without_words)
    assert WRITTEN not in everything(folder)


@pytest.mark.parametrize("call", ["save", "replace", "sync_folder", "cut"])
def test_a_rewriting_that_the_disk_refuses_is_said_and_can_be_asked_again(
    open_store: Open, folder: Path, call: str
) -> None:
    disk = FailingDisk()
    store = open_store(disk)
    fill(store, 3)
    # Where the journal cannot be cut, it is written afresh instead.
    disk.failures = {call: 1} if call != "cut" else {"cut": 1, "replace": 0}
    if call == "cut":
        store.rewrite(CAFE, without_words)
    else:
        with pytest.raises(NotKept):
            store.rewrite(CAFE, without_words)
        assert without_words(store.load(CAFE)) == without_words(history(3))
        store.rewrite(CAFE, without_words)
    assert WRITTEN not in everything(folder)
    store.append(CAFE, [answer(4)]).result(10)
    assert list(store.load(CAFE)) == [*without_words(history(3)), answer(4)]


def test_an_erased_cafe_leaves_its_id_and_a_date(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 3)
    store.compact(CAFE)
    store.append(CAFE, [answer(4)]).result(10)
    store.erase(CAFE)
    assert [path.relative_to(folder).as_posix() for path in folder.rglob(f"*{CAFE}*")] == [f"erased/{CAFE}"]
    assert (folder / "erased" / CAFE).read_bytes().strip().isdigit()
    assert b"caf\xc3\xa9" not in everything(folder).lower()


def test_a_damaged_cafe_is_erased_with_what_was_set_aside(open_store: Open, folder: Path) -> None:
    store = open_store()
    fill(store, 3)
    fill(store, 2, OTHER)
    bury(store)
    flip(folder / f"{CAFE}.journal", 40)
    store = open_store()
    with pytest.raises(Damaged):
        store.load(CAFE)
    store.erase(CAFE)
    assert store.check().damaged == ()
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    assert [path.name for path in folder.rglob(f"*{CAFE}*")] == [CAFE]
    assert list(store.load(OTHER)) == history(2)


@pytest.mark.parametrize("moment", ["before save", "after save", "before sync_folder", "before remove", "after remove"])
def test_an_erasing_cut_short_leaves_a_whole_cafe_or_none(open_store: Open, folder: Path, moment: str) -> None:
    disk = KillingDisk()
    store = open_store(disk)
    fill(store, 2)
    store.compact(CAFE)
    store.append(CAFE, [answer(3)]).result(10)
    disk.moment = moment
    with pytest.raises((Killed, NotKept)):
        store.erase(CAFE)
    bury(store)
    store = open_store()
    if store.first_records():
        assert list(store.load(CAFE)) == history(3)
    else:
        assert [path.name for path in folder.rglob(f"*{CAFE}*")] == [CAFE]


@pytest.mark.parametrize("call", ["save", "sync_folder", "remove"])
def test_an_erasing_that_the_disk_refuses_is_said_and_can_be_asked_again(
    open_store: Open, folder: Path, call: str
) -> None:
    disk = FailingDisk()
    store = open_store(disk)
    fill(store, 3)
    disk.failures = {call: ALWAYS}
    with pytest.raises(NotKept):
        store.erase(CAFE)
    disk.failures = {}
    store.erase(CAFE)
    assert [path.name for path in folder.rglob(f"*{CAFE}*")] == [CAFE]


def test_a_cafe_erased_while_it_is_read_is_not_taken_for_damaged(
    open_store: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    fill(store, 2)
    store.compact(CAFE)
    view = store._view(CAFE)
    store.erase(CAFE)
    monkeypatch.setattr(store, "_view", lambda _: view)
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    assert not (folder / "quarantine").exists()
    assert created() not in store.first_records().values()


def test_an_erasing_that_cannot_be_finished_at_the_start_stops_nobody(open_store: Open, folder: Path) -> None:
    disk = KillingDisk()
    store = open_store(disk)
    fill(store, 2)
    fill(store, 2, OTHER)
    disk.moment = "before remove"
    with pytest.raises((Killed, NotKept)):
        store.erase(CAFE)
    bury(store)
    said = (folder / "erased" / CAFE).read_bytes()
    failing = FailingDisk()
    failing.failures = {"remove": ALWAYS}
    store = open_store(failing)
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    assert set(store.first_records()) == {OTHER}
    bury(store)
    open_store()
    assert [path.name for path in folder.rglob(f"*{CAFE}*")] == [CAFE]
    assert (folder / "erased" / CAFE).read_bytes() == said
