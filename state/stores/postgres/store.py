"""The store that several processes share. An append is acknowledged once PostgreSQL has committed it.

What cannot be written is tried again for a while: a server that restarts, or a connection that is cut, costs a wait and
no answer.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from state.domain.events import decode, encode
from state.ports import Conflict, Damaged, Health, NotKept, StoreError, UnknownCafe
from state.stores.committer import Append, Committer
from state.stores.postgres.schema import migrate
from state.stores.postgres.writing import add, erase_history, replace_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from state.domain.events import Record
    from state.ports import Change

_ID = re.compile(r"[a-z0-9]{4,40}")
_MOST_CONNECTIONS = 8
_WAIT_SECONDS = 5.0
# Whoever waits for an acknowledgement waits for fifteen seconds.
_PATIENCE_SECONDS = 8.0
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 0.5
_OUT_OF_REACH = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)

log = logging.getLogger(__name__)


class PostgresStore:
    def __init__(self, url: str, *, patience: float = _PATIENCE_SECONDS) -> None:
        """Bring the database up to date and connect to it. `patience` is in seconds.

        Raises:
            StoreError: it cannot be reached, or is no database of ours.
        """
        try:
            migrate(url)
        except psycopg.Error as error:
            raise StoreError(_reason(error)) from error
        self._patience = patience
        self._damaged: set[str] = set()
        self._trouble = ""
        self._closing = threading.Lock()
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=_WAIT_SECONDS,
            kwargs={"autocommit": True},
            configure=_configure,
            check=ConnectionPool.check_connection,
            open=True,
        )
        self._committer = Committer(self._commit)

    def first_records(self) -> Mapping[str, Record]:
        rows = self._read("SELECT cafe, body FROM records WHERE seq = 1", [])
        firsts: dict[str, Record] = {}
        for cafe, body in rows:
            try:
                firsts[cafe] = decode(body)
            except ValueError:
                self._damaged.add(cafe)
        return firsts

    def versions(self, cafes: Iterable[str]) -> Mapping[str, int]:
        known = [cafe for cafe in cafes if _ID.fullmatch(cafe)]
        return dict(self._read("SELECT id, last FROM cafes WHERE id = ANY(%s) AND last > 0", [known]))

    def load(self, cafe: str) -> Sequence[Record]:
        """The whole history of a café.

        Raises:
            UnknownCafe, Damaged
            StoreError: it cannot be read now, or the store is closed.
        """
        return self.load_after(cafe, 0)

    def load_after(self, cafe: str, seq: int) -> Sequence[Record]:
        if _ID.fullmatch(cafe) is None:
            raise UnknownCafe(cafe)
        rows = self._read("SELECT body FROM records WHERE cafe = %s AND seq > %s ORDER BY seq", [cafe, seq])
        if not rows and (not seq or cafe not in self.versions([cafe])):
            raise UnknownCafe(cafe)
        try:
            records = [decode(body) for (body,) in rows]
        except ValueError:
            self._damaged.add(cafe)
            # Without its cause, which quotes what people wrote.
            raise Damaged(cafe) from None
        if [record.seq for record in records] != list(range(seq + 1, seq + len(records) + 1)):
            self._damaged.add(cafe)
            raise Damaged(cafe)
        return records

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        done: Future[None] = Future()
        # From here on nobody can cancel it: whoever asked may have left, the records are kept all the same.
        done.set_running_or_notify_cancel()
        try:
            encoded = tuple(_encode(record) for record in records)
        except ValueError:
            done.set_exception(NotKept("a record would not read back"))
            return done
        seqs = [record.seq for record in records]
        if _ID.fullmatch(cafe) is None:
            done.set_exception(NotKept("no café can have this id"))
        elif not seqs:
            done.set_result(None)
        elif seqs != list(range(seqs[0], seqs[0] + len(seqs))):
            done.set_exception(Conflict(cafe))
        else:
            self._committer.put(Append(cafe, seqs[0], encoded, done))
        return done

    def erased(self) -> set[str]:
        """The ids of the cafés that were erased."""
        return {cafe for (cafe,) in self._read("SELECT id FROM cafes WHERE erased", [])}

    def compact(self, cafe: str) -> None:
        """Nothing to do for what is there: PostgreSQL tidies by itself."""
        if cafe not in self.versions([cafe]):
            raise UnknownCafe(cafe)

    def rewrite(self, cafe: str, change: Change) -> None:
        try:
            with self._reaching() as connection:
                replace_history(connection, cafe, change)
                _leave_nothing(connection)
        except StoreError as error:
            raise error if isinstance(error, UnknownCafe) else NotKept(str(error)) from error

    def erase(self, cafe: str) -> None:
        try:
            with self._reaching() as connection:
                erase_history(connection, cafe)
                _leave_nothing(connection)
        except StoreError as error:
            raise error if isinstance(error, UnknownCafe) else NotKept(str(error)) from error

    def clear_damaged(self, *, before: float) -> None:
        """Nothing is ever set aside: a database that is damaged says so itself."""

    def check(self) -> Health:
        reason = self._trouble if self._committer.alive else "the store is closed"
        try:
            with self._reaching() as connection:
                connection.execute("UPDATE probe SET at = now()")
        except StoreError as error:
            reason = reason or str(error)
        else:
            if self._committer.alive:
                self._trouble = reason = ""
        return Health(writable=not reason, damaged=tuple(sorted(self._damaged)), reason=reason)

    def close(self) -> None:
        with self._closing:
            self._committer.close()
            self._pool.close()

    def _read(self, query: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        # What was asked to be kept before is seen.
        self._committer.run(lambda: None)
        with self._reaching() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def _reaching(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the pool. Raises: StoreError."""
        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.Error, PoolTimeout, PoolClosed) as error:
            raise StoreError(_reason(error)) from error

    # In the committer's thread

    def _commit(self, appends: Sequence[Append]) -> None:
        """All of them in one transaction; where two of them clash with what is there, one by one."""
        try:
            kept = self._persevere(appends)
        except psycopg.errors.UniqueViolation:
            if len(appends) > 1:
                for append in appends:
                    self._commit([append])
            else:
                appends[0].done.set_exception(Conflict(appends[0].cafe))
        except (psycopg.Error, PoolTimeout, PoolClosed) as error:
            self._trouble = _reason(error)
            log.error("nothing could be written (%s)", self._trouble)  # noqa: TRY400 - a server that is away is no bug
            self._refuse(appends)
        else:
            self._trouble = ""
            for place, append in enumerate(appends):
                if place in kept:
                    append.done.set_result(None)
                else:
                    append.done.set_exception(Conflict(append.cafe))

    def _persevere(self, appends: Sequence[Append]) -> set[int]:
        deadline = time.monotonic() + self._patience
        pause = _FIRST_PAUSE
        again = False
        while True:
            try:
                with self._pool.connection(timeout=max(0.1, deadline - time.monotonic())) as connection:
                    return add(connection, appends, again=again)
            except _OUT_OF_REACH:
                if time.monotonic() + pause > deadline:
                    raise
            again = True
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _refuse(self, appends: Sequence[Append]) -> None:
        # What waits behind was decided on top of what is lost. It is taken back before anybody learns of the loss.
        behind = [late for cafe in {append.cafe for append in appends} for late in self._committer.withdraw(cafe)]
        for append in (*appends, *behind):
            append.done.set_exception(NotKept(self._trouble))


def _configure(connection: psycopg.Connection[Any]) -> None:
    """A commit means that it is on disk, whatever the server's default; a stricter one stays."""
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )


def _leave_nothing(connection: psycopg.Connection[Any]) -> None:
    """Have the space of what was replaced taken back now rather than some day."""
    connection.execute("VACUUM records")


def _encode(record: Record) -> bytes:
    """The record as kept. Raises: ValueError: it would not read back."""
    text = encode(record)
    decode(text)
    return text


def _reason(error: Exception) -> str:
    """What kind of trouble it is: messages of PostgreSQL quote addresses and rows."""
    return type(error).__name__
