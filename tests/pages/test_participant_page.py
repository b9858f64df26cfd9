"""The phone's page mounts one pad, with the café as it is and who is looking at it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from components.pad.view import MOST_SEATS, person_at
from content.catalogue import t
from state.domain import decisions
from state.domain.events import LEVELS, PLACES
from state.domain.text import PSEUDONYM_LENGTH
from tests.components.reading import MOST_HOSTILE, parts
from tests.pages.visitor import CAFE
from tests.state.cafes import EXPLANATIONS, LEAD, NOTE, ONE, STOPS, answers, created, goes, joins

if TYPE_CHECKING:
    from tests.pages.visitor import Visitor
    from tests.state.cafes import Decision


def pad(visitor: Visitor, *done: Decision) -> dict[str, Any]:
    visitor.do(*done)
    page = visitor.open("participate.py", cafe=CAFE)
    (data,) = parts(page, "pad")
    assert not page.button
    return data


@pytest.mark.parametrize("stop", STOPS)
def test_the_pad_starts_where_the_cafe_is(visitor: Visitor, stop: str) -> None:
    room = visitor.make()
    visitor.become_somebody()
    data = pad(visitor, goes(stop))
    assert data["cafe"] == CAFE
    assert data["start"]["id"] == room.frame.id
    assert data["start"]["view"].get("question") == (stop if "/" in stop else None)
    assert data["start"]["me"] is None


def test_somebody_who_comes_back_finds_their_seat_and_answers(visitor: Visitor) -> None:
    visitor.make()
    ada = visitor.become_somebody()
    data = pad(
        visitor, joins(ada, pseudonym="Ada"), joins("bob"), goes(ONE), answers(ada, ONE, "b"), answers("bob", ONE, "a")
    )
    assert data["start"]["me"]["name"] == "Ada"
    assert data["start"]["mine"] == {ONE: "b"}


def test_whoever_answers_on_the_same_phone_is_found_again_too(visitor: Visitor) -> None:
    visitor.make()
    ada = visitor.become_somebody()
    guest = person_at(ada, 2)
    joining = partial(decisions.join, person=guest, host=ada, pseudonym="Zoé")
    start = pad(visitor, joins(ada), joining, goes(ONE), answers(guest, ONE, "c"))["start"]
    assert (start["mine"], start["guests"]["2"]["mine"]) == ({}, {ONE: "c"})
    assert start["guests"]["2"]["me"]["name"] == "Zoé"


def test_somebody_removed_is_told(visitor: Visitor) -> None:
    visitor.make()
    ada = visitor.become_somebody()
    data = pad(visitor, joins(ada), partial(decisions.remove, person=ada))
    assert data["start"]["me"]["removed"] is True
    assert data["labels"]["removed"] == t("pad.removed")


def test_the_pad_speaks_to_this_cafe_alone(visitor: Visitor) -> None:
    visitor.make()
    visitor.become_somebody()
    cafe = f"/api/cafes/{CAFE}"
    assert pad(visitor)["addresses"] == {
        **{name: f"{cafe}/{name}" for name in ("stream", "answers", "notes", "join", "pseudonym", "state", "erase")},
        "films": f"/api/films/{CAFE}",
        "pictures": "/api/pictures",
        "data": "/vos-donnees",
    }


def test_the_form_offers_what_is_taken(visitor: Visitor) -> None:
    visitor.make()
    visitor.become_somebody()
    profile = pad(visitor)["profile"]
    assert (profile["limit"], profile["seats"]) == (PSEUDONYM_LENGTH, MOST_SEATS)
    assert [level["id"] for level in profile["levels"]] == list(LEVELS)
    assert [place["id"] for place in profile["places"]] == list(PLACES)


def test_nothing_of_the_facilitator_or_of_others_is_on_a_phone(visitor: Visitor) -> None:
    visitor.make()
    visitor.become_somebody()
    data = pad(visitor, joins("bob", pseudonym="Bob"), goes(ONE), answers("bob", ONE, "c"))
    for private in (EXPLANATIONS[ONE], NOTE, LEAD, "Bob", visitor.cafe.facilitator_hash, visitor.cafe.screen_hash):
        assert private not in str(data)
    assert not {"right", "explanation", "results"} & set(data["start"]["view"])


@pytest.mark.parametrize("text", MOST_HOSTILE)
def test_a_hostile_title_reaches_the_phone_as_a_text(visitor: Visitor, text: str) -> None:
    visitor.make(created(text))
    visitor.become_somebody()
    assert pad(visitor)["start"]["view"]["cafe"] == text
