"""What may be taken away of a past café, by what one wants to do with it."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from components.words import base_path, plain
from content.catalogue import t
from state.exports.naming import file_name
from state.exports.opendata import open_data
from state.exports.results import too_few
from state.exports.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from state.domain.cafe import Cafe

_PACKAGE = "donnees-ouvertes.zip"
# Each file, by the name that its address gives it, and what its button says.
_SHEETS = {"tableur.xlsx": "download.xlsx", "tableur.ods": "download.ods", "tableur.csv": "download.csv"}
_ARCHIVES = {"archive.json": "download.json", "donnees.csv": "download.open_csv"}


def downloads(cafe: Cafe, *, cafe_id: str) -> None:
    """The three uses there are of a café's files: a spreadsheet, open data, archives."""
    with st.expander(t("download.title")):
        if cafe.plan.rehearsal:
            st.warning(t("export.rehearsal"))
        names = st.toggle(t("download.names"), key="names", help=t("download.names_help"))
        if names:
            st.caption(t("download.names_warning"))
        _use(t("download.sheet"))
        _links(cafe_id, _SHEETS, names=names)
        _use(t("download.publish"))
        _open_data(cafe, cafe_id)
        _use(t("download.archive"))
        st.caption(t("download.archive_help"))
        _links(cafe_id, _ARCHIVES, names=names)


def _use(words: str) -> None:
    # No heading: the review has its own, in their order.
    st.markdown(f"**{words}**")


def _links(cafe_id: str, files: dict[str, str], *, names: bool) -> None:
    with st.container(horizontal=True):
        for name, label in files.items():
            st.link_button(t(label), _address(cafe_id, name, names=names))


def _address(cafe_id: str, name: str, *, names: bool = False) -> str:
    return f"{base_path()}/api/cafes/{cafe_id}/exports/{name}{'?noms=1' if names else ''}"


def _open_data(cafe: Cafe, cafe_id: str) -> None:
    st.caption(t("download.publish_help"))
    if too_few(cafe):
        st.caption(t("download.too_few"))
        return
    # Hundreds of texts are drawn only for whoever wants to read them.
    wanted = st.toggle(t("download.texts"), key="texts", help=t("download.texts_help"))
    ticked = _ticked(cafe) if wanted else frozenset()
    if not ticked:
        st.link_button(t("download.package"), _address(cafe_id, _PACKAGE))
        return
    st.download_button(
        t("download.package_texts"),
        partial(_package, cafe, ticked),
        file_name(cafe, _PACKAGE),
        "application/zip",
        key="package",
        on_click="ignore",
    )


def _ticked(cafe: Cafe) -> frozenset[str]:
    """What the facilitator has read and lets out, text by text."""
    ticked = set()
    texts = list(texts_of(cafe))
    if not texts:
        st.caption(t("download.no_texts"))
    for question, ones in groupby(texts, key=lambda one: one.stop.id):
        first, *others = ones
        st.markdown(f"**{plain(first.question)}**")
        for one in (first, *others):
            if st.checkbox(plain(one.text), key=f"text {question} {one.key}"):
                ticked.add(one.key)
    return frozenset(ticked)


def _package(cafe: Cafe, ticked: Collection[str]) -> bytes:
    return b"".join(open_data(cafe, texts=ticked))
