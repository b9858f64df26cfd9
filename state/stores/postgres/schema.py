"""The schema is brought up to date at start, by one process at a time."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from yoyo import get_backend, read_migrations

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, so long as nothing else of the database takes a lock by it.
_LOCK = 7_266_303_109


def migrate(url: str) -> None:
    """Apply what is missing. Whoever starts meanwhile waits.

    Raises:
        psycopg.Error
    """
    backend_url = urlunsplit(urlsplit(url)._replace(scheme="postgresql+psycopg"))
    with psycopg.connect(url, autocommit=True) as guard:
        # Let go with the connection, however the process ends: a lock kept in a table would outlive it.
        guard.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        backend = get_backend(backend_url)
        try:
            backend.apply_migrations(backend.to_apply(read_migrations(str(_MIGRATIONS))))
        finally:
            backend.connection.close()
