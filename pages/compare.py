"""Several cafés side by side: the same question, over time, what starts talk, what overruns."""

import streamlit as st

from components.compare import comparison
from components.gate import my_cafes
from content.catalogue import t

st.title(t("nav.compare"), anchor=False)
comparison(my_cafes(), key="compare")
