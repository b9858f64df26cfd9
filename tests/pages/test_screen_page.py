"""The projector shows what the facilitator has shown, large, and nothing that is for nobody yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from content.catalogue import t, tn
from state.domain import decisions
from state.domain.events import Answered, Joined, TextHidden
from tests.components.reading import MOST_HOSTILE, parts
from tests.pages.visitor import CAFE
from tests.state.cafes import (
    CODE,
    EXPLANATIONS,
    FILM,
    FREE,
    LEAD,
    NOTE,
    ONE,
    OPENING,
    STOPS,
    TWO,
    WORDS,
    answers,
    created,
    goes,
    joins,
    small_plan,
)

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor
    from tests.state.cafes import Decision

ADA, BOB = joins("ada", pseudonym="Ada"), joins("bob")


def screen(visitor: Visitor, *done: Decision) -> AppTest:
    if CAFE not in visitor.served.hub.codes.values():
        visitor.make()
    visitor.hold_screen()
    visitor.do(*done)
    return visitor.open("screen.py", cafe=CAFE)


def block(page: AppTest, name: str) -> dict[str, Any]:
    (found,) = [data for data in parts(page, "stage") if data["block"] == name]
    return found


def blocks(page: AppTest) -> set[str]:
    return {data["block"] for data in parts(page, "stage")}


def all_said(page: AppTest) -> str:
    return str([*parts(page, "stage"), *(str(chart.proto) for chart in page.get("vega_lite_chart"))])


@pytest.mark.parametrize("stop", STOPS)
def test_the_screen_is_drawn_at_every_stop_and_wakes_on_news(visitor: Visitor, stop: str) -> None:
    page = screen(visitor, ADA, goes(stop))
    assert blocks(page)
    (wake,) = parts(page, "wake")
    assert (wake["address"], wake["seen"]) == (f"/api/cafes/{CAFE}/watch", visitor.served.room(CAFE).version_mark)
    assert not page.button


def test_the_lobby_shows_the_way_in(visitor: Visitor) -> None:
    lobby = block(screen(visitor, ADA), "lobby")
    assert (lobby["title"], lobby["code"], lobby["address"]) == (
        "Café de test",
        f"{CODE[:3]} {CODE[3:]}",
        "cafe.exemple.fr",
    )
    assert lobby["qr"].startswith("data:image/svg+xml")
    assert CODE in lobby["qrText"]
    assert lobby["people"] == t("people.nobody")


@pytest.mark.parametrize("stop", [ONE, FILM, WORDS, OPENING])
def test_latecomers_always_have_a_way_in(visitor: Visitor, stop: str) -> None:
    assert block(screen(visitor, goes(stop)), "strip")["code"] == f"{CODE[:3]} {CODE[3:]}"


@pytest.mark.parametrize("end", [goes("merci"), decisions.close])
def test_the_end_thanks_and_lets_nobody_in(visitor: Visitor, end: Decision) -> None:
    page = screen(visitor, goes(ONE), end)
    assert blocks(page) == {"message"}
    assert block(page, "message")["title"] == t("pad.end.title")


def test_a_question_is_asked_with_its_choices_and_how_many_answered(visitor: Visitor) -> None:
    page = screen(visitor, ADA, BOB, goes(ONE), answers("ada", ONE, "a"))
    question = block(page, "question")
    assert (question["prompt"], question["choices"]) == ("Laquelle ?", ["Alpha", "Bêta", "Gamma"])
    assert question["answered"] == tn("people.answered_of", 1, present=2)
    assert not page.get("vega_lite_chart")
    assert "explanation" not in blocks(page)


@pytest.mark.parametrize("stop", [ONE, TWO, WORDS])
def test_nothing_unrevealed_is_on_the_screen(visitor: Visitor, stop: str) -> None:
    page = screen(visitor, ADA, goes(stop), answers("ada", stop, "b"))
    for private in (EXPLANATIONS[stop], NOTE, LEAD, "✓"):
        assert private not in all_said(page)


def test_results_shown_before_the_answer_mark_no_choice(visitor: Visitor) -> None:
    page = screen(visitor, ADA, goes(ONE), answers("ada", ONE, "b"), partial(decisions.show_results, question=ONE))
    assert page.get("vega_lite_chart")
    assert "✓" not in all_said(page)
    assert block(page, "question")["choices"] == []


def test_a_revealed_answer_is_said_and_explained(visitor: Visitor) -> None:
    page = screen(visitor, ADA, goes(TWO), answers("ada", TWO, "b"), goes(TWO, "reveal"))
    said = block(page, "explanation")
    assert said["text"] == EXPLANATIONS[TWO]
    assert said["title"] == f"✓ Bêta{t('screen.or')}✓ Gamma"
    assert page.get("vega_lite_chart")


def test_texts_stay_hidden_until_shown_and_hidden_ones_stay_so(visitor: Visitor) -> None:
    votes = [answers("ada", WORDS, "bonjour"), answers("bob", WORDS, "gros mot")]
    page = screen(visitor, ADA, BOB, goes(WORDS), *votes, lambda _: [TextHidden(WORDS, "bob")])
    assert "bonjour" not in all_said(page)
    page = screen(visitor, goes(WORDS, "reveal"))
    assert block(page, "wall")["texts"] == ["bonjour"]
    assert block(page, "explanation")["title"] == t("screen.reference")
    for private in ("gros mot", "Ada"):
        assert private not in all_said(page)


def test_a_question_nobody_answered_says_so(visitor: Visitor) -> None:
    wall = block(screen(visitor, goes(FREE), goes(FREE, "reveal")), "wall")
    assert (wall["texts"], wall["empty"]) == ([], t("screen.wall.empty"))


def test_a_video_counts_who_has_finished(visitor: Visitor) -> None:
    question = block(screen(visitor, ADA, BOB, goes(FILM), answers("ada", FILM, "fini")), "question")
    assert question["answered"] == tn("people.finished_of", 1, present=2)
    assert question["choices"] == []


def test_an_opening_shows_where_to_go(visitor: Visitor) -> None:
    opening = block(screen(visitor, goes(OPENING)), "message")
    assert (opening["title"], opening["links"]) == ("Et après", ["Suite"])


@pytest.mark.parametrize("text", MOST_HOSTILE)
def test_hostile_texts_reach_the_screen_as_texts(visitor: Visitor, text: str) -> None:
    visitor.make(created(text, plan=small_plan(labels=(text, "Bêta", "Gamma"))))
    page = screen(
        visitor,
        lambda _: [Joined("ada", text, None, None)],
        goes(FREE),
        lambda _: [Answered(FREE, "ada", text, "k")],
        goes(FREE, "reveal"),
    )
    assert block(page, "wall")["texts"] == [text]
    assert block(page, "strip")["title"] == text
    assert not page.markdown
    assert block(screen(visitor, goes(ONE)), "question")["choices"][0] == text.strip()
