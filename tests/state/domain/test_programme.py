"""A programme has a stop for each thing asked or shown, and each stop says how it is played."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from content.checks import combinations
from content.loader import default_pack
from content.plan import Plan, make_plan
from state.domain.cafe import has_answer, reveals_more
from state.domain.programme import END, LOBBY, Programme
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    AFTER_LEARNING_TOO,
    ARGUMENTS,
    ASKED,
    BEFORE_DEBATE,
    BEFORE_LEARNING,
    BEFORE_LEARNING_TOO,
    BOARD,
    CARD,
    CRITERIA,
    FREE,
    GRID,
    HUNT,
    LEVEL,
    ONE,
    ORDER,
    PLACED,
    PLACED_TOO,
    PORTRAIT,
    PREFERRED,
    QUESTIONS,
    RATED,
    RETAINED,
    SEVERAL,
    SLIDE,
    STOPS,
    TALKED,
    THANKS,
    TRADE,
    TRIED,
    USES,
    WATCHED,
    begun,
    small_plan,
    stop_at,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from content.plan import PlannedStep

WHOLE = whole_cafe()
WHOLE_STOPS = (
    LOBBY,
    LEVEL,
    PLACED, PLACED_TOO,
    CARD,
    SLIDE, TALKED,
    BEFORE_LEARNING, BEFORE_LEARNING_TOO,
    WATCHED,
    ASKED, HUNT, SEVERAL, USES,
    AFTER_LEARNING, AFTER_LEARNING_TOO,
    ORDER,
    CRITERIA, GRID,
    BEFORE_DEBATE, ARGUMENTS, AFTER_DEBATE,
    PORTRAIT, TRADE, BOARD,
    TRIED, PREFERRED,
    RETAINED, RATED,
    THANKS,
    END,
)  # fmt: skip


def with_steps(*steps: PlannedStep) -> Programme:
    return Programme(Plan(formula="f", formula_name="F", choices={}, steps=steps))


def whole_step(name: str) -> PlannedStep:
    return next(step for step in whole_plan().steps if step.id == name)


def test_a_programme_has_a_stop_for_each_question_and_for_each_step_that_asks_nothing() -> None:
    programme = Programme(small_plan())
    assert tuple(stop.id for stop in programme.stops) == STOPS
    assert tuple(stop.id for stop in programme.questions) == QUESTIONS
    assert [(stop.number, stop.count) for stop in programme.questions] == [
        (1, 2),
        (2, 2),
        (1, 1),
        (1, 3),
        (2, 3),
        (3, 3),
    ]


def test_every_kind_of_activity_unfolds_into_its_stops() -> None:
    assert tuple(stop.id for stop in WHOLE.programme.stops) == WHOLE_STOPS


@pytest.mark.parametrize("formula", default_pack().formulas)
def test_whatever_is_chosen_a_cafe_of_the_pack_has_stops_of_their_own(formula: str) -> None:
    pack = default_pack()
    for choices in combinations(pack.formulas[formula]):
        plan = make_plan(pack, pack.formulas[formula], choices, 45)
        programme = Programme(plan)
        assert len(programme.index) == len(programme.stops)
        for stop in programme.questions:
            # What is asked again after something was asked before it, in every café.
            assert (getattr(stop.prompt, "earlier", "") != "") == (programme.earlier(stop) is not None)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_plan_without_steps_still_has_its_lobby_and_its_end() -> None:
    assert [stop.id for stop in with_steps().stops] == [LOBBY, END]


def test_nothing_stands_before_the_lobby_or_after_the_end() -> None:
    programme = begun().programme
    assert programme.before(LOBBY) is None
    assert programme.after(END) is None
    assert programme.stop("nulle-part") is None


def test_before_and_after_are_the_neighbours() -> None:
    programme = WHOLE.programme
    for before, after in itertools.pairwise(WHOLE_STOPS):
        assert programme.after(before) == programme.stop(after)
        assert programme.before(after) == programme.stop(before)


@pytest.mark.parametrize(
    ("stop", "number", "count"),
    [
        (LOBBY, 0, 0),
        (THANKS, 0, 0),
        (PLACED, 1, 2),
        (PLACED_TOO, 2, 2),
        # A statement is one entry, whatever is asked of it.
        (BEFORE_DEBATE, 1, 1),
        (ARGUMENTS, 1, 1),
        (AFTER_DEBATE, 1, 1),
        # A guess belongs to the question that it follows.
        (ASKED, 1, 3),
        (HUNT, 1, 3),
        (SEVERAL, 2, 3),
        (USES, 3, 3),
        (SLIDE, 1, 2),
        (TALKED, 2, 2),
    ],
)
def test_stops_are_numbered_by_the_entry_that_they_belong_to(stop: str, number: int, count: int) -> None:
    here = stop_at(WHOLE, stop)
    assert (here.number, here.count) == (number, count)


def test_the_stops_of_a_step_are_those_of_its_scenes() -> None:
    assert [stop.id for stop in WHOLE.programme.stops_of("debat")] == [BEFORE_DEBATE, ARGUMENTS, AFTER_DEBATE]
    assert [stop.id for stop in WHOLE.programme.stops_of(THANKS)] == [THANKS]
    assert WHOLE.programme.stops_of("ailleurs") == ()


# What was asked before.


def test_after_a_debate_the_position_before_it_is_found_again() -> None:
    assert WHOLE.programme.earlier(stop_at(WHOLE, AFTER_DEBATE)) == stop_at(WHOLE, BEFORE_DEBATE)


def test_a_definition_is_found_again_in_the_step_before_learning() -> None:
    for later, earlier in ((AFTER_LEARNING, BEFORE_LEARNING), (AFTER_LEARNING_TOO, BEFORE_LEARNING_TOO)):
        assert WHOLE.programme.earlier(stop_at(WHOLE, later)) == stop_at(WHOLE, earlier)


@pytest.mark.parametrize("stop", [LOBBY, ONE, SLIDE, BEFORE_DEBATE, ARGUMENTS, BEFORE_LEARNING, RETAINED])
def test_what_is_asked_once_has_nothing_earlier(stop: str) -> None:
    cafe = begun() if stop == ONE else WHOLE
    assert cafe.programme.earlier(stop_at(cafe, stop)) is None


def test_definitions_asked_only_afterwards_have_nothing_earlier() -> None:
    programme = with_steps(whole_step("redefinir"))
    assert [programme.earlier(stop) for stop in programme.questions] == [None, None]


def test_where_it_was_asked_twice_before_the_last_time_is_the_earlier() -> None:
    again = whole_step("definir").model_copy(update={"id": "encore"})
    programme = with_steps(whole_step("definir"), again, whole_step("redefinir"))
    assert programme.earlier(programme.stops_of("redefinir")[0]) == programme.stops_of("encore")[0]


def test_what_comes_later_is_never_the_earlier() -> None:
    programme = with_steps(whole_step("redefinir"), whole_step("definir"))
    assert [programme.earlier(stop) for stop in programme.questions] == [None] * 4


def test_the_same_words_of_another_activity_are_not_the_earlier() -> None:
    step = whole_step("definir")
    other = step.model_copy(update={"activity": step.activity.model_copy(update={"id": "autres-mots"})})
    programme = with_steps(other, whole_step("redefinir"))
    assert programme.earlier(programme.stops_of("redefinir")[0]) is None


# How each stop is played: what it asks, what there is to see, as it comes or once shown.

FLAGS = ("question", "results", "reveal", "live", "moves", "open", "answer", "more")
PLAYED: dict[str, str] = {
    LOBBY: "",
    END: "",
    THANKS: "",
    SLIDE: "",
    CRITERIA: "",
    TRIED: "",
    WATCHED: "question",
    LEVEL: "question results live open",
    PLACED: "question results reveal live moves open more",
    CARD: "question results reveal",
    PREFERRED: "question results reveal",
    TALKED: "question results reveal",
    RATED: "question results reveal",
    USES: "question results reveal",
    RETAINED: "question results reveal",
    BEFORE_LEARNING: "question results reveal",
    AFTER_LEARNING: "question results reveal answer more",
    ASKED: "question results reveal answer more",
    SEVERAL: "question results reveal answer more",
    GRID: "question results reveal answer more",
    ORDER: "question results reveal answer more",
    HUNT: "question results reveal live answer more",
    BEFORE_DEBATE: "question results reveal",
    ARGUMENTS: "question results live",
    AFTER_DEBATE: "question results reveal",
    PORTRAIT: "question results reveal live more",
    BOARD: "question results reveal live more",
}


@pytest.mark.parametrize(("stop", "played"), PLAYED.items(), ids=PLAYED.keys())
def test_each_stop_says_how_it_is_played(stop: str, played: str) -> None:
    here = stop_at(WHOLE, stop)
    flags = (
        here.question is not None,
        here.has_results,
        here.has_reveal,
        here.is_live,
        here.can_change_sides,
        here.stays_open,
        has_answer(here.prompt),
        reveals_more(here),
    )
    assert " ".join(name for name, holds in zip(FLAGS, flags, strict=True) if holds) == played


def test_a_free_question_has_no_answer_and_an_explained_one_has() -> None:
    assert not has_answer(stop_at(begun(), FREE).prompt)
    assert has_answer(stop_at(begun(), ONE).prompt)


@pytest.mark.parametrize("stop", [SLIDE, CRITERIA, TRIED])
def test_a_slide_is_looked_at_and_asks_nothing(stop: str) -> None:
    here = stop_at(WHOLE, stop)
    assert here.slide is not None
    assert (here.prompt, here.question) == (None, None)
    assert here not in WHOLE.programme.questions


def test_what_asks_is_no_slide() -> None:
    assert all(stop.slide is None for stop in WHOLE.programme.questions)
    assert {stop.id for stop in WHOLE.programme.questions} == {stop for stop, played in PLAYED.items() if played} | {
        PLACED_TOO,
        TRADE,
        BEFORE_LEARNING_TOO,
        AFTER_LEARNING_TOO,
    }
