"""« Cafés passés » lists what a browser holds by links and in its carnet; steps are put by and used elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from components.carnet import PAGE
from content.catalogue import t, tn
from state.domain.carnet import note_cafe
from state.identity import CARNET_COOKIE, OFFER_COOKIE, new_token
from tests.components.reading import shown
from tests.pages.visitor import CAFE, labels, links, listed, press, words
from tests.state.cafes import created, small_plan

if TYPE_CHECKING:
    from tests.pages.visitor import Visitor


@pytest.fixture
def secret(visitor: Visitor) -> str:
    """The secret of a carnet that the visitor's browser holds."""
    mine = new_token()
    visitor.hold_cookie(CARNET_COOKIE, visitor.served.identity.carnet_cookie(mine))
    return mine


def make(visitor: Visitor, title: str) -> str:
    return visitor.served.create(small_plan(), title=title, cookies={}).id


def test_a_browser_without_a_carnet_is_told_what_one_is(visitor: Visitor) -> None:
    page = visitor.open("results.py")
    assert t("carnet.what") in words(page)
    assert t("carnet.make") in labels(page)


def test_the_cafes_of_a_carnet_are_listed_where_no_link_was_followed(visitor: Visitor, secret: str) -> None:
    made = make(visitor, "Le café du carnet")
    page = visitor.open("results.py")
    assert listed(page) == ["Le café du carnet"]
    assert t("results.console") in links(page)
    assert visitor.served.carnet_of(secret).cafes == (made,)
    assert shown(visitor.open("host.py", cafe=made).title[0].value) == "Le café du carnet"


def test_a_cafe_held_by_a_link_is_put_in_the_carnet_by_a_click(visitor: Visitor, secret: str) -> None:
    visitor.make()
    visitor.hold_console()
    page = press(visitor.open("results.py"), f"mine-{CAFE}-put-in")
    assert visitor.served.carnet_of(secret).cafes == (CAFE,)
    assert t("carnet.put_in") not in labels(page)
    visitor.drop_links()
    assert listed(visitor.open("results.py")) == ["Café de test"]


def test_nobody_puts_in_a_cafe_that_is_not_theirs(visitor: Visitor, secret: str) -> None:
    visitor.make()
    visitor.hold_screen()
    assert not listed(visitor.open("results.py"))
    assert visitor.served.carnet_of(secret).cafes == ()


def test_the_link_is_drawn_when_it_is_asked_for_and_not_before(visitor: Visitor, secret: str) -> None:
    page = visitor.open("results.py")
    assert not [one.value for one in page.code if secret in one.value]
    page.toggle(key="carnet-show").set_value(True).run()
    assert [one.value for one in page.code if one.value.endswith(f"/carnet/{secret}")]


def test_a_carnet_that_was_offered_is_shown_and_waits_for_a_click(visitor: Visitor, secret: str) -> None:
    make(visitor, "Le mien")
    other = new_token()
    visitor.hold_cookie(OFFER_COOKIE, visitor.served.identity.offer_cookie(other))
    page = visitor.open("results.py", carnet="propose")
    assert t("carnet.offered") in [one.value for one in page.subheader]
    assert tn("carnet.holds", 0) in words(page)
    assert tn("carnet.replaces", 1) in words(page)
    assert other not in words(page)
    assert visitor.served.identity.carnet({}) == secret


def test_hundreds_of_cafes_are_searched_and_paged(visitor: Visitor, secret: str) -> None:
    for number in range(PAGE + 3):
        make(visitor, f"Café numéro {number}")
    page = visitor.open("results.py")
    assert len(listed(page)) == PAGE
    page.text_input(key="mine-search").set_value("NUMÉRO 21").run()
    assert listed(page) == ["Café numéro 21"]
    assert tn("compare.cafes", 1) in words(page)
    assert len(visitor.served.carnet_of(secret).cafes) == PAGE + 3


def test_a_step_is_put_by_in_one_cafe_and_added_in_another(visitor: Visitor, secret: str) -> None:
    first, second = make(visitor, "Le premier"), make(visitor, "Le second")
    page = visitor.open("compose.py", cafe=first)
    step = small_plan().steps[0]
    page.text_input(key=f"compose-shelf-name-{step.id}").set_value("Mon brise-glace").run()
    page = press(page, "compose-shelf-keep")
    assert t("shelf.kept") in words(page)
    assert [one.name for one in visitor.served.carnet_of(secret).steps.values()] == ["Mon brise-glace"]
    page = press(visitor.open("compose.py", cafe=second), "compose-add-add-shelf")
    plan = visitor.served.room(second).cafe.plan
    assert len(plan.steps) == len(small_plan().steps) + 1
    assert any(one.activity == step.activity and one.id != step.id for one in plan.steps)
    press(page, "compose-add-drop-shelf")
    assert visitor.served.carnet_of(secret).steps == {}


def test_without_a_carnet_the_composer_says_where_to_make_one(visitor: Visitor) -> None:
    visitor.make(created())
    visitor.hold_console()
    page = visitor.open("compose.py", cafe=CAFE)
    assert t("shelf.without") in words(page)
    assert not [one for one in page.button if one.key == "compose-shelf-keep"]


def test_a_carnet_that_cannot_be_read_hides_no_cafe_of_this_browser(
    visitor: Visitor, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del secret
    visitor.make()
    visitor.hold_console()

    def slow(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(visitor.served, "carnet_of", slow)
    page = visitor.open("results.py")
    assert t("carnet.unreadable") in words(page)
    assert listed(page) == ["Café de test"]


def test_a_forged_carnet_is_none(visitor: Visitor) -> None:
    visitor.hold_cookie(CARNET_COOKIE, "forged")
    assert t("carnet.make") in labels(visitor.open("results.py"))


def test_a_cafe_that_was_noted_and_does_not_open_yet_is_put_in_again(visitor: Visitor, secret: str) -> None:
    visitor.make()
    visitor.hold_console()
    visitor.served.in_carnet({}, partial(note_cafe, cafe=CAFE))
    page = press(visitor.open("results.py"), f"mine-{CAFE}-put-in")
    assert t("carnet.put_in") not in labels(page)
    visitor.drop_links()
    assert shown(visitor.open("host.py", cafe=CAFE).title[0].value) == "Café de test"
    assert visitor.served.carnet_of(secret).cafes == (CAFE,)
