"""How accessible the app is: what was tested and how, what was not, where to write."""

import streamlit as st

from components.host_notices import contact
from content.catalogue import t
from state.session import comptoir

st.title(t("nav.accessibility"), anchor=False)
st.info(t("access.state"))
for section in ("done", "tested", "missing"):
    st.header(t(f"access.{section}"), anchor=False)
    st.write(t(f"access.{section}_body"))
st.header(t("access.write"), anchor=False)
contact(comptoir().settings.legal, otherwise=t("access.write_nowhere"))
st.write(t("access.recourse"))
