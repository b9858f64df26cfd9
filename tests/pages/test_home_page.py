"""The front door lets in whoever has a code, and takes the facilitator back to their café."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from state.domain import decisions
from state.identity import tidy_code
from tests.components.reading import MOST_HOSTILE, parts, shown
from tests.pages.visitor import fine, links, press
from tests.state.cafes import CODE, TOKEN, created

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor


def enter(page: AppTest, code: str) -> AppTest:
    page.text_input[0].set_value(code)
    (button,) = [button for button in page.button if button.label == t("home.enter")]
    return fine(button.click().run())


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE[:3]} {CODE[3:]} ", f"{CODE[:3]}-{CODE[3:]}"])
def test_a_code_leads_to_its_cafe(visitor: Visitor, typed: str) -> None:
    visitor.make()
    page = enter(visitor.open("home.py"), typed)
    (leave,) = parts(page, "leave")
    assert leave["path"].startswith("/c/")
    assert tidy_code(leave["path"].removeprefix("/c/").replace("%20", " ")) == CODE
    assert not page.error


@pytest.mark.parametrize("typed", ["", "0000", "<b>", "../../x", "é\u202e"])
def test_what_is_no_code_is_said_and_stays_in_the_field(visitor: Visitor, typed: str) -> None:
    visitor.make()
    page = enter(visitor.open("home.py"), typed)
    assert [error.value for error in page.error] == [t("home.unknown_code", length=6)]
    assert page.text_input[0].value == typed
    assert not parts(page, "leave")


@pytest.mark.parametrize("code", ["ZZZZZZ", "<b>", "x" * 10_000], ids=lambda one: one[:8])
def test_a_link_with_an_unknown_code_says_so_at_once(visitor: Visitor, code: str) -> None:
    page = visitor.open("home.py", code=code)
    assert [error.value for error in page.error] == [t("home.unknown_code", length=6)]


def test_a_link_that_leads_nowhere_is_said(visitor: Visitor) -> None:
    assert [warning.value for warning in visitor.open("home.py", lien="inconnu").warning] == [t("home.unknown_link")]
    assert not visitor.open("home.py").warning


def test_preparing_is_one_click_away(visitor: Visitor) -> None:
    assert visitor.open("home.py").button(key="prepare").label == t("home.prepare")
    assert press(visitor.open("home.py"), "prepare").title[0].value == t("nav.prepare")


def test_whoever_hesitates_is_helped_to_choose(visitor: Visitor) -> None:
    assert t("prepare.help_me") in links(visitor.open("home.py"))


def test_a_facilitator_finds_their_cafe_again(visitor: Visitor) -> None:
    visitor.make()
    assert not resumable(visitor)
    visitor.hold_console()
    assert resumable(visitor) == [t("home.resume", title="Café de test")]


def resumable(visitor: Visitor) -> list[str]:
    """What the links back to a console say to whoever reads them."""
    marker = t("home.resume", title="").split()[0]
    return [shown(label) for label in links(visitor.open("home.py")) if label.startswith(marker)]


def test_a_closed_cafe_is_not_resumed(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    visitor.do(decisions.close)
    assert resumable(visitor) == []


def test_closed_cafes_do_not_hide_an_open_one(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    for number in range(4):
        cafe = f"clos0000000{number}"
        visitor.make(replace(created(f"Clos {number}"), code=f"CCCCC{number}"), cafe)
        visitor.served.do(cafe, decisions.close)
        visitor.hold_console(cafe, TOKEN)
    assert resumable(visitor) == [t("home.resume", title="Café de test")]


@pytest.mark.parametrize("title", MOST_HOSTILE)
def test_a_hostile_title_is_shown_letter_for_letter(visitor: Visitor, title: str) -> None:
    visitor.make(created(title))
    visitor.hold_console()
    assert [label.split() for label in resumable(visitor)] == [t("home.resume", title=title).split()]
