"""Which ice breakers start talk, as far as the app can see: who wrote in their own words or was given the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.compare.charts import share_chart
from components.compare.frames import rows_of, talk
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
    names = [f"{label} · {tn('compare.cafes', n)}" for label, n in zip(table["label"], table["cafes"], strict=True)]
    share_chart(table, names, told=t("compare.voiced"), key=f"{key}-talk")
    with st.expander(t("chart.table")):
        rows = rows_of(table)
        data = {
            t("compare.activity"): plain_all(table["label"]),
            t("compare.cafes_column"): [tn("compare.cafes", one) for one in table["cafes"]],
            t("compare.present"): table["n"],
            t("compare.voiced"): [percent(row.share) for row in rows],
            t("compare.between"): intervals(rows),
            t("compare.took_part"): [percent(row.took_part / row.n) for row in rows],
            t("compare.half"): [_seconds(row.half) for row in rows],
            t("compare.moved"): [percent(row.moved / row.both) if row.both else t("compare.none") for row in rows],
        }
        st.table(pd.DataFrame(data).set_index(t("compare.activity")))


def _seconds(half: float) -> str:
    return t("compare.none") if pd.isna(half) else t("timer.seconds", count=round(half))
