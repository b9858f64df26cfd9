"""What somebody who knows all that is published, who has a computer, can find out about small groups.

Unknowns are the counts of people by answer and by level, and by answer and by place, question by question. The
attacker knows where hands were raised, which levels and places people said at all, which questions the same people
answered, that the same people stand behind both tables, and what a question about levels says of levels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from content.prompts import LevelChoice
from state.exports.ballots import ballots_of
from state.exports.secrecy import FEWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from state.domain.cafe import Cafe, Stop
    from state.exports.ballots import Ballot, Ballots
    from state.exports.results import Result

Cell = tuple[str, str, str, str]
DIMENSIONS: dict[str, Callable[[Ballot], str]] = {"level": lambda one: one.level, "place": lambda one: one.place}
NOT = "not "


class Attack:
    """The linear relations that hold between what is not published, given `published`."""

    def __init__(self, cafe: Cafe, published: Iterable[Result]) -> None:
        self.truth: Counter[Cell] = Counter()
        self.cells: list[Cell] = []
        self.relations: list[tuple[dict[Cell, int], int]] = []
        said = {dimension: {getattr(person, dimension) or "" for person in cafe.present} for dimension in DIMENSIONS}
        # Raised hands are of no group, even where everybody else is of one.
        self.groups = {dimension: sorted(groups | {""}) for dimension, groups in said.items()}
        self._nobody = [dimension for dimension, groups in said.items() if "" not in groups]
        by_stop: dict[str, list[Result]] = defaultdict(list)
        for one in published:
            by_stop[one.stop.id].append(one)
        self.sizes: dict[str, list[list[Cell]]] = defaultdict(list)
        for stop in cafe.programme.questions:
            if by_stop[stop.id]:
                self._question(cafe, stop, by_stop[stop.id])
        # Where the same people answered two questions, a level has as many people behind both.
        for before, then in (pair for same in self.sizes.values() for pair in pairwise(same)):
            if sum(self.truth[cell] for cell in before) == sum(self.truth[cell] for cell in then):
                self._relate([*((cell, 1) for cell in before), *((cell, -1) for cell in then)], 0)

    def _question(self, cafe: Cafe, stop: Stop, published: list[Result]) -> None:
        given = ballots_of(cafe, stop)
        if any(one.answer == "" for one in published):
            return
        for part, answers in _parts(stop.id, given):
            self._unknowns(part, answers, given)
            for answer in answers:
                both = [("level", 1), ("place", -1)]
                self._relate(
                    [((part, side, group, answer), sign) for side, sign in both for group in self.groups[side]], 0
                )
                for side in self._nobody if sum(cafe.hands.get(stop.id, {}).values()) < FEWEST else ():
                    self._relate([((part, side, "", answer), 1)], 0)
            if isinstance(stop.prompt, LevelChoice):
                for _, side, group, answer in [cell for cell in self.cells if cell[0] == part]:
                    if side == "level" and answer != group:
                        self._relate([((part, side, group, answer), 1)], 0)
            for one in published:
                self._told(part, answers, given, one)

    def _unknowns(self, part: str, answers: list[str], given: Ballots) -> None:
        for dimension, groups in self.groups.items():
            for ballot in given.ballots:
                chosen = ballot.chosen[0] if not given.several else _parted(answers, ballot)
                self.truth[part, dimension, DIMENSIONS[dimension](ballot), chosen] += 1
            for group in groups:
                cells = [(part, dimension, group, answer) for answer in answers]
                self.cells += cells
                self.sizes[f"{dimension} {group}"].append(cells)

    def _told(self, part: str, answers: list[str], given: Ballots, one: Result) -> None:
        dimension: str = one.dimension or "level"
        members = one.group.split("+") if one.dimension else self.groups["level"]
        assert one.respondents is not None
        everybody = [((part, dimension, group, answer), 1) for group in members for answer in answers]
        self._relate(everybody, one.respondents)
        (answer,) = [answer for answer, label in given.answers.items() if label == one.answer]
        if one.people is not None and answer in answers:
            self._relate([((part, dimension, group, answer), 1) for group in members], one.people)

    def _relate(self, terms: Iterable[tuple[Cell, int]], value: int) -> None:
        self.relations.append((dict(terms), value))

    def targets(self) -> Iterator[tuple[tuple[Cell, ...], int]]:
        """Every group of people that a reader could look for, and how many there are: the small ones."""
        sums: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            part, dimension, group, answer = cell
            sums["cell", *cell].append(cell)
            sums["size", part, dimension, group].append(cell)
            if dimension == "level":
                sums["answer", part, answer].append(cell)
        for members in sums.values():
            count = sum(self.truth[cell] for cell in members)
            if 0 < count < 5:
                yield tuple(members), count

    def found_by_subtraction(self) -> list[tuple[tuple[Cell, ...], int]]:
        """The small groups that published numbers give back, added and subtracted: the relations span them."""
        place = {cell: index for index, cell in enumerate(self.cells)}
        known = np.zeros((len(self.relations), len(self.cells)))
        for line, (terms, value) in enumerate(self.relations):
            assert sum(sign * self.truth[cell] for cell, sign in terms.items()) == value
            for cell, sign in terms.items():
                known[line, place[cell]] = sign
        _, values, rows = np.linalg.svd(known, full_matrices=False)
        basis = rows[values > 1e-9]
        found = []
        for members, count in self.targets():
            wanted = np.zeros(len(self.cells))
            wanted[[place[cell] for cell in members]] = 1
            if np.linalg.norm(wanted - basis.T @ (basis @ wanted)) < 1e-7:
                found.append((members, count))
        return found

    def found_by_bounds(self) -> list[tuple[tuple[Cell, ...], int]]:
        """The small cells that are pinned once no count is negative, relation after relation until nothing moves."""
        low: dict[Cell, float] = dict.fromkeys(self.cells, 0.0)
        high: dict[Cell, float] = dict.fromkeys(self.cells, inf)
        moved = True
        while moved:
            moved = False
            for terms, value in self.relations:
                for cell, sign in terms.items():
                    rest = [(other, one) for other, one in terms.items() if other != cell]
                    least = sum(low[other] if one > 0 else -high[other] for other, one in rest)
                    most = sum(high[other] if one > 0 else -low[other] for other, one in rest)
                    lower, upper = (value - most, value - least) if sign > 0 else (least - value, most - value)
                    if lower > low[cell] or upper < high[cell]:
                        low[cell], high[cell], moved = max(low[cell], lower), min(high[cell], upper), True
        return [
            (members, count) for members, count in self.targets()
            if len(members) == 1 and low[members[0]] == high[members[0]]
        ]  # fmt: skip


def _parts(question: str, given: Ballots) -> list[tuple[str, list[str]]]:
    """What parts people among them: the answers of a question, or each answer and its contrary."""
    if not given.several:
        return [(question, list(given.answers))]
    return [(f"{question} {answer}", [answer, NOT + answer]) for answer in given.answers]


def _parted(answers: list[str], ballot: Ballot) -> str:
    return answers[0] if answers[0] in ballot.chosen else answers[1]
