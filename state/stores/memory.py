"""A store that forgets: for tests, and the reference the durable stores are compared with."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from state.ports import Conflict, Health, UnknownCafe, require_same_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from state.domain.events import Record
    from state.ports import Change


class MemoryStore:
    def __init__(self) -> None:
        self._histories: dict[str, list[Record]] = {}
        self._erased: set[str] = set()
        self._lock = Lock()

    def first_records(self) -> Mapping[str, Record]:
        with self._lock:
            return {cafe: history[0] for cafe, history in self._histories.items()}

    def versions(self, cafes: Iterable[str]) -> Mapping[str, int]:
        with self._lock:
            return {cafe: len(self._histories[cafe]) for cafe in cafes if cafe in self._histories}

    def load(self, cafe: str) -> Sequence[Record]:
        with self._lock:
            if cafe not in self._histories:
                raise UnknownCafe(cafe)
            return tuple(self._histories[cafe])

    def load_after(self, cafe: str, seq: int) -> Sequence[Record]:
        return self.load(cafe)[seq:]

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        done: Future[None] = Future()
        with self._lock:
            kept = self._histories.get(cafe, [])
            if cafe in self._erased or [record.seq for record in records] != list(
                range(len(kept) + 1, len(kept) + len(records) + 1)
            ):
                done.set_exception(Conflict(cafe))
                return done
            if records:
                self._histories[cafe] = [*kept, *records]
        done.set_result(None)
        return done

    def compact(self, cafe: str) -> None:
        """Nothing to do for what is there: memory is always compact."""
        self.load(cafe)

    def rewrite(self, cafe: str, change: Change) -> None:
        with self._lock:
            if cafe not in self._histories:
                raise UnknownCafe(cafe)
            before = tuple(self._histories[cafe])
            after = change(before)
            require_same_places(before, after)
            self._histories[cafe] = list(after)

    def erase(self, cafe: str) -> None:
        with self._lock:
            if cafe not in self._histories and cafe not in self._erased:
                raise UnknownCafe(cafe)
            self._histories.pop(cafe, None)
            self._erased.add(cafe)

    def clear_damaged(self, *, before: float) -> None:
        """Nothing is ever set aside."""

    def check(self) -> Health:
        return Health(writable=True)

    def close(self) -> None:
        """Nothing to let go of."""
