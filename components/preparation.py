"""Preparing a café: a formula, its choices, a title and a length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from components.words import plain
from content.catalogue import t
from content.plan import make_plan
from state.domain.text import TITLE_LENGTH

if TYPE_CHECKING:
    from content.schema import Formula, FormulaChoice, Pack


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the facilitator asks for; `minutes` is the length of the whole."""

    formula: Formula
    title: str
    choices: dict[str, str]
    minutes: int


def preparation(pack: Pack, *, key: str) -> Preparation | None:
    """Draw the choices, and return them once the facilitator is ready."""
    formulas = list(pack.formulas.values())
    formula = st.radio(
        t("prepare.formula"),
        formulas,
        format_func=lambda one: plain(one.name),
        captions=[plain(one.summary) for one in formulas],
        key=f"{key}-formula",
    )
    st.caption(
        t(
            "prepare.facts",
            shortest=formula.minutes[0],
            longest=formula.minutes[1],
            fewest=formula.people[0],
            most=formula.people[1],
            material=plain(", ".join(formula.material)),
        )
    )
    choices = {choice.id: _choice(choice, key) for choice in formula.choices}
    minutes = st.slider(t("prepare.minutes"), *formula.minutes, value=formula.minutes[1], key=f"{key}-minutes")
    title = st.text_input(
        t("prepare.title"),
        max_chars=TITLE_LENGTH,
        placeholder=t("prepare.title_hint"),
        key=f"{key}-title",
    )
    _programme(pack, formula, choices, minutes)
    if st.button(t("prepare.create"), type="primary", key=f"{key}-create"):
        return Preparation(formula, title or formula.name, choices, minutes)
    return None


def _choice(choice: FormulaChoice, key: str) -> str:
    labels = {option.id: option.label for option in choice.options}
    return st.radio(
        plain(choice.prompt), list(labels), format_func=lambda one: plain(labels[one]), key=f"{key}-choice-{choice.id}"
    )


def _programme(pack: Pack, formula: Formula, choices: dict[str, str], minutes: int) -> None:
    plan = make_plan(pack, formula, choices, minutes)
    rows = [
        t("prepare.step", course=t(f"course.{step.course}"), title=plain(step.activity.title), minutes=step.minutes)
        for step in plan.steps
    ]
    st.markdown("\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1)))
