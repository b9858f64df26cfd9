"""Cards: who picked which, why, and whose turn it is to speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.prompts import CardPick
from state.domain.values import choice_and_text

if TYPE_CHECKING:
    from content.prompts import Card
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Pick:
    """`why` is empty where nothing was said, or where the facilitator hid it."""

    participant: str
    why: str
    at: float
    hidden: bool
    spoken: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """A card, and everybody who picked it; `hands` were raised for it."""

    card: Card
    picks: tuple[Pick, ...]
    hands: int

    @property
    def people(self) -> int:
        return len(self.picks) + self.hands


def picks(cafe: Cafe, stop: Stop) -> tuple[Picked, ...]:
    """Every card with who picked it, in the order of the cards.

    Raises:
        TypeError: the stop asks something else.
    """
    if not isinstance(stop.prompt, CardPick):
        raise TypeError(stop.id)
    spoken = cafe.speakers.get(stop.id, ())
    by_card: dict[str, list[Pick]] = {}
    for person, answer in cafe.counted(stop.id).items():
        card, why = choice_and_text(answer.value)
        pick = Pick(person, "" if answer.hidden else why, answer.at, answer.hidden, person in spoken)
        by_card.setdefault(card, []).append(pick)
    raised = cafe.hands.get(stop.id, {})
    return tuple(
        Picked(
            card,
            tuple(sorted(by_card.get(card.id, ()), key=lambda pick: (pick.at, pick.participant))),
            raised.get(card.id, 0),
        )
        for card in stop.prompt.cards
    )


def next_speaker(cafe: Cafe, question: str) -> str | None:
    """Who speaks next: those who answered and have not spoken yet, in the order in which they came."""
    answers = cafe.counted(question)
    spoken = cafe.speakers.get(question, ())
    return next((one.id for one in cafe.present if one.id in answers and one.id not in spoken), None)
