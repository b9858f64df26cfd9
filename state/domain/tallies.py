"""Figures counted from a café: pure functions from answers to numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.schema import ChoiceQuestion

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many people gave one choice. `share` is out of everybody who answered, from 0 to 1."""

    id: str
    label: str
    count: int
    share: float
    right: bool


@dataclass(frozen=True, slots=True)
class ChoiceTally:
    """`answered` people answered out of `present` in the room; `right` gave an answer that counts as right."""

    choices: tuple[ChoiceCount, ...]
    answered: int
    present: int
    right: int


@dataclass(frozen=True, slots=True)
class WallText:
    participant: str
    text: str
    at: float
    hidden: bool


def answered(cafe: Cafe, question: str) -> int:
    """How many people of the room have answered."""
    return len(cafe.counted(question))


def choice_tally(cafe: Cafe, stop: Stop) -> ChoiceTally:
    """Count a question with choices, in the order of its choices.

    Raises:
        TypeError: the stop asks something else.
    """
    if not isinstance(stop.prompt, ChoiceQuestion):
        raise TypeError(stop.id)
    votes = Counter(answer.value for answer in cafe.counted(stop.id).values())
    total = votes.total()
    right = set(stop.prompt.right)
    return ChoiceTally(
        choices=tuple(
            ChoiceCount(
                choice.id,
                choice.label,
                votes[choice.id],
                votes[choice.id] / total if total else 0.0,
                choice.id in right,
            )
            for choice in stop.prompt.choices
        ),
        answered=total,
        present=len(cafe.present),
        right=sum(votes[choice] for choice in right),
    )


def wall(cafe: Cafe, question: str, *, with_hidden: bool = False) -> tuple[WallText, ...]:
    """The texts given to an open question, oldest first."""
    texts = (
        WallText(person, answer.value, answer.at, answer.hidden)
        for person, answer in cafe.counted(question).items()
        if with_hidden or not answer.hidden
    )
    return tuple(sorted(texts, key=lambda text: (text.at, text.participant)))


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes of one step, planned and so far, in seconds. `current` marks the step being played."""

    step: str
    planned: float
    spent: float
    current: bool

    @property
    def left(self) -> float:
        return self.planned - self.spent


def timings(cafe: Cafe, now: float) -> tuple[Timing, ...]:
    """Each step's planned and real length at `now`; past the end or once closed, no step is running."""
    current = cafe.stop.step
    rows = []
    for step in cafe.plan.steps:
        running = current is not None and step.id == current.id and not cafe.closed
        spent = cafe.spent.get(step.id, 0.0) + (max(0.0, now - cafe.since) if running else 0.0)
        rows.append(Timing(step.id, step.minutes * 60.0, spent, running))
    return tuple(rows)


def time_left(cafe: Cafe, now: float) -> float:
    """Seconds left in all: what remains, never under zero, of the current step and of those after it."""
    if cafe.closed:
        return 0.0
    here = cafe.programme.index[cafe.stop_id]
    to_come = {stop.step.id for stop in cafe.programme.stops[here:] if stop.step is not None}
    return sum(max(0.0, row.left) for row in timings(cafe, now) if row.step in to_come)
