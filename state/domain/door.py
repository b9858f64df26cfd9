"""The café's door: shut, nobody new comes in; with another code, what was passed round leads nowhere any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.events import CodeChanged, DoorOpened, DoorShut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.cafe import Cafe
    from state.domain.events import Event

    Events = tuple[Event, ...]

# How many codes a café may have after its first.
MOST_CODES = 12


def shut(cafe: Cafe) -> Events:
    """Nobody new comes in; whoever did may come back."""
    return () if cafe.shut else (DoorShut(),)


def open_again(cafe: Cafe) -> Events:
    return (DoorOpened(),) if cafe.shut else ()


def change_code(cafe: Cafe, codes: Iterable[tuple[int, str]]) -> Events:
    """Give the café the first of these codes, each with its turn, that comes after the one it has.

    Raises:
        TooMany: it has had them all.
    """
    for turn, code in codes:
        if turn > cafe.code_turn:
            return (CodeChanged(code, turn),)
    raise errors.TooMany(limit=MOST_CODES)
