"""Going further: the videos, the resources, the glossary and the tips of a pack, searched in one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from components.words import plain
from content.catalogue import t
from state.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from content.schema import Link, Pack, Resource, Term, Tip, Video

T = TypeVar("T")


def library(pack: Pack) -> None:
    sought = folded(st.text_input(t("learn.search"), key="search"))
    videos, resources, glossary, tips = st.tabs(
        [t("learn.videos"), t("learn.resources"), t("learn.glossary"), t("learn.tips")]
    )
    with videos:
        _all(_video, [one for one in pack.videos.values() if sought in folded(f"{one.title} {one.summary}")])
    with resources:
        _all(_resource, [one for one in pack.resources.values() if sought in folded(f"{one.title} {one.description}")])
    with glossary:
        terms = [one for one in pack.glossary.values() if sought in folded(f"{one.term} {one.definition}")]
        _all(_term, sorted(terms, key=lambda one: folded(one.term)))
    with tips:
        _all(_tip, [one for one in pack.tips.values() if sought in folded(f"{one.title} {one.body}")])


def _all(draw: Callable[[T], None], entries: Sequence[T]) -> None:
    if not entries:
        st.info(t("learn.nothing"))
    for entry in entries:
        draw(entry)


def _video(video: Video) -> None:
    with st.expander(plain(video.title)):
        st.text(video.summary)
        st.markdown(f"**{t('learn.objectives')}**\n\n" + "\n".join(f"- {plain(one)}" for one in video.objectives))
        st.markdown(f"**{t('learn.notions')}**\n\n" + "\n".join(f"- {plain(one)}" for one in video.notions))
        for example in video.examples:
            st.text(example.text)
            if example.url:
                st.markdown(_link(example.url, t("learn.read")))
        for link in video.resources:
            st.markdown(_named(link))
        st.markdown(_link(video.url, t("pad.video.link")))


def _resource(resource: Resource) -> None:
    with st.container(border=True):
        st.markdown(_link(resource.url, resource.title) if resource.url else f"**{plain(resource.title)}**")
        if resource.description:
            st.text(resource.description)


def _term(term: Term) -> None:
    st.markdown(f"**{plain(term.term)}**")
    st.text(term.definition)
    if term.url:
        st.markdown(_link(term.url, t("learn.read")))


def _tip(tip: Tip) -> None:
    st.markdown(f"**{plain(tip.title)}**")
    st.text(tip.body)


def _named(link: Link) -> str:
    return _link(link.url, link.label)


def _link(url: str, label: str) -> str:
    # The schema refuses spaces and angle brackets in an address: between angle brackets it cannot be left.
    return f"[{plain(label)}](<{url}>)"
