"""What the tests of stores share: a folder, and stores that are closed when a test ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from state.stores.tinydb_store import TinyDBStore
from tests.postgres import database, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from state.stores.disk import Disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def open_store(folder: Path) -> Iterator[Callable[..., TinyDBStore]]:
    """Open the folder's store; a test that opens it again has closed it before."""
    stores: list[TinyDBStore] = []

    def open_it(disk: Disk | None = None) -> TinyDBStore:
        stores.append(TinyDBStore(folder, disk=disk))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL."""
    with database() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The same, with nothing in it."""
    empty(postgres)
    return postgres
