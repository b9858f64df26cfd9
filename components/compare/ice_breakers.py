"""Which ice breakers start talk, as far as the app can see: who wrote in their own words or was given the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.compare.charts import share_chart
from components.compare.frames import answering, rows_of, talk
from components.compare.wording import intervals, percent, plain_all
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.summaries import Kept


def ice_breakers(kept: Sequence[Kept], *, key: str) -> None:
    table = talk(kept)
    if table.empty:
        st.info(t("compare.no_ice_breaker"))
        return
    st.write(t("compare.talk_help"))
    st.caption(t("compare.interval"))
    heard = table[table["heard"]]
    st.subheader(t("compare.voiced"), anchor=False)
    if heard.empty:
        st.info(t("compare.unheard"))
    else:
        share_chart(heard, _names(heard), told=t("compare.voiced"), key=f"{key}-talk")
    st.subheader(t("compare.took_part"), anchor=False)
    share_chart(answering(table), _names(table), told=t("compare.took_part"), key=f"{key}-answers")
    with st.expander(t("chart.table")):
        rows = rows_of(table)
        data = {
            t("compare.activity"): plain_all(table["label"]),
            t("compare.cafes_column"): [tn("compare.cafes", one) for one in table["cafes"]],
            t("compare.present"): table["n"],
            t("compare.voiced"): [percent(row.share) if row.heard else t("compare.none") for row in rows],
            t("compare.between"): [
                told if row.heard else t("compare.none") for told, row in zip(intervals(rows), rows, strict=True)
            ],
            t("compare.took_part"): [percent(row.took_part / row.n) for row in rows],
            t("compare.half"): [_seconds(row.half) for row in rows],
            t("compare.moved"): [percent(row.moved / row.both) if row.both else t("compare.none") for row in rows],
        }
        st.table(pd.DataFrame(data).set_index(t("compare.activity")))


def _names(table: pd.DataFrame) -> list[str]:
    """Each activity, with the people that its share is out of."""
    return [f"{row.label}\n{tn('people.picked', row.n)}\n{tn('compare.cafes', row.cafes)}" for row in rows_of(table)]


def _seconds(half: float) -> str:
    return t("compare.none") if pd.isna(half) else t("timer.seconds", count=round(half))
