"""Which steps overrun: what each activity took beside what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.compare.charts import range_chart
from components.compare.frames import overruns, rows_of
from components.compare.wording import plain_all, signed_minutes
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.summaries import Kept

_STEPS = 15


def timing(kept: Sequence[Kept], *, key: str) -> None:
    table = overruns(kept)
    if table.empty:
        st.info(t("compare.no_step"))
        return
    st.write(t("compare.overrun_help"))
    pages = -(-len(table) // _STEPS)
    page = st.pagination(pages, key=f"{key}-steps") if pages > 1 else 1
    shown = table.iloc[(page - 1) * _STEPS : page * _STEPS]
    range_chart(shown, key=f"{key}-overruns")
    with st.expander(t("chart.table")):
        rows = rows_of(shown)
        data = {
            t("compare.activity"): plain_all(shown["label"]),
            t("compare.cafes_column"): [tn("compare.cafes", row.cafes) for row in rows],
            t("compare.planned"): [t("compare.minutes", minutes=round(row.planned)) for row in rows],
            t("compare.spent"): [t("compare.minutes", minutes=round(row.spent)) for row in rows],
            t("compare.over"): [signed_minutes(row.middle) for row in rows],
            t("compare.half_of_cafes"): [
                t("compare.from_to_minutes", low=signed_minutes(row.low), high=signed_minutes(row.high)) for row in rows
            ],
            t("compare.late"): [t("compare.late_of", some=row.late, of=row.cafes) for row in rows],
        }
        st.table(pd.DataFrame(data).set_index(t("compare.activity")))
