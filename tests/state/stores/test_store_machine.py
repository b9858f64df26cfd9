"""Whatever is asked of it in whatever order, a store that lasts says and keeps what the one in memory does."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from state.domain.events import Answered
from state.ports import Store, StoreError, UnknownCafe
from state.stores.memory import MemoryStore
from state.stores.postgres.store import PostgresStore
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.samples import answer, created

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from state.domain.events import Record

_ids = count()
_places = st.integers(0, 2)


def without_words(records: Sequence[Record]) -> list[Record]:
    return [
        replace(one, event=replace(one.event, value="")) if isinstance(one.event, Answered) else one for one in records
    ]


def outcome(ask: Callable[[], object]) -> type[StoreError] | None:
    try:
        ask()
    except StoreError as error:
        return type(error)
    return None


class StoreMachine(RuleBasedStateMachine):
    open_store: Callable[[], Store]

    def __init__(self) -> None:
        super().__init__()
        # Ids of its own: stores may be shared by every example.
        turn = next(_ids)
        self.cafes = [f"cafe{turn:06d}{letter}" for letter in "abc"]
        self.model = MemoryStore()
        self.store = type(self).open_store()
        self.names = count()

    def length(self, cafe: str) -> int:
        return self.model.versions([cafe]).get(cafe, 0)

    @rule(
        place=_places, sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4), skip=st.sampled_from([0, 0, 0, 1, -1])
    )
    def append(self, place: int, sizes: list[int], skip: int) -> None:
        """Several at once, none waiting for the one before."""
        cafe = self.cafes[place]
        seq = self.length(cafe) + 1 + skip
        asked = []
        for size in sizes:
            name = f"n{next(self.names)}."
            records = [created(name) if one == 1 else answer(one, name) for one in range(seq, seq + size)]
            seq += size
            asked.append((self.store.append(cafe, records), self.model.append(cafe, records)))
        for ours, models in asked:
            assert type(ours.exception(20)) is type(models.exception(20))

    @rule(place=_places)
    def rewrite(self, place: int) -> None:
        cafe = self.cafes[place]
        expected = outcome(lambda: self.model.rewrite(cafe, without_words))
        assert outcome(lambda: self.store.rewrite(cafe, without_words)) is expected

    @rule(place=_places)
    def compact(self, place: int) -> None:
        cafe = self.cafes[place]
        assert outcome(lambda: self.store.compact(cafe)) is outcome(lambda: self.model.compact(cafe))

    @rule(place=st.sampled_from([2]))
    def erase(self, place: int) -> None:
        cafe = self.cafes[place]
        assert outcome(lambda: self.store.erase(cafe)) is outcome(lambda: self.model.erase(cafe))

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = type(self).open_store()

    @rule()
    def read(self) -> None:
        for cafe in self.cafes:
            expected: Sequence[Record] | None = None
            with suppress(UnknownCafe):
                expected = self.model.load(cafe)
            if expected is None:
                assert outcome(lambda cafe=cafe: self.store.load(cafe)) is UnknownCafe  # type: ignore[misc]
            else:
                assert list(self.store.load(cafe)) == list(expected)
        assert self.store.versions(self.cafes) == self.model.versions(self.cafes)
        firsts = {cafe: first for cafe, first in self.store.first_records().items() if cafe in self.cafes}
        assert firsts == self.model.first_records()

    def teardown(self) -> None:
        self.read()
        self.store.close()


@pytest.mark.parametrize("kind", ["tinydb", "postgres"])
def test_a_store_does_as_the_one_in_memory(kind: str, request: pytest.FixtureRequest) -> None:
    address = request.getfixturevalue("postgres_url") if kind == "postgres" else ""
    with tempfile.TemporaryDirectory() as folder:

        class Machine(StoreMachine):
            open_store = staticmethod(lambda: PostgresStore(address) if address else TinyDBStore(Path(folder)))

        run_state_machine_as_test(Machine, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))
