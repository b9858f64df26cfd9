"""The projector shows what the facilitator has shown, large, and nothing that is for nobody yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from content.catalogue import t, tn
from state.domain import decisions, notes
from state.domain.events import Answered, Joined, TextHidden
from tests.components.crowd import ENTRANCE, NAMES
from tests.components.reading import MOST_HOSTILE, charts, parts
from tests.pages.visitor import CAFE, fine
from tests.state.cafes import (
    AFTER_LEARNING,
    AGREE,
    BEFORE_LEARNING,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    CODE,
    DISAGREE,
    EXPLANATIONS,
    FILM,
    FREE,
    GREEN,
    HUNT,
    LEAD,
    NOTE,
    ONE,
    OPENING,
    ORDER,
    PLACED,
    PORTRAIT,
    RETAINED,
    STOPS,
    TALKED,
    TWO,
    WATCHED,
    WORDS,
    answers,
    created,
    goes,
    joins,
    posts,
    small_plan,
    whole_plan,
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


# What each kind of activity has of its own


def whole(visitor: Visitor, *done: Decision) -> AppTest:
    """The screen of a café with every kind of activity, where people have come in and this was done."""
    visitor.make(created(plan=whole_plan()))
    return screen(visitor, *ENTRANCE, *done)


def test_words_that_come_back_are_drawn_larger_once_enough_people_wrote(visitor: Visitor) -> None:
    texts = [answers("ada", RETAINED, "Le partage !"), answers("bob", RETAINED, "partage et données")]
    page = whole(visitor, goes(RETAINED), *texts, goes(RETAINED, "reveal"))
    assert "cloud" not in blocks(page)
    visitor.do(goes(RETAINED, "ask"), answers("cyd", RETAINED, "du PARTAGE"), goes(RETAINED, "reveal"))
    page = fine(page.run())
    first, second, *_ = block(page, "cloud")["words"]
    assert (first["text"], first["people"], first["weight"]) == ("partage", 3, 1)
    assert (second["text"], second["people"]) == ("données", 1)
    assert len(block(page, "wall")["texts"]) == 3


def test_results_are_split_into_small_charts_and_small_groups_are_named_only(visitor: Visitor) -> None:
    people = ("ada", "bob", "cyd", "dan")
    page = whole(
        visitor,
        *(goes(TALKED), *(answers(person, TALKED, "oui") for person in people)),
        partial(decisions.split_results, question=TALKED, by="place"),
        goes(TALKED, "reveal"),
    )
    (chart,) = charts(page)
    assert chart.alt == f"{tn('people.answered', 3)} : Oui 3, Non 0."
    lines = [data["text"] for data in parts(page, "stage") if data["block"] == "line"]
    assert lines == [
        f"{t('place.room')} · {tn('people.answered', 3)}",
        f"{t('place.remote')} · {tn('people.answered', 1)}",
        t("chart.too_few"),
    ]


def test_sides_are_split_too(visitor: Visitor) -> None:
    votes = [answers(person, PLACED, AGREE) for person in ("ada", "bob", "dan")]
    page = whole(visitor, goes(PLACED), *votes, partial(decisions.split_results, question=PLACED, by="place"))
    assert "zones" not in blocks(page)
    assert len(charts(page)) == 1


def test_zones_say_why_and_who_moved_once_the_talk_is_on(visitor: Visitor) -> None:
    page = whole(visitor, goes(PLACED), answers("ada", PLACED, AGREE), answers("bob", PLACED, AGREE))
    assert (block(page, "zones")["question"], block(page, "zones")["moved"]) == ("", "")
    visitor.do(goes(PLACED, "reveal"), answers("bob", PLACED, DISAGREE))
    zones = block(fine(page.run()), "zones")
    assert zones["question"] == t("screen.why")
    assert zones["moved"] == f"{tn('sides.changed', 1, both=2)} {tn('sides.moved', 1, side='Plutôt pas d’accord')}."
    assert [(zone["count"], zone["hands"]) for zone in zones["zones"]] == [(1, 0), (1, 0)]


def test_whoever_has_the_word_is_on_the_screen_with_their_reason(visitor: Visitor) -> None:
    page = whole(visitor, goes(CARD), answers("ada", CARD, "hal\nson œil"), answers("bob", CARD, "skynet\nla nuit"))
    asked = block(page, "mosaic")
    assert not [tile for tile in asked["tiles"] if tile["names"] or tile["why"] or tile["people"]]
    visitor.do(goes(CARD, "reveal"), partial(decisions.call_speaker, question=CARD, person="ada"))
    shown = block(fine(page.run()), "mosaic")
    assert shown["speaker"] == t("screen.speaker", name=NAMES["ada"])
    assert [(tile["label"], tile["speaking"], "son œil" in tile["why"]) for tile in shown["tiles"]] == [
        ("Skynet", False, False),
        ("HAL", True, True),
        ("Une autre", False, False),
    ]
    assert "la nuit" not in all_said(page)
    assert [tile["alt"] for tile in shown["tiles"]] == ["Un crâne de métal.", "Un œil rouge.", ""]


def test_the_most_picked_cards_come_first(visitor: Visitor) -> None:
    page = whole(visitor, goes(CARD), *(answers(person, CARD, "autre") for person in ("ada", "bob")))
    visitor.do(answers("cyd", CARD, "hal"), goes(CARD, "reveal"))
    assert [tile["label"] for tile in block(fine(page.run()), "mosaic")["tiles"]] == ["Une autre", "HAL", "Skynet"]


def test_a_board_fills_as_notes_come_then_counts_them_by_colour(visitor: Visitor) -> None:
    page = whole(
        visitor,
        *(goes(BOARD), posts("ada", "n1", "badge"), posts("bob", "n2", "badge aussi")),
        *(posts("cyd", "n3", "plan", BREAK, GREEN), posts("cyd", "n4", "gros mot", BREAK, BLUE)),
        partial(notes.merge, question=BOARD, note="n2", into="n1"),
        partial(notes.flag, question=BOARD, note="n3", flagged=True),
        partial(notes.hide, question=BOARD, note="n4"),
    )
    board = block(page, "board")
    morning, pause = board["columns"]
    assert [(note["text"], note["paint"], note["times"]) for note in morning["notes"]] == [("badge", "blue", 2)]
    assert [(note["text"], note["colour"], note["flag"]) for note in pause["notes"]] == [
        ("plan", "Donnée ouverte", t("board.flag"))
    ]
    assert board["legend"] == [
        {"label": "Donnée personnelle", "paint": "blue"},
        {"label": "Donnée ouverte", "paint": "green"},
    ]
    assert "gros mot" not in all_said(page)
    visitor.do(goes(BOARD, "reveal"))
    page = fine(page.run())
    assert "board" not in blocks(page)
    assert len(charts(page)) == 1


def test_a_timeline_has_no_dates_and_no_numbers_until_it_is_told(visitor: Visitor) -> None:
    page = whole(visitor, goes(ORDER))
    asked = block(page, "timeline")
    assert (asked["ordered"], {entry["date"] for entry in asked["entries"]}) == (False, {""})
    assert "1950" not in all_said(page)
    visitor.do(goes(ORDER, "reveal"))
    told = block(fine(page.run()), "timeline")
    assert (told["ordered"], [entry["date"] for entry in told["entries"]]) == (True, ["1950", "1956", "1997"])


def test_definitions_stand_beside_those_of_before_and_the_reference_comes_last(visitor: Visitor) -> None:
    before = [goes(BEFORE_LEARNING), answers("ada", BEFORE_LEARNING, "d’abord"), goes(BEFORE_LEARNING, "reveal")]
    page = whole(visitor, *before, goes(AFTER_LEARNING), answers("ada", AFTER_LEARNING, "ensuite"))
    assert block(page, "wall")["texts"] == ["d’abord"]
    assert "Une définition de référence." not in all_said(page)
    visitor.do(goes(AFTER_LEARNING, "reveal"))
    page = fine(page.run())
    assert [data["texts"] for data in parts(page, "stage") if data["block"] == "wall"] == [["d’abord"], ["ensuite"]]
    assert block(page, "explanation")["text"] == "Une définition de référence."


def test_a_film_that_was_brought_is_played_from_here(visitor: Visitor) -> None:
    page = whole(visitor, goes(WATCHED))
    assert "film" not in blocks(page)
    name = f"{'a' * 32}.webm"
    visitor.do(partial(decisions.choose_video, step_id="film", file=name))
    assert block(fine(page.run()), "film")["address"] == f"/api/films/{CAFE}/{name}"


def test_everybody_sees_how_long_is_left(visitor: Visitor) -> None:
    page = whole(visitor, goes(TALKED))
    countdown = block(page, "countdown")
    assert (countdown["stepEnds"], countdown["timer"]) == (visitor.cafe.step_ends_at, None)
    visitor.do(lambda cafe: decisions.start_timer(cafe, TALKED, 60))
    timer = visitor.cafe.timer
    assert timer is not None
    assert block(fine(page.run()), "countdown")["timer"] == {"ends": timer.ends_at, "seconds": 60}
    visitor.do(goes(RETAINED))
    assert block(fine(page.run()), "countdown")["timer"] is None


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (RETAINED, "Le partage"),
        (ORDER, "dartmouth,turing,deep-blue"),
        (HUNT, "vélocité"),
        (CARD, "hal"),
        (PORTRAIT, "camille"),
    ],
)
def test_any_results_are_split_by_place_and_small_groups_are_named_only(
    visitor: Visitor, question: str, value: str
) -> None:
    people = ("ada", "bob", "cyd", "dan")
    page = whole(
        visitor,
        *(goes(question), *(answers(person, question, value) for person in people)),
        partial(decisions.split_results, question=question, by="place"),
        goes(question, "reveal"),
    )
    lines = [data["text"] for data in parts(page, "stage") if data["block"] == "line"]
    assert lines == [
        f"{t('place.room')} · {tn('people.answered', 3)}",
        f"{t('place.remote')} · {tn('people.answered', 1)}",
        t("chart.too_few"),
    ]
    if question == RETAINED:
        assert block(page, "wall")["texts"] == ["Le partage"] * 3
    else:
        (chart,) = charts(page)
        assert " 3" in chart.alt
        assert " 4" not in chart.alt


def test_a_board_is_split_into_the_notes_of_each_place(visitor: Visitor) -> None:
    notes_of = [posts(person, f"note-{person}") for person in ("ada", "bob", "cyd", "dan")]
    page = whole(visitor, goes(BOARD), *notes_of, partial(decisions.split_results, question=BOARD, by="place"))
    assert "board" not in blocks(page)
    (chart,) = charts(page)
    assert " 3" in chart.alt
    assert " 4" not in chart.alt
