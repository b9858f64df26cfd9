"""Which cafés to compare: searched, filtered, listed page by page; all that match are taken, but those unticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import streamlit as st

from components.notices import ticked
from components.words import plain
from content.catalogue import day, t, tn
from state.domain.summary import mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.summary import Summary
    from state.summaries import Kept

PAGE = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. An empty text, no date and no name in a list leave every café in."""

    text: str = ""
    since: date | None = None
    until: date | None = None
    formulas: frozenset[str] = frozenset()
    organisers: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()

    def matches(self, cafe: Summary) -> bool:
        held = datetime.fromtimestamp(cafe.at or 0.0, UTC).date()
        return (
            mentions(cafe, self.text)
            and (self.since is None or held >= self.since)
            and (self.until is None or held <= self.until)
            and (not self.formulas or cafe.formula_name in self.formulas)
            and (not self.organisers or cafe.organiser in self.organisers)
            and (not self.levels or most_common_level(cafe) in self.levels)
        )


def most_common_level(cafe: Summary) -> str:
    """The level that most people said they have; empty where none did."""
    return max(cafe.levels, key=lambda level: cafe.levels[level], default="")


def pick_cafes(kept: Sequence[Kept], *, key: str) -> tuple[Kept, ...]:
    """Draw filters and the list; gives the cafés to compare, the newest first."""
    newest = sorted(kept, key=lambda one: one.summary.at or 0.0, reverse=True)
    wanted = _filters([one.summary for one in newest], key=key)
    found = [one for one in newest if wanted.matches(one.summary)]
    with st.expander(t("compare.list")):
        if found:
            _list(found, key=key)
        else:
            st.info(t("compare.nothing_found"))
    # Those that are on other pages of the list are not drawn: what was ticked there is remembered.
    taken = tuple(one for one in found if ticked(_box(key, one), default=True))
    st.caption(t("compare.taken", taken=tn("compare.cafes", len(taken)), total=len(newest)))
    return taken


def _filters(cafes: Sequence[Summary], *, key: str) -> Wanted:
    search, since, until = st.columns([3, 1, 1])
    with search:
        text = st.text_input(t("compare.search"), key=f"{key}-search")
    with since:
        first = st.date_input(t("compare.since"), None, format="DD/MM/YYYY", key=f"{key}-since")
    with until:
        last = st.date_input(t("compare.until"), None, format="DD/MM/YYYY", key=f"{key}-until")
    columns = st.columns(3)
    names = {
        "formulas": sorted({one.formula_name for one in cafes}),
        "organisers": sorted({one.organiser for one in cafes if one.organiser}),
        "levels": ["novice", "averti", "expert"],
    }
    chosen: dict[str, frozenset[str]] = {}
    for column, (name, options) in zip(columns, names.items(), strict=True):
        with column:
            picked = st.multiselect(
                t(f"compare.filter_{name}"),
                options,
                format_func=_level if name == "levels" else str,
                key=f"{key}-{name}",
                placeholder=t("compare.any"),
            )
            chosen[name] = frozenset(picked)
    return Wanted(text, first, last, chosen["formulas"], chosen["organisers"], chosen["levels"])


def _list(found: Sequence[Kept], *, key: str) -> None:
    pages = -(-len(found) // PAGE)
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    begins = (page - 1) * PAGE
    for one in found[begins : begins + PAGE]:
        cafe = one.summary
        with st.container(horizontal=True, vertical_alignment="center"):
            st.checkbox(plain(cafe.title), value=True, key=_box(key, one), persist_state="page")
            told = [day(cafe.at or 0.0), cafe.formula_name, cafe.organiser, tn("people.came", cafe.people)]
            st.caption(" · ".join(plain(word) for word in told if word))
            st.page_link("results.py", label=t("results.see"), query_params={"cafe": one.cafe})


def _level(level: str) -> str:
    return t(f"level.{level}")


def _box(key: str, one: Kept) -> str:
    return f"{key}-take-{one.cafe}"
