"""Files that changed under the store: an unfinished end is dropped, anything else is set aside and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.domain.events import encode
from state.ports import Damaged, NotKept
from state.stores.disk import Disk
from state.stores.journal import write_line
from state.stores.snapshot import SealedStorage, draft_snapshot
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import bury
from tests.state.stores.samples import CAFE, OTHER, answer, created, fill, flip, history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from state.domain.events import Record

    Open = Callable[..., TinyDBStore]


@pytest.fixture
def snapshot(folder: Path) -> Path:
    return folder / f"{CAFE}.json"


@pytest.fixture
def journal(folder: Path) -> Path:
    return folder / f"{CAFE}.journal"


@pytest.fixture
def kept(open_store: Open) -> list[Record]:
    """A café with 3 records in its snapshot, then 3 in its journal; another café beside."""
    store = open_store()
    fill(store, 3)
    store.compact(CAFE)
    for record in history(3, first=4):
        store.append(CAFE, [record]).result(10)
    fill(store, 1, OTHER)
    bury(store)
    return history(6)


def assert_set_aside(store: TinyDBStore, folder: Path) -> None:
    with pytest.raises(Damaged):
        store.load(CAFE)
    assert store.check().damaged == (CAFE,)
    assert store.check().writable, "one café's damage is not the disk's"
    assert set(store.first_records()) == {OTHER}
    for first in (1, 7):
        with pytest.raises(NotKept):
            store.append(CAFE, history(1, first)).result(10)
    with pytest.raises(Damaged):
        store.compact(CAFE)
    store.append(OTHER, history(1, first=len(store.load(OTHER)) + 1)).result(10)
    assert not list(folder.glob(f"{CAFE}*"))
    assert list((folder / "quarantine" / f"{CAFE}-1").iterdir())


def test_a_last_line_cut_at_any_byte_is_dropped_and_the_rest_served(
    kept: list[Record], folder: Path, journal: Path
) -> None:
    whole = journal.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(start, len(whole)):
        journal.write_bytes(whole[:cut])
        store = TinyDBStore(folder)
        assert list(store.load(CAFE)) == kept[:5]
        assert store.check().damaged == ()
        assert journal.read_bytes() == whole[:start]
        store.append(CAFE, [answer(6)]).result(10)
        assert list(store.load(CAFE)) == kept
        bury(store)


def test_a_first_line_never_finished_makes_no_cafe(open_store: Open, folder: Path, journal: Path) -> None:
    folder.mkdir()
    journal.write_bytes(write_line(1, [b"{}"])[:-5])
    store = open_store()
    assert store.first_records() == {}
    fill(store, 2)
    assert list(store.load(CAFE)) == history(2)


def test_dropping_an_unfinished_line_is_logged(
    kept: list[Record], open_store: Open, journal: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal.write_bytes(journal.read_bytes()[:-7])
    assert list(open_store().load(CAFE)) == kept[:5]
    assert CAFE in caplog.text


@pytest.mark.parametrize("place", [0, 5, 9, 30, 200, -2, -1])
def test_a_bit_flipped_in_the_journal_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, journal: Path, place: int
) -> None:
    flip(journal, place)
    assert_set_aside(open_store(), folder)


@pytest.mark.parametrize("place", [0, 20, 300, -60, -10, -1])
def test_a_bit_flipped_in_the_snapshot_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, snapshot: Path, place: int
) -> None:
    flip(snapshot, place)
    assert_set_aside(open_store(), folder)


@pytest.mark.parametrize("length", [0, 1, 40, 500])
def test_a_snapshot_cut_short_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, snapshot: Path, length: int
) -> None:
    snapshot.write_bytes(snapshot.read_bytes()[:length])
    assert_set_aside(open_store(), folder)


def test_a_snapshot_that_went_away_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, snapshot: Path
) -> None:
    snapshot.unlink()
    assert_set_aside(open_store(), folder)


def test_a_line_missing_from_the_journal_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[2])
    assert_set_aside(open_store(), folder)


def test_a_record_that_cannot_be_read_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    with journal.open("ab") as file:
        file.write(write_line(7, [b'{"seq": 7, "at": 1, "event": {"kind": "from-the-future"}}']))
    assert_set_aside(open_store(), folder)


def test_a_record_out_of_its_place_in_the_journal_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    with journal.open("ab") as file:
        file.write(write_line(7, [encode(answer(8))]))
    assert_set_aside(open_store(), folder)


def test_a_record_out_of_its_place_in_the_snapshot_sets_the_cafe_aside(
    kept: list[Record], open_store: Open, folder: Path, snapshot: Path, journal: Path
) -> None:
    journal.unlink()
    draft_snapshot(SealedStorage(folder / "none", snapshot, Disk()), [(1, encode(kept[0])), (2, encode(kept[4]))])
    assert_set_aside(open_store(), folder)


@pytest.mark.parametrize("compacted", [True, False])
def test_a_snapshot_that_goes_away_while_the_store_is_open_is_told(
    kept: list[Record], open_store: Open, folder: Path, snapshot: Path, *, compacted: bool
) -> None:
    store = open_store()
    store.load(CAFE)
    if compacted:
        store.compact(CAFE)
    snapshot.unlink()
    with pytest.raises(Damaged):
        (store.load if compacted else store.compact)(CAFE)
    assert_set_aside(store, folder)


def test_damage_is_found_at_the_start_without_loading(kept: list[Record], open_store: Open, snapshot: Path) -> None:
    flip(snapshot, -100)
    store = open_store()
    assert set(store.first_records()) == {OTHER}
    assert store.check().damaged == (CAFE,)


def test_damage_found_while_the_store_is_open_is_told(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    store = open_store()
    assert list(store.load(CAFE)) == kept
    flip(journal, 100)
    with pytest.raises(Damaged):
        store.load(CAFE)
    assert_set_aside(store, folder)


def test_damage_is_never_sealed_into_a_snapshot(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    store = open_store()
    store.load(CAFE)
    flip(journal, 100)
    with pytest.raises(Damaged):
        store.compact(CAFE)
    assert_set_aside(store, folder)


def test_an_append_alone_finds_damage_too(kept: list[Record], open_store: Open, folder: Path, journal: Path) -> None:
    flip(journal, 100)
    store = open_store()
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(7)]).result(10)
    assert_set_aside(store, folder)


def test_a_cafe_set_aside_stays_so_after_a_restart(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    flip(journal, 100)
    damaged = journal.read_bytes()
    store = open_store()
    assert_set_aside(store, folder)
    store.close()
    assert_set_aside(open_store(), folder)
    assert (folder / "quarantine" / f"{CAFE}-1" / journal.name).read_bytes() == damaged


def test_a_cafe_given_back_is_served_again(kept: list[Record], open_store: Open, folder: Path, journal: Path) -> None:
    flip(journal, 100)
    store = open_store()
    assert_set_aside(store, folder)
    store.close()
    place = folder / "quarantine" / f"{CAFE}-1"
    for path in place.iterdir():
        path.replace(folder / path.name)
    place.rmdir()
    flip(journal, 100)
    assert list(open_store().load(CAFE)) == kept


def test_a_second_damage_has_its_own_place(kept: list[Record], open_store: Open, folder: Path, journal: Path) -> None:
    (folder / "quarantine" / f"{OTHER}-1").mkdir(parents=True)
    (folder / "quarantine" / "notes.txt").write_text("written by somebody")
    flip(journal, 100)
    store = open_store()
    with pytest.raises(Damaged):
        store.load(CAFE)
    assert store.check().damaged == (CAFE, OTHER)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_any_bit_flipped_anywhere_is_told_or_harmless(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("flips")
    store = TinyDBStore(folder)
    store.append(CAFE, [created(), answer(2, value="a\n\\\tb")]).result(10)
    store.compact(CAFE)
    store.append(CAFE, [answer(3)]).result(10)
    store.append(CAFE, [answer(4), answer(5)]).result(10)
    expected = store.load(CAFE)
    bury(store)
    path = data.draw(st.sampled_from([folder / f"{CAFE}.json", folder / f"{CAFE}.journal"]))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    store = TinyDBStore(folder)
    with pytest.raises(Damaged):
        store.load(CAFE)
    assert len(expected) == 5
    bury(store)


def test_what_is_set_aside_goes_when_its_time_is_over(
    kept: list[Record], open_store: Open, folder: Path, journal: Path
) -> None:
    flip(journal, 100)
    store = open_store()
    assert_set_aside(store, folder)
    place = folder / "quarantine" / f"{CAFE}-1"
    since = place.stat().st_mtime
    store.clear_damaged(before=since - 1)
    assert_set_aside(store, folder)
    store.clear_damaged(before=since)
    assert not place.exists()
    assert store.check().damaged == ()
    assert set(store.first_records()) == {OTHER}
