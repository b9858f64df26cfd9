"""How cafés go over time: right answers to quizzes, and the mark that people give at the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.compare.charts import time_chart
from components.compare.frames import closing_marks, grouped, rows_of, success
from components.compare.same_question import grouping
from components.compare.wording import decimal, intervals, percent, plain_all
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

# Points that can still be read side by side.
_POINTS = 12


def over_time(cafes: pd.DataFrame, questions: pd.DataFrame, *, key: str) -> None:
    groups = grouped(cafes, grouping(t("compare.point_by"), ("month", "cafe"), key=f"{key}-time"))
    st.subheader(t("compare.success"), anchor=False)
    right = success(questions, groups)
    if right.empty:
        st.info(t("compare.no_success"))
    else:
        st.caption(f"{t('compare.success_help')} {t('compare.interval')}")
        shown = _latest(right, key=f"{key}-success")
        time_chart(shown, list(shown["share"]), ticks=(0.0, 0.25, 0.5, 0.75, 1.0), key=f"{key}-success-chart")
        _table(
            shown,
            {
                t("chart.share"): [percent(one) for one in shown["share"]],
                t("compare.between"): intervals(rows_of(shown)),
            },
            of=t("compare.answers"),
        )
    st.subheader(t("compare.marks"), anchor=False)
    marks = closing_marks(questions, groups)
    if marks.empty:
        st.info(t("compare.no_marks"))
    else:
        st.caption(t("compare.marks_help"))
        shown = _latest(marks, key=f"{key}-marks")
        time_chart(shown, list(shown["mean"]), ticks=(1.0, 2.0, 3.0, 4.0, 5.0), key=f"{key}-marks-chart")
        _table(shown, {t("compare.mean"): [decimal(one) for one in shown["mean"]]}, of=t("chart.people"))


def _latest(table: pd.DataFrame, *, key: str) -> pd.DataFrame:
    """So many points at once; the latest are on the first page."""
    table = table.sort_values("rank")
    pages = -(-len(table) // _POINTS)
    page = st.pagination(pages, key=key) if pages > 1 else 1
    ends = len(table) - (page - 1) * _POINTS
    return table.iloc[max(0, ends - _POINTS) : ends]


def _table(table: pd.DataFrame, values: dict[str, Sequence[str]], *, of: str) -> None:
    with st.expander(t("chart.table")):
        data = {
            t("compare.group"): plain_all(table["label"]),
            **values,
            of: table["n"],
            t("compare.cafes_column"): [tn("compare.cafes", one) for one in table["cafes"]],
        }
        st.table(pd.DataFrame(data).set_index(t("compare.group")))
