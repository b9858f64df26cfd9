"""Others facilitate by links of their own; the remote control moves the café from a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from state.domain.helping import helping
from tests.pages.visitor import CAFE, fine, press, said, words
from tests.state.cafes import LEAD, NOTE, ONE, created, goes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor


@pytest.fixture
def owner(visitor: Visitor) -> Visitor:
    visitor.make(created())
    visitor.hold_console()
    return visitor


def invited(visitor: Visitor, name: str = "Basile") -> tuple[AppTest, str]:
    """The composer once somebody was invited, and the secret of their link."""
    page = visitor.open("compose.py", cafe=CAFE)
    page.text_input(key="compose-together-name").set_value(name)
    (button,) = [one for one in page.button if one.label == t("together.invite")]
    page = fine(button.click().run())
    (link,) = [one.value for one in page.code if "/animer/" in one.value and "telecommande" not in one.value]
    return page, link.rsplit("/", 1)[-1]


def test_a_link_is_shown_once_and_opens_the_console_and_the_remote(owner: Visitor) -> None:
    page, token = invited(owner)
    assert t("together.once") in words(page)
    assert token not in words(owner.open("compose.py", cafe=CAFE))
    owner.hold_console(token=token)
    for path in ("host.py", "compose.py", "remote.py"):
        assert t("gate.no_console") not in words(owner.open(path, cafe=CAFE))


def test_a_helpers_screen_link_opens_the_screen_elsewhere(owner: Visitor) -> None:
    _, token = invited(owner)
    owner.hold_console(token="rien")
    owner.hold_screen(token=token)
    assert t("gate.no_screen") not in words(owner.open("screen.py", cafe=CAFE))


def test_a_link_that_is_taken_back_opens_nothing_even_on_an_open_page(owner: Visitor) -> None:
    page, token = invited(owner)
    owner.hold_console(token=token)
    console = owner.open("host.py", cafe=CAFE)
    owner.hold_console()
    (helper,) = helping(owner.cafe)
    press(page, f"compose-together-revoke-{helper.id}")
    assert not helping(owner.cafe)
    owner.hold_console(token=token)
    assert t("gate.no_console") in words(fine(console.run()))
    assert t("gate.no_console") in words(owner.open("remote.py", cafe=CAFE))


def test_who_did_what_is_told(owner: Visitor) -> None:
    _, token = invited(owner)
    owner.hold_console(token=token)
    press(owner.open("remote.py", cafe=CAFE), "next")
    owner.hold_console()
    table = owner.open("compose.py", cafe=CAFE).table[-1].value
    told = table[[t("together.who"), t("together.what")]].to_numpy().tolist()
    assert ["Basile", t("deed.moved")] in told
    assert [t("together.owner"), t("deed.helper-invited")] in told


def test_the_remote_moves_the_cafe_and_shows_what_to_say(owner: Visitor) -> None:
    page = owner.open("remote.py", cafe=CAFE)
    page = press(page, "next")
    assert owner.cafe.stop_id == ONE
    assert not [one for one in (NOTE, LEAD, "Laquelle ?") if one not in said(page)]
    page = press(page, "previous")
    assert owner.cafe.stop_id == "accueil"


def test_nobody_else_has_the_remote(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_screen()
    visitor.become_somebody()
    visitor.do(goes(ONE))
    page = visitor.open("remote.py", cafe=CAFE)
    assert t("gate.no_console") in words(page)
    assert "next" not in {button.key for button in page.button}
