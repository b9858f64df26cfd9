"""A café made to measure: steps of any formula, course by course, and steps of one's own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import streamlit as st

from components.words import told_apart
from content.catalogue import t
from content.plan import OwnKind, OwnStep
from content.schema import COURSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.schema import CourseName, Formula, FormulaStep, Pack

_MOST_OWN = 6
_OWN_LENGTH = 300
_OWN_TITLE = 80


def mixed_steps(pack: Pack, formula: Formula, *, key: str) -> tuple[FormulaStep, ...]:
    """The steps picked for each course, in the order in which they were picked."""
    picked: list[FormulaStep] = []
    for course in COURSES:
        offered = offered_steps(pack, course)
        base = [_name(step) for step in formula.steps if step.course == course]
        labels = _labels(pack, offered)
        chosen = st.multiselect(
            t(f"course.{course}"),
            list(labels),
            default=[name for name in base if name in offered],
            format_func=labels.__getitem__,
            placeholder=t("mix.placeholder"),
            key=f"{key}-mix-{course}",
        )
        picked += [
            offered[name].model_copy(update={"id": f"{course}-{number}", "when": {}})
            for number, name in enumerate(chosen, start=1)
        ]
    return tuple(picked)


def own_steps(*, key: str) -> tuple[OwnStep, ...]:
    """Steps that no formula has: what is typed so far, those without a text left out."""
    with st.expander(t("mix.own")):
        count = st.number_input(t("mix.own_count"), 0, _MOST_OWN, 0, key=f"{key}-own")
        steps = [_own_step(number, key=f"{key}-own-{number}") for number in range(1, int(count) + 1)]
    return tuple(step for step in steps if step is not None)


def _own_step(number: int, *, key: str) -> OwnStep | None:
    with st.container(border=True):
        left, middle, right = st.columns([3, 3, 2])
        kind = left.selectbox(
            t("mix.own_kind", number=number),
            get_args(OwnKind),
            format_func=lambda one: t(f"mix.kind_{one}"),
            key=f"{key}-kind",
        )
        course: CourseName = middle.selectbox(
            t("mix.own_course"), COURSES, index=2, format_func=lambda one: t(f"course.{one}"), key=f"{key}-course"
        )
        minutes = right.number_input(t("mix.own_minutes"), 1, 120, 5, key=f"{key}-minutes")
        title = st.text_input(t("mix.own_title"), max_chars=_OWN_TITLE, key=f"{key}-title")
        text = st.text_area(t(f"mix.text_{kind}"), max_chars=_OWN_LENGTH, height=80, key=f"{key}-text")
    if not text.strip():
        return None
    return OwnStep(
        kind=kind, course=course, minutes=int(minutes), title=title.strip() or t("mix.own_untitled"), text=text
    )


def offered_steps(pack: Pack, course: str) -> dict[str, FormulaStep]:
    """Every different step of a course in any formula, by a name that tells them apart."""
    steps: dict[str, FormulaStep] = {}
    for formula in pack.formulas.values():
        for step in formula.steps:
            if step.course == course:
                steps.setdefault(_name(step), step)
    return steps


def _name(step: FormulaStep) -> str:
    return "/".join([step.activity, step.part, *step.only])


def _labels(pack: Pack, offered: Mapping[str, FormulaStep]) -> dict[str, str]:
    """What each step is called; those that would read the same also say which choice they go with."""
    labels = {name: _label(pack, step) for name, step in offered.items()}
    times = Counter(labels.values())
    return told_apart(
        {
            name: " · ".join([label, *_chosen_with(pack, offered[name])]) if times[label] > 1 else label
            for name, label in labels.items()
        }
    )


def _label(pack: Pack, step: FormulaStep) -> str:
    # Options are no Markdown.
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
