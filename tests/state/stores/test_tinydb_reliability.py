"""Killed at any instant, a hundred times: what was acknowledged is there, once and in its place."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from state.domain.events import Answered, CafeCreated, Record
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import bury

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KILLS = 120
KILLS_PER_CAFE = 12
_BATCH = re.compile(r"(.+)\.(\d+)\+(\d+)\.")


def run_and_kill(folder: Path, name: str, cafes: Iterable[str], after: float) -> list[str]:
    """What a writer had acknowledged when it was killed, so many seconds after it began."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.state.stores.writer", str(folder), name, *cafes],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        killer = subprocess_killer(writer, after)
        told, _ = killer
        return told.splitlines()


def subprocess_killer(writer: subprocess.Popen[str], after: float) -> tuple[str, str | None]:
    deadline = time.monotonic() + after
    try:
        # Read meanwhile, so that a full pipe does not hold the writer up.
        return writer.communicate(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        writer.kill()
        return writer.communicate()


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


@pytest.mark.reliability
def test_killed_a_hundred_times_nothing_acknowledged_is_lost_doubled_or_moved(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    chance = random.Random(20_250_713)
    acknowledged: dict[str, dict[int, str]] = defaultdict(dict)
    for kill in range(KILLS):
        cafes = [f"cafe{kill // KILLS_PER_CAFE:04d}{letter}" for letter in "abc"]
        name = f"w{kill:03d}"
        for line in run_and_kill(folder, name, cafes, chance.uniform(0.005, 0.12)):
            cafe, first, count, writer = line.split()
            for seq in range(int(first), int(first) + int(count)):
                assert seq not in acknowledged[cafe], "acknowledged twice"
                acknowledged[cafe][seq] = writer
        store = TinyDBStore(folder)
        last_round = (kill + 1) % KILLS_PER_CAFE == 0
        for cafe in list(acknowledged) if kill == KILLS - 1 else cafes if last_round or kill % 3 == 0 else []:
            records = store.load(cafe) if acknowledged[cafe] else []
            assert [record.seq for record in records] == list(range(1, len(records) + 1))
            assert_whole_batches(records)
            kept = {record.seq: name_of(record) for record in records}
            assert acknowledged[cafe].items() <= kept.items()
        assert store.check().damaged == ()
        bury(store)
    assert sum(len(seqs) for seqs in acknowledged.values()) > 10 * KILLS
