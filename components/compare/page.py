"""The comparison as a whole: what there is to compare, then one way of looking at it at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.compare.frames import cafes_of, questions_of
from components.compare.ice_breakers import ice_breakers
from components.compare.over_time import over_time
from components.compare.picking import pick_cafes
from components.compare.same_question import same_question
from components.compare.timing import timing
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.summaries import Found, Kept

_WAYS = ("question", "time", "talk", "overruns")
_FEWEST = 2


def comparison(found: Found, *, key: str) -> None:
    if found.unreadable:
        st.warning(tn("results.unreadable", found.unreadable))
    # Trials and rehearsals took place for nobody, and a café that has not begun has no figures.
    held = [one for one in found.cafes if not one.summary.trial and one.summary.at is not None]
    if len(held) < _FEWEST:
        st.info(t("compare.one_cafe" if held else "compare.no_cafe"))
        st.page_link("results.py", label=t("nav.results"))
        return
    st.write(t("compare.help"))
    taken = pick_cafes(held, key=key)
    if len(taken) < _FEWEST:
        st.info(t("compare.pick_two"))
        return
    way = st.radio(
        t("compare.what"), _WAYS, format_func=lambda one: t(f"compare.way_{one}"), horizontal=True, key=f"{key}-way"
    )
    st.header(t(f"compare.way_{way}"), anchor=False)
    _draw(way, taken, key=key)


def _draw(way: str, taken: Sequence[Kept], *, key: str) -> None:
    match way:
        case "question":
            same_question(cafes_of(taken), questions_of(taken), key=key)
        case "time":
            over_time(cafes_of(taken), questions_of(taken), key=key)
        case "talk":
            ice_breakers(taken, key=key)
        case _:
            timing(taken, key=key)
