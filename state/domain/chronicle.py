"""How a café went, as it is remembered: where the room was when, and how many people were connected.

Nothing here says who: presence is counted, never listed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.domain.events import PresenceCounted

if TYPE_CHECKING:
    from collections.abc import Collection

    from state.domain.cafe import Cafe

# Presence is kept once a minute at most.
SECONDS_BETWEEN_COUNTS = 60.0


@dataclass(frozen=True, slots=True)
class Visit:
    """From `at` on, the room was in this step; None is before the first, or past the last. Seconds since 1970, UTC."""

    at: float
    step: str | None


@dataclass(frozen=True, slots=True)
class Presence:
    """How many people were connected from `at` on, by where they said they were."""

    at: float
    room: int
    remote: int
    unknown: int

    @property
    def people(self) -> int:
        return self.room + self.remote + self.unknown


def count_presence(cafe: Cafe, connected: Collection[str], *, now: float) -> tuple[PresenceCounted, ...]:
    """How many people are there, where that changed and nothing was kept for a minute; `connected` are ids.

    Who answers on somebody else's phone is there as long as that phone is.
    """
    last = cafe.presence[-1] if cafe.presence else Presence(float("-inf"), 0, 0, 0)
    # A clock that went back must not silence the count until it has caught up.
    if cafe.closed or 0.0 <= now - last.at < SECONDS_BETWEEN_COUNTS:
        return ()
    places = Counter(one.place for one in cafe.present if (one.host or one.id) in connected)
    if (places["room"], places["remote"], places[None]) == (last.room, last.remote, last.unknown):
        return ()
    return (PresenceCounted(places["room"], places["remote"], places[None]),)


def visited(cafe: Cafe, at: float) -> tuple[Visit, ...]:
    """The visits of a café once the room has moved to where it now is."""
    here = cafe.stop.step.id if cafe.stop.step is not None else None
    if cafe.visits and cafe.visits[-1].step == here:
        return cafe.visits
    return (*cafe.visits, Visit(at, here))
