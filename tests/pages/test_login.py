"""Where people may log in, pages offer it and say what became of it; where they must, nothing is made without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from content.plan import FEWEST_SIMULATED
from state.domain.errors import LoginRequired
from state.identity import CARNET_COOKIE, LOGIN_COOKIE, personal_carnet
from state.settings import Provider
from tests.components.reading import parts
from tests.pages.visitor import CAFE, labels, press, words
from tests.state.cafes import small_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.session import Comptoir, NewCafe
    from tests.conftest import CarriedIdentity
    from tests.pages.visitor import Visitor

NAME = "la *maison*"
OUTCOMES = ["closed", "clock", "expired", "refused", "unreachable", "unverified"]


def offer(served: Comptoir, *, required: bool = False) -> None:
    """Have the instance know a provider."""
    provider = Provider("https://identite.exemple.fr", "comptoir", "secret", NAME, "k" * 32, required=required)
    served.settings = replace(served.settings, provider=provider)


def log_in(identity: CarriedIdentity) -> None:
    secret = personal_carnet("k" * 32, "https://identite.exemple.fr", "ada")
    identity.jar |= {CARNET_COOKIE: identity.carnet_cookie(secret), LOGIN_COOKIE: identity.login_cookie(secret)}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_without_a_provider_there_is_nothing_of_it(visitor: Visitor, outcome: str) -> None:
    page = visitor.open("home.py", connexion=outcome)
    assert t(f"login.{outcome}") not in words(page)
    assert not [one for one in page.button if str(one.key).startswith("login")]
    assert not page.warning
    assert not page.success


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_home_says_what_became_of_a_login(visitor: Visitor, served: Comptoir, outcome: str) -> None:
    offer(served)
    page = visitor.open("home.py", connexion=outcome)
    assert [one.value for one in (*page.warning, *page.success)] == [t(f"login.{outcome}")]
    assert not visitor.open("home.py", connexion="in").warning


def test_the_button_leads_to_the_provider_and_its_name_is_shown_letter_for_letter(
    visitor: Visitor, served: Comptoir
) -> None:
    offer(served)
    page = visitor.open("home.py")
    assert t("login.in", name=r"la \*maison\*") in labels(page)
    assert [one["path"] for one in parts(press(page, "login-in"), "leave")] == ["/connexion?vers="]


def test_whoever_is_logged_in_is_told_and_may_leave(
    visitor: Visitor, served: Comptoir, identity: CarriedIdentity
) -> None:
    offer(served)
    log_in(identity)
    page = visitor.open("home.py")
    assert t("login.done") in words(page)
    assert [one["path"] for one in parts(press(page, "login-out"), "leave")] == ["/deconnexion"]


@pytest.mark.parametrize(("page", "address"), [("prepare.py", "preparer"), ("activities.py", "activites")])
def test_where_login_is_required_pages_that_make_cafes_ask_for_it_first(
    visitor: Visitor, served: Comptoir, identity: CarriedIdentity, page: str, address: str
) -> None:
    offer(served, required=True)
    opened = visitor.open(page)
    assert [one.key for one in opened.button] == ["login-in"]
    assert t("login.required") in words(opened)
    assert not parts(opened, "upload")
    assert [one["path"] for one in parts(press(opened, "login-in"), "leave")] == [f"/connexion?vers={address}"]
    log_in(identity)
    assert len(visitor.open(page).button) >= 1
    assert t("login.required") not in words(visitor.open(page))


def test_where_login_is_optional_nothing_asks_for_it(visitor: Visitor, served: Comptoir) -> None:
    offer(served)
    assert served.create(small_plan(), title="Café", cookies={}).id
    assert visitor.open("prepare.py").button(key="prepare-create")


DOORS: dict[str, Callable[[Comptoir], NewCafe]] = {
    "preparing": lambda served: served.create(small_plan(), title="Café", cookies={}),
    "trying an activity": lambda served: served.try_out("madonna", cookies={}),
    "rehearsing": lambda served: served.rehearse(CAFE, people=FEWEST_SIMULATED, cookies={}),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_where_login_is_required_no_door_makes_a_cafe_without(
    visitor: Visitor, served: Comptoir, identity: CarriedIdentity, door: Callable[[Comptoir], NewCafe]
) -> None:
    visitor.make()
    offer(served, required=True)
    before = len(served.hub.codes)
    with pytest.raises(LoginRequired):
        door(served)
    assert len(served.hub.codes) == before
    log_in(identity)
    assert served.room(door(served).id)


def test_whoever_composes_a_cafe_makes_no_other_without_logging_in(visitor: Visitor, served: Comptoir) -> None:
    visitor.make()
    visitor.hold_console()
    offer(served, required=True)
    before = len(served.hub.codes)
    page = visitor.open("compose.py", cafe=CAFE)
    again = next(one for one in page.button if one.label == t("share.again"))
    rehearse = next(one for one in page.button if "rehearse" in str(one.key))
    for button in (again, rehearse):
        assert t("refusal.login-required") in words(press(page, str(button.key)))
    assert len(served.hub.codes) == before


def test_participants_never_log_in(visitor: Visitor, served: Comptoir) -> None:
    visitor.make()
    offer(served, required=True)
    visitor.become_somebody()
    assert parts(visitor.open("participate.py", cafe=CAFE), "pad")
