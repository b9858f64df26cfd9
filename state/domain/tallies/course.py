"""The course of a café as it was lived: which step when, for how long, with how many people connected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.domain.chronicle import Presence
from state.domain.tallies.timing import Timing, timings

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

# What is connected before is the facilitator's trying things out.
_BEFORE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The room was in a step from `begins` to `ends`, in seconds since 1970, UTC."""

    step: str
    begins: float
    ends: float


def stretches(cafe: Cafe, now: float) -> tuple[Stretch, ...]:
    """Where the room was, one step after another, as far as `now` or the end; a step may come back."""
    known = {step.id for step in cafe.plan.steps}
    ends = [*(visit.at for visit in cafe.visits[1:]), ended_at(cafe, now)]
    return tuple(
        Stretch(visit.step, visit.at, max(visit.at, end))
        for visit, end in zip(cafe.visits, ends, strict=False)
        if visit.step in known and visit.step is not None
    )


def lived(cafe: Cafe, now: float) -> tuple[Timing, ...]:
    """Minutes of each step in the order in which the room first came to them; those it never came to stand last."""
    first = {step: place for place, step in reversed([*enumerate(visit.step for visit in cafe.visits)])}
    rows = timings(cafe, now)
    return tuple(sorted(rows, key=lambda row: first.get(row.step, len(cafe.visits))))


def connected(cafe: Cafe, now: float) -> tuple[Presence, ...]:
    """How many people were connected, from a quarter of an hour before the beginning to the end, or to `now`.

    The first and the last say how many there were at these moments; nothing where the café has not begun.
    """
    if cafe.started_at is None or not cafe.presence:
        return ()
    begins, ends = cafe.started_at - _BEFORE_SECONDS, ended_at(cafe, now)
    during = [one for one in cafe.presence if begins <= one.at <= ends]
    before = next((one for one in reversed(cafe.presence) if one.at < begins), None)
    if before is not None:
        during = [_at(before, begins), *during]
    return (*during, _at(during[-1], ends)) if during else ()


def ended_at(cafe: Cafe, now: float) -> float:
    """When the café ended: when it was closed, when the last of its steps was left, or `now` where one still runs."""
    last = cafe.visits[-1] if cafe.visits else None
    if last is not None and last.step is None:
        return last.at
    return cafe.closed_at if cafe.closed_at is not None else now


def lasted(cafe: Cafe, now: float) -> float:
    """How long the café lasted from its first step on, in seconds; none where it has not begun."""
    return 0.0 if cafe.started_at is None else max(0.0, ended_at(cafe, now) - cafe.started_at)


def _at(presence: Presence, at: float) -> Presence:
    return Presence(at, presence.room, presence.remote, presence.unknown)
