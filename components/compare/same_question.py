"""The same question from one café to the next: a small chart for each group, all on the same scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.compare.charts import share_chart
from components.compare.frames import GROUPINGS, common_questions, grouped, rows_of, shares, too_few
from components.compare.wording import intervals, marked, percent, plain_all
from components.words import plain
from content.catalogue import t, tn

if TYPE_CHECKING:
    from components.compare.frames import Grouping
    from state.domain.summary import QuestionFigures

# Charts drawn at once, so many side by side where there is room.
_CHARTS, _ABREAST = 12, 2
_NAME = 100


def same_question(cafes: pd.DataFrame, questions: pd.DataFrame, *, key: str) -> None:
    common = common_questions(questions)
    if common.empty:
        st.info(t("compare.no_common"))
        return
    names = {
        name: _name(row.figures, row.step, row.cafes) for name, row in zip(common.index, rows_of(common), strict=True)
    }
    asked = st.selectbox(t("compare.question"), list(names), format_func=names.__getitem__, key=f"{key}-question")
    by = grouping(t("compare.by"), GROUPINGS, key=key)
    st.markdown(f"**{plain(common.loc[asked, 'figures'].prompt)}**")
    table = shares(questions, asked, grouped(cafes, by))
    st.caption(t("compare.interval"))
    if few := too_few(questions, asked):
        st.caption(tn("compare.too_few", few))
    groups = [group for _, group in table.groupby("rank", sort=True)]
    pages = -(-len(groups) // _CHARTS)
    # The latest groups are on the first page.
    latest = groups[::-1]
    page = st.pagination(pages, key=f"{key}-groups") if pages > 1 else 1
    shown = latest[(page - 1) * _CHARTS : page * _CHARTS][::-1]
    _small_multiples(shown, key=f"{key}-{asked}-{by}")
    with st.expander(t("chart.table")):
        _table(pd.concat(shown))


def grouping(label: str, ways: tuple[Grouping, ...], *, key: str) -> Grouping:
    chosen: Grouping = st.radio(
        label, ways, format_func=lambda way: t(f"compare.by_{way}"), horizontal=True, key=f"{key}-by"
    )
    return chosen


def _name(question: QuestionFigures, step: str, cafes: int) -> str:
    moment = f" ({t(f'moment.{question.moment}')})" if question.moment else ""
    prompt = question.prompt if len(question.prompt) <= _NAME else f"{question.prompt[:_NAME].rstrip()}…"
    return f"{prompt}{moment} · {step} · {tn('compare.cafes', cafes)}"


def _small_multiples(groups: list[pd.DataFrame], *, key: str) -> None:
    for begins in range(0, len(groups), _ABREAST):
        columns = st.columns(_ABREAST, gap="medium")
        for column, group in zip(columns, groups[begins : begins + _ABREAST], strict=False):
            rows = rows_of(group)
            people = _people(rows[0].n, rows[0].cafes)
            with column:
                st.markdown(f"**{plain(rows[0].label)}**  \n{people}")
                names = [marked(row.choice, right=row.right) for row in rows]
                share_chart(group, names, told=f"{rows[0].label}, {people}", key=f"{key}-{rows[0].group}")


def _people(people: int, cafes: int) -> str:
    several = f" · {tn('compare.cafes', cafes)}" if cafes > 1 else ""
    return f"{tn('people.answered', people)}{several}"


def _table(table: pd.DataFrame) -> None:
    rows = rows_of(table)
    data = {
        t("compare.group"): plain_all(table["label"]),
        t("chart.choice"): [plain(marked(row.choice, right=row.right)) for row in rows],
        t("chart.people"): table["people"],
        t("compare.of"): table["n"],
        t("chart.share"): [percent(share) for share in table["share"]],
        t("compare.between"): intervals(rows),
    }
    if table["hands"].any():
        data[t("compare.hands")] = table["hands"]
    st.table(pd.DataFrame(data).set_index(t("compare.group")))
