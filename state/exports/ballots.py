"""What each person chose, with what they said of themselves: what published counts are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from content.catalogue import t
from content.prompts import CardPick, MultipleChoice, OneChoice, Ordering, Suggestion, countable
from state.domain.values import choice_and_text, picked
from state.exports.secrecy import FEWEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.prompts import Prompt
    from state.domain.cafe import Cafe, Stop

ANSWERED = "answered"
OWN = "own"
RIGHT, WRONG = "right", "wrong"


class Ballot(NamedTuple):
    """`level` and `place` are empty where nothing was said."""

    chosen: tuple[str, ...]
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class Ballots:
    """Those of one question; `answers` are the labels of all there was to choose. With `several`, people chose many."""

    answers: Mapping[str, str]
    ballots: tuple[Ballot, ...]
    several: bool = False


def ballots_of(cafe: Cafe, stop: Stop) -> Ballots:
    """What counts of a question's answers, with raised hands where each is a person and they are no small group."""
    prompt = stop.prompt
    several = isinstance(prompt, MultipleChoice)
    given = [
        Ballot(_chosen(prompt, answer.value), person.level or "", person.place or "")
        for id_, answer in cafe.counted(stop.id).items()
        if not answer.hidden and (person := cafe.participants[id_])
    ]
    hands = cafe.hands.get(stop.id, {})
    # A few hands would be the difference from another question, where nobody raised any.
    if not several and sum(hands.values()) >= FEWEST:
        given += [Ballot((choice,), "", "") for choice, count in hands.items() for _ in range(count)]
    return Ballots(_answers(prompt), tuple(given), several)


def _answers(prompt: Prompt | None) -> dict[str, str]:
    labels = {choice.id: choice.label for choice in countable(prompt)}
    match prompt:
        case Ordering():
            return {RIGHT: t("open.right_order"), WRONG: t("open.wrong_order")}
        case Suggestion():
            return {**labels, OWN: t("open.own")}
        case OneChoice() | MultipleChoice() | CardPick():
            return labels
        case _:
            return {ANSWERED: t("open.answered")}


def _chosen(prompt: Prompt | None, value: str) -> tuple[str, ...]:
    match prompt:
        case OneChoice():
            return (value,)
        case MultipleChoice():
            return picked(value)
        case Suggestion() | CardPick():
            return (choice_and_text(value)[0] or OWN,)
        case Ordering():
            return (RIGHT if picked(value) == tuple(entry.id for entry in prompt.entries) else WRONG,)
        case _:
            return (ANSWERED,)
