"""PostgreSQL stopped as by a power cut, and processes killed: what was acknowledged is there, once and in its place."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from state.ports import Conflict, NotKept
from state.stores.postgres.schema import migrate
from state.stores.postgres.store import PostgresStore
from tests.postgres import Server, server
from tests.state.stores.samples import CAFE, OTHER, answer, created, fill, history

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = 10
RESTARTS = 4


@pytest.fixture(scope="module")
def machine() -> Iterator[Server]:
    """A server of these tests' own, which they may stop."""
    with server() as started:
        yield started


@pytest.fixture
def store(machine: Server) -> Iterator[PostgresStore]:
    with closing(PostgresStore(machine.url)) as opened:
        with psycopg.connect(machine.url, autocommit=True) as connection:
            connection.execute("TRUNCATE records, cafes")
        yield opened


@pytest.mark.reliability
def test_restarted_under_load_nothing_is_lost_nor_doubled_nor_refused(machine: Server, store: PostgresStore) -> None:
    fill(store, 1)
    done = threading.Event()
    acknowledged: list[int] = []

    def write() -> None:
        seq = 1
        while not done.is_set():
            futures = [store.append(CAFE, [answer(place)]) for place in range(seq + 1, seq + 6)]
            for future in futures:
                future.result(20)
            acknowledged.extend(range(seq + 1, seq + 6))
            seq += 5

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(RESTARTS):
        before = len(acknowledged)
        machine.stop("immediate")
        machine.start()
        deadline = time.monotonic() + 10
        while len(acknowledged) <= before and writer.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
    done.set()
    writer.join(30)
    assert len(acknowledged) > 5 * RESTARTS
    assert list(store.load(CAFE)) == history(acknowledged[-1])


@pytest.mark.reliability
def test_a_process_killed_takes_nothing_acknowledged_with_it(machine: Server, store: PostgresStore) -> None:
    cafes = [CAFE, OTHER]
    kept = dict.fromkeys(cafes, 0)
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.state.stores.writer", machine.url, f"w{kill}", *cafes],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            killer = threading.Timer(0.05 + kill / 50, writer.kill)
            killer.start()
            told = writer.stdout.read().splitlines()
            killer.join()
        assert writer.returncode == -signal.SIGKILL, "it ended by itself"
        for line in told:
            cafe, first, count, _ = line.split()
            assert int(first) > kept[cafe], "acknowledged twice"
        for line in told:
            cafe, first, count, _ = line.split()
            kept[cafe] = max(kept[cafe], int(first) + int(count) - 1)
        for cafe in cafes:
            # Reading also says that no place is empty.
            assert store.versions(cafes).get(cafe, 0) >= kept[cafe]
            if kept[cafe]:
                store.load(cafe)
    assert min(kept.values()) > KILLS


def test_a_server_that_stays_away_is_said_and_what_comes_after_is_kept(machine: Server) -> None:
    with closing(PostgresStore(machine.url, patience=0.3)) as store:
        with psycopg.connect(machine.url, autocommit=True) as connection:
            connection.execute("TRUNCATE records, cafes")
        fill(store, 2)
        machine.stop("fast")
        try:
            futures = [store.append(CAFE, [answer(3)]), store.append(OTHER, [created()])]
            for future in futures:
                with pytest.raises(NotKept):
                    future.result(20)
            assert not store.check().writable
        finally:
            machine.start()
        assert store.check().writable
        store.append(CAFE, [answer(3)]).result(20)
        assert list(store.load(CAFE)) == history(3)


def test_a_key_is_kept_once_whoever_decided_without_knowing(store: PostgresStore) -> None:
    fill(store, 2)
    twice = answer(2)
    futures = [
        store.append(CAFE, [type(twice)(3, twice.at + 1, twice.event)]),
        store.append(OTHER, [created()]),
    ]
    with pytest.raises(Conflict):
        futures[0].result(10)
    futures[1].result(10)
    assert list(store.load(CAFE)) == history(2)


def test_processes_that_start_together_bring_the_schema_up_to_date_once(machine: Server) -> None:
    with psycopg.connect(machine.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    failures: list[Exception] = []

    def start() -> None:
        try:
            migrate(machine.url)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    with psycopg.connect(machine.url) as connection:
        assert connection.execute("SELECT count(*) FROM probe").fetchone() == (1,)
