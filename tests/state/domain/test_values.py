"""An answer is kept in one form, whatever the phone that sent it, or it is refused with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.errors import NotAChoice, Refusal, TextEmpty, TextTooLong, TooMany, UnknownQuestion
from state.domain.values import DONE, choice_and_text, picked, said, valid_value, words, written
from tests.state.cafes import (
    AFTER_LEARNING,
    ARGUMENTS,
    BEFORE_DEBATE,
    BOARD,
    CARD,
    GRID,
    HUNT,
    LEVEL,
    ORDER,
    PLACED,
    PORTRAIT,
    PREFERRED,
    RATED,
    RETAINED,
    SEVERAL,
    SLIDE,
    TALKED,
    THANKS,
    TRADE,
    USES,
    WATCHED,
    stop_at,
    whole_cafe,
)

if TYPE_CHECKING:
    from content.prompts import Prompt

CAFE = whole_cafe()
QUESTIONS = tuple(stop.id for stop in CAFE.programme.questions)
CONTROL = "\x00\x07\x1b\x7f\u200b\u202e\ufeff"


def prompt_of(question: str) -> Prompt | None:
    return stop_at(CAFE, question).prompt


KEPT: list[tuple[str, str, str]] = [
    # One choice.
    (TALKED, "oui", "oui"),
    (PLACED, "pas-d-accord", "pas-d-accord"),
    (BEFORE_DEBATE, "d-accord", "d-accord"),
    (LEVEL, "expert", "expert"),
    (RATED, "1", "1"),
    (RATED, "5", "5"),
    # Several choices, in the order of the question.
    (SEVERAL, "a", "a"),
    (SEVERAL, "c,a", "a,c"),
    (SEVERAL, "d,a,b", "a,b,d"),
    (SEVERAL, "a,a,a,a,a", "a"),
    (SEVERAL, "", ""),
    (USES, "publier,lire", "lire,publier"),
    (GRID, "accessible", "accessible"),
    # A suggestion, or a text of one's own behind an empty line.
    (PORTRAIT, "camille", "camille"),
    (PORTRAIT, "\nDominique", "\nDominique"),
    (PORTRAIT, "camille\nDominique", "\nDominique"),
    (PORTRAIT, "\n camille ", "camille"),
    (PORTRAIT, "\nCAMILLÉ", "camille"),
    (PORTRAIT, f"\nDomi{CONTROL}nique", "\nDominique"),
    (PORTRAIT, "\r\nDominique", "\nDominique"),
    (PORTRAIT, "\nun\ndeux", "\nun deux"),
    (PORTRAIT, "\n" + "x" * 40, "\n" + "x" * 40),
    (TRADE, "\nFacteur", "\nFacteur"),
    # A text.
    (RETAINED, "  deux   mots ", "deux mots"),
    (RETAINED, "un\r\ndeux", "un\ndeux"),
    (RETAINED, "e\u0301te\u0301", "été"),
    (RETAINED, f"un{CONTROL} mot", "un mot"),
    (RETAINED, "x" * 140, "x" * 140),
    (AFTER_LEARNING, "x" * 200, "x" * 200),
    # Words, one a line, each once.
    (HUNT, "volume", "volume"),
    (HUNT, " volume \n\n Variété ", "volume\nVariété"),
    (HUNT, "volume\r\nvitesse", "volume\nvitesse"),
    (HUNT, "Variété\nvariete\nVARIÉTÉ", "Variété"),
    (HUNT, f"vo{CONTROL}lume", "volume"),
    (HUNT, "x" * 30, "x" * 30),
    # A card, and why from the second line on.
    (CARD, "hal", "hal"),
    (CARD, "hal\n", "hal"),
    (CARD, "hal\n \t\n", "hal"),
    (CARD, "hal\nSon œil rouge.", "hal\nSon œil rouge."),
    (CARD, "hal\r\nSon œil\r\nrouge.", "hal\nSon œil\nrouge."),
    (CARD, f"hal\nSon{CONTROL} œil", "hal\nSon œil"),
    (CARD, "hal\n" + "x" * 200, "hal\n" + "x" * 200),
    (PREFERRED, "seconde\nPlus claire.", "seconde\nPlus claire."),
    # An order of everything.
    (ORDER, "deep-blue,turing,dartmouth", "deep-blue,turing,dartmouth"),
    # Over.
    (WATCHED, DONE, DONE),
]


@pytest.mark.parametrize(("question", "sent", "kept"), KEPT)
def test_an_answer_is_kept_in_one_form(question: str, sent: str, kept: str) -> None:
    assert valid_value(prompt_of(question), sent) == kept
    assert valid_value(prompt_of(question), kept) == kept


REFUSED: list[tuple[str, str, type[Refusal]]] = [
    *((question, value, NotAChoice) for question in (TALKED, PLACED, LEVEL) for value in ("", "peut-etre", "Oui")),
    (TALKED, "oui,non", NotAChoice),
    (TALKED, "oui\n", NotAChoice),
    (TALKED, " oui", NotAChoice),
    (TALKED, "oui\x00", NotAChoice),
    *((RATED, value, NotAChoice) for value in ("0", "6", "-1", "3.5", "nan", "1e308", "", "３")),
    (SEVERAL, "z", NotAChoice),
    (SEVERAL, "a,z", NotAChoice),
    (SEVERAL, ",", NotAChoice),
    (SEVERAL, "a,", NotAChoice),
    (SEVERAL, "a, c", NotAChoice),
    (SEVERAL, "a\nb", NotAChoice),
    (SEVERAL, "a,b,c,d", TooMany),
    (PORTRAIT, "", NotAChoice),
    (PORTRAIT, "\n", NotAChoice),
    (PORTRAIT, "Camille", NotAChoice),
    (PORTRAIT, "\n  ", TextEmpty),
    (PORTRAIT, f"\n{CONTROL}", TextEmpty),
    (PORTRAIT, "\n" + "x" * 41, TextTooLong),
    (TRADE, "facteur", NotAChoice),
    (RETAINED, "", TextEmpty),
    (RETAINED, CONTROL, TextEmpty),
    (RETAINED, "x" * 141, TextTooLong),
    (AFTER_LEARNING, "x" * 201, TextTooLong),
    (HUNT, "", TextEmpty),
    (HUNT, " \r\n ", TextEmpty),
    (HUNT, f"volume\n{CONTROL}", TextEmpty),
    (HUNT, "un\ndeux\ntrois\nquatre", TooMany),
    (HUNT, "x" * 31, TextTooLong),
    (CARD, "", NotAChoice),
    (CARD, "\nSans carte.", NotAChoice),
    (CARD, "HAL", NotAChoice),
    (CARD, "hal,skynet", NotAChoice),
    (CARD, f"hal\n{CONTROL}", TextEmpty),
    (CARD, "hal\n" + "x" * 201, TextTooLong),
    (ORDER, "", NotAChoice),
    (ORDER, "turing,dartmouth", NotAChoice),
    (ORDER, "turing,turing,dartmouth", NotAChoice),
    (ORDER, "turing,dartmouth,deep-blue,turing", NotAChoice),
    (ORDER, "turing,dartmouth,kasparov", NotAChoice),
    (WATCHED, "", NotAChoice),
    (WATCHED, "presque", NotAChoice),
    *((question, value, UnknownQuestion) for question in (BOARD, ARGUMENTS, SLIDE, THANKS) for value in ("", "oui")),
]


@pytest.mark.parametrize(("question", "sent", "refusal"), REFUSED)
def test_what_is_no_answer_is_refused(question: str, sent: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        valid_value(prompt_of(question), sent)
    assert type(refused.value) is refusal


@pytest.mark.parametrize(("question", "sent", "limit"), [(SEVERAL, "a,b,c,d", 3), (HUNT, "un\ndeux\ntrois\nquatre", 3)])
def test_a_refusal_says_how_many_may_be_given(question: str, sent: str, limit: int) -> None:
    with pytest.raises(TooMany) as refused:
        valid_value(prompt_of(question), sent)
    assert refused.value.details == {"limit": limit}


# Pieces of real answers, joined in any way, are odd far more often than texts drawn at random.
PIECES = ["\n", "\r\n", ",", " ", "", "é", "\u0301", "\x00", "\ud800", "\u202e", "x" * 39, "x" * 139, "\U0001f600",
          "z", "A", "fini"]  # fmt: skip
IDS = sorted({part for _, sent, _ in KEPT for part in sent.replace("\n", ",").split(",") if len(part) < 20})
SENT = st.lists(st.sampled_from([*PIECES, *IDS]) | st.characters(), max_size=8).map("".join)


@given(st.sampled_from(QUESTIONS), SENT)
def test_whatever_is_sent_is_refused_or_kept_in_a_form_that_stays_itself(question: str, sent: str) -> None:
    prompt = prompt_of(question)
    try:
        kept = valid_value(prompt, sent)
    except Refusal:
        return
    assert valid_value(prompt, kept) == kept
    kept.encode()
    assert "\r" not in kept
    assert "\x00" not in kept
    assert written(prompt, kept) in kept


@given(st.permutations(["turing", "dartmouth", "deep-blue"]))
def test_any_order_of_everything_is_an_order(order: list[str]) -> None:
    assert picked(valid_value(prompt_of(ORDER), ",".join(order))) == tuple(order)


@given(st.lists(st.sampled_from("abcd"), max_size=12))
def test_several_choices_are_kept_once_and_in_order(given_: list[str]) -> None:
    if len(set(given_)) <= 3:
        assert picked(valid_value(prompt_of(SEVERAL), ",".join(given_))) == tuple(sorted(set(given_)))


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        (TALKED, "oui", "Oui"),
        (SEVERAL, "a,c", "A, C"),
        (SEVERAL, "", ""),
        (ORDER, "deep-blue,turing,dartmouth", "Deep Blue > Le test de Turing > Dartmouth"),
        (PORTRAIT, "camille", "Camille"),
        (PORTRAIT, "\nDominique", "Dominique"),
        (CARD, "hal", "HAL"),
        (CARD, "hal\nSon œil.", "HAL\nSon œil."),
        (HUNT, "volume\nvitesse", "volume, vitesse"),
        (RATED, "5", "5 · Parfait"),
        (RETAINED, "un\ndeux", "un\ndeux"),
        (TALKED, "disparu", "disparu"),
    ],
)
def test_an_answer_reads_as_people_saw_it(question: str, value: str, text: str) -> None:
    assert said(prompt_of(question), value) == text


def test_the_parts_of_an_answer_are_read_back() -> None:
    assert picked("") == ()
    assert picked("a,b") == ("a", "b")
    assert words("volume\nvitesse") == ("volume", "vitesse")
    assert choice_and_text("hal\nSon œil\nrouge.") == ("hal", "Son œil\nrouge.")
    assert choice_and_text("\nDominique") == ("", "Dominique")
    assert choice_and_text("hal") == ("hal", "")
