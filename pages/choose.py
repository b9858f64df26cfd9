"""« En un coup d'œil »: which formula for whom, and all of them side by side."""

import streamlit as st

from components.chooser import chooser, side_by_side
from content.catalogue import t
from state.session import comptoir

st.title(t("nav.choose"), anchor=False)
chooser(comptoir().pack, key="choose")
with st.expander(t("choose.all")):
    side_by_side(comptoir().pack)
