"""Preparing a café: a formula, its choices, a title and a length; its steps are composed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from components.browser import upload
from components.chooser import needs
from components.words import base_path, plain
from content.cafe_file import MOST_BYTES
from content.catalogue import t
from content.plan import make_plan
from state.domain.text import TITLE_LENGTH

if TYPE_CHECKING:
    from content.plan import Plan
    from content.schema import Formula, FormulaChoice, Pack


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the facilitator asks for: a title, and a plan with all its steps; `composes` where they go on from there."""

    title: str
    plan: Plan
    composes: bool


def preparation(pack: Pack, *, key: str) -> Preparation | None:
    """Draw the choices, and return them once the facilitator is ready."""
    formulas = list(pack.formulas.values())
    asked = st.query_params.get("formule", "")
    formula = st.radio(
        t("prepare.formula"),
        formulas,
        index=next((place for place, one in enumerate(formulas) if one.id == asked), 0),
        format_func=lambda one: plain(one.name),
        captions=[plain(one.summary) for one in formulas],
        key=f"{key}-formula",
    )
    st.page_link("choose.py", label=t("prepare.help_me"))
    st.caption(needs(formula))
    if formula.checklist:
        with st.expander(t("prepare.checklist")):
            for number, line in enumerate(formula.checklist):
                st.checkbox(plain(line), key=f"{key}-ready-{formula.id}-{number}")
    plan = _chosen(pack, formula, key=key)
    title = st.text_input(
        t("prepare.title"),
        max_chars=TITLE_LENGTH,
        placeholder=t("prepare.title_hint"),
        key=f"{key}-title",
    )
    _programme(plan)
    if formula.mix:
        st.info(t("prepare.compose_next"))
    ready = st.button(t("prepare.create"), type="primary", key=f"{key}-create")
    with st.expander(t("import.title")):
        st.write(t("import.help"))
        upload(f"{base_path()}/api/cafes", what="cafe", most=MOST_BYTES, key=f"{key}-import")
    if ready:
        return Preparation(title or formula.name, plan, composes=formula.mix)
    return None


def _chosen(pack: Pack, formula: Formula, *, key: str) -> Plan:
    choices = {choice.id: _choice(choice, f"{key}-{formula.id}") for choice in formula.choices}
    minutes = st.slider(
        t("prepare.minutes"),
        *formula.minutes,
        value=formula.advised or formula.minutes[1],
        key=f"{key}-{formula.id}-minutes",
    )
    if formula.advised is not None and minutes > formula.advised:
        st.warning(t("prepare.advised", minutes=formula.advised))
    return make_plan(pack, formula, choices, minutes)


def _choice(choice: FormulaChoice, key: str) -> str:
    labels = {option.id: option.label for option in choice.options}
    return st.radio(
        plain(choice.prompt), list(labels), format_func=lambda one: plain(labels[one]), key=f"{key}-choice-{choice.id}"
    )


def _programme(plan: Plan) -> None:
    rows = [
        t("prepare.step", course=t(f"course.{step.course}"), title=plain(step.activity.title), minutes=step.minutes)
        for step in plan.steps
    ]
    st.markdown("\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1)))
    st.markdown(f"**{t('prepare.whole', minutes=plan.minutes)}**")
