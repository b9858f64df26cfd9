"""How many people gave each choice, with raised hands counted apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.prompts import CardPick, MultipleChoice, OneChoice, Suggestion, countable, right_of
from state.domain.values import choice_and_text, picked

if TYPE_CHECKING:
    from collections.abc import Collection

    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many people gave one choice: `count` on phones and `hands` raised. `share` is out of all, from 0 to 1."""

    id: str
    label: str
    count: int
    share: float
    right: bool
    hands: int = 0

    @property
    def people(self) -> int:
        return self.count + self.hands


@dataclass(frozen=True, slots=True)
class ChoiceTally:
    """`answered` people answered on phones out of `present` in the room, and `hands` others raised theirs.

    `right` gave an answer that counts as right: one of the right choices, or all of them where several are asked.
    """

    choices: tuple[ChoiceCount, ...]
    answered: int
    present: int
    right: int
    hands: int = 0

    @property
    def people(self) -> int:
        return self.answered + self.hands


def answered(cafe: Cafe, question: str) -> int:
    """How many people of the room have answered; on a board, how many have stuck a note."""
    if question in cafe.notes:
        authors = {note.author for note in cafe.notes[question].values() if not note.withdrawn}
        return sum(1 for one in cafe.present if one.id in authors)
    return len(cafe.counted(question))


def can_be_counted(stop: Stop) -> bool:
    """Whether a question has choices that people gave."""
    return isinstance(stop.prompt, OneChoice | MultipleChoice | CardPick)


def choice_tally(cafe: Cafe, stop: Stop, *, people: Collection[str] | None = None) -> ChoiceTally:
    """Count a question with choices, in the order of its choices; of some `people` only, without raised hands.

    Raises:
        TypeError: the stop asks something else.
    """
    if not can_be_counted(stop) and not isinstance(stop.prompt, Suggestion):
        raise TypeError(stop.id)
    given = {
        person: chosen(stop, answer.value)
        for person, answer in cafe.counted(stop.id).items()
        if people is None or person in people
    }
    raised = cafe.hands.get(stop.id, {}) if people is None else {}
    votes = Counter(choice for choices in given.values() for choice in choices)
    # People without a phone may raise a hand for several choices: there were at least as many as for the first of them.
    several = isinstance(stop.prompt, MultipleChoice)
    hands = max(raised.values(), default=0) if several else sum(raised.values())
    total = len(given) + hands
    right = right_of(stop.prompt)
    return ChoiceTally(
        choices=tuple(
            ChoiceCount(
                choice.id,
                choice.label,
                votes[choice.id],
                (votes[choice.id] + raised.get(choice.id, 0)) / total if total else 0.0,
                choice.id in right,
                raised.get(choice.id, 0),
            )
            for choice in countable(stop.prompt)
        ),
        answered=len(given),
        present=len(cafe.present) if people is None else len(people),
        right=sum(1 for choices in given.values() if _is_right(choices, right, several=several)),
        hands=hands,
    )


def chosen(stop: Stop, value: str) -> tuple[str, ...]:
    """The choices that an answer holds."""
    match stop.prompt:
        case MultipleChoice():
            return picked(value)
        case CardPick() | Suggestion():
            return (choice_and_text(value)[0],)
        case _:
            return (value,)


def average(tally: ChoiceTally) -> float | None:
    """The mean of a scale from 1 to 5, raised hands included; None where nobody answered."""
    people = sum(row.people for row in tally.choices)
    return sum(int(row.id) * row.people for row in tally.choices) / people if people else None


def _is_right(choices: tuple[str, ...], right: tuple[str, ...], *, several: bool) -> bool:
    return bool(right) and (set(choices) == set(right) if several else set(choices) <= set(right))
