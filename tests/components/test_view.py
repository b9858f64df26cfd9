"""A phone's view is plain data: the kind of input, its words, and only what the facilitator has shown."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from components.pad import mount, render_view, snapshot
from components.pad.script import pad_source
from components.pad.view import MOST_SEATS, answers_of, name_of, person_at, shared_view
from content.catalogue import t
from state.domain import decisions, notes
from state.domain.events import Answered, Joined, TextHidden
from state.domain.values import DONE
from tests.components.reading import HOSTILE
from tests.state.cafes import (
    AGREE,
    ARGUMENTS,
    BEFORE_LEARNING,
    BOARD,
    CARD,
    FILM,
    FREE,
    HUNT,
    LIMIT,
    ONE,
    OPENING,
    ORDER,
    POLL,
    SEVERAL,
    START,
    TWO,
    WORDS,
    after,
    answers,
    argues,
    begun,
    created,
    goes,
    joins,
    play,
    posts,
    small_plan,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

PAD_JS = pad_source()
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
        "stepEnds": START + 3 + 5 * 60,
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
    assert (view["kind"], view["prompt"], view["limit"], view["open"]) == ("text", "Vos mots ?", LIMIT, True)
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
    assert mine.me == {
        "name": "Ada",
        "number": 1,
        "pseudonym": "Ada",
        "level": "novice",
        "place": "room",
        "removed": False,
    }
    assert (mine.notes, mine.backed, mine.guests) == ({}, {}, {})
    assert snapshot(cafe, 5, None).me is None
    assert snapshot(cafe, 5, "inconnue").mine == {}
    assert answers_of(cafe, None) == {}


def test_whoever_gave_no_name_is_called_by_a_number() -> None:
    cafe = play(begun(), joins("zoe", pseudonym="Zoé"), joins("bob"))
    assert [name_of(one) for one in cafe.present] == ["Zoé", "Personne 2"]


def test_a_snapshot_says_what_one_stuck_and_whom_one_supports() -> None:
    cafe = play(
        whole_cafe(),
        *(joins("ada"), joins("bob"), goes(ARGUMENTS)),
        *(argues("ada", "n1", "à moi"), argues("bob", "n2", "à Bob")),
        partial(notes.back, question=ARGUMENTS, note="n2", person="ada", backed=True),
        *(goes(BOARD), posts("ada", "n3"), posts("ada", "n4"), partial(notes.hide, question=BOARD, note="n3")),
        partial(notes.withdraw, question=BOARD, note="n4", person="ada"),
    )
    mine = snapshot(cafe, 1, "ada")
    assert [note["text"] for note in mine.notes[ARGUMENTS]] == ["à moi"]
    assert [(note["id"], note["hidden"]) for note in mine.notes[BOARD]] == [("n3", True)]
    assert mine.backed == {ARGUMENTS: ["n2"]}
    assert snapshot(cafe, 1, "bob").notes == {
        ARGUMENTS: [{"id": "n2", "text": "à Bob", "column": AGREE, "colour": None, "hidden": False, "flagged": False}]
    }


def test_a_phone_that_goes_round_knows_its_guests_and_no_others() -> None:
    guest, stranger = person_at("ada", 2), person_at("bob", 2)
    cafe = play(
        begun(),
        *(joins("ada"), joins("bob"), goes(ONE)),
        *(partial(decisions.join, person=guest, host="ada", pseudonym="Zoé"), answers(guest, ONE, "c")),
        *(partial(decisions.join, person=stranger, host="bob"), answers(stranger, ONE, "b")),
    )
    mine = snapshot(cafe, 1, "ada")
    assert list(mine.guests) == ["2"]
    assert mine.guests["2"].me is not None
    assert (mine.guests["2"].me["name"], mine.guests["2"].mine) == ("Zoé", {ONE: "c"})
    assert mine.mine == {}
    assert person_at("ada", 1) == "ada"
    assert len({person_at("ada", seat) for seat in range(1, MOST_SEATS + 1)}) == MOST_SEATS


# Time


def test_a_phone_is_told_when_the_step_and_the_timer_end() -> None:
    cafe = at(ONE)
    assert shared_view(cafe)["stepEnds"] == cafe.step_ends_at
    later = play(cafe, partial(decisions.extend_step, step_id="tasse", seconds=60))
    assert shared_view(later)["stepEnds"] == shared_view(cafe)["stepEnds"] + 60
    timed = after(cafe, *decisions.start_timer(cafe, ONE, 30), at=START + 100)
    assert shared_view(timed)["timer"] == {"ends": START + 130, "seconds": 30}
    assert "timer" not in shared_view(play(timed, goes(TWO)))


# What the pad's scripts know


def test_the_pad_is_given_every_label_that_it_says() -> None:
    said = set(re.findall(r"labels\.(\w+)", PAD_JS))
    # The join form names two of its labels after its groups of choices.
    said |= set(re.findall(r'pick\("(\w+)"', PAD_JS))
    assert said == set(mount._labels())
    assert all(mount._labels().values())


KNOWN = (ONE, FILM, WORDS, OPENING, SEVERAL, HUNT, CARD, ORDER, BOARD, BEFORE_LEARNING)


def test_the_pad_knows_every_kind_of_view() -> None:
    kinds = {shared_view(play(whole_cafe() if stop in whole_cafe().programme.index else begun(), goes(stop)))["kind"]
             for stop in KNOWN}  # fmt: skip
    assert kinds == {"choice", "done", "text", "message", "several", "hunt", "card", "order", "board"}
    drawn = PAD_JS[PAD_JS.index("const INPUTS = {") : PAD_JS.index("\n};", PAD_JS.index("const INPUTS = {"))]
    assert set(re.findall(r"^  (\w+)(?:\(pad\)|: \()", drawn, flags=re.MULTILINE)) == kinds


def test_the_word_of_the_done_button_is_the_one_that_is_taken() -> None:
    assert f'pad.answer(view.question, "{DONE}")' in PAD_JS


def test_the_pads_files_are_one_script_that_declares_each_name_once() -> None:
    declared = re.findall(r"^(?:export default )?(?:async )?(?:function|class|const|let) (\w+)", PAD_JS, re.MULTILINE)
    assert len(declared) == len(set(declared)) > 20
    assert PAD_JS.count("export default") == 1
