"""What may be taken away of a past café, by what one wants to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from content.catalogue import t
from state.exports.naming import file_name
from state.exports.tables import french_csv

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def downloads(cafe: Cafe) -> None:
    st.download_button(
        t("results.csv"), b"".join(french_csv(cafe)), file_name(cafe, "csv"), "text/csv", key="csv", on_click="ignore"
    )
