"""Pour aller plus loin: videos, resources, glossary, tips."""

import streamlit as st

from components.library import library
from content.catalogue import t
from state.session import comptoir

st.title(t("nav.learn"), anchor=False)
library(comptoir().pack)
