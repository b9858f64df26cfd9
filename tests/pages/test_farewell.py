"""Deleting a café: its maker alone, who has to mean it; a receipt stays, and people read their rights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content.catalogue import day, t, tn
from state.domain import decisions
from state.domain.events import WordsStruck
from state.domain.forgetting import strikes_at
from state.ports import NotKept, UnknownCafe
from tests.pages.visitor import CAFE, fine, links, press, words
from tests.state.cafes import TOKEN, joins

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor

ADA = joins("ada", pseudonym="Ada")


@pytest.fixture
def page(visitor: Visitor) -> AppTest:
    visitor.make()
    visitor.hold_console()
    visitor.do(ADA, decisions.close)
    return visitor.open("results.py", cafe=CAFE)


def test_a_cafe_is_deleted_once_its_maker_has_said_to_mean_it(visitor: Visitor, page: AppTest) -> None:
    page.checkbox(key="farewell-sure").check().run()
    after = press(page, "farewell-erase")
    assert after.success[0].value == t("farewell.done")
    assert after.title[0].value == t("nav.results")
    receipt = after.code[0].value
    assert CAFE in receipt
    assert "Ada" not in receipt
    assert TOKEN not in receipt
    with pytest.raises(UnknownCafe):
        visitor.served.room(CAFE)
    again = visitor.open("results.py", cafe=CAFE)
    assert again.info[0].value == t("gate.unknown_cafe")
    # The browser still holds its link: that disturbs nothing.
    assert [info.value for info in visitor.open("results.py").info] == [t("results.none")]


def test_an_unticked_box_deletes_nothing(visitor: Visitor, page: AppTest) -> None:
    assert press(page, "farewell-erase").warning[0].value == t("farewell.not_sure")
    assert visitor.cafe.participants


def test_a_deletion_that_the_store_refuses_is_said(
    visitor: Visitor, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise NotKept

    monkeypatch.setattr(visitor.served.hub.store, "erase", refuse)
    page.checkbox(key="farewell-sure").check().run()
    assert press(page, "farewell-erase").warning[0].value == t("farewell.failed")
    assert visitor.cafe.participants


def test_who_helps_cannot_delete(visitor: Visitor) -> None:
    visitor.make()
    token = visitor.served.invite_helper(CAFE, "Zoé", by="owner")
    visitor.hold_console(token=token)
    page = visitor.open("results.py", cafe=CAFE)
    assert "farewell-erase" not in [button.key for button in page.button]
    helper = next(iter(visitor.cafe.helpers))
    with pytest.raises(Exception, match="owner-only"):
        visitor.served.erase(CAFE, by=helper)
    assert visitor.cafe.title


def test_the_review_says_when_words_will_be_struck_and_when_they_were(visitor: Visitor, page: AppTest) -> None:
    closed_at = visitor.cafe.closed_at
    assert closed_at is not None
    assert t("retention.will", day=day(strikes_at(closed_at, days=30))) in words(page)
    visitor.do(lambda _: [WordsStruck()])
    struck_at = visitor.cafe.struck_at
    assert struck_at is not None
    assert t("retention.struck", day=day(struck_at)) in words(visitor.open("results.py", cafe=CAFE))


def test_people_read_what_is_kept_and_for_how_long(visitor: Visitor) -> None:
    visitor.served.settings = replace(visitor.served.settings, retention_days=12)
    page = visitor.open("data.py")
    assert tn("retention.long", 12) in words(page)
    assert len(page.header) == 6
    assert t("data.read") in links(visitor.open("about.py"))


def test_a_closed_cafe_says_so_to_whoever_was_not_there(visitor: Visitor) -> None:
    visitor.make()
    person = visitor.become_somebody()
    visitor.do(decisions.close)
    assert visitor.open("participate.py", cafe=CAFE).info[0].value == t("gate.over")
    visitor.do(decisions.reopen)
    assert not visitor.open("participate.py", cafe=CAFE).info
    visitor.do(joins(person), decisions.close)
    assert not fine(visitor.open("participate.py", cafe=CAFE)).info
    assert visitor.open("home.py", fini="oui").info[0].value == t("home.over")
