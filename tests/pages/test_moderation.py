"""Reading before showing, from the composer and in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t, tn
from state.domain import moderating
from state.domain.events import OWNER
from state.domain.moderating import waiting
from state.domain.renewing import renew
from state.identity import hash_token
from tests.pages.visitor import CAFE, fine, press, words
from tests.state.cafes import TOKEN, WORDS, answers, created, goes, joins

if TYPE_CHECKING:
    from tests.pages.visitor import Visitor


@pytest.fixture
def owner(visitor: Visitor) -> Visitor:
    visitor.make(created())
    visitor.hold_console()
    return visitor


def test_the_switch_is_where_one_prepares_and_in_the_console(owner: Visitor) -> None:
    press(owner.open("compose.py", cafe=CAFE), "compose-moderation-switch")
    assert owner.cafe.moderated
    press(owner.open("host.py", cafe=CAFE), "console-moderation-switch")
    assert not owner.cafe.moderated


def test_texts_are_published_and_discarded_one_by_one_or_several_at_once(owner: Visitor) -> None:
    owner.do(lambda cafe: moderating.switch(cafe, on=True), goes(WORDS))
    for person in ("ada", "bob", "cyd", "dan"):
        owner.do(joins(person), answers(person, WORDS, f"mot de {person}"))
    page = owner.open("host.py", cafe=CAFE)
    assert tn("unread.count", 4) in words(page)
    page = press(page, f"console-queue-discard-{WORDS}-bob")
    assert [one.author for one in waiting(owner.cafe)] == ["ada", "cyd", "dan"]
    page = press(page, f"console-queue-publish-{WORDS}-ada")
    assert not owner.cafe.answers[WORDS]["ada"].hidden
    # What comes after the page was drawn is not published unread.
    owner.do(joins("eve"), answers("eve", WORDS, "pas encore lu"))
    page = press(page, "console-queue-publish-all")
    assert {one: answer.hidden for one, answer in owner.cafe.answers[WORDS].items()} == {
        "ada": False,
        "bob": True,
        "cyd": False,
        "dan": False,
        "eve": True,
    }
    assert [one.author for one in waiting(owner.cafe)] == ["eve"]
    assert t("console.hidden_text") in words(page)


def test_an_open_console_whose_link_was_changed_does_nothing_any_more(owner: Visitor) -> None:
    page = owner.open("host.py", cafe=CAFE)
    owner.do(
        lambda cafe: renew(
            cafe, holder=OWNER, asked_with=hash_token(TOKEN), facilitator_hash="a", screen_hash="b", carnets=()
        )
    )
    page = fine(page.button(key="next").click().run())
    assert owner.cafe.stop_id == "accueil"
    assert t("gate.no_console") in words(page)
