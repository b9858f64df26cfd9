"""Everything that can happen to a carnet: what a facilitator keeps from one café to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.plan import PlannedStep


@dataclass(frozen=True, slots=True)
class CarnetOpened:
    """The first event of every carnet. Its secret is not kept: `carnet_id` tells whose it is."""

    kind: Literal["carnet-opened"] = "carnet-opened"


@dataclass(frozen=True, slots=True)
class CafeNoted:
    """A café is in the carnet: whoever holds the carnet facilitates it."""

    cafe: str
    kind: Literal["cafe-noted"] = "cafe-noted"


@dataclass(frozen=True, slots=True)
class StepKept:
    """A step is put by under a name, as it then is, to be used in other cafés."""

    id: str
    name: str
    step: PlannedStep
    kind: Literal["step-kept"] = "step-kept"


@dataclass(frozen=True, slots=True)
class StepDropped:
    id: str
    kind: Literal["step-dropped"] = "step-dropped"


@dataclass(frozen=True, slots=True)
class CarnetRetired:
    """Another carnet took its place: nothing is in this one any more, and its link opens nothing."""

    kind: Literal["carnet-retired"] = "carnet-retired"


CarnetEvent = CarnetOpened | CafeNoted | StepKept | StepDropped | CarnetRetired
