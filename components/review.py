"""A café afterwards: each question with its chart and figures, in the order of the programme."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from components.downloads import downloads
from components.rehearsal import rehearsal_mark
from components.report.box import report_box
from components.story import head, story

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def review(cafe: Cafe) -> None:
    rehearsal_mark(cafe)
    now = time.time()
    head(cafe, now)
    report_box(cafe, now)
    downloads(cafe, cafe_id=st.query_params["cafe"])
    story(cafe, now)
