"""Where a report is taken: at the top of the review, in one click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.report.as_html import as_html
from components.report.as_pdf import as_pdf
from components.report.contents import report
from content.catalogue import t
from state.exports.naming import file_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.report.blocks import Report
    from state.domain.cafe import Cafe

# By the ending of its name: what its button says, what it is, what makes it.
_FILES: dict[str, tuple[str, str, Callable[[Report], bytes]]] = {
    "rapport.pdf": ("report.pdf", "application/pdf", as_pdf),
    "rapport.html": ("report.html", "text/html", as_html),
}


def report_box(cafe: Cafe, now: float) -> None:
    """Two files to send, made when they are asked for; `now` is in seconds since 1970, UTC."""
    st.markdown(f"**{t('report.use')}**")
    st.caption(t("report.use_help"))
    texts = st.toggle(t("report.with_texts"), key="report-texts", help=t("report.texts_help"))
    with st.container(horizontal=True):
        for name, (label, media_type, write) in _FILES.items():
            st.download_button(
                t(label),
                partial(_made, write, cafe, now, texts=texts),
                file_name(cafe, name),
                media_type,
                key=name,
                on_click="ignore",
            )


def _made(write: Callable[[Report], bytes], cafe: Cafe, now: float, *, texts: bool) -> bytes:
    return write(report(cafe, now, texts=texts))
