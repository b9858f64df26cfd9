"""A plan is a formula made concrete: the steps of one café, with their texts, so that old cafés never change."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from content.activities import Activity, AnyActivity
from content.activities.video import Viewing
from content.base import Minutes, Model, Slug, Text
from content.schema import CourseName, FormulaStep, Resource, Term, Tip, Video

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from content.prompts import Scene
    from content.schema import Formula, Pack


# What a café calls the places before its first step and after its last: no step is called so.
LOBBY_AND_END = ("accueil", "merci")
_OWN_MINUTES = 5
# How many simulated people a rehearsal may have.
FEWEST_SIMULATED, MOST_SIMULATED = 5, 300


class PlannedStep(Model):
    """A step of one café. `minutes` is its planned length; `video` is there when the activity shows one."""

    id: Slug
    course: CourseName
    minutes: Annotated[int, Field(ge=0, le=240)]
    activity: AnyActivity
    part: str = ""
    video: Video | None = None
    notes: tuple[Text, ...]
    tips: tuple[Tip, ...] = ()
    terms: tuple[Term, ...] = ()
    resources: tuple[Resource, ...] = ()

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return self.activity.scenes(self.part)


class Plan(Model):
    """`trial` marks a café made to try things out, an activity alone or the whole café: it is none that took place.

    `simulated` is how many simulated people fill it, where it is a rehearsal.
    """

    formula: Slug
    formula_name: Text
    choices: dict[Slug, Slug]
    steps: tuple[PlannedStep, ...]
    trial: bool = False
    simulated: Annotated[int, Field(ge=0, le=MOST_SIMULATED)] = 0

    @property
    def rehearsal(self) -> bool:
        return self.simulated > 0

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


def chosen_steps(formula: Formula, choices: Mapping[str, str]) -> tuple[FormulaStep, ...]:
    """The steps of a formula that go with what the facilitator chose (`{choice id: option id}`)."""
    return tuple(
        step for step in formula.steps if all(choices.get(choice) in options for choice, options in step.when.items())
    )


def make_plan(pack: Pack, formula: Formula, choices: Mapping[str, str], minutes: int) -> Plan:
    """Compose the plan that lasts as near to `minutes` as the formula allows.

    Raises:
        ValueError: a choice of the formula is missing, or is not one of its options.
    """
    for choice in formula.choices:
        if choices.get(choice.id) not in {option.id for option in choice.options}:
            raise ValueError(f"choice {choice.id!r} needs one of its options")
    picked = {choice.id: choices[choice.id] for choice in formula.choices}
    return plan_of(pack, formula, chosen_steps(formula, choices), minutes, choices=picked)


def plan_of(
    pack: Pack,
    formula: Formula,
    steps: Sequence[FormulaStep],
    minutes: int,
    *,
    choices: Mapping[str, str] | None = None,
) -> Plan:
    """A plan of steps taken from anywhere, in the order given; `formula` names it.

    Steps of two formulas may share an id, or one be taken twice: a plan tells them apart.
    """
    lengths = spread_minutes([step.minutes for step in steps], minutes)
    return Plan(
        formula=formula.id,
        formula_name=formula.name,
        choices=dict(choices or {}),
        steps=tuple(
            planned(pack, step.model_copy(update={"id": name}), length)
            for name, step, length in zip(_told_apart([step.id for step in steps]), steps, lengths, strict=True)
        ),
    )


def starter_step(starter: Activity, course: CourseName) -> PlannedStep:
    """A step to fill in: a blank activity, each of its parts where it has several being one more step."""
    part = next(iter(starter.PARTS), "")
    return PlannedStep(
        id=starter.id, course=course, minutes=_OWN_MINUTES, activity=starter, part=part, notes=(starter.intro,)
    )


def own_video_step(title: str, url: str, course: CourseName) -> PlannedStep:
    """A step that shows a video of the facilitator's own.

    Raises:
        ValueError: the title is empty, or the address is none.
    """
    video = Video(id="a-vous", title=title, summary=title, objectives=(title,), notions=(title,), url=url)
    activity = Viewing(id="a-vous-video", title=title, intro=title, video=video.id)
    return PlannedStep(
        id=activity.id, course=course, minutes=_OWN_MINUTES, activity=activity, video=video, notes=(title,)
    )


def trial_plan(pack: Pack, activity: str) -> Plan:
    """The plan of one activity alone, to try it: as its first step in a formula has it, with both of its parts.

    Raises:
        KeyError: the pack has no such activity.
    """
    chosen = pack.activities[activity]
    found = [step for formula in pack.formulas.values() for step in formula.steps if step.activity == activity]
    by_part = {step.part: step for step in reversed(found)}
    steps = [by_part[part] for part in chosen.PARTS or ("",) if part in by_part] or _bare_steps(chosen)
    return Plan(
        formula=chosen.id,
        formula_name=chosen.title,
        choices={},
        steps=tuple(
            planned(pack, step.model_copy(update={"only": (), "id": f"essai-{number}"}), step.minutes[1])
            for number, step in enumerate(steps, start=1)
        ),
        trial=True,
    )


def rehearsal_plan(plan: Plan, people: int) -> Plan:
    """The same programme, to rehearse with so many simulated people."""
    return plan.model_copy(update={"trial": True, "simulated": people})


def plan_to_hold(plan: Plan) -> Plan:
    """The same programme, for a café that takes place, whatever this one was made for."""
    return plan.model_copy(update={"trial": False, "simulated": 0})


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


def planned(pack: Pack, step: FormulaStep, minutes: int) -> PlannedStep:
    activity = pack.activities[step.activity]
    return PlannedStep(
        id=step.id,
        course=step.course,
        minutes=minutes,
        activity=activity.keeping(step.only) if step.only else activity,
        part=step.part,
        video=pack.videos[activity.video] if isinstance(activity, Viewing) else None,
        notes=step.notes,
        tips=tuple(pack.tips[tip] for tip in step.tips),
        terms=tuple(pack.glossary[term] for term in activity.terms),
        resources=tuple(pack.resources[resource] for resource in activity.resources),
    )


def _told_apart(ids: Sequence[str]) -> list[str]:
    """The same ids, numbered where one is taken.

    >>> _told_apart(["tasse", "cafe", "tasse", "tasse", "merci"])
    ['tasse', 'cafe', 'tasse-2', 'tasse-3', 'merci-2']
    """
    apart: list[str] = []
    for name in ids:
        others = (f"{name}-{number}" for number in count(2))
        taken = {*LOBBY_AND_END, *apart}
        apart.append(name if name not in taken else next(one for one in others if one not in taken | {*ids}))
    return apart


def _bare_steps(activity: Activity) -> list[FormulaStep]:
    """Steps for an activity that no formula uses: the whole of it, or each part where it has no whole."""
    parts = activity.PARTS if "" not in activity.PARTS else ()
    return [
        FormulaStep(
            id="essai", course="chocolat", activity=activity.id, part=part, minutes=(5, 10), notes=(activity.intro,)
        )
        for part in parts or ("",)
    ]
