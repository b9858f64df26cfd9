"""The Streamlit script: runs at every visit, and hands over to the page that was asked for."""

import streamlit as st

from components.browser import tether
from components.courses import course_svg
from components.footer import footer
from components.look import dark, page_style, palette
from components.words import bare_page
from content.catalogue import t

st.set_page_config(page_title=t("app.name"), page_icon="☕", layout="wide", menu_items={})
page = st.navigation(
    [
        st.Page("home.py", title=t("nav.home"), default=True),
        st.Page("choose.py", title=t("nav.choose"), url_path="en-un-coup-d-oeil"),
        st.Page("prepare.py", title=t("nav.prepare"), url_path="preparer"),
        st.Page("activities.py", title=t("nav.activities"), url_path="activites"),
        st.Page("results.py", title=t("nav.results"), url_path="bilan"),
        st.Page("compare.py", title=t("nav.compare"), url_path="comparer"),
        st.Page("learn.py", title=t("nav.learn"), url_path="pour-aller-plus-loin"),
        st.Page("about.py", title=t("nav.about"), url_path="a-propos"),
        st.Page("data.py", title=t("nav.data"), url_path="vos-donnees", visibility="hidden"),
        st.Page("accessibility.py", title=t("nav.accessibility"), url_path="accessibilite", visibility="hidden"),
        st.Page("legal.py", title=t("nav.legal"), url_path="mentions-legales", visibility="hidden"),
        st.Page("style.py", title=t("nav.style"), url_path="style", visibility="hidden"),
        st.Page("compose.py", title=t("nav.compose"), url_path="composer", visibility="hidden"),
        st.Page("host.py", title=t("nav.host"), url_path="console", visibility="hidden"),
        st.Page("remote.py", title=t("nav.remote"), url_path="telecommande", visibility="hidden"),
        st.Page("register.py", title=t("nav.register"), url_path="inscription", visibility="hidden"),
        st.Page("screen.py", title=t("nav.screen"), url_path="ecran", visibility="hidden"),
        st.Page("participate.py", title=t("nav.participate"), url_path="participer", visibility="hidden"),
    ],
    # Phones and the projector have no menu: drawing one, even hidden, would fetch a font of icons.
    position="hidden" if bare_page() else "top",
)
if not bare_page():
    st.logo(course_svg("cafe", palette()), size="large")
page_style("page")
if dark():
    page_style("dark")
# These listen to their café, and say by themselves when they no longer hear it.
tether(says=page.url_path not in {"composer", "console", "ecran", "participer", "telecommande"})
page.run()
if not (bare_page() or page.url_path in {"composer", "console"}):
    footer(key="footer")
