"""The style page: every piece of the look, in every state. In no menu: for whoever changes it, and for tests."""

import streamlit as st

from components.showcase import samples
from content.catalogue import t

st.title(t("nav.style"), anchor=False)
samples(key="style")
