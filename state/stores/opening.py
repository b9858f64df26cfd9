"""The store that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from pathlib import Path

    from state.ports import Store


def open_store(folder: Path, *, database: str) -> Store:
    """Open the database of this address where there is one, the folder otherwise.

    Raises:
        StoreError, OSError
    """
    if not database:
        return TinyDBStore(folder)
    # Whoever keeps cafés in a folder does not wait for its driver.
    from state.stores.postgres.store import PostgresStore  # noqa: PLC0415

    return PostgresStore(database)
