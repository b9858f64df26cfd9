"""A phone's view is plain data: the kind of input, its words, and only what the facilitator has shown."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from components.pad import mount, render_view, snapshot
from components.pad.view import answers_of, name_of, shared_view
from content.catalogue import t
from state.domain import decisions
from state.domain.events import Answered, Joined, TextHidden
from tests.components.reading import HOSTILE
from tests.state.cafes import (
    FILM,
    FREE,
    ONE,
    OPENING,
    POLL,
    TWO,
    WORDS,
    after,
    answers,
    begun,
    created,
    goes,
    joins,
    play,
    small_plan,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

PAD_JS = Path(mount.__file__).with_name("pad.js").read_text(encoding="utf-8")
CHOICES = [{"id": "a", "label": "Alpha"}, {"id": "b", "label": "Bêta"}, {"id": "c", "label": "Gamma"}]


def at(stop: str, *more: Any) -> Cafe:
    return play(begun(), joins("ada"), joins("bob"), goes(stop), *more)


def test_the_lobby_says_welcome() -> None:
    view = shared_view(begun())
    assert (view["kind"], view["title"], view["body"]) == ("message", t("pad.lobby.title"), t("pad.lobby.body"))
    assert (view["cafe"], view["over"]) == ("Café de test", False)


@pytest.mark.parametrize(("closes", "body"), [(False, "pad.end.thanks"), (True, "pad.end.closed")])
def test_the_end_says_thanks(closes: bool, body: str) -> None:  # noqa: FBT001
    view = shared_view(at("merci", *([decisions.close] if closes else [])))
    assert (view["kind"], view["body"], view["over"]) == ("message", t(body), closes)


def test_a_closed_cafe_says_so_wherever_it_was() -> None:
    assert shared_view(at(ONE, decisions.close))["over"]


def test_a_question_with_choices_being_asked() -> None:
    assert shared_view(at(ONE, answers("ada", ONE, "a"))) == {
        "cafe": "Café de test",
        "course": "tasse",
        "step": "Le jeu",
        "progress": "1/2",
        "question": ONE,
        "kind": "choice",
        "prompt": "Laquelle ?",
        "choices": CHOICES,
        "open": True,
    }


def test_a_question_with_choices_revealed() -> None:
    view = shared_view(at(TWO, answers("ada", TWO, "b"), answers("bob", TWO, "a"), goes(TWO, "reveal")))
    assert (view["open"], view["right"], view["explanation"]) == (False, ["b", "c"], "Explication de la deuxième.")
    assert view["results"] == {
        "people": "2 réponses",
        "counts": {"a": 1, "b": 1, "c": 0},
        "shares": {"a": 50, "b": 50, "c": 0},
    }


def test_a_poll_shows_its_results_and_has_no_right_answer() -> None:
    cafe = at(POLL, answers("ada", POLL, "c"))
    assert (shared_view(cafe)["kind"], shared_view(cafe)["choices"]) == ("choice", CHOICES)
    view = shared_view(play(cafe, goes(POLL, "reveal")))
    assert view["results"]["counts"] == {"a": 0, "b": 0, "c": 1}
    assert not {"right", "explanation"} & set(view)


def test_results_may_be_shown_before_the_answer() -> None:
    view = shared_view(at(ONE, answers("ada", ONE, "b"), partial(decisions.show_results, question=ONE)))
    assert view["results"]["counts"] == {"a": 0, "b": 1, "c": 0}
    assert not {"right", "explanation"} & set(view)


def test_the_answer_may_be_revealed_before_the_results() -> None:
    view = shared_view(at(ONE, answers("ada", ONE, "b"), partial(decisions.reveal_answer, question=ONE)))
    assert view["right"] == ["a"]
    assert "results" not in view


def test_an_open_question_being_asked_says_its_limit() -> None:
    view = shared_view(at(WORDS, answers("ada", WORDS, "oui")))
    assert (view["kind"], view["prompt"], view["limit"], view["open"]) == ("text", "Vos mots ?", 20, True)
    assert "oui" not in json.dumps(view)


def test_an_open_question_shown_gives_the_latest_texts_without_their_authors() -> None:
    people = [f"p{number}" for number in range(12)]
    cafe = after(begun(), *(Joined(person, f"Nom {person}", None, None) for person in people))
    cafe = play(cafe, goes(WORDS), *(answers(person, WORDS, f"texte {person}") for person in people))
    view = shared_view(play(after(cafe, TextHidden(WORDS, "p11")), goes(WORDS, "reveal")))
    assert view["results"] == {"people": "11 réponses", "texts": [f"texte p{number}" for number in range(3, 11)]}
    assert (view["right"], view["explanation"]) == ([], "Explication des mots.")
    assert "Nom" not in json.dumps(view)


def test_a_video_has_its_link_and_its_button() -> None:
    view = shared_view(at(FILM))
    assert (view["kind"], view["prompt"], view["open"]) == ("done", "On regarde.", True)
    assert view["links"] == [{"label": t("pad.video.link"), "url": "https://v.fr/1"}]
    assert view["progress"] == ""


def test_an_opening_is_something_to_read() -> None:
    view = shared_view(at(OPENING))
    assert (view["kind"], view["title"], view["body"]) == ("message", "Et après", "À vous.")
    assert view["links"] == [{"label": "Suite", "url": "https://suite.fr"}]
    assert view["question"] is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_travel_as_they_are(text: str) -> None:
    cafe = begun(created(text, plan=small_plan(labels=(text, "Bêta", "Gamma"))))
    cafe = after(play(cafe, joins("ada"), goes(FREE)), Answered(FREE, "ada", text, "k"))
    view = json.loads(render_view(play(cafe, goes(FREE, "reveal"))))
    assert view["results"]["texts"] == [text]
    assert view["cafe"] == text
    choices = json.loads(render_view(play(cafe, goes(ONE))))["choices"]
    assert choices[0]["label"] == text.strip()


def test_a_view_on_the_wire_is_one_line_of_json() -> None:
    wire = render_view(begun(created("un\ndeux\r\u2028")))
    assert not set(b"\r\n") & set(wire)
    assert json.loads(wire) == shared_view(begun(created("un\ndeux\r\u2028")))


@pytest.mark.parametrize("stop", [ONE, FILM, WORDS, FREE, OPENING, "merci", "accueil"])
def test_the_view_is_the_same_for_everybody(stop: str) -> None:
    cafe = at(stop)
    assert snapshot(cafe, 3, "ada").view == snapshot(cafe, 3, "bob").view == snapshot(cafe, 3, None).view


def test_a_snapshot_says_who_one_is_and_what_one_answered() -> None:
    cafe = play(
        begun(),
        joins("ada", pseudonym="Ada", level="novice", place="room"),
        joins("bob"),
        goes(ONE),
        answers("ada", ONE, "b"),
        answers("bob", ONE, "c"),
    )
    mine = snapshot(cafe, 5, "ada")
    assert (mine.id, mine.mine) == (5, {ONE: "b"})
    assert mine.me == {"name": "Ada", "pseudonym": "Ada", "level": "novice", "place": "room", "removed": False}
    assert snapshot(cafe, 5, None).me is None
    assert snapshot(cafe, 5, "inconnue").mine == {}
    assert answers_of(cafe, None) == {}


def test_whoever_gave_no_name_is_called_by_a_number() -> None:
    cafe = play(begun(), joins("zoe", pseudonym="Zoé"), joins("bob"))
    assert [name_of(one) for one in cafe.present] == ["Zoé", "Personne 2"]


def test_the_pad_is_given_every_label_that_it_says() -> None:
    said = set(re.findall(r"labels\.(\w+)", PAD_JS))
    # The join form names two of its labels after its groups of choices.
    said |= set(re.findall(r'pick\("(\w+)"', PAD_JS))
    assert said == set(mount._LABELS)
    assert all(t(f"pad.{name}") for name in mount._LABELS)


def test_the_pad_knows_every_kind_of_view() -> None:
    kinds = {shared_view(at(stop))["kind"] for stop in (ONE, FILM, WORDS, OPENING, "merci")}
    assert kinds == {"choice", "done", "text", "message"}
    assert set(re.findall(r"(\w+): \(\) => this\.\w+\(\)", PAD_JS)) | {"message"} == kinds


def test_the_word_of_the_done_button_is_the_one_that_is_taken() -> None:
    assert f'this.answer(view.question, "{decisions.DONE}")' in PAD_JS
