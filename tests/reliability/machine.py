"""A café played at random through its live room and each store, beside a model that knows nothing of either.

Now and then the app is started again over the same store: what it then reads must be what the model says.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from components.pad import render_view
from state.domain import errors
from state.live import Hub
from state.stores.memory import MemoryStore
from state.stores.tinydb_store import TinyDBStore
from tests.state.cafes import START, created
from tests.state.domain.test_machine import PARTS, CafeMachine, plan_with_boards

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from bench.figures import Figures
    from state.ports import Store
    from tests.state.cafes import Decision

T = TypeVar("T")

CAFE = "cafe00000001"
STEPS = 30


class _Counted(CafeMachine):
    """What the model's machine does, done by an app; `runs` counts the cafés of a class, `started` its restarts."""

    runs = 0
    started = 0
    steps = 0

    def open_store(self) -> Store:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self._loop = asyncio.new_event_loop()
        self._now = START
        self._store = self.open_store()
        self._hub = Hub(self._store, render=render_view, clock=lambda: self._now)
        self._room = self._wait(self._hub.create(CAFE, created(plan=plan_with_boards())))
        self.cafe = self._room.cafe

    def ask(self, decide: Decision, *, at: float = 0.0) -> type[errors.Refusal] | None:
        self._now = START + at
        type(self).steps += 1
        try:
            self.cafe = self._wait(self._room.submit(decide))
        except errors.Refusal as refusal:
            assert self._room.cafe is self.cafe, "what is refused changes nothing"
            return type(refusal)
        assert self.cafe is self._room.cafe
        return None

    @rule()
    def the_app_is_started_again(self) -> None:
        before = self.cafe
        type(self).started += 1
        self._store = self.reopened(self._store)
        self._hub = Hub(self._store, render=render_view, clock=lambda: self._now)
        self._room = self._wait(self._hub.room(CAFE))
        self.cafe = self._room.cafe
        for name in PARTS:
            assert getattr(self.cafe, name) == getattr(before, name), name

    def reopened(self, store: Store) -> Store:
        return store

    def teardown(self) -> None:
        self.the_app_is_started_again()
        self.records = list(self._store.load(CAFE))
        super().teardown()
        self._store.close()
        self._loop.close()

    def _wait(self, doing: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(doing)


def _machine_of(name: str, folder: Path) -> type[_Counted]:
    """The machine over one store."""

    class InMemory(_Counted):
        def open_store(self) -> Store:
            return MemoryStore()

    class OverTinyDB(_Counted):
        def open_store(self) -> Store:
            return TinyDBStore(folder / f"{type(self).runs}")

        def reopened(self, store: Store) -> Store:
            store.close()
            return TinyDBStore(folder / f"{type(self).runs}")

    return {"memory": InMemory, "tinydb": OverTinyDB}[name]


STORES = ("memory", "tinydb")


def run(n: int, seed: int = 0) -> Figures:
    """`n` cafés in all, as many over each store."""
    del seed
    figures: Figures = {}
    differences: dict[str, str] = {}
    for name in STORES:
        with tempfile.TemporaryDirectory(prefix="comptoir-machine-") as folder:
            machine = _machine_of(name, Path(folder))
            began = time.perf_counter()
            try:
                run_state_machine_as_test(machine, settings=_settings(-(-n // len(STORES))))
            except AssertionError as error:
                differences[name] = str(error)[:500]
            figures[name] = {
                "runs": machine.runs,
                "gestures": machine.steps,
                "restarts": machine.started,
                "seconds": round(time.perf_counter() - began),
            }
    runs = sum(figures[name]["runs"] for name in STORES)
    return {**figures, "runs": runs, "differences": differences, "holds": not differences and runs >= n}


def _settings(runs: int) -> settings:
    # No example is remembered: a campaign is new cafés, not the ones of the last time.
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
