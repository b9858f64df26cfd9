"""A text that goes through `plain` is shown letter for letter, whatever Streamlit reads in labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.words import base_path, plain, told_apart
from state.domain.errors import Refusal
from state.domain.text import clean
from tests.components.reading import HOSTILE, shown


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_letter_for_letter(text: str) -> None:
    assert shown(plain(text)) == " ".join(text.split())


@pytest.mark.parametrize("text", ["Café de la data", "L’été à 14 h 30", "漢字 🐝", "", "3 × 2 = 6"])
def test_an_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(plain(text)) == text


SIGNS = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~:$&=^@/\"' aw1\n") | st.characters(), max_size=30)


@given(SIGNS)
def test_any_text_that_may_be_kept_is_shown_letter_for_letter(raw: str) -> None:
    try:
        text = clean(raw, limit=200)
    except Refusal:
        return
    assert shown(plain(text)) == text.replace("\u2060", "")


@given(SIGNS, SIGNS)
def test_two_texts_side_by_side_do_not_make_a_sign_together(one: str, two: str) -> None:
    try:
        texts = [clean(raw, limit=200) for raw in (one, two)]
    except Refusal:
        return
    assert shown(" · ".join(map(plain, texts))) == " · ".join(texts)


def test_a_text_of_several_lines_becomes_one() -> None:
    assert shown(plain("un\n\n# deux\r\n- trois")) == "un # deux - trois"


def test_an_app_served_at_the_root_has_no_base_path() -> None:
    assert base_path() == ""


@pytest.mark.parametrize(
    ("labels", "apart"),
    [
        ([], []),
        (["Ada", "Bob"], ["Ada", "Bob"]),
        (["Ada", "Ada", "Ada"], ["Ada", "Ada (2)", "Ada (3)"]),
        (["Ada", "Ada", "Ada (2)"], ["Ada", "Ada (3)", "Ada (2)"]),
        (["Ada (2)", "Ada", "Ada"], ["Ada (2)", "Ada", "Ada (3)"]),
    ],
    ids=str,
)
def test_labels_that_read_the_same_are_numbered(labels: list[str], apart: list[str]) -> None:
    assert list(told_apart({str(place): label for place, label in enumerate(labels)}).values()) == apart


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "a (2) (2)", "b"])))
def test_labels_are_always_told_apart(labels: list[str]) -> None:
    apart = told_apart({str(place): label for place, label in enumerate(labels)})
    assert len(set(apart.values())) == len(apart) == len(labels)
    assert all(told.startswith(label) for told, label in zip(apart.values(), labels, strict=True))
