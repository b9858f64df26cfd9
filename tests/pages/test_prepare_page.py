"""Preparing: a formula, its choices, a length, a title, and the console opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from state.domain.text import TITLE_LENGTH
from state.identity import Keyring
from state.ports import NotKept
from tests.components.reading import parts
from tests.pages.visitor import fine, press, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.live import Room
    from tests.pages.visitor import Visitor


def made(visitor: Visitor, page: AppTest) -> Room:
    """The café just made, opened by the link that the page leaves to."""
    (leave,) = parts(page, "leave")
    _, kind, cafe_id, token = leave["path"].split("/")
    room = visitor.served.room(cafe_id)
    assert kind == "animer"
    assert visitor.served.facilitates(Keyring().with_facilitator(cafe_id, token), cafe_id, room.cafe)
    return room


def test_a_cafe_is_made_in_one_click(visitor: Visitor) -> None:
    page = press(visitor.open("prepare.py"), "prepare-create")
    room = made(visitor, page)
    assert room.cafe.title == "Ristretto avec sucre"
    assert [success.value for success in page.success] == [t("prepare.done")]


def test_a_cafe_is_made_as_it_was_asked_for(visitor: Visitor) -> None:
    page = visitor.open("prepare.py")
    page.radio(key="prepare-choice-video").set_value("data-ia")
    page.slider(key="prepare-minutes").set_value(20)
    page.text_input(key="prepare-title").set_value("  L’IA   du jeudi ")
    cafe = made(visitor, press(page, "prepare-create")).cafe
    assert (cafe.title, cafe.plan.minutes, cafe.plan.choices) == ("L’IA du jeudi", 20, {"video": "data-ia"})


def test_the_programme_follows_the_choices(visitor: Visitor) -> None:
    page = visitor.open("prepare.py")
    before = words(page)
    after = words(fine(page.radio(key="prepare-choice-video").set_value("data-ia").run()))
    assert "data et IA" in after
    assert after != before


def test_the_length_stays_within_the_formula(visitor: Visitor) -> None:
    slider = visitor.open("prepare.py").slider(key="prepare-minutes")
    assert (slider.min, slider.max) == visitor.served.pack.formulas["ristretto-avec-sucre"].minutes


def test_the_limit_of_the_title_is_told_before_sending(visitor: Visitor) -> None:
    assert visitor.open("prepare.py").text_input(key="prepare-title").proto.max_chars == TITLE_LENGTH


@pytest.mark.parametrize("title", ["   ", "\u200b\u2060", "\u202e"], ids=ascii)
def test_a_title_that_nobody_can_read_is_refused_and_stays(visitor: Visitor, title: str) -> None:
    page = visitor.open("prepare.py")
    page.text_input(key="prepare-title").set_value(title)
    page = press(page, "prepare-create")
    assert [error.value for error in page.error] == [t("refusal.text-empty")]
    assert page.text_input(key="prepare-title").value == title
    assert not parts(page, "leave")
    assert visitor.served.hub.codes == {}


def test_a_disk_that_refuses_is_said_and_nothing_is_made(visitor: Visitor, failing: list[Exception]) -> None:
    page = visitor.open("prepare.py")
    failing.append(NotKept("disk full"))
    page = press(page, "prepare-create")
    assert [error.value for error in page.error] == [t("error.not-kept")]
    assert not parts(page, "leave")
    assert visitor.served.hub.codes == {}
    assert parts(press(page, "prepare-create"), "leave")


def test_drawing_the_page_again_makes_no_second_cafe(visitor: Visitor) -> None:
    page = press(visitor.open("prepare.py"), "prepare-create")
    fine(page.run())
    assert len(visitor.served.hub.codes) == 1
