"""Nobody finds a small group in what is published, neither by subtraction nor by bounds."""

from __future__ import annotations

from functools import cache, partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import PLACES, Answered, HandsCounted, Joined
from state.exports import results as published
from state.exports.ballots import RIGHT, WRONG, ballots_of
from state.exports.results import results
from state.exports.secrecy import FEWEST, hidden_answers, merged_groups
from tests.state.cafes import (
    BEFORE_DEBATE,
    CARD,
    LEVEL,
    ORDER,
    POLL,
    RATED,
    SEVERAL,
    after,
    begun,
    goes,
    play,
    stop_at,
    whole_cafe,
)
from tests.state.exports.attack import Attack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.cafe import Cafe

ASKED = (LEVEL, SEVERAL, BEFORE_DEBATE, RATED, CARD, ORDER)
# A right order and one that is not, by the answer that is counted.
ORDERS = {RIGHT: "turing,dartmouth,deep-blue", WRONG: "deep-blue,turing,dartmouth"}


@cache
def asked_cafe() -> Cafe:
    return play(whole_cafe(), *map(goes, ASKED))


def random_cafe(seed: int, people: int, *, hands: float = 0.3) -> Cafe:
    """A café where everybody answered everything, as unevenly as people do; `hands` is how often some were raised."""
    chance = Random(seed)
    events: list[Joined | Answered | HandsCounted] = []
    levels = chance.choices(["novice", "averti", "expert"], [chance.random() ** 2 + 0.01 for _ in range(3)], k=people)
    leaning = {stop: [chance.random() ** 3 + 0.01 for _ in range(20)] for stop in ASKED}
    silent, remote = chance.choice([0.0, 0.0, 0.1, 0.4]), chance.random()
    for number, level in enumerate(levels):
        who = f"p{number}"
        said = chance.random() >= silent
        place = chance.choices(["room", "remote", None], [1 - remote, remote, 0.1])[0]
        events.append(Joined(who, None, level if said else None, place))  # type: ignore[arg-type]
        for stop in ASKED:
            answers = list(ballots_of(asked_cafe(), stop_at(asked_cafe(), stop)).answers)
            weights = leaning[stop][: len(answers)]
            if stop == LEVEL:
                if not said:
                    continue
                value = level
            elif stop == SEVERAL:
                value = ",".join(one for one, share in zip(answers, weights, strict=True) if chance.random() < share)
            else:
                value = chance.choices(answers, weights)[0]
                value = ORDERS[value] if stop == ORDER else f"{value}\nson œil" if stop == CARD else value
            events.append(Answered(stop, who, value, "k"))
    for stop in (BEFORE_DEBATE, RATED):
        if chance.random() < hands:
            choices = ballots_of(asked_cafe(), stop_at(asked_cafe(), stop)).answers
            events.append(HandsCounted(stop, {one: chance.randint(0, 4) for one in choices}))
    return after(asked_cafe(), *events)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 90))
def test_no_small_group_is_found(seed: int, people: int) -> None:
    cafe = random_cafe(seed, people)
    attack = Attack(cafe, results(cafe))
    assert attack.found_by_subtraction() == []
    assert attack.found_by_bounds() == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 90))
def test_no_published_number_is_small(seed: int, people: int) -> None:
    for one in results(random_cafe(seed, people)):
        assert one.people is None or one.people >= FEWEST
        assert one.respondents is None or one.respondents >= FEWEST


def attacked(seeds: Iterable[int]) -> int:
    return sum(
        bool(Attack(cafe, results(cafe)).found_by_subtraction()) for cafe in (random_cafe(one, 45) for one in seeds)
    )


def test_the_attack_finds_small_groups_where_only_they_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def primary_only(counts: dict, answers: dict, *, already: frozenset = frozenset()) -> frozenset:  # type: ignore[type-arg]
        return frozenset(one for one in answers if any(group.get(one, 0) < FEWEST for group in counts.values()))

    assert attacked(range(10)) == 0
    monkeypatch.setattr(published, "hidden_answers", primary_only)
    assert attacked(range(10)) > 3


@pytest.mark.parametrize(("seed", "people"), [(0, 14), (134623, 22), (506816, 69), (554330, 75), (823576, 23)])
def test_how_many_said_no_level_is_no_way_round(seed: int, people: int) -> None:
    cafe = random_cafe(seed, people)
    assert Attack(cafe, results(cafe)).found_by_subtraction() == []


def two_places(**said: tuple[int, int]) -> Cafe:
    """A poll with so many people for each answer, in the room and elsewhere."""
    cafe = play(begun(), goes(POLL))
    for answer, counts in said.items():
        for place, count in zip(PLACES, counts, strict=True):
            for number in range(count):
                who = f"{answer} {place} {number}"
                cafe = after(cafe, Joined(who, None, None, place), Answered(POLL, who, answer, "k"))
    return cafe


def test_the_attack_finds_small_groups_where_tables_forget_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    cafe = two_places(a=(18, 4), b=(2, 1), c=(6, 6))
    assert Attack(cafe, results(cafe)).found_by_subtraction() == []

    def forgetful(counts: dict, answers: dict, *, already: frozenset = frozenset()) -> frozenset:  # type: ignore[type-arg]
        return hidden_answers(counts, answers)

    monkeypatch.setattr(published, "hidden_answers", forgetful)
    assert Attack(cafe, results(cafe)).found_by_subtraction() != []


@pytest.mark.parametrize(("hands", "respondents"), [(4, 10), (5, 15)])
def test_a_few_raised_hands_are_not_the_difference_between_questions(hands: int, respondents: int) -> None:
    cafe = play(two_places(a=(10, 0)), partial(decisions.count_hands, question=POLL, counts={"a": hands}))
    assert {one.respondents for one in results(cafe)} == {respondents}


def test_something_is_published_of_large_rooms() -> None:
    told = [one for seed in range(5) for one in results(random_cafe(seed, 300))]
    assert {one.dimension for one in told} == {"", "level", "place"}
    assert sum(one.people is not None for one in told) > len(told) / 2


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 20, "b": 10}, ""),
        ({"a": 20, "b": 10, "c": 2}, "bc"),
        ({"a": 20, "b": 10, "c": 2, "d": 3}, "cd"),
        ({"a": 20, "b": 10, "c": 2, "d": 1}, "bcd"),
        ({"a": 20, "b": 10, "c": 0}, "bc"),
        ({"a": 20, "b": 3}, "ab"),
    ],
)
def test_small_counts_are_hidden_with_company(counts: dict[str, int], hidden: str) -> None:
    assert hidden_answers({"": counts}, list(counts)) == frozenset(hidden)


@pytest.mark.parametrize(
    ("people", "groups"),
    [
        ({"room": 9, "remote": 7, "": 0}, {"room", "remote"}),
        ({"novice": 9, "averti": 8, "expert": 2, "": 3}, {"novice", "averti", "+expert"}),
        ({"novice": 9, "averti": 8, "expert": 2}, {"novice", "averti+expert"}),
        ({"room": 9, "remote": 3}, None),
        ({"room": 9}, None),
        ({"room": 2, "remote": 2}, None),
        ({}, None),
    ],
)
def test_small_groups_are_published_together(people: dict[str, int], groups: set[str] | None) -> None:
    merged = merged_groups(people)
    assert (merged and set(merged.values())) == groups
