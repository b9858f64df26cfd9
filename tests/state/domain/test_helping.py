"""Several people facilitate, each by a link that can be taken back, and what each does is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions, errors
from state.domain.cafe import DEEDS_KEPT, Deed
from state.domain.events import OWNER, Moved, Record
from state.domain.folding import apply
from state.domain.helping import MOST_HELPERS, helping, invite, revoke, while_helping
from tests.state.cafes import ONE, START, TWO, begun, goes, play

if TYPE_CHECKING:
    from tests.state.cafes import Decision


def invites(helper: str, name: str = "Basile") -> Decision:
    return partial(invite, helper=helper, name=name, facilitator_hash="f", screen_hash="s")


def test_somebody_is_invited_and_their_link_taken_back() -> None:
    cafe = play(begun(), invites("b"), invites("c", " Chloé "))
    assert [(one.id, one.name) for one in helping(cafe)] == [("b", "Basile"), ("c", "Chloé")]
    cafe = play(cafe, partial(revoke, helper="b"))
    assert [one.id for one in helping(cafe)] == ["c"]
    assert revoke(cafe, helper="b") == revoke(cafe, helper="nobody") == ()


def test_only_so_many_facilitate_and_each_has_a_name() -> None:
    cafe = begun()
    for number in range(MOST_HELPERS):
        cafe = play(cafe, invites(f"h{number}", f"N{number}"))
    with pytest.raises(errors.TooMany):
        invites("more")(cafe)
    with pytest.raises(errors.TextEmpty):
        invites("x", "  ")(begun())
    assert len(helping(play(cafe, partial(revoke, helper="h0")))) == MOST_HELPERS - 1


def test_a_double_click_makes_no_second_link() -> None:
    cafe = play(begun(), invites("b"))
    with pytest.raises(errors.AlreadyHelping):
        invites("c")(cafe)
    assert len(helping(play(cafe, partial(revoke, helper="b"), invites("c")))) == 1


def test_whoever_lost_their_link_decides_nothing_any_more() -> None:
    cafe = play(begun(), invites("b"))
    for by in ("", OWNER, "b"):
        assert while_helping(cafe, decide=goes(ONE), by=by)
    cafe = play(cafe, partial(revoke, helper="b"))
    for by in ("b", "nobody"):
        with pytest.raises(errors.LinkRevoked):
            while_helping(cafe, decide=goes(ONE), by=by)
    assert while_helping(cafe, decide=goes(ONE), by=OWNER)


def test_what_each_did_is_told_and_what_participants_do_is_not() -> None:
    cafe = begun()
    cafe = apply(cafe, Record(2, START + 1, Moved(ONE), OWNER))
    cafe = apply(cafe, Record(3, START + 2, Moved(TWO), "b"))
    cafe = play(cafe, partial(decisions.join, person="ada"))
    assert cafe.deeds == (Deed(START + 1, OWNER, "moved"), Deed(START + 2, "b", "moved"))


def test_deeds_are_kept_up_to_a_number() -> None:
    cafe = begun()
    for number in range(DEEDS_KEPT + 5):
        cafe = apply(cafe, Record(cafe.version + 1, START + number, Moved((ONE, TWO)[number % 2]), OWNER))
    assert len(cafe.deeds) == DEEDS_KEPT
    assert cafe.deeds[-1].at == START + DEEDS_KEPT + 4
