"""Who answers for this instance, who hosts it, and under what terms its contents may be used."""

import streamlit as st

from components.host_notices import contact, publisher
from content.catalogue import t
from state.session import comptoir

legal = comptoir().settings.legal
st.title(t("nav.legal"), anchor=False)
publisher(legal)
st.header(t("legal.contact"), anchor=False)
contact(legal, otherwise=t("legal.unset"))
st.header(t("legal.rights"), anchor=False)
st.write(t("legal.rights_body"))
st.text(comptoir().pack.credit)
st.header(t("nav.data"), anchor=False)
st.page_link("data.py", label=t("data.read"))
