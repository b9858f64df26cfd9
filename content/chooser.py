"""Which formulas fit what a facilitator has in mind, and why: « en un coup d'œil »."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from content.schema import Audience, Formula, Pack, Setting, Theme

    Criterion = Literal["length", "setting", "audience", "theme"]

# What no Ristretto goes beyond.
SHORT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What the facilitator answers: `long` is more than half an hour."""

    long: bool
    audience: Audience
    theme: Theme
    setting: Setting


@dataclass(frozen=True, slots=True)
class Fit:
    """A formula, what of the wish it fulfils, and what it does not."""

    formula: Formula
    met: tuple[Criterion, ...]
    unmet: tuple[Criterion, ...]


def fitting(pack: Pack, wish: Wish) -> tuple[Fit, ...]:
    """The formulas that fulfil the whole wish; where none does, those that come nearest, with what is missing.

    The length and the place cannot be argued with. A formula that mixes others fits everybody and so nobody: it is
    left to whoever wants to compose.
    """
    fits = [_fit(formula, wish) for formula in pack.formulas.values() if not formula.mix]
    possible = [fit for fit in fits if not {"length", "setting"} & set(fit.unmet)]
    fewest = min((len(fit.unmet) for fit in possible), default=0)
    return tuple(fit for fit in possible if len(fit.unmet) == fewest)


def _fit(formula: Formula, wish: Wish) -> Fit:
    remote = formula.settings == ("remote",)
    criteria: dict[Criterion, bool] = {
        "length": (formula.minutes[1] > SHORT_MINUTES) == wish.long,
        "setting": wish.setting in formula.settings,
        # A remote formula takes the contents that its public asks for.
        "audience": remote or formula.audience == wish.audience,
        "theme": wish.theme in formula.themes,
    }
    return Fit(
        formula,
        tuple(name for name, met in criteria.items() if met),
        tuple(name for name, met in criteria.items() if not met),
    )
