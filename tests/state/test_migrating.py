"""Every history goes from one store to the other and back, whole, however often it was interrupted."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from state.__main__ import main
from state.migrating import move
from state.ports import NotKept, UnknownCafe
from state.stores.postgres.store import PostgresStore
from state.stores.tinydb_store import TinyDBStore
from tests.postgres import database, empty
from tests.state.stores.samples import CAFE, OTHER, answer, created, history

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from state.domain.events import Record


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with database() as url:
        yield url


@pytest.fixture
def base(server: str) -> Iterator[PostgresStore]:
    empty(server)
    with closing(PostgresStore(server)) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[TinyDBStore]:
    with closing(TinyDBStore(tmp_path / "cafes")) as store:
        store.append(CAFE, history(1_203)).result(10)
        store.append(OTHER, [created("Un autre")]).result(10)
        yield store


def test_histories_are_the_same_there_and_back(folder: TinyDBStore, base: PostgresStore, tmp_path: Path) -> None:
    there = move(folder, base)
    assert (there.cafes, there.records, there.refused) == (2, 1_204, ())
    assert list(base.load(CAFE)) == list(folder.load(CAFE)) == history(1_203)
    with closing(TinyDBStore(tmp_path / "again")) as again:
        back = move(base, again)
        assert list(again.load(CAFE)) == history(1_203)
    assert back == there


def test_asking_again_adds_only_what_is_missing(folder: TinyDBStore, base: PostgresStore) -> None:
    first = move(folder, base)
    assert move(folder, base) == first
    folder.append(CAFE, [answer(1_204)]).result(10)
    assert move(folder, base).records == 1_205
    assert base.load(CAFE) == history(1_204)


def test_what_was_interrupted_goes_on(
    folder: TinyDBStore, base: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[int] = []
    append = base.append

    def cut(cafe: str, records: list[Record]) -> Future[None]:
        turns.append(len(records))
        if len(turns) == 2:
            raise NotKept("cut")
        return append(cafe, records)

    monkeypatch.setattr(base, "append", cut)
    with pytest.raises(NotKept):
        move(folder, base)
    assert 0 < len(base.load(CAFE)) < 1_203
    assert move(folder, base).records == 1_204
    assert base.load(CAFE) == history(1_203)


def test_a_cafe_that_is_otherwise_there_is_left_as_it_is(folder: TinyDBStore, base: PostgresStore) -> None:
    base.append(CAFE, [created("Tout autre")]).result(10)
    report = move(folder, base)
    assert (report.cafes, report.refused) == (1, (CAFE,))
    assert base.load(CAFE) == [created("Tout autre")]


def test_what_was_erased_meanwhile_does_not_stay_there(folder: TinyDBStore, base: PostgresStore) -> None:
    move(folder, base)
    folder.erase(CAFE)
    assert move(folder, base).cafes == 1
    with pytest.raises(UnknownCafe):
        base.load(CAFE)


def test_the_command_says_what_it_moved(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty(server)
    with closing(TinyDBStore(tmp_path / "cafes")) as store:
        store.append(CAFE, history(3)).result(10)
    monkeypatch.setenv("COMPTOIR_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["migrate", "tinydb→postgres"]) == 1
    assert "DATABASE_URL" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", server)
    assert main(["migrate", "tinydb→postgres"]) == 0
    assert "3 enregistrements" in capsys.readouterr().out
    with closing(TinyDBStore(tmp_path / "cafes")):
        assert main(["migrate", "tinydb→postgres"]) == 1
    assert "Arrêtez-la" in capsys.readouterr().err
