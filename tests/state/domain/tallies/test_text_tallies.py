"""What people wrote is read from the oldest, hidden texts left out, and words that say the same are one."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import Answered, HandsCounted, TextHidden
from state.domain.tallies.texts import Found, HuntTally, Word, cloud, hunt, suggestions, wall
from tests.state.cafes import (
    BEFORE_LEARNING,
    CARD,
    FREE,
    HUNT,
    PORTRAIT,
    RETAINED,
    START,
    TRADE,
    WORDS,
    after,
    answers,
    begun,
    goes,
    joins,
    play,
    stop_at,
    whole_cafe,
)

PEOPLE = ("ada", "bob", "cyd")


def said(question: str, *values: str) -> tuple[Word, ...]:
    """What is suggested for a question when the first people give these answers."""
    return suggestions(*_given(question, *values))


def guessed(*values: str) -> HuntTally:
    return hunt(*_given(HUNT, *values))


def _given(question: str, *values: str):  # type: ignore[no-untyped-def]
    people = [f"p{rank}" for rank in range(len(values))]
    cafe = play(whole_cafe(), *map(joins, people), goes(question))
    cafe = play(cafe, *(answers(person, question, value) for person, value in zip(people, values, strict=True)))
    return cafe, stop_at(cafe, question)


# Walls.


def test_a_wall_is_read_from_the_oldest_text_and_leaves_hidden_ones_out() -> None:
    cafe = play(begun(), *map(joins, PEOPLE), goes(WORDS))
    cafe = after(cafe, Answered(WORDS, "cyd", "un", "1"), Answered(WORDS, "ada", "deux", "1"))
    cafe = after(cafe, Answered(WORDS, "bob", "trois", "1"), TextHidden(WORDS, "ada"))
    stop = stop_at(cafe, WORDS)
    assert [text.text for text in wall(cafe, stop)] == ["un", "trois"]
    assert [(text.text, text.hidden) for text in wall(cafe, stop, with_hidden=True)] == [
        ("un", False),
        ("deux", True),
        ("trois", False),
    ]


def test_texts_of_the_same_instant_always_stand_in_the_same_order() -> None:
    people = ("zoe", "ada", "max")
    cafe = play(begun(), *map(joins, people), goes(FREE))
    cafe = after(cafe, *(Answered(FREE, person, person, "1") for person in people), at=START + 50)
    assert [text.text for text in wall(cafe, stop_at(cafe, FREE))] == ["ada", "max", "zoe"]


def test_the_texts_of_somebody_removed_leave_the_wall() -> None:
    cafe = play(begun(), joins("ada"), goes(WORDS), answers("ada", WORDS, "oui"))
    cafe = play(cafe, partial(decisions.remove, person="ada"))
    assert wall(cafe, stop_at(cafe, WORDS), with_hidden=True) == ()


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        (BEFORE_LEARNING, "une trace", "une trace"),
        (CARD, "hal\nSon œil rouge.", "Son œil rouge."),
        (PORTRAIT, "\nDominique", "Dominique"),
        (HUNT, "volume\nvérité", "volume\nvérité"),
    ],
)
def test_a_wall_holds_what_was_typed_and_not_what_was_chosen(question: str, value: str, text: str) -> None:
    assert [one.text for one in wall(*_given(question, value))] == [text]


@pytest.mark.parametrize(("question", "value"), [(CARD, "hal"), (PORTRAIT, "camille")])
def test_a_choice_alone_is_no_text(question: str, value: str) -> None:
    assert wall(*_given(question, value)) == ()


# Words that come back.


def test_a_cloud_counts_a_word_once_a_text_whatever_its_case_and_accents() -> None:
    assert cloud(["La Donnée, la donnée !", "une donnee ouverte", "donnée"]) == (
        Word("donnée", 3),
        Word("ouverte", 1),
    )


@pytest.mark.parametrize("text", ["", "et de la", "c’est pas très", "42 2024", "!!!", "à ça", "Aujourd’hui, peut-être"])
def test_words_that_say_nothing_stay_out_of_the_cloud(text: str) -> None:
    assert [word.text for word in cloud([text]) if word.text != "peut-être"] == []


def test_words_with_a_hyphen_are_one_word_and_elided_articles_none() -> None:
    assert [word.text for word in cloud(["L’open-data, c’est l’avenir"])] == ["avenir", "open-data"]


def test_the_most_frequent_words_come_first_then_the_alphabet_up_to_a_limit() -> None:
    texts = ["banane cerise", "banane", "abricot"]
    assert [word.text for word in cloud(texts)] == ["banane", "abricot", "cerise"]
    assert [word.text for word in cloud(texts, most=1)] == ["banane"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_word_of_a_cloud_has_more_people_than_there_are_texts(texts: list[str]) -> None:
    found = cloud(texts)
    assert all(1 <= word.people <= len(texts) for word in found)
    assert list(found) == sorted(found, key=lambda word: -word.people)
    assert cloud(reversed(texts)) is not None


# Suggestions.


def test_ready_made_and_typed_suggestions_stand_together_the_most_frequent_first() -> None:
    assert said(PORTRAIT, "sasha", "\nDominique", "\nDOMINIQUE", "camille", "\ndominiqué") == (
        Word("Dominique", 3),
        Word("Camille", 1),
        Word("Sasha", 1),
    )


def test_whoever_types_what_is_suggested_means_it() -> None:
    assert said(PORTRAIT, "camille", "\n CAMILLE ") == (Word("Camille", 2),)


def test_raised_hands_count_for_the_ready_made() -> None:
    cafe, stop = _given(PORTRAIT, "camille")
    assert suggestions(after(cafe, HandsCounted(PORTRAIT, {"camille": 2, "sasha": 1})), stop) == (
        Word("Camille", 3),
        Word("Sasha", 1),
    )


def test_a_suggestion_that_was_hidden_is_not_counted_but_a_ready_made_one_is() -> None:
    cafe, stop = _given(PORTRAIT, "\nGros mot", "camille")
    hidden = after(cafe, TextHidden(PORTRAIT, "p0"), TextHidden(PORTRAIT, "p1"))
    assert suggestions(hidden, stop) == (Word("Camille", 1),)


def test_where_nothing_is_ready_made_everything_is_typed() -> None:
    assert said(TRADE, "\nfacteur", "\nFacteur") == (Word("facteur", 2),)


# Words to guess.


def found(tally: HuntTally) -> dict[str, int]:
    return {target.id: target.people for target in tally.targets}


def test_nothing_is_found_at_first() -> None:
    assert guessed() == HuntTally(
        targets=(Found("volume", "Volume", 0), Found("variete", "Variété", 0), Found("vitesse", "Vitesse", 0)),
        others=(),
    )


@pytest.mark.parametrize(
    "word",
    ["variété", "VARIETE", "Variétés", "la variété", "les variétés", "de la variété", "l’ variété", "une variété !",
     "d'variété", "diversité", "La diversité."],
)  # fmt: skip
def test_a_word_is_found_whatever_its_case_accents_plural_or_article(word: str) -> None:
    assert found(guessed(word)) == {"volume": 0, "variete": 1, "vitesse": 0}


@pytest.mark.parametrize("word", ["varié", "la", "s", "avariété", "variété et volume"])
def test_a_word_that_is_another_is_not_found(word: str) -> None:
    tally = guessed(word)
    assert tally.found == 0
    assert tally.others == (Word(word, 1),)


def test_somebody_who_finds_a_word_in_two_ways_finds_it_once() -> None:
    tally = guessed("vitesse\nvélocité", "Vélocités\nvolumes\nvérité", "vérités")
    assert found(tally) == {"volume": 1, "variete": 0, "vitesse": 2}
    assert tally.found == 2
    assert tally.others == (Word("vérité", 2),)


def test_signs_alone_are_words_apart() -> None:
    assert guessed("\U0001f600", "\U0001f680").others == (Word("\U0001f600", 1), Word("\U0001f680", 1))


def test_a_hidden_answer_still_finds_but_its_other_words_are_not_told() -> None:
    cafe, stop = _given(HUNT, "volume\ngros mot")
    tally = hunt(after(cafe, TextHidden(HUNT, "p0")), stop)
    assert tally.found == 1
    assert tally.others == ()


@pytest.mark.parametrize("count", [suggestions, hunt])
def test_each_way_of_counting_refuses_another_question(count: object) -> None:
    cafe = whole_cafe()
    with pytest.raises(TypeError, match=RETAINED):
        count(cafe, stop_at(cafe, RETAINED))  # type: ignore[operator]
