"""« En un coup d'œil »: a few questions, the formulas that fit, why, what each needs; and all of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.words import base_path, plain
from content.catalogue import t
from content.chooser import Wish, fitting
from content.schema import AUDIENCES, COURSES, SETTINGS, THEMES

if TYPE_CHECKING:
    from content.chooser import Fit
    from content.schema import Formula, Pack


def chooser(pack: Pack, *, key: str) -> None:
    hosts = st.radio(
        t("choose.host"), ["yes", "no"], format_func=lambda one: t(f"choose.{one}"), horizontal=True, key=f"{key}-host"
    )
    if hosts == "no":
        st.info(t("choose.no_host"))
        st.page_link("learn.py", label=t("nav.learn"))
        return
    wish = _wish(key)
    fits = fitting(pack, wish)
    st.header(
        t("choose.fits" if fits and not fits[0].unmet else "choose.nearest" if fits else "choose.none"), anchor=False
    )
    for fit in fits:
        _fit(pack, fit, wish)
    mixes = [formula for formula in pack.formulas.values() if formula.mix]
    for formula in mixes:
        st.page_link("prepare.py", label=t("choose.mix", name=formula.name), query_params={"formule": formula.id})


def _wish(key: str) -> Wish:
    first, second = st.columns(2, gap="large")
    with first:
        length = st.radio(
            t("choose.length"), ["short", "long"], format_func=lambda one: t(f"choose.{one}"), key=f"{key}-length"
        )
        theme = st.radio(t("choose.theme"), THEMES, format_func=lambda one: t(f"theme.{one}"), key=f"{key}-theme")
    with second:
        audience = st.radio(
            t("choose.audience"), AUDIENCES, format_func=lambda one: t(f"audience.{one}"), key=f"{key}-audience"
        )
        setting = st.radio(
            t("choose.setting"), SETTINGS, format_func=lambda one: t(f"setting.{one}"), key=f"{key}-setting"
        )
    return Wish(long=length == "long", audience=audience, theme=theme, setting=setting)


def _fit(pack: Pack, fit: Fit, wish: Wish) -> None:
    formula = fit.formula
    with st.container(border=True):
        st.subheader(plain(formula.name), anchor=False)
        st.write(plain(formula.summary))
        why = [t(f"choose.met_{name}", **_facts(wish)) for name in fit.met]
        missing = [t(f"choose.unmet_{name}", **_facts(wish)) for name in fit.unmet]
        st.markdown("\n".join([*(f"- ✓ {line}" for line in why), *(f"- ✗ {line}" for line in missing)]))
        st.caption(needs(formula))
        st.markdown(
            "\n".join(f"- **{t(f'course.{course}')}** : {plain(_course(pack, formula, course))}" for course in COURSES)
        )
        st.page_link("prepare.py", label=t("choose.prepare", name=formula.name), query_params={"formule": formula.id})


def _facts(wish: Wish) -> dict[str, str]:
    return {
        "length": t("choose.long" if wish.long else "choose.short"),
        "audience": t(f"audience.{wish.audience}"),
        "theme": t(f"theme.{wish.theme}"),
        "setting": t(f"setting.{wish.setting}"),
    }


def needs(formula: Formula) -> str:
    """Minutes, people and material, in a line."""
    return t(
        "prepare.facts",
        shortest=formula.minutes[0],
        longest=formula.minutes[1],
        fewest=formula.people[0],
        most=formula.people[1],
        material=plain(", ".join(formula.material)),
    )


def side_by_side(pack: Pack) -> None:
    """Every formula of the pack in one table."""
    formulas = list(pack.formulas.values())
    rows = {
        t("choose.row_minutes"): [f"{one.minutes[0]}–{one.minutes[1]} min" for one in formulas],
        t("choose.row_people"): [f"{one.people[0]}–{one.people[1]}" for one in formulas],
        t("choose.row_audience"): [t(f"audience.{one.audience}") for one in formulas],
        t("choose.row_theme"): [", ".join(t(f"theme.{theme}") for theme in one.themes) for one in formulas],
        t("choose.row_setting"): [", ".join(t(f"setting.{setting}") for setting in one.settings) for one in formulas],
        **{t(f"course.{course}"): [plain(_course(pack, one, course)) for one in formulas] for course in COURSES},
        t("choose.row_material"): [plain(", ".join(one.material)) for one in formulas],
    }
    # Links, so that the Tab key enters the table: it is wider than the page, and arrow keys then scroll it.
    st.table(pd.DataFrame(rows, index=[_link(one) for one in formulas]))


def _link(formula: Formula) -> str:
    return f"[{plain(formula.name)}]({base_path()}/preparer?formule={formula.id})"


def _course(pack: Pack, formula: Formula, course: str) -> str:
    """What a course may be made of, each activity once."""
    titles = [pack.activities[step.activity].title for step in formula.steps if step.course == course]
    return ", ".join(dict.fromkeys(titles))
