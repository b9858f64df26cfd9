"""Minutes of a café: planned, added, spent and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes of one step, planned (and added) and so far, in seconds. `current` marks the step being played."""

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
        rows.append(Timing(step.id, cafe.planned_seconds(step), spent, running))
    return tuple(rows)


def time_left(cafe: Cafe, now: float) -> float:
    """Seconds left in all: what remains, never under zero, of the current step and of those after it."""
    if cafe.closed:
        return 0.0
    here = cafe.programme.index[cafe.stop_id]
    to_come = {stop.step.id for stop in cafe.programme.stops[here:] if stop.step is not None}
    return sum(max(0.0, row.left) for row in timings(cafe, now) if row.step in to_come)
