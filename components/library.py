"""Going further: the videos, the resources, the glossary and the tips of a pack, searched in one field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

import streamlit as st

from components.words import plain
from content.catalogue import t
from content.schema import ResourceGroup
from state.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from content.base import Link
    from content.schema import Pack, Resource, Term, Tip, Video

T = TypeVar("T")


def library(pack: Pack) -> None:
    asked = pack.videos.get(st.query_params.get("video", ""))
    typed = st.text_input(t("learn.search"), value=asked.title if asked else "", key="search")
    sought = folded(typed.strip())
    videos, resources, glossary, tips = st.tabs(
        [t("learn.videos"), t("learn.resources"), t("learn.glossary"), t("learn.tips")]
    )
    with videos:
        _all(_video, [one for one in pack.videos.values() if sought in folded(_words(one))])
    with resources:
        _resources([one for one in pack.resources.values() if sought in folded(f"{one.title} {one.description}")])
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


def _words(video: Video) -> str:
    return " ".join(
        [video.title, video.summary, *video.objectives, *video.notions, *(one.text for one in video.examples)]
    )


def _resources(resources: Sequence[Resource]) -> None:
    """By kind: the videos' own, facilitation, serious games, chatbots…"""
    if not resources:
        st.info(t("learn.nothing"))
    for group in get_args(ResourceGroup):
        found = [one for one in resources if one.group == group]
        if found:
            st.subheader(t(f"group.{group}"), anchor=False)
            _all(_resource, found)


def _video(video: Video) -> None:
    with st.expander(plain(video.title), expanded=st.query_params.get("video") == video.id):
        st.text(video.summary)
        st.markdown(f"**{t('learn.objectives')}**\n\n" + "\n".join(f"- {plain(one)}" for one in video.objectives))
        st.markdown(f"**{t('learn.notions')}**\n\n" + "\n".join(f"- {plain(one)}" for one in video.notions))
        if video.pauses:
            lines = (t("learn.pause", at=plain(pause.at), ask=plain(pause.ask)) for pause in video.pauses)
            st.markdown(f"**{t('console.pauses')}**\n\n" + "\n".join(f"- {line}" for line in lines))
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
