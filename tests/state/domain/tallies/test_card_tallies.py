"""Cards say who picked them and why, and the word goes round in the order in which people came."""

from __future__ import annotations

from functools import partial

import pytest

from state.domain import decisions
from state.domain.events import HandsCounted, TextHidden
from state.domain.tallies.cards import next_speaker, picks
from tests.state.cafes import CARD, PREFERRED, RATED, after, answers, goes, joins, play, stop_at, whole_cafe

PICKED = play(
    whole_cafe(),
    joins("zoe"),
    joins("ada"),
    joins("max"),
    goes(CARD),
    answers("ada", CARD, "hal\nSon calme."),
    answers("zoe", CARD, "hal"),
    answers("max", CARD, "skynet\nIl décide."),
)


def calls(person: str | None):  # type: ignore[no-untyped-def]
    return partial(decisions.call_speaker, question=CARD, person=person)


def test_each_card_says_who_picked_it_and_why_from_the_first() -> None:
    (skynet, hal, other) = picks(PICKED, stop_at(PICKED, CARD))
    assert [(pick.participant, pick.why) for pick in hal.picks] == [("ada", "Son calme."), ("zoe", "")]
    assert [(pick.participant, pick.why) for pick in skynet.picks] == [("max", "Il décide.")]
    assert (other.card.label, other.picks, other.people) == ("Une autre", (), 0)


def test_a_card_picked_again_replaces_the_first() -> None:
    cafe = play(PICKED, answers("ada", CARD, "autre"))
    assert [len(card.picks) for card in picks(cafe, stop_at(cafe, CARD))] == [1, 1, 1]


def test_hands_are_people_without_a_name() -> None:
    cafe = after(PICKED, HandsCounted(CARD, {"hal": 3}))
    assert [(len(card.picks), card.hands, card.people) for card in picks(cafe, stop_at(cafe, CARD))] == [
        (1, 0, 1),
        (2, 3, 5),
        (0, 0, 0),
    ]


def test_a_hidden_reason_leaves_the_card_without_a_word() -> None:
    cafe = after(PICKED, TextHidden(CARD, "max"))
    (pick,) = picks(cafe, stop_at(cafe, CARD))[0].picks
    assert (pick.why, pick.hidden) == ("", True)


def test_the_word_goes_round_in_the_order_of_arrival_to_those_who_answered() -> None:
    cafe = play(PICKED, joins("mute"))
    for person in ("zoe", "ada", "max"):
        assert next_speaker(cafe, CARD) == person
        cafe = play(cafe, calls(person))
    assert next_speaker(cafe, CARD) is None
    assert cafe.speakers[CARD] == ("zoe", "ada", "max")
    assert cafe.speaking == "max"


def test_whoever_was_called_out_of_turn_is_not_called_again() -> None:
    cafe = play(PICKED, calls("ada"))
    assert next_speaker(cafe, CARD) == "zoe"
    cafe = play(cafe, calls("zoe"))
    assert next_speaker(cafe, CARD) == "max"
    spoken = {pick.participant: pick.spoken for card in picks(cafe, stop_at(cafe, CARD)) for pick in card.picks}
    assert spoken == {"zoe": True, "ada": True, "max": False}


def test_somebody_removed_is_not_called() -> None:
    cafe = play(PICKED, partial(decisions.remove, person="zoe"))
    assert next_speaker(cafe, CARD) == "ada"


def test_nobody_is_called_where_nobody_answered() -> None:
    assert next_speaker(play(whole_cafe(), joins("ada"), goes(CARD)), CARD) is None


def test_a_comparison_is_picked_like_cards() -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(PREFERRED), answers("ada", PREFERRED, "seconde\nPlus claire."))
    assert [len(card.picks) for card in picks(cafe, stop_at(cafe, PREFERRED))] == [0, 1]


def test_only_cards_are_picked() -> None:
    with pytest.raises(TypeError, match=RATED):
        picks(PICKED, stop_at(PICKED, RATED))
