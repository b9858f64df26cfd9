"""A café that was found damaged is given back as far as it can be read, or as a backup has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from state.__main__ import main
from state.archives import BackupError
from state.backup import back_up, mend
from state.ports import Damaged
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import bury
from tests.state.stores.samples import CAFE, OTHER, answer, fill, flip, history

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.events import Record


def set_aside(data: Path) -> list[Record]:
    """A café of six records, three of them in its snapshot, whose fifth was changed on the disk; and a sound one."""
    store = TinyDBStore(data / "cafes")
    records = fill(store, 3)
    store.compact(CAFE)
    for record in history(3, first=4):
        store.append(CAFE, [record]).result(10)
    fill(store, 2, OTHER)
    bury(store)
    journal = data / "cafes" / f"{CAFE}.journal"
    flip(journal, journal.read_bytes().index(b"p5"))
    store = TinyDBStore(data / "cafes")
    with pytest.raises(Damaged):
        store.load(CAFE)
    store.close()
    return records


def loaded(data: Path, cafe: str = CAFE) -> list[Record]:
    store = TinyDBStore(data / "cafes")
    try:
        return list(store.load(cafe))
    finally:
        store.close()


def test_a_cafe_set_aside_is_given_back_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    set_aside(tmp_path)
    assert mend(None, tmp_path).cafes == 1
    assert loaded(tmp_path) == history(4)
    assert loaded(tmp_path, OTHER) == history(2)
    store = TinyDBStore(tmp_path / "cafes")
    assert store.check().damaged == ()
    store.append(CAFE, [answer(5)]).result(10)
    store.close()


def test_a_backup_that_has_more_of_it_is_preferred(tmp_path: Path) -> None:
    data, archive = tmp_path / "data", tmp_path / "archive"
    store = TinyDBStore(data / "cafes")
    fill(store, 6)
    back_up(data, archive)
    bury(store)
    path = data / "cafes" / f"{CAFE}.journal"
    flip(path, path.read_bytes().index(b"p2"))
    store = TinyDBStore(data / "cafes")
    store.first_records()
    store.close()
    assert mend(archive, data).cafes == 1
    assert loaded(data) == history(6)


def test_a_cafe_of_which_nothing_can_be_read_stays_set_aside(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "cafes")
    fill(store, 3)
    store.close()
    flip(tmp_path / "cafes" / f"{CAFE}.json", 40)
    store = TinyDBStore(tmp_path / "cafes")
    store.first_records()
    store.close()
    assert mend(None, tmp_path).damaged == (CAFE,)
    store = TinyDBStore(tmp_path / "cafes")
    assert store.check().damaged == (CAFE,)
    store.close()


def test_what_was_set_aside_goes_with_what_is_rewritten_or_erased(tmp_path: Path) -> None:
    for after in ("rewrite", "erase"):
        data = tmp_path / after
        set_aside(data)
        mend(None, data)
        left = data / "cafes" / "quarantine"
        assert list(left.iterdir())
        store = TinyDBStore(data / "cafes")
        if after == "rewrite":
            store.rewrite(CAFE, lambda records: records)
        else:
            store.erase(CAFE)
        store.close()
        assert list(left.iterdir()) == []


def test_figures_of_a_longer_history_do_not_outlive_it(tmp_path: Path) -> None:
    set_aside(tmp_path)
    figures = tmp_path / "summaries" / f"{CAFE}.json"
    figures.parent.mkdir()
    figures.write_text("{}")
    mend(None, tmp_path)
    assert not figures.exists()


def test_there_must_be_something_to_mend_and_nobody_at_work(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "cafes")
    fill(store, 2)
    store.close()
    with pytest.raises(BackupError, match="sound"):
        mend(None, tmp_path)
    set_aside(tmp_path / "other")
    store = TinyDBStore(tmp_path / "other" / "cafes")
    with pytest.raises(BackupError, match="busy"):
        mend(None, tmp_path / "other")
    store.close()


def test_the_command_mends_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_aside(tmp_path)
    monkeypatch.setenv("COMPTOIR_DATA", str(tmp_path))
    assert main(["mend"]) == 0
    assert "1 café abîmé redonné" in capsys.readouterr().out
    assert main(["mend"]) == 1
