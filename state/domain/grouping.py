"""What one place or one level answered, as a café of its own: every way of counting then works on it unchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from content.prompts import Board
from state.domain.events import LEVELS, PLACES
from state.domain.filtering import only
from state.domain.small_groups import FEWEST_IN_A_GROUP
from state.domain.tallies.boards import seen

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.domain.events import GroupBy
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Group:
    """`answered` people of one place or level, and the café as if only they had been asked this one question.

    There is no café where it would show what one or two people said.
    """

    id: str
    answered: int
    cafe: Cafe | None


def groups(cafe: Cafe, stop: Stop, by: GroupBy) -> tuple[Group, ...]:
    """What each group of `FEWEST_IN_A_GROUP` people at least answered; on a board, what it stuck."""
    if isinstance(stop.prompt, Board):
        who = {note.author for note in seen(cafe, stop.id) if note.author is not None}
    else:
        who = set(cafe.counted(stop.id))
    asked = replace(
        cafe,
        answers={stop.id: cafe.answers.get(stop.id, {})},
        first={},
        notes={stop.id: cafe.notes[stop.id]} if stop.id in cafe.notes else {},
    )
    found = []
    for name in PLACES if by == "place" else LEVELS:
        people = {one.id for one in cafe.present if getattr(one, by) == name}
        count = len(people & who)
        found.append(Group(name, count, only(asked, people) if count >= FEWEST_IN_A_GROUP else None))
    return tuple(found)
