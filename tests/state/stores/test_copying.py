"""A copy of a café is the café at one moment, whatever its store does while it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from state.stores import copying
from state.stores.cafe_files import CafeFiles, read_history
from state.stores.copying import copy_cafe
from state.stores.disk import Disk
from state.stores.quarantine import Broken
from tests.state.stores.samples import CAFE, answer, fill, history
from tests.state.stores.test_contract import without_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.stores.tinydb_store import TinyDBStore

    Open = Callable[..., TinyDBStore]


def copied(folder: Path, target: Path) -> Sequence[Record]:
    target.mkdir()
    copy_cafe(folder, CAFE, target)
    files = CafeFiles(target, CAFE, Disk())
    return read_history(files, files.view())


def between_readings(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object], *, times: int = 1) -> None:
    """Have something happen after the snapshot was read, and before the journal is."""
    read, left = copying._read, [times]

    def reading(path: Path) -> bytes:
        if path.suffix == ".journal" and left[0]:
            left[0] -= 1
            happens()
        return read(path)

    monkeypatch.setattr(copying, "_read", reading)


def test_a_cafe_compacted_while_it_is_copied_is_whole(
    open_store: Open, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    fill(store, 4)
    between_readings(monkeypatch, lambda: store.compact(CAFE))
    assert list(copied(folder, tmp_path / "copy")) == history(4)


def test_a_cafe_rewritten_while_it_is_copied_is_the_new_one(
    open_store: Open, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    fill(store, 4)
    between_readings(monkeypatch, lambda: store.rewrite(CAFE, without_words))
    assert list(copied(folder, tmp_path / "copy")) == without_words(history(4))


def test_a_cafe_erased_while_it_is_copied_is_not_there(
    open_store: Open, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    fill(store, 4)
    between_readings(monkeypatch, lambda: store.erase(CAFE))
    assert copy_cafe(folder, CAFE, tmp_path) == ()


def test_a_cafe_that_is_never_still_is_not_copied_in_parts(
    open_store: Open, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    fill(store, 4)

    def restless() -> None:
        store.append(CAFE, [answer(len(store.load(CAFE)) + 1)]).result(10)
        store.compact(CAFE)

    between_readings(monkeypatch, restless, times=1_000)
    with pytest.raises(Broken):
        copy_cafe(folder, CAFE, tmp_path)
