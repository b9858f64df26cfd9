"""The pages one only reads: going further, about, and the frame around every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from components.library import _link
from content.base import Link
from content.catalogue import t
from content.loader import default_pack
from content.schema import ResourceGroup
from tests.components.reading import shown
from tests.pages.visitor import fine, said, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor


def search(page: AppTest, sought: str) -> AppTest:
    return fine(page.text_input(key="search").set_value(sought).run())


def test_everything_of_the_pack_is_there_to_read(visitor: Visitor) -> None:
    page = visitor.open("learn.py")
    pack = visitor.served.pack
    assert [tab.label for tab in page.tabs] == [
        t(f"learn.{name}") for name in ("videos", "resources", "glossary", "tips")
    ]
    texts = {text.value for text in page.text}
    assert {video.summary for video in pack.videos.values()} <= texts
    assert {term.definition for term in pack.glossary.values()} <= texts
    assert {tip.body for tip in pack.tips.values()} <= texts
    assert len(page.expander) == len(pack.videos)


def test_every_video_has_what_it_is_for_and_where_it_is(visitor: Visitor) -> None:
    found = said(visitor.open("learn.py"))
    for video in visitor.served.pack.videos.values():
        for text in (video.title, *video.objectives, *video.notions, *(pause.ask for pause in video.pauses), video.url):
            assert text in found, text


def test_resources_stand_by_kind_and_none_is_left_out(visitor: Visitor) -> None:
    page = visitor.open("learn.py")
    resources = visitor.served.pack.resources.values()
    groups = [group for group in get_args(ResourceGroup) if any(one.group == group for one in resources)]
    assert [heading.value for heading in page.subheader] == [t(f"group.{group}") for group in groups]
    found = said(page)
    assert not [one.title for one in resources if one.title not in found]


@pytest.mark.parametrize("video", default_pack().videos)
def test_a_link_to_a_video_finds_it_and_opens_it(visitor: Visitor, video: str) -> None:
    page = visitor.open("learn.py", video=video)
    title = visitor.served.pack.videos[video].title
    assert page.text_input(key="search").value == title
    opened = [shown(expander.label) for expander in page.expander if expander.proto.expanded]
    assert opened == [title]


@pytest.mark.parametrize("video", ["", "inconnue", "<b>", "x" * 10_000], ids=lambda one: one[:8])
def test_a_link_to_a_video_that_does_not_exist_shows_everything(visitor: Visitor, video: str) -> None:
    page = visitor.open("learn.py", video=video)
    assert page.text_input(key="search").value == ""
    assert len(page.expander) == len(visitor.served.pack.videos)


@pytest.mark.parametrize("sought", ["donnée", "DONNEE", "Donnee"])
def test_searching_minds_neither_case_nor_accents(visitor: Visitor, sought: str) -> None:
    page = search(visitor.open("learn.py"), sought)
    terms = [
        term for term in visitor.served.pack.glossary.values() if "donnée" in f"{term.term} {term.definition}".lower()
    ]
    found = {text.value for text in page.text}
    assert terms
    assert {term.definition for term in terms} <= found


def test_a_word_found_nowhere_is_said_in_each_list(visitor: Visitor) -> None:
    page = search(visitor.open("learn.py"), "zzyzx")
    assert [info.value for info in page.info] == [t("learn.nothing")] * 4


@pytest.mark.parametrize("sought", [".*", "\\", "(", "<script>", "x" * 10_000], ids=lambda one: one[:8])
def test_a_search_is_a_text_and_no_pattern(visitor: Visitor, sought: str) -> None:
    assert search(visitor.open("learn.py"), sought).text_input(key="search").value == sought


ADDRESSES = st.from_regex(r"https?://[a-z]{1,9}\.fr/[!#-;=?-\[\]-~é’]{0,30}", fullmatch=True)


@given(ADDRESSES, st.text(st.sampled_from("ab[]()<>`*_!\\:&"), min_size=1, max_size=12).filter(str.strip))
def test_a_link_leads_where_it_says_and_nowhere_else(url: str, label: str) -> None:
    link = Link(label=label, url=url)
    (_, inline, _) = MarkdownIt("commonmark").parse(_link(link.url, link.label))
    opening, *texts, closing = inline.children or []
    assert (opening.type, closing.type) == ("link_open", "link_close")
    assert {text.type for text in texts} <= {"text"}
    assert "".join(text.content for text in texts).replace("\u2060", "") == " ".join(label.split())
    assert str(opening.attrs["href"]).startswith(url[: url.index(".fr/") + 4])


def test_what_is_kept_of_people_is_said(visitor: Visitor) -> None:
    said = words(visitor.open("about.py"))
    for section in ("what", "kept", "access"):
        assert t(f"about.{section}") in said
        assert t(f"about.{section}_body") in said
    assert visitor.served.pack.credit in said
