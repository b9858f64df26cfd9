"""Killed at any instant, a hundred times: what was acknowledged is there, once and in its place."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from state.domain.events import Answered, CafeCreated, Record
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import bury

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KILLS = 120
KILLS_PER_CAFE = 12
_BATCH = re.compile(r"(.+)\.(\d+)\+(\d+)\.")


def run_and_kill(folder: Path, name: str, cafes: Iterable[str], after: float) -> list[str]:
    """What a writer said was acknowledged before it was killed, so many seconds after it began."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.state.stores.writer", str(folder), name, *cafes],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        killer = threading.Timer(after, writer.kill)
        killer.start()
        # Read meanwhile, so that a full pipe does not hold the writer up.
        told = writer.stdout.read().splitlines()
        killer.join()
    assert writer.returncode == -signal.SIGKILL, "it ended by itself"
    return told


def name_of(record: Record) -> str:
    """The writer that wrote a record, as told in the record itself."""
    if isinstance(record.event, CafeCreated):
        return record.event.title
    assert isinstance(record.event, Answered)
    batch = _BATCH.match(record.event.participant)
    assert batch is not None
    return batch[1]


def assert_whole_batches(records: Iterable[Record]) -> None:
    found: dict[str, list[int]] = defaultdict(list)
    for record in records:
        if isinstance(record.event, Answered) and (batch := _BATCH.match(record.event.participant)):
            found[batch[0]].append(record.seq)
    for label, seqs in found.items():
        batch = _BATCH.match(label)
        assert batch is not None
        assert seqs == list(range(int(batch[2]), int(batch[2]) + int(batch[3])))


def assert_kept(store: TinyDBStore, cafe: str, acknowledged: Mapping[int, str]) -> None:
    """Every acknowledged record is there, once, in its place, by whoever it was acknowledged to."""
    if not acknowledged:
        return
    records = store.load(cafe)
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert acknowledged.items() <= {record.seq: name_of(record) for record in records}.items()
    assert_whole_batches(records)


@pytest.mark.reliability
def test_killed_a_hundred_times_nothing_acknowledged_is_lost_doubled_or_moved(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    chance = random.Random(20_250_713)
    acknowledged: dict[str, dict[int, str]] = defaultdict(dict)
    for kill in range(KILLS):
        cafes = [f"cafe{kill // KILLS_PER_CAFE:04d}{letter}" for letter in "abc"]
        for line in run_and_kill(folder, f"w{kill:03d}", cafes, chance.uniform(0.005, 0.12)):
            cafe, first, count, writer = line.split()
            for seq in range(int(first), int(first) + int(count)):
                assert seq not in acknowledged[cafe], "acknowledged twice"
                acknowledged[cafe][seq] = writer
        store = TinyDBStore(folder)
        for cafe in cafes:
            assert_kept(store, cafe, acknowledged[cafe])
        assert store.check().damaged == ()
        bury(store)
    store = TinyDBStore(folder)
    for cafe, seqs in acknowledged.items():
        assert_kept(store, cafe, seqs)
    store.close()
    assert sum(len(seqs) for seqs in acknowledged.values()) > 10 * KILLS
