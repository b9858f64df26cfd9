"""Who came to a café, as numbers: of which level, from where, and how many had said that they would."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.domain.events import LEVELS, PLACES
from state.domain.registering import levels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Cafe
    from state.domain.events import Level, Place


@dataclass(frozen=True, slots=True)
class Attendance:
    """`people` came; None is whoever did not say. `registered` said beforehand that they would come.

    `hands` is the most that were raised for one question, by people without a phone: nobody knows whose they were.
    """

    people: int
    levels: Mapping[Level | None, int]
    places: Mapping[Place | None, int]
    registered: Mapping[Level, int]
    hands: int


def attendance(cafe: Cafe) -> Attendance:
    by_level = Counter(one.level for one in cafe.present)
    by_place = Counter(one.place for one in cafe.present)
    return Attendance(
        people=len(cafe.present),
        levels={level: by_level[level] for level in (*LEVELS, None)},
        places={place: by_place[place] for place in (*PLACES, None)},
        registered=levels(cafe),
        hands=max((sum(counts.values()) for counts in cafe.hands.values()), default=0),
    )
