"""Copying every history from one store to another: what is there already is compared, what is missing is added, and
both are read again at the end. Asking again after an interruption goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from state.domain.events import encode
from state.ports import Conflict, Damaged, Store, StoreError, UnknownCafe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.events import Record

_AT_ONCE = 500
_PATIENCE_SECONDS = 30.0


class Movable(Store, Protocol):
    def erased(self) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Report:
    """`digest` is the SHA-256 of the digests of all histories, in the order of their ids, read back from the target.

    `refused` are the cafés that are otherwise in the target, or cannot be read.
    """

    cafes: int
    records: int
    digest: str
    refused: tuple[str, ...]


def move(source: Movable, target: Movable) -> Report:
    """Copy every café; nothing is taken out of `source`. What was erased there is erased here as well.

    Raises:
        StoreError: the target refuses; ask again.
    """
    for gone in sorted(source.erased() & target.first_records().keys()):
        target.erase(gone)
    whole, refused = sha256(), list(source.check().damaged)
    cafes = records = 0
    for cafe in sorted(source.first_records().keys() - set(refused)):
        try:
            history = source.load(cafe)
            kept = _bring(target, cafe, history)
        except StoreError as error:
            if not _is_of_one_cafe(error):
                raise
            refused.append(cafe)
            continue
        if kept is None:
            refused.append(cafe)
            continue
        whole.update(f"{cafe} {len(history)} {kept}\n".encode())
        cafes += 1
        records += len(history)
    return Report(cafes, records, whole.hexdigest(), tuple(sorted(refused)))


def _bring(target: Store, cafe: str, history: Sequence[Record]) -> str | None:
    """The digest of a history once the target has it; None where it has another."""
    try:
        there = target.load(cafe)
    except UnknownCafe:
        there = ()
    if digest(there) != digest(history[: len(there)]):
        return None
    for start in range(len(there), len(history), _AT_ONCE):
        target.append(cafe, history[start : start + _AT_ONCE]).result(_PATIENCE_SECONDS)
    kept = digest(target.load(cafe))
    return kept if kept == digest(history) else None


def digest(records: Sequence[Record]) -> str:
    """The SHA-256 of a history, a line for each record."""
    found = sha256()
    for record in records:
        found.update(encode(record) + b"\n")
    return found.hexdigest()


def _is_of_one_cafe(error: StoreError) -> bool:
    return isinstance(error, Damaged | Conflict | UnknownCafe)
