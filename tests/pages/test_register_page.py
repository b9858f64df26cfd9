"""Whoever follows the link says in one tap that they will come; the facilitator sees how many, and of what level."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from content.catalogue import t, tn
from state.domain.composing import describe
from state.domain.events import Details
from tests.pages.visitor import CAFE, fine, press, words
from tests.state.cafes import CODE, created

if TYPE_CHECKING:
    from tests.pages.visitor import Visitor


def asked(visitor: Visitor) -> str:
    visitor.make(created())
    visitor.do(partial(describe, title="Le café", details=Details(place="Salle Condorcet", registers=True)))
    return visitor.become_somebody()


def test_somebody_says_that_they_come_and_that_they_do_not(visitor: Visitor) -> None:
    person = asked(visitor)
    page = visitor.open("register.py", cafe=CAFE)
    assert "Salle Condorcet" in words(page)
    page.radio(key="register-level").set_value("averti")
    page = press(page, "register-come")
    assert dict(visitor.cafe.registered) == {person: "averti"}
    assert t("register.noted", level=t("level.averti")) in words(page)
    page = press(page, "register-cancel")
    assert not visitor.cafe.registered


def test_where_nobody_is_asked_nothing_is(visitor: Visitor) -> None:
    visitor.make()
    visitor.become_somebody()
    page = visitor.open("register.py", cafe=CAFE)
    assert t("refusal.not-registering") in words(page)
    assert not [button for button in page.button if button.key == "register-come"]


def test_the_facilitator_sees_who_will_come_and_what_fits(visitor: Visitor) -> None:
    asked(visitor)
    press(visitor.open("register.py", cafe=CAFE), "register-come")
    visitor.hold_console()
    page = visitor.open("compose.py", cafe=CAFE)
    assert tn("register.count", 1) in words(page)
    assert t("audience.novice") in words(page)
    assert f"https://cafe.exemple.fr/i/{CODE}" in [one.value for one in page.code]
    fine(page.toggle(key="compose-details-registers").set_value(False).run())
    assert not visitor.cafe.details.registers
