"""Which page opens for whom: each closed one says what to do instead, and shows nothing of the café."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from state.identity import KEYRING_COOKIE, PERSON_COOKIE
from state.ports import Damaged
from tests.components.reading import parts
from tests.pages.visitor import CAFE, Visitor, links, words
from tests.state.cafes import CODE, NOTE, ONE, created, goes, joins
from tests.state.stores_that_fail import FailingStore

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.session import Comptoir
    from tests.conftest import CarriedIdentity

OPEN_TO_ALL = ["home.py", "choose.py", "prepare.py", "activities.py", "results.py", "learn.py", "about.py", "data.py"]
OF_A_CAFE = ["host.py", "screen.py", "participate.py"]
TITLE = "Café secret"


@pytest.mark.parametrize("page", OPEN_TO_ALL)
def test_a_page_for_everybody_opens_for_a_browser_that_holds_nothing(visitor: Visitor, page: str) -> None:
    assert visitor.open(page).title[0].value


@pytest.mark.parametrize("page", [*OF_A_CAFE, "results.py"])
@pytest.mark.parametrize("cafe", ["inconnu", "", "../../etc/passwd", "x" * 10_000], ids=lambda one: one[:10])
def test_an_unknown_cafe_is_said_to_be_unknown(visitor: Visitor, page: str, cafe: str) -> None:
    opened = visitor.open(page, cafe=cafe)
    assert [info.value for info in opened.info] == [t("gate.unknown_cafe")]
    assert links(opened) == [t("nav.home")]


@pytest.mark.parametrize("page", OF_A_CAFE)
def test_a_page_of_a_cafe_needs_to_know_which(visitor: Visitor, page: str) -> None:
    assert [info.value for info in visitor.open(page).info] == [t("gate.unknown_cafe")]


def closed(page: AppTest, sentence: str) -> None:
    assert [info.value for info in page.info] == [sentence]
    assert TITLE not in words(page)
    assert NOTE not in words(page)
    assert [button.key for button in page.button] == []
    assert not [one for name in ("pad", "stage", "wake", "clicker", "clock") for one in parts(page, name)]
    assert not page.get("download_button")
    assert links(page) == [t("nav.home")]


HELD = ["nothing", "person", "forged", "another café's link", "another café's link said to be this one's", "screen"]


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("page", ["host.py", "results.py"])
def test_the_console_and_the_review_open_by_the_facilitators_link_alone(
    visitor: Visitor, identity: CarriedIdentity, page: str, held: str
) -> None:
    prepare(visitor, identity, held)
    closed(visitor.open(page, cafe=CAFE), t("gate.no_console"))


@pytest.mark.parametrize("held", HELD[:-1])
def test_the_screen_opens_by_its_link_or_the_facilitators(
    visitor: Visitor, identity: CarriedIdentity, held: str
) -> None:
    prepare(visitor, identity, held)
    closed(visitor.open("screen.py", cafe=CAFE), t("gate.no_screen"))


@pytest.mark.parametrize("held", ["nothing", "another café's link", "screen"])
def test_a_seat_needs_a_persons_cookie(visitor: Visitor, identity: CarriedIdentity, held: str) -> None:
    prepare(visitor, identity, held)
    closed(visitor.open("participate.py", cafe=CAFE), t("gate.no_cookie", code=CODE))


def test_a_forged_cookie_is_no_seat(visitor: Visitor, identity: CarriedIdentity) -> None:
    prepare(visitor, identity, "nothing")
    identity.jar[PERSON_COOKIE] = "ImZvcmdlZCI.AAAA"
    closed(visitor.open("participate.py", cafe=CAFE), t("gate.no_cookie", code=CODE))


def prepare(visitor: Visitor, identity: CarriedIdentity, held: str) -> None:
    """A café that has begun, and a browser that holds this."""
    visitor.make(created(TITLE))
    visitor.do(joins("ada", pseudonym="Ada"), goes(ONE))
    match held:
        case "person":
            visitor.become_somebody()
        case "forged":
            identity.jar[KEYRING_COOKIE] = "forged.forged"
        case "another café's link":
            visitor.hold_console("cafe00000002")
            visitor.hold_screen("cafe00000002")
        case "another café's link said to be this one's":
            visitor.hold_console(CAFE, "another token")
            visitor.hold_screen(CAFE, "another token")
        case "screen":
            visitor.hold_screen()


@pytest.mark.parametrize("held", ["console", "screen"])
def test_the_screen_opens_for_whoever_holds_a_link(visitor: Visitor, held: str) -> None:
    visitor.make()
    (visitor.hold_console if held == "console" else visitor.hold_screen)()
    assert parts(visitor.open("screen.py", cafe=CAFE), "stage")


@pytest.mark.parametrize("page", [*OF_A_CAFE, "results.py"])
def test_a_damaged_cafe_is_said_to_be_damaged(visitor: Visitor, served: Comptoir, page: str) -> None:
    store = served.hub.store
    assert isinstance(store, FailingStore)
    store.load_errors = [Damaged("cafe00000009")]
    opened = visitor.open(page, cafe="cafe00000009")
    assert [info.value for info in opened.info] == [t("gate.damaged")]
