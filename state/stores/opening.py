"""The store that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from state.ports import Store
    from state.settings import Settings


def open_store(settings: Settings) -> Store:
    """Open PostgreSQL where there is one, the data folder otherwise.

    Raises:
        StoreError, OSError
    """
    if not settings.database:
        return TinyDBStore(settings.data / "cafes")
    # Whoever keeps cafés in a folder does not wait for its driver.
    from state.stores.postgres.store import PostgresStore  # noqa: PLC0415

    return PostgresStore(settings.database)
