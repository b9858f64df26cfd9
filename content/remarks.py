"""What a plan would gain from, told to whoever composes it: never refused, only said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.activities.definitions import AFTER, BEFORE
from content.activities.video import Viewing
from content.schema import COURSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from content.plan import Plan

# Less than this unplanned is breathing space.
_SPARE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """`code` names the sentence to say, `facts` what it says; `count` is how many minutes, where it tells of some."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    count: int | None = None


def remarks(plan: Plan, available: int | None) -> tuple[Remark, ...]:
    """What to look at again, the most pressing first; `available` is the time there is, in minutes."""
    return (*_length(plan, available), *_courses(plan), *_order(plan))


def _length(plan: Plan, available: int | None) -> Iterator[Remark]:
    if available is not None and plan.minutes > available:
        yield Remark("too-long", count=plan.minutes - available)
    elif available is not None and available - plan.minutes > _SPARE_MINUTES:
        yield Remark("too-short", count=available - plan.minutes)
    for step in plan.steps:
        if step.minutes == 0:
            yield Remark("no-time", {"title": step.activity.title})


def _courses(plan: Plan) -> Iterator[Remark]:
    served = {step.course for step in plan.steps}
    for course in COURSES:
        if course not in served:
            yield Remark(f"no-{course}")


def _order(plan: Plan) -> Iterator[Remark]:
    for first, second in zip(plan.steps, plan.steps[1:], strict=False):
        if isinstance(first.activity, Viewing) and isinstance(second.activity, Viewing):
            yield Remark("two-videos", {"first": first.activity.title, "second": second.activity.title})
    parts = [(step.activity.id, step.part) for step in plan.steps]
    for place, (activity, part) in enumerate(parts):
        title = plan.steps[place].activity.title
        if part == BEFORE and (activity, AFTER) not in parts[place:]:
            yield Remark("no-after", {"title": title})
        if part == AFTER and (activity, BEFORE) not in parts[:place]:
            yield Remark("no-before", {"title": title})
