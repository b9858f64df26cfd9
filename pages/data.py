"""What is kept about participants, why, how long, with whom, and how to delete it."""

import streamlit as st

from content.catalogue import t, tn
from state.session import comptoir

st.title(t("nav.data"), anchor=False)
for section in ("what", "why"):
    st.header(t(f"data.{section}"), anchor=False)
    st.write(t(f"data.{section}_body"))
st.header(t("data.long"), anchor=False)
st.write(tn("retention.long", comptoir().settings.retention_days))
for section in ("with", "delete", "cookie"):
    st.header(t(f"data.{section}"), anchor=False)
    st.write(t(f"data.{section}_body"))
