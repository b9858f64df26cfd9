"""One thread does all that changes files, in the order asked; what is asked meanwhile waits, and is done together."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from state.ports import NotKept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Append:
    """Encoded records to keep, whose `seq` run from `first`."""

    cafe: str
    first: int
    records: tuple[bytes, ...]
    done: Future[None]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Something to do between two commits. `work` settles `done` itself."""

    work: Callable[[], None]
    done: Future[None] = field(default_factory=Future)


class Committer:
    def __init__(self, commit: Callable[[Sequence[Append]], None]) -> None:
        """`commit` settles every future it is given."""
        self._commit = commit
        self._changed = threading.Condition()
        self._waiting: deque[Append | Task] = deque()
        self._taken: list[Append | Task] = []
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store-committer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive() and not self._closed

    def put(self, item: Append | Task) -> None:
        """Have something done, in its turn. Once closed, it is refused through its future."""
        with self._changed:
            if not self._closed:
                self._waiting.append(item)
                self._changed.notify()
                return
        _refuse(item)

    def run(self, work: Callable[[], T]) -> T:
        """Have something done in its turn, and wait for it. Never from the committer's own thread.

        Raises:
            StoreError: it is closed; or what `work` raises.
        """
        results: list[T] = []
        done: Future[None] = Future()

        def job() -> None:
            try:
                results.append(work())
            except Exception as error:  # noqa: BLE001 - it is for whoever asked; others wait for this thread
                done.set_exception(error)
            else:
                done.set_result(None)

        self.put(Task(job, done))
        done.result()
        return results[0]

    def withdraw(self, cafe: str) -> list[Append]:
        """Take back the appends to a café that wait for their turn."""
        with self._changed:
            taken = [item for item in self._waiting if isinstance(item, Append) and item.cafe == cafe]
            if taken:
                self._waiting = deque(item for item in self._waiting if item not in taken)
        return taken

    def close(self) -> None:
        """Do what waits, refuse what comes, and return when the thread has ended."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        try:
            while items := self._take():
                match items[0]:
                    case Task(work=work):
                        work()
                    case Append():
                        self._commit([item for item in items if isinstance(item, Append)])
        finally:
            self._give_up()

    def _take(self) -> list[Append | Task]:
        """One task, or all the appends before the next one; nothing when closed."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            self._taken = [self._waiting.popleft()] if self._waiting else []
            if self._taken and isinstance(self._taken[0], Append):
                while self._waiting and isinstance(self._waiting[0], Append):
                    self._taken.append(self._waiting.popleft())
            return self._taken

    def _give_up(self) -> None:
        """Leave nobody waiting, should the thread end on an error that nobody foresaw."""
        with self._changed:
            self._closed = True
            left = [*self._taken, *self._waiting]
            self._waiting.clear()
        for item in left:
            if not item.done.done():
                _refuse(item)


def _refuse(item: Append | Task) -> None:
    item.done.set_exception(NotKept("the store is closed"))
