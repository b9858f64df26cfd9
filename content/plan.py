"""A plan is a formula made concrete: the steps of one café, with their texts, so that old cafés never change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from content.schema import Activity, CourseName, Minutes, Model, Slug, Text, Tip, Video

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from content.schema import Formula, FormulaStep, Pack


class PlannedStep(Model):
    """A step of one café. `minutes` is its planned length; `video` is there when the activity shows one."""

    id: Slug
    course: CourseName
    minutes: Annotated[int, Field(ge=0, le=240)]
    activity: Activity
    video: Video | None = None
    notes: tuple[Text, ...]
    tips: tuple[Tip, ...] = ()


class Plan(Model):
    formula: Slug
    formula_name: Text
    choices: dict[Slug, Slug]
    steps: tuple[PlannedStep, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


def chosen_steps(formula: Formula, choices: Mapping[str, str]) -> tuple[FormulaStep, ...]:
    """The steps of a formula that go with what the facilitator chose (`{choice id: option id}`)."""
    return tuple(
        step for step in formula.steps if all(choices.get(choice) == option for choice, option in step.when.items())
    )


def make_plan(pack: Pack, formula: Formula, choices: Mapping[str, str], minutes: int) -> Plan:
    """Compose the plan that lasts as near to `minutes` as the formula allows.

    Raises:
        ValueError: a choice of the formula is missing, or is not one of its options.
    """
    for choice in formula.choices:
        if choices.get(choice.id) not in {option.id for option in choice.options}:
            raise ValueError(f"choice {choice.id!r} needs one of its options")
    steps = chosen_steps(formula, choices)
    lengths = spread_minutes([step.minutes for step in steps], minutes)
    return Plan(
        formula=formula.id,
        formula_name=formula.name,
        choices={choice.id: choices[choice.id] for choice in formula.choices},
        steps=tuple(_planned(pack, step, length) for step, length in zip(steps, lengths, strict=True)),
    )


def spread_minutes(ranges: Sequence[Minutes], total: int) -> list[int]:
    """Give each (shortest, longest) range a whole length so that the sum is `total`, or the nearest possible.

    >>> spread_minutes([(5, 10), (3, 5), (5, 10), (2, 5)], 20)
    [7, 3, 7, 3]
    """
    lengths = [shortest for shortest, _ in ranges]
    room = [longest - shortest for shortest, longest in ranges]
    spare = min(max(total - sum(lengths), 0), sum(room))
    if spare == 0:
        return lengths
    whole = sum(room)
    # Largest remainders: fair shares first, the minutes that rounding leaves go to the largest fractions.
    shares = [spare * one / whole for one in room]
    lengths = [length + int(share) for length, share in zip(lengths, shares, strict=True)]
    left = spare - sum(int(share) for share in shares)
    by_fraction = sorted(range(len(shares)), key=lambda index: (int(shares[index]) - shares[index], index))
    for index in by_fraction[:left]:
        lengths[index] += 1
    return lengths


def _planned(pack: Pack, step: FormulaStep, minutes: int) -> PlannedStep:
    activity = pack.activities[step.activity]
    return PlannedStep(
        id=step.id,
        course=step.course,
        minutes=minutes,
        activity=activity,
        video=pack.videos[activity.video] if activity.kind == "video" else None,
        notes=step.notes,
        tips=tuple(pack.tips[tip] for tip in step.tips),
    )
