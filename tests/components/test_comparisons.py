"""Figures of several cafés: sums that can be checked by hand, groups, and people who are never told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from components.compare.frames import (
    cafes_of,
    closing_marks,
    common_questions,
    grouped,
    overruns,
    questions_of,
    rows_of,
    shares,
    success,
    talk,
    too_few,
)
from components.compare.picking import Wanted
from content.catalogue import t
from state.domain.shares import wilson
from state.domain.summary import ChoiceFigures, QuestionFigures, StepFigures, Summary
from state.summaries import Kept

JANUARY, FEBRUARY, MARCH = (datetime(2026, month, 10, tzinfo=UTC).timestamp() for month in (1, 2, 3))


def asked(yes: int, no: int, *, hands: int = 0, key: str = "k", kind: str = "single_choice") -> QuestionFigures:
    """A question to which « oui » is right; `hands` more were raised for it."""
    choices = (ChoiceFigures("oui", yes, hands, right=True), ChoiceFigures("non", no, 0, right=False))
    return QuestionFigures(key, kind, "Vraiment ?", "", choices, yes + no, hands, yes, 0, 0, 10.0, 0, 0)


def marked(*marks: int) -> QuestionFigures:
    choices = tuple(ChoiceFigures(str(mark), marks.count(mark), 0, right=False) for mark in range(1, 6))
    return QuestionFigures("note", "scale", "Une note ?", "", choices, len(marks), 0, None, 0, 0, None, 0, 0)


def played(
    *questions: QuestionFigures, kind: str = "quiz", spent: float | None = 600.0, voiced: int = 0, writes: bool = False
) -> StepFigures:
    return StepFigures(
        kind, "", f"Titre {kind}", kind, "tasse", 300.0, spent, 5, voiced, voiced, bool(questions), writes, questions
    )


def cafe(name: str, at: float, *steps: StepFigures, people: int = 10, formula: str = "Ristretto", by: str = "") -> Kept:
    summary = Summary(
        f"Café {name}",
        at,
        formula.lower(),
        formula,
        by,
        "",
        trial=False,
        rehearsal=False,
        closed=True,
        created_at=at,
        people=people,
        steps=steps,
    )
    return Kept(name, 1, (), summary)


def of_groups(kept: list[Kept], by: str) -> list[tuple[str, int, int, int]]:
    """Label, people who said « oui », of how many, in how many cafés, a row for each group."""
    found = shares(questions_of(kept), "k", grouped(cafes_of(kept), by))  # type: ignore[arg-type]
    return [(row.label, row.people, row.n, row.cafes) for row in rows_of(found) if row.place == 0]


THREE = [
    cafe("c", MARCH, played(asked(1, 3)), by="Musée"),
    cafe("a", JANUARY, played(asked(4, 2, hands=1))),
    cafe("b", JANUARY + 86_400, played(asked(2, 2)), formula="Americano", by="Musée"),
]


def test_each_cafe_has_its_shares_in_the_order_of_dates() -> None:
    assert of_groups(THREE, "cafe") == [
        ("Café a · 10 janv. 2026", 5, 7, 1),
        ("Café b · 11 janv. 2026", 2, 4, 1),
        ("Café c · 10 mars 2026", 1, 4, 1),
    ]


def test_groups_add_their_cafes_up() -> None:
    assert of_groups(THREE, "month") == [("janvier 2026", 7, 11, 2), ("mars 2026", 1, 4, 1)]
    assert of_groups(THREE, "formula") == [("Ristretto", 6, 11, 2), ("Americano", 2, 4, 1)]
    assert of_groups(THREE, "organiser") == [(t("compare.no_organiser"), 5, 7, 1), ("Musée", 3, 8, 2)]


def test_shares_have_wilsons_interval_and_hands_are_told_apart() -> None:
    row = rows_of(shares(questions_of(THREE), "k", grouped(cafes_of(THREE), "cafe")))[0]
    assert (row.share, row.hands) == (5 / 7, 1)
    assert (row.low, row.high) == wilson(5, 7)


def test_fewer_than_three_people_are_in_no_group_nor_in_any_difference_of_groups() -> None:
    few = cafe("few", FEBRUARY, played(asked(2, 0)))
    kept = [*THREE, few]
    for by in ("cafe", "month", "formula", "organiser"):
        assert of_groups(kept, by) == of_groups(THREE, by)
    assert too_few(questions_of(kept), "k") == 1
    assert common_questions(questions_of([few, cafe("x", MARCH, played(asked(1, 1)))])).empty


def test_questions_in_common_are_those_of_two_cafes_the_most_often_asked_first() -> None:
    kept = [
        cafe("a", JANUARY, played(asked(4, 2), asked(3, 3, key="seldom"), asked(9, 9, key="alone"))),
        cafe("b", MARCH, played(asked(4, 2), asked(3, 3, key="seldom"))),
        cafe("c", MARCH, played(asked(4, 2))),
    ]
    assert list(common_questions(questions_of(kept)).index) == ["k", "seldom"]


def test_a_question_asked_twice_in_one_cafe_counts_where_most_answered() -> None:
    twice = cafe("twice", FEBRUARY, played(asked(1, 2)), played(asked(5, 5)))
    assert ("Café twice · 10 févr. 2026", 5, 10, 1) in of_groups([*THREE, twice], "cafe")


def test_order_without_a_fault_is_a_share_too() -> None:
    order = replace(asked(0, 0), kind="ordering", choices=(), answered=8, right=3)
    kept = [cafe("a", JANUARY, played(order)), cafe("b", MARCH, played(order))]
    assert of_groups(kept, "month") == [("janvier 2026", 3, 8, 1), ("mars 2026", 3, 8, 1)]


def test_success_is_of_answers_on_phones_and_marks_are_means() -> None:
    kept = [*THREE, cafe("d", MARCH, played(marked(5, 4, 3, 4), kind="closing"), played(marked(1, 1, 1)))]
    by_month = grouped(cafes_of(kept), "month")
    right = rows_of(success(questions_of(kept), by_month))
    assert [(row.label, row.people, row.n) for row in right] == [("janvier 2026", 6, 10), ("mars 2026", 1, 4)]
    (marks,) = rows_of(closing_marks(questions_of(kept), by_month))
    assert (marks.label, marks.mean, marks.n, marks.cafes) == ("mars 2026", 4.0, 4, 1)


def test_ice_breakers_that_the_app_cannot_hear_come_last_and_say_so() -> None:
    kept = [
        cafe("a", JANUARY, played(asked(4, 2)), played(asked(4, 2), kind="cards", voiced=4, writes=True)),
        cafe("b", MARCH, played(asked(4, 2), kind="cards", voiced=6, writes=True), people=10),
        cafe("two", MARCH, played(asked(1, 0), kind="cards", voiced=2, writes=True), people=2),
    ]
    cards, quiz = rows_of(talk(kept))
    assert (cards.activity, cards.people, cards.n, cards.cafes, cards.heard) == ("cards", 10, 20, 2, True)
    assert (quiz.activity, quiz.heard, quiz.half) == ("quiz", False, 10.0)


def test_steps_that_overrun_most_come_first_beside_their_plan() -> None:
    minutes = (3, 9, 13, 7)
    kept = [cafe(str(one), MARCH, played(spent=60.0 * one), played(kind="cards", spent=120.0)) for one in minutes]
    kept.append(cafe("running", MARCH, played(spent=None)))
    quiz, cards = rows_of(overruns(kept))
    assert (quiz.activity, quiz.cafes, quiz.planned, quiz.spent, quiz.middle, quiz.late) == ("quiz", 4, 5, 8, 3, 3)
    assert (quiz.low, quiz.high) == (1.0, 5.0)
    assert (cards.activity, cards.middle, cards.late) == ("cards", -3, 0)


def test_nothing_to_compare_is_no_error() -> None:
    empty = [cafe("a", JANUARY), cafe("b", MARCH)]
    questions = questions_of(empty)
    groups = grouped(cafes_of(empty), "month")
    for table in (common_questions(questions), success(questions, groups), closing_marks(questions, groups)):
        assert table.empty
    assert talk(empty).empty
    assert overruns(empty).empty


LOOKED_FOR = Summary(
    "Café des Écluses", MARCH, "ristretto", "Ristretto avec sucre", "Mairie", "Lyon",
    trial=False, rehearsal=False, closed=True, created_at=MARCH, people=9, levels={"novice": 5, "expert": 4},
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "matches"),
    [
        (Wanted(), True),
        (Wanted("ecluses LYON"), True),
        (Wanted("écluses paris"), False),
        (Wanted("mairie sucre"), True),
        (Wanted(since=date(2026, 3, 10), until=date(2026, 3, 10)), True),
        (Wanted(since=date(2026, 3, 11)), False),
        (Wanted(until=date(2026, 3, 9)), False),
        (Wanted(formulas=frozenset({"Americano"})), False),
        (Wanted(formulas=frozenset({"Americano", "Ristretto avec sucre"})), True),
        (Wanted(organisers=frozenset({"Musée"})), False),
        (Wanted(levels=frozenset({"novice"})), True),
        (Wanted(levels=frozenset({"expert"})), False),
    ],
)
def test_cafes_are_found_by_words_dates_formula_organiser_and_public(wanted: Wanted, *, matches: bool) -> None:
    assert wanted.matches(LOOKED_FOR) is matches
