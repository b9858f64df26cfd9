"""How well a quiz went: the questions that have a right answer, the hardest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from content.prompts import Ordering, SingleChoice, right_of
from state.domain.events import LEVELS
from state.domain.small_groups import withheld
from state.domain.tallies.choices import choice_tally
from state.domain.values import picked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Cafe
    from state.domain.events import Level
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `people` gave a right answer."""

    right: int
    people: int

    @property
    def share(self) -> float:
        return self.right / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Success:
    """A question's score, and that of each level of which it may be told. `revealed`: the room saw the answer."""

    stop: Stop
    score: Score
    revealed: bool
    levels: Mapping[Level, Score] = field(default_factory=dict)


def successes(cafe: Cafe) -> tuple[Success, ...]:
    """Every question asked that has a right answer and that somebody answered, the hardest first."""
    found = [
        Success(stop, score, cafe.round(stop.id).revealed, _by_level(cafe, stop))
        for stop in cafe.programme.questions
        if cafe.round(stop.id).asked and has_right(stop) and (score := score_of(cafe, stop)).people
    ]
    return tuple(sorted(found, key=lambda one: one.score.share))


def has_right(stop: Stop) -> bool:
    return isinstance(stop.prompt, Ordering) or bool(right_of(stop.prompt))


def score_of(cafe: Cafe, stop: Stop, people: set[str] | None = None) -> Score:
    """Who was right, of all who answered or of some `people`, at a question that has a right answer."""
    if isinstance(stop.prompt, Ordering):
        right = tuple(entry.id for entry in stop.prompt.entries)
        given = cafe.counted(stop.id)
        orders = [picked(answer.value) for person, answer in given.items() if people is None or person in people]
        return Score(sum(1 for order in orders if order == right), len(orders))
    tally = choice_tally(cafe, stop, people=people)
    if not isinstance(stop.prompt, SingleChoice):
        # Who raised a hand for several answers cannot be told: only phones say who had them all.
        return Score(tally.right, tally.answered)
    return Score(tally.right + sum(row.hands for row in tally.choices if row.right), tally.people)


def _by_level(cafe: Cafe, stop: Stop) -> Mapping[Level, Score]:
    given = cafe.counted(stop.id)
    counts = Counter(cafe.participants[person].level for person in given)
    hidden = withheld(counts)
    return {
        level: score_of(cafe, stop, {person for person in given if cafe.participants[person].level == level})
        for level in LEVELS
        if counts[level] and level not in hidden
    }
