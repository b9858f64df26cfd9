"""The one door: cafés are made and found, and only the right links open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.plan import make_plan
from state import session
from state.domain import errors
from state.domain.decisions import go_to, join
from state.identity import KEYRING_COOKIE, Keyring, hash_token, screen_token
from state.ports import NotKept, UnknownCafe
from state.session import comptoir, install
from tests.conftest import CarriedIdentity

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.session import Comptoir, NewCafe


def make(served: Comptoir, title: str = "Café data") -> NewCafe:
    formula = served.pack.formulas["ristretto-avec-sucre"]
    return served.create(make_plan(served.pack, formula, {"video": "open-data"}, 20), title=title, cookies={})


def may_watch(served: Comptoir, ring: Keyring, cafe_id: str, cafe: Cafe) -> bool:
    assert isinstance(served.identity, CarriedIdentity)
    served.identity.jar = {KEYRING_COOKIE: served.identity.keyring_cookie(ring)}
    return served.may("watch", {}, cafe_id, cafe)


def test_a_new_cafe_can_be_found_by_its_code(served: Comptoir) -> None:
    made = make(served, "  Café   data ")
    room = served.room(made.id)
    assert room.cafe.title == "Café data"
    assert room.cafe.plan.minutes == 20
    for typed in (room.cafe.code, room.cafe.code.lower(), f" {room.cafe.code[:3]} {room.cafe.code[3:]} "):
        assert served._wait(served.find(typed)) == made.id


@pytest.mark.parametrize("typed", ["", "AAAAA", "AAAAAAA", "ZZZZZZ", "000000", "É" * 6, "x" * 10_000])
def test_an_unknown_code_finds_nothing(served: Comptoir, typed: str) -> None:
    make(served)
    assert served._wait(served.find(typed)) is None


def test_only_the_hash_of_a_link_is_kept(served: Comptoir) -> None:
    made = make(served)
    cafe = served.room(made.id).cafe
    assert cafe.facilitator_hash == hash_token(made.token)
    assert made.token not in repr(served.hub.store.load(made.id))
    assert screen_token(made.token) not in repr(served.hub.store.load(made.id))


def test_the_facilitators_link_opens_the_console_and_the_screen(served: Comptoir) -> None:
    made = make(served)
    cafe = served.room(made.id).cafe
    ring = Keyring().with_facilitator(made.id, made.token)
    assert served.facilitator(ring, made.id, cafe) is not None
    assert may_watch(served, ring, made.id, cafe)


def test_the_screens_link_does_not_open_the_console(served: Comptoir) -> None:
    made = make(served)
    cafe = served.room(made.id).cafe
    token = screen_token(made.token)
    ring = Keyring().with_screen(made.id, token).with_facilitator(made.id, token)
    assert may_watch(served, ring, made.id, cafe)
    assert served.facilitator(ring, made.id, cafe) is None


def test_the_facilitators_secret_is_no_screens_link(served: Comptoir) -> None:
    made = make(served)
    cafe = served.room(made.id).cafe
    assert not may_watch(served, Keyring().with_screen(made.id, made.token), made.id, cafe)


def test_the_links_of_a_cafe_open_no_other(served: Comptoir) -> None:
    one, two = make(served), make(served)
    cafe = served.room(two.id).cafe
    ring = Keyring().with_facilitator(one.id, one.token).with_screen(one.id, screen_token(one.token))
    stolen = Keyring().with_facilitator(two.id, one.token).with_screen(two.id, screen_token(one.token))
    for held in (Keyring(), ring, stolen):
        assert served.facilitator(held, two.id, cafe) is None
        assert not may_watch(served, held, two.id, cafe)


@pytest.mark.parametrize(
    ("title", "refusal"),
    [("", errors.TextEmpty), (" \u200b ", errors.TextEmpty), ("x" * 81, errors.TextTooLong)],
)
def test_a_cafe_needs_a_title_that_can_be_read(served: Comptoir, title: str, refusal: type[errors.Refusal]) -> None:
    with pytest.raises(refusal):
        make(served, title)
    assert served.hub.codes == {}


def test_an_activity_is_tried_in_a_cafe_that_is_said_to_be_a_trial(served: Comptoir) -> None:
    tried = served.room(served.try_out("madonna", cookies={}).id).cafe
    assert (tried.plan.trial, tried.title) == (True, "Ma donnée, Madonna ou les deux ?")
    assert not served.room(make(served).id).cafe.plan.trial


def test_an_activity_that_does_not_exist_makes_no_cafe(served: Comptoir) -> None:
    with pytest.raises(KeyError):
        served.try_out("absente", cookies={})
    assert served.hub.codes == {}


def test_cafes_do_not_share_a_code(served: Comptoir, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAAAA", "AAAAAA", "AAAAAA", "CCCCCC"])
    monkeypatch.setattr(session, "new_code", lambda: next(drawn))
    one, two = make(served), make(served)
    assert (served._wait(served.find("AAAAAA")), served._wait(served.find("CCCCCC"))) == (one.id, two.id)


def test_what_is_done_is_done_for_everybody(served: Comptoir) -> None:
    made = make(served)
    cafe = served.do(made.id, lambda cafe: join(cafe, "ada", pseudonym="Ada"))
    assert served.room(made.id).cafe is cafe
    assert cafe.participants["ada"].pseudonym == "Ada"


def test_a_refusal_comes_back_to_whoever_asked(served: Comptoir) -> None:
    made = make(served)
    with pytest.raises(errors.UnknownStop):
        served.do(made.id, lambda cafe: go_to(cafe, "nulle-part"))
    assert served.room(made.id).cafe.version == 1


@pytest.mark.parametrize("cafe_id", ["", "inconnu", "../../etc", "x" * 5000, "é\x00"], ids=ascii)
def test_an_unknown_cafe_has_no_room(served: Comptoir, cafe_id: str) -> None:
    with pytest.raises(UnknownCafe):
        served.room(cafe_id)
    with pytest.raises(UnknownCafe):
        served.do(cafe_id, lambda cafe: join(cafe, "ada"))


def test_what_cannot_be_kept_is_said(served: Comptoir, failing: list[Exception]) -> None:
    made = make(served)
    failing.append(NotKept("disk full"))
    with pytest.raises(NotKept):
        served.do(made.id, lambda cafe: join(cafe, "ada"))
    failing.append(NotKept("disk full"))
    with pytest.raises(NotKept):
        make(served, "Autre")
    assert len(served.hub.codes) == 1


def test_the_application_is_the_one_installed(served: Comptoir) -> None:
    assert comptoir() is served
    install(None)
    with pytest.raises(RuntimeError, match="no application"):
        comptoir()
    install(served)
    assert served.health().writable
