"""A chart saved is a picture that can be read out of its page: its title and its number of people are in it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
import streamlit as st

from components.chart_shapes import PARTS, ROWS, word_shape
from components.look import LIGHT
from components.pictures import Caption, Drawn, Form, caption, picture
from components.story.shapes import row_height, share_shape, stood_on_bars
from content.catalogue import t
from tests.components.reading import MOST_HOSTILE
from tests.state.cafes import begun, created

DRAWN = Drawn(word_shape(6.0, 14, LIGHT), {ROWS: [{"word": "mot", "people": 2, "figure": "2"}]}, 60, "")


def told(title: str) -> Caption:
    return caption(begun(created()), title=title, people="2 personnes ont répondu.", name="tasse-une")


def test_a_png_is_one() -> None:
    assert picture(DRAWN, told("Laquelle ?"), form="png").startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("title", ["Laquelle ?", *MOST_HOSTILE])
def test_an_svg_holds_its_title_and_how_many_people(title: str) -> None:
    read = ET.fromstring(picture(DRAWN, told(title), form="svg"))
    assert not list(read.iter("{http://www.w3.org/2000/svg}script"))
    texts = " ".join("".join(one.itertext()) for one in read.iter("{http://www.w3.org/2000/svg}text"))
    assert " ".join(title.split()) in " ".join(texts.split())
    assert "2 personnes ont répondu." in texts
    assert "Café de test" in texts


def test_a_file_tells_the_cafe_and_the_question() -> None:
    assert told("Laquelle ?").file.startswith("cafe-cafe-de-test-")
    assert told("Laquelle ?").file.endswith("-tasse-une")


def test_a_picture_of_some_people_says_of_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "query_params", {"niveau": "novice", "lieu": "remote"})
    who = f"{t('level.novice')}, {t('place.remote')}"
    some = told("Laquelle ?")
    assert some.people == f"2 personnes ont répondu. {t('story.only', who=who)}"
    assert t("story.only", who=who) in picture(DRAWN, some, form="svg").decode()


def test_questions_hard_and_easy_are_a_picture_too() -> None:
    rows: list[dict[str, Any]] = [
        {"label": "Une question\nlongue", "share": 0.4, "told": ["Une question", "longue", "4 sur 10"]},
        {"label": "Deux", "share": 0.9, "told": ["Deux", "9 sur 10"]},
    ]
    lines = stood_on_bars(rows)
    assert [row["told"].count("\n") for row in rows] == [2, 2]
    points = [{"label": "Deux", "level": "Novice", "share": 0.5}]
    shape = share_shape(("Novice",), lines, 14, LIGHT)
    drawn = Drawn(shape, {ROWS: rows, PARTS: points}, 2 * row_height(lines, 14), "")
    texts = "".join(ET.fromstring(picture(drawn, told("Laquelle ?"), form="svg")).itertext())
    assert "4 sur 10" in texts
    assert "9 sur 10" in texts
    assert "Novice" in texts


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1b", "\ud800", "\uffff"])
def test_a_sign_that_no_picture_can_hold_does_not_end_the_app(sign: str, form: Form) -> None:
    """The engine aborts the whole process at a control character."""
    word = f"a{sign}b"
    drawn = Drawn(DRAWN.shape, {ROWS: [{"word": word, "people": 2, "figure": "2"}]}, 60, "")
    assert picture(drawn, told(word), form=form)
