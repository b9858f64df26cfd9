"""Two sides: who stands where, who moved, and which way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.prompts import Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people went from one side to another, or stayed (`source` is `target`)."""

    source: str
    target: str
    people: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Positions before and after, by side, on phones and by raised hands.

    `flows` counts only people who took a position on a phone both times: a raised hand does not say whose it was.
    """

    before: Mapping[str, int]
    after: Mapping[str, int]
    flows: tuple[Flow, ...]
    hands_before: Mapping[str, int] = field(default_factory=dict)
    hands_after: Mapping[str, int] = field(default_factory=dict)

    @property
    def both(self) -> int:
        return sum(flow.people for flow in self.flows)

    @property
    def moved(self) -> int:
        return sum(flow.people for flow in self.flows if flow.source != flow.target)

    def towards(self, side: str) -> int:
        """How many came to this side from the other."""
        return sum(flow.people for flow in self.flows if flow.target == side and flow.source != side)


def shift(cafe: Cafe, stop: Stop) -> Shift:
    """Who changed their mind: since the same question was asked before a debate, or since the talk began.

    Raises:
        TypeError: the stop asks something else.
    """
    if not isinstance(stop.prompt, Sides):
        raise TypeError(stop.id)
    earlier = cafe.programme.earlier(stop)
    after = {person: answer.value for person, answer in cafe.counted(stop.id).items()}
    if earlier is not None:
        before = {person: answer.value for person, answer in cafe.counted(earlier.id).items()}
    else:
        present = {one.id for one in cafe.present}
        before = {person: side for person, side in cafe.first.get(stop.id, {}).items() if person in present}
    sides = [choice.id for choice in stop.prompt.choices]
    return Shift(
        before={side: sum(1 for given in before.values() if given == side) for side in sides},
        after={side: sum(1 for given in after.values() if given == side) for side in sides},
        flows=tuple(
            Flow(
                source,
                target,
                sum(1 for person, side in before.items() if side == source and after.get(person) == target),
            )
            for source in sides
            for target in sides
        ),
        hands_before=cafe.hands.get(earlier.id, {}) if earlier is not None else {},
        hands_after=cafe.hands.get(stop.id, {}),
    )
