"""Saying beforehand that one will come, and how well one knows the subject: nothing else is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.decisions import ROOM_SIZE
from state.domain.events import LEVELS, Registered, Unregistered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.schema import Audience
    from state.domain.cafe import Cafe
    from state.domain.events import Event, Level

    Events = tuple[Event, ...]

# From this share on, a room is more of one kind than mixed.
_MOST = 0.6


def register(cafe: Cafe, *, person: str, level: str) -> Events:
    """Somebody will come; saying it again changes their level.

    Raises:
        CafeOver, NotAChoice, RoomFull
        NotRegistering: nobody is asked to.
    """
    _asked(cafe)
    known = next((one for one in LEVELS if one == level), None)
    if known is None:
        raise errors.NotAChoice
    if person not in cafe.registered and len(cafe.registered) >= ROOM_SIZE:
        raise errors.RoomFull
    return () if cafe.registered.get(person) == known else (Registered(person, known),)


def unregister(cafe: Cafe, *, person: str) -> Events:
    """They will not come after all. Raises: CafeOver, NotRegistering."""
    _asked(cafe)
    return (Unregistered(person),) if person in cafe.registered else ()


def levels(cafe: Cafe) -> Mapping[Level, int]:
    """How many of each level will come."""
    counted = Counter(cafe.registered.values())
    return {level: counted[level] for level in LEVELS}


def audience(cafe: Cafe) -> Audience | None:
    """What kind of public they make; None where nobody has said anything."""
    counted = levels(cafe)
    people = sum(counted.values())
    if not people:
        return None
    if counted["novice"] >= _MOST * people:
        return "novice"
    return "averti" if counted["averti"] + counted["expert"] >= _MOST * people else "mixte"


def _asked(cafe: Cafe) -> None:
    if cafe.closed:
        raise errors.CafeOver
    if not cafe.details.registers:
        raise errors.NotRegistering
