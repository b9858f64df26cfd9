"""A store that counts what it keeps: whichever it is, it is measured from outside."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from state.domain.events import Answered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from state.domain.events import Record
    from state.ports import Store
    from web.metrics import Metrics


def measured(store: Store, metrics: Metrics) -> Store:
    """The same store, each append of which is timed and counted."""
    return cast("Store", _Measured(store, metrics))


class _Measured:
    def __init__(self, store: Store, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics

    def __getattr__(self, name: str) -> Any:
        # All but `append` is the store's own affair, whatever stores learn to do besides.
        return getattr(self._store, name)

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        metrics, began = self._metrics, time.perf_counter()

        def settle(done: Future[None]) -> None:
            metrics.waiting.dec()
            if (error := done.exception()) is not None:
                metrics.store_errors.labels(type(error).__name__).inc()
                return
            metrics.append.observe(time.perf_counter() - began)
            metrics.records.inc(len(records))
            if answers := sum(isinstance(record.event, Answered) for record in records):
                metrics.answers.inc(answers)

        # Counted once the store has taken it: one that raises has nothing waiting.
        done = self._store.append(cafe, records)
        metrics.waiting.inc()
        done.add_done_callback(settle)
        return done
