"""Stores that do as a test says: hold their appends, refuse them, or break."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from state.stores.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.events import Record


class HeldStore(MemoryStore):
    """Keeps nothing until `let_go`: `waiting` are the appends that wait, `appends` how long each one was."""

    def __init__(self) -> None:
        super().__init__()
        self.holds = False
        self.waiting: list[tuple[str, Sequence[Record], Future[None]]] = []
        self.appends: list[int] = []

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        self.appends.append(len(records))
        if not self.holds:
            return super().append(cafe, records)
        done: Future[None] = Future()
        self.waiting.append((cafe, records, done))
        return done

    def let_go(self) -> None:
        waiting, self.waiting = self.waiting, []
        for cafe, records, done in waiting:
            super().append(cafe, records).result()
            done.set_result(None)


class FailingStore(MemoryStore):
    """Answers the next appends and loads with these errors, one each, and works again after that."""

    def __init__(self) -> None:
        super().__init__()
        self.append_errors: list[Exception] = []
        self.broken_appends: list[Exception] = []
        self.load_errors: list[Exception] = []
        self.loads = 0

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        if self.broken_appends:
            raise self.broken_appends.pop(0)
        if self.append_errors:
            done: Future[None] = Future()
            done.set_exception(self.append_errors.pop(0))
            return done
        return super().append(cafe, records)

    def load(self, cafe: str) -> Sequence[Record]:
        self.loads += 1
        if self.load_errors:
            raise self.load_errors.pop(0)
        return super().load(cafe)
