"""Changes to what a café is going to be: its programme, its title, what people need in order to come.

Whoever changes something decides on the café as it then is: what two people change at once is kept from both.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from pydantic import ValidationError

from content.editing import MOST_STEPS
from state.domain import errors
from state.domain.events import Composed, CompositionUndone, Details, DetailsWritten
from state.domain.text import TITLE_LENGTH, WEB_ADDRESS, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from content.plan import Plan, PlannedStep
    from state.domain.cafe import Cafe
    from state.domain.events import Event

    Events = tuple[Event, ...]
    Change = Callable[[Plan], Plan]

DETAIL_LENGTH = 200
LONGEST_ADDRESS = 500
_MOMENT = re.compile(
    r"(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]"
)


def compose(cafe: Cafe, change: Change) -> Events:
    """Change the programme. A step that has been played stays as it was played.

    Raises:
        CafeOver, StepPlayed, StepGone, ProgrammeEmpty, ProgrammeFull, NotSuitable
    """
    if cafe.closed:
        raise errors.CafeOver
    try:
        plan = change(cafe.plan)
    except LookupError as error:
        raise errors.StepGone from error
    except ValidationError as error:
        raise errors.NotSuitable from error
    return _composed(cafe, plan.steps)


def undo(cafe: Cafe) -> Events:
    """The programme as it was before the last change; nothing where there is none to undo.

    Raises:
        CafeOver, StepPlayed
    """
    if cafe.closed:
        raise errors.CafeOver
    if not cafe.earlier_programmes:
        return ()
    _composed(cafe, cafe.earlier_programmes[-1].plan.steps)
    return (CompositionUndone(),)


def describe(cafe: Cafe, *, title: str, details: Details) -> Events:
    """Name the café and say when, where and by whom it is held.

    Raises:
        CafeOver, TextEmpty, TextTooLong, NotAnAddress, NotAMoment
    """
    if cafe.closed:
        raise errors.CafeOver
    address = details.address.strip()
    if address and (len(address) > LONGEST_ADDRESS or not WEB_ADDRESS.fullmatch(address)):
        raise errors.NotAnAddress
    kept = Details(
        starts_at=_moment(details.starts_at),
        minutes=details.minutes,
        place=_line(details.place),
        organiser=_line(details.organiser),
        address=address,
        registers=details.registers,
    )
    name = clean(title, limit=TITLE_LENGTH)
    return () if (name, kept) == (cafe.title, cafe.details) else (DetailsWritten(name, kept),)


def played(cafe: Cafe) -> frozenset[str]:
    """The steps that the room has come to: they are history."""
    here = {cafe.stop.step.id} if cafe.stop.step else set()
    asked = {question.split("/", 1)[0] for question, now in cafe.rounds.items() if now.asked}
    return frozenset({*here, *asked, *(step for step, seconds in cafe.spent.items() if seconds)})


def _composed(cafe: Cafe, steps: Iterable[PlannedStep]) -> Events:
    known = {step.id: step for step in cafe.plan.steps}
    after = {step.id: step for step in steps}
    if not after:
        raise errors.ProgrammeEmpty
    if len(after) > MOST_STEPS:
        raise errors.ProgrammeFull(limit=MOST_STEPS)
    if any(after.get(name) != known.get(name) for name in played(cafe)):
        raise errors.StepPlayed
    changed = tuple(step for name, step in after.items() if known.get(name) != step)
    order = tuple(after)
    return () if not changed and order == tuple(known) else (Composed(order, changed),)


def _line(raw: str) -> str:
    return clean(raw, limit=DETAIL_LENGTH) if raw.strip() else ""


def _moment(raw: str) -> str:
    if not raw:
        return ""
    read = _MOMENT.fullmatch(raw)
    if read is None or int(read["day"]) > monthrange(int(read["year"]), int(read["month"]))[1]:
        raise errors.NotAMoment
    return raw


__all__ = ["DETAIL_LENGTH", "compose", "describe", "played", "undo"]
