"""What the app asks of a store: append durably, read back, say whether it can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from state.domain.events import Record


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

    def append(self, cafe: str, records: Sequence[Record]) -> Future[None]:
        """Keep records whose `seq` follow what is kept; the first of all has `seq` 1."""
        ...

    def compact(self, cafe: str) -> None:
        """Make a café that is at rest small and quick to read. Changes nothing of its history."""
        ...

    def check(self) -> Health:
        """Try to write, and say how the store is."""
        ...

    def close(self) -> None:
        """Finish every write and let go. Calling it twice is harmless."""
        ...
