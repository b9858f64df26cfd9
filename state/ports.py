"""What the app asks of a store: append durably, read back, say whether it can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from state.domain.events import Record

    Change = Callable[[Sequence[Record]], Sequence[Record]]


class StoreError(Exception):
    """The store could not do what was asked."""


class NotKept(StoreError):
    """The write did not reach the disk: nothing of it was kept, and nothing may be acknowledged."""


class Conflict(StoreError):
    """Somebody else wrote first: the records do not follow what is kept."""


class UnknownCafe(StoreError):
    """No café has this id."""


class Damaged(StoreError):
    """What is kept of this café cannot be trusted; the file was set aside, not overwritten."""


class Busy(StoreError):
    """Another process uses this store."""


@dataclass(frozen=True, slots=True)
class Health:
    """`writable` is False after a write failed, until one succeeds. `damaged` names the cafés set aside."""

    writable: bool
    damaged: tuple[str, ...] = ()
    reason: str = ""


def require_same_places(before: Sequence[Record], after: Sequence[Record]) -> None:
    """Check what a `Change` made.

    Raises:
        ValueError
    """
    if [record.seq for record in before] != [record.seq for record in after]:
        raise ValueError("a history is rewritten by another of the same length and order")


class Store(Protocol):
    """Histories of cafés, by café id (lower-case letters and digits).

    `append` returns at once; its future completes when the records are durable, with None, or with `NotKept`
    or `Conflict`. Appends to one café are kept in the order they were called, each whole or not at all.
    """

    def first_records(self) -> Mapping[str, Record]:
        """The creation of every readable café, by id."""
        ...

    def versions(self, cafes: Iterable[str]) -> Mapping[str, int]:
        """The `seq` of the last record of each of these cafés that can be read, without reading their histories."""
        ...

    def load(self, cafe: str) -> Sequence[Record]:
        """The whole history of a café.

        Raises:
            UnknownCafe, Damaged
        """
        ...

    def load_after(self, cafe: str, seq: int) -> Sequence[Record]:
        """The records of a café that come after one. Raises: as `load`."""
        ...

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        """Keep records whose `seq` follow what is kept; the first of all has `seq` 1."""
        ...

    def compact(self, cafe: str) -> None:
        """Make a café that is at rest small and quick to read. Changes nothing of its history."""
        ...

    def rewrite(self, cafe: str, change: Change) -> None:
        """Keep, instead of a history, what `change` makes of it: as many records, with the same `seq`.

        It is one or the other, whole, whatever happens meanwhile. What is appended at the same time is kept, before or
        after; `change` may be called twice for that. Once this returns, nothing of the old history is left.

        Raises:
            UnknownCafe, Damaged
            NotKept: it could not be done; ask again to be sure that nothing of the old is left.
            ValueError: the records are not as many, or not in their places.
        """
        ...

    def erase(self, cafe: str) -> None:
        """Leave nothing of a café, set aside or not. Its id is never used again. Erasing again is harmless.

        Raises:
            UnknownCafe
            NotKept: it could not be done, or not wholly; ask again.
        """
        ...

    def clear_damaged(self, *, before: float) -> None:
        """Remove what was set aside before this moment, in seconds since 1970, UTC: nobody can strike words in it.

        Raises:
            NotKept: it could not be done, or not wholly; ask again.
        """
        ...

    def check(self) -> Health:
        """Try to write, and say how the store is."""
        ...

    def close(self) -> None:
        """Finish every write and let go. Calling it twice is harmless."""
        ...
