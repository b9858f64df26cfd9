"""The steps that formulas have, told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.words import told_apart
from content.catalogue import t

if TYPE_CHECKING:
    from content.schema import FormulaStep, Pack


@dataclass(frozen=True, slots=True)
class Offer:
    """A step to add, and what it is called."""

    step: FormulaStep
    label: str


def offered_steps(pack: Pack, course: str) -> dict[str, Offer]:
    """Every different step of a course in any formula, by a name that tells them apart."""
    steps: dict[str, FormulaStep] = {}
    for formula in pack.formulas.values():
        for step in formula.steps:
            if step.course == course:
                steps.setdefault("/".join([step.activity, step.part, *step.only]), step)
    labels = {name: _label(pack, step) for name, step in steps.items()}
    times = Counter(labels.values())
    apart = told_apart(
        {
            name: " · ".join([label, *_chosen_with(pack, steps[name])]) if times[label] > 1 else label
            for name, label in labels.items()
        }
    )
    return {name: Offer(step, apart[name]) for name, step in steps.items()}


def _label(pack: Pack, step: FormulaStep) -> str:
    title = pack.activities[step.activity].title
    part = t(f"mix.part_{step.part}") if step.part else ""
    some = t("mix.only", count=len(step.only)) if step.only else ""
    minutes = t("mix.minutes", shortest=step.minutes[0], longest=step.minutes[1])
    return " · ".join(filter(None, [title, part, some, minutes]))


def _chosen_with(pack: Pack, step: FormulaStep) -> list[str]:
    """The options of its formula that a step goes with."""
    formula = next(one for one in pack.formulas.values() if step in one.steps)
    return [
        option.label
        for choice in formula.choices
        for option in choice.options
        if option.id in step.when.get(choice.id, ())
    ]
