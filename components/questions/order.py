"""Entries to put in order: the room's order, and the right one once it is revealed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.charts import word_chart
from components.pictures import save_question
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups, listed_by_groups
from components.questions.views import View, Views
from components.stage import explanation, timeline
from components.words import plain
from content.catalogue import t, tn
from content.prompts import Ordering
from state.domain.tallies.orders import order_tally
from state.domain.tallies.texts import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.notices import Act
    from components.pictures import Drawn
    from content.prompts import Entry
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop
    from state.domain.tallies.orders import OrderTally


def phone(cafe: Cafe, stop: Stop) -> View:
    prompt = stop.prompt
    assert isinstance(prompt, Ordering)
    now = cafe.round(stop.id)
    view: View = {
        "kind": "order",
        "entries": [{"id": entry.id, "label": entry.label} for entry in shuffled(prompt.entries)],
    }
    if now.revealed:
        tally = order_tally(cafe, stop)
        view["results"] = {"people": _summary(tally)}
        view["order"] = [
            {"id": row.entry.id, "label": row.entry.label, "date": row.entry.date, "detail": row.entry.detail}
            for row in tally.entries
        ]
    return view


def shuffled(entries: Sequence[Entry]) -> list[Entry]:
    """The entries in an order that tells nothing, the same for everybody and at each drawing."""
    mixed = sorted(entries, key=lambda entry: sha256(entry.id.encode()).digest())
    return mixed if mixed != list(entries) else mixed[::-1]


def console(cafe: Cafe, stop: Stop, act: Act) -> None:  # noqa: ARG001 - there is nothing to do to an order
    tally = order_tally(cafe, stop)
    st.write(_summary(tally))
    _chart(tally, key=f"chart-{stop.id}")
    with st.expander(t("chart.table")):
        _table(tally)
        if by := cafe.round(stop.id).split:
            listed_by_groups(cafe, stop, by, lambda part: _table(order_tally(part, stop)))


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    prompt = stop.prompt
    assert isinstance(prompt, Ordering)
    if not cafe.round(stop.id).revealed:
        timeline([(entry.label, "") for entry in shuffled(prompt.entries)], ordered=False, key=f"{key}-order")
        return
    tally = order_tally(cafe, stop)
    if by := cafe.round(stop.id).split:

        def chart(part: Cafe, key: str) -> None:
            _chart(order_tally(part, stop), size=TEXT_OF_GROUPS, key=key)

        drawn_by_groups(cafe, stop, by, chart, key=key)
        return
    timeline([(row.entry.label, row.entry.date) for row in tally.entries], ordered=True, key=f"{key}-order")
    explanation(_summary(tally), prompt.explanation, key=f"{key}-explanation")


def review(cafe: Cafe, stop: Stop) -> None:
    tally = order_tally(cafe, stop)
    st.text(_summary(tally))
    drawn = _chart(tally, key=f"review-{stop.id}")
    with st.expander(t("chart.table")):
        save_question(drawn, cafe, stop)
        _table(tally)


def _chart(tally: OrderTally, *, size: int = 14, key: str) -> Drawn:
    """How many people put each entry at its place, in the right order."""
    return word_chart([Word(row.entry.label, row.well) for row in tally.entries], size=size, key=key)


def _summary(tally: OrderTally) -> str:
    return f"{tn('people.answered', tally.answered)} · {tn('people.perfect', tally.perfect)}"


def _table(tally: OrderTally) -> None:
    st.table(
        pd.DataFrame(
            {
                t("chart.entry"): [
                    plain(" · ".join(filter(None, [row.entry.date, row.entry.label]))) for row in tally.entries
                ],
                t("chart.well_placed"): [row.well for row in tally.entries],
                t("chart.mean_place"): [f"{row.mean:.1f}".replace(".", ",") for row in tally.entries],
            }
        ).set_index(t("chart.entry"))
    )


VIEWS = Views(phone, console, screen, review)
