"""A carnet: the cafés of one facilitator, and the steps put by. It is the fold of its own events, as a café is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.carnet_events import CafeNoted, CarnetOpened, CarnetRetired, StepDropped, StepKept
from state.domain.text import TITLE_LENGTH, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content.plan import PlannedStep
    from state.domain.carnet_events import CarnetEvent
    from state.domain.events import Record

    CarnetEvents = tuple[CarnetEvent, ...]

MOST_CAFES = 2_000
MOST_KEPT_STEPS = 200


@dataclass(frozen=True, slots=True)
class KeptStep:
    id: str
    name: str
    step: PlannedStep


@dataclass(frozen=True, slots=True)
class Carnet:
    """`cafes` are ids, the latest noted last. A carnet that nothing was ever put in has no history: `version` is 0."""

    version: int = 0
    cafes: tuple[str, ...] = ()
    steps: Mapping[str, KeptStep] = field(default_factory=dict)
    retired: bool = False


def fold_carnet(records: Iterable[Record]) -> Carnet:
    """The carnet that a whole history gives.

    Raises:
        ValueError: it is no history of a carnet.
    """
    carnet = Carnet()
    for record in records:
        carnet = apply_to_carnet(carnet, record)
    return carnet


def apply_to_carnet(carnet: Carnet, record: Record) -> Carnet:
    """The carnet after one more event.

    Raises:
        ValueError: the record is not the next one, or no carnet's.
    """
    event = record.event
    if record.seq != carnet.version + 1 or isinstance(event, CarnetOpened) != (record.seq == 1):
        raise ValueError(f"record {record.seq} does not follow {carnet.version}")
    match event:
        case CarnetOpened():
            changed = carnet
        case CarnetRetired():
            changed = Carnet(retired=True)
        case CafeNoted():
            changed = replace(carnet, cafes=(*carnet.cafes, event.cafe))
        case StepKept():
            changed = replace(carnet, steps={**carnet.steps, event.id: KeptStep(event.id, event.name, event.step)})
        case StepDropped():
            changed = replace(carnet, steps={name: one for name, one in carnet.steps.items() if name != event.id})
        case _:
            raise ValueError(f"{event.kind} does not happen to a carnet")
    return replace(changed, version=record.seq)


def retire(carnet: Carnet) -> CarnetEvents:
    """Empty a carnet that another took the place of."""
    return () if carnet.retired else (CarnetRetired(),)


def take_over(carnet: Carnet, *, other: Carnet) -> CarnetEvents:
    """Put in a new carnet all that is in another."""
    cafes = (CafeNoted(cafe) for cafe in other.cafes if cafe not in carnet.cafes)
    steps = (StepKept(one.id, one.name, one.step) for one in other.steps.values() if one.id not in carnet.steps)
    return (*cafes, *steps)


def note_cafe(carnet: Carnet, *, cafe: str) -> CarnetEvents:
    """Put a café in the carnet; one that is there already stays where it is.

    Raises:
        TooMany
    """
    if cafe in carnet.cafes:
        return ()
    if len(carnet.cafes) >= MOST_CAFES:
        raise errors.TooMany(limit=MOST_CAFES)
    return (CafeNoted(cafe),)


def keep_step(carnet: Carnet, *, step_id: str, name: str, step: PlannedStep) -> CarnetEvents:
    """Put a step by. Where a step of this name is there already, the new one takes its place.

    Raises:
        TextEmpty, TextTooLong: the name.
        TooMany
    """
    known = clean(name, limit=TITLE_LENGTH)
    before = next((one for one in carnet.steps.values() if one.name == known), None)
    if before is None and len(carnet.steps) >= MOST_KEPT_STEPS:
        raise errors.TooMany(limit=MOST_KEPT_STEPS)
    return (StepKept(before.id if before else step_id, known, step),)


def drop_step(carnet: Carnet, *, step_id: str) -> CarnetEvents:
    """Take a step away; one that is gone already is no fault."""
    return (StepDropped(step_id),) if step_id in carnet.steps else ()
