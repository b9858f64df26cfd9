"""The counts of a café that may be published: by answer, for the room, by level and by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from content.prompts import LevelChoice
from state.exports.ballots import ballots_of
from state.exports.secrecy import FEWEST, Hidden, hidden_answers, hidden_choices, merged_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from state.domain.cafe import Cafe, Stop
    from state.exports.ballots import Ballot, Ballots

Dimension = Literal["", "level", "place"]
EVERYBODY: Mapping[str, str] = {"": ""}
# Raised hands say nothing of themselves, which may be no group of those who came.
_ELSEWHERE = "?"


class Result(NamedTuple):
    """How many `people` of a group gave an answer, out of its `respondents`; None where that is kept secret.

    `group` lists the levels or places that it is made of, `+` between them. Without an `answer`, nothing is said of a
    question but that few people answered it.
    """

    stop: Stop
    dimension: Dimension
    group: str
    answer: str
    people: int | None
    respondents: int | None
    several: bool = False


def results(cafe: Cafe) -> Iterator[Result]:
    """What may be published of each question asked, in the order of the programme; nothing of a small café."""
    if too_few(cafe):
        return
    said = Counter[str](person.level or "" for person in cafe.present)
    levels = merged_groups(said)
    places = merged_groups(Counter[str](person.place or "" for person in cafe.present))
    for stop in cafe.programme.questions:
        if not cafe.round(stop.id).asked or not (given := ballots_of(cafe, stop)).ballots:
            continue
        # Whoever says a level is in the group of that level: tables would tell of the same people in two ways.
        own_level = isinstance(stop.prompt, LevelChoice)
        if len(given.ballots) < FEWEST or (own_level and _silent_are_hidden(said, levels)):
            yield Result(stop, "", "", "", None, None)
            continue
        room = _Table(given, "", EVERYBODY)
        hidden = room.hidden()
        if own_level and levels and hidden:
            hidden = frozenset(given.answers)
        yield from room.results(stop, hidden)
        split: list[tuple[Dimension, dict[str, str] | None]] = [
            ("level", None if own_level else levels),
            ("place", None if own_level and said[""] else places),
        ]
        for dimension, groups in split:
            if groups and (table := _Table(given, dimension, groups)).is_publishable:
                by_group = table.hidden(already=hidden)
                if len(by_group) < len(given.answers):
                    yield from table.results(stop, by_group)


def _silent_are_hidden(said: Mapping[str, int], levels: Mapping[str, str] | None) -> bool:
    """Whether how many said no level is kept secret: how many did say one would tell it."""
    merged = levels is not None and set(levels) != set(levels.values())
    return said.get("", 0) > 0 and (said.get("", 0) < FEWEST or merged)


def too_few(cafe: Cafe) -> bool:
    """Whether so few people came that nothing is published."""
    return len(cafe.present) < FEWEST


class _Table:
    """How many people of each group gave each answer to a question."""

    def __init__(self, given: Ballots, dimension: Dimension, groups: Mapping[str, str]) -> None:
        self._given = given
        self._dimension = dimension
        self._groups = set(groups.values())
        self._sizes: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for ballot in given.ballots:
            group = groups.get(_said(ballot, dimension), _ELSEWHERE)
            self._sizes[group] += 1
            self._counts[group].update(ballot.chosen)

    @property
    def is_publishable(self) -> bool:
        """Whether everybody is in a group, and each group is large enough."""
        return set(self._sizes) == self._groups and min(self._sizes.values()) >= FEWEST

    def hidden(self, *, already: Hidden = frozenset()) -> Hidden:
        if self._given.several:
            return already | hidden_choices(self._counts, self._sizes, self._given.answers)
        return hidden_answers(self._counts, self._given.answers, already=already)

    def results(self, stop: Stop, hidden: Hidden) -> Iterator[Result]:
        for group in sorted(self._groups):
            for answer, label in self._given.answers.items():
                people = None if answer in hidden else self._counts[group][answer]
                yield Result(stop, self._dimension, group, label, people, self._sizes[group], self._given.several)


def _said(ballot: Ballot, dimension: Dimension) -> str:
    match dimension:
        case "level":
            return ballot.level
        case "place":
            return ballot.place
        case _:
            return ""
