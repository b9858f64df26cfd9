"""What this is, where its content comes from, what is kept about people, and how accessible it is."""

import streamlit as st

from content.catalogue import t
from state.session import comptoir

st.title(t("nav.about"), anchor=False)
for section in ("what", "kept", "access"):
    st.header(t(f"about.{section}"), anchor=False)
    st.write(t(f"about.{section}_body"))
st.page_link("data.py", label=t("data.read"))
st.header(t("about.source"), anchor=False)
st.text(comptoir().pack.credit)
