"""A gesture on a plan changes what it names, keeps every step once, and never makes a plan that cannot be played."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from content import editing
from content.activities.quiz import Quiz
from content.loader import default_pack
from content.plan import Plan, make_plan, own_video_step, starter_step
from content.schema import COURSES
from tests.state.cafes import small_plan

PACK = default_pack()
LONG = make_plan(PACK, PACK.formulas["cappuccino"], {"tasse": "madonna", "exemple": "ban"}, 65)
IDS = [step.id for step in LONG.steps]


def ids(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps]


def courses(plan: Plan) -> list[str]:
    return [step.course for step in plan.steps]


def quiz(plan: Plan) -> Quiz:
    activity = editing.step_of(plan, "tasse").activity
    assert isinstance(activity, Quiz)
    return activity


@given(st.lists(st.tuples(st.sampled_from(COURSES), st.sampled_from([*IDS, "inconnue"])), max_size=40))
def test_whatever_order_is_asked_for_every_step_is_there_once_course_by_course(asked: list[tuple[Any, str]]) -> None:
    order: dict[Any, list[str]] = {course: [] for course in COURSES}
    for course, step in asked:
        if all(step not in names for names in order.values()):
            order[course].append(step)
    plan = editing.arranged(LONG, order)
    assert sorted(ids(plan)) == sorted(IDS)
    assert courses(plan) == sorted(courses(plan), key=COURSES.index)
    for course, names in order.items():
        found = [step.id for step in plan.steps if step.course == course]
        assert found[: len([name for name in names if name in IDS])] == [name for name in names if name in IDS]
    assert plan.minutes == LONG.minutes


@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from([-1, 1])), max_size=30))
def test_moving_up_and_down_loses_no_step(moves: list[tuple[str, int]]) -> None:
    plan = LONG
    for step, by in moves:
        plan = editing.moved(plan, step, by)
    assert sorted(ids(plan)) == sorted(IDS)
    assert courses(plan) == sorted(courses(plan), key=COURSES.index)


def test_a_step_goes_over_to_the_next_course_at_the_end_of_its_own() -> None:
    plan = small_plan()
    assert courses(editing.moved(plan, "tasse", 1)) == ["cafe", "cafe", "chocolat", "sucre"]
    assert ids(editing.moved(plan, "tasse", 1)) == ["tasse", "cafe", "chocolat", "sucre"]
    assert editing.moved(plan, "tasse", -1) == plan
    assert editing.moved(plan, "sucre", 1) == plan
    assert courses(editing.moved(plan, "sucre", -1)) == ["tasse", "cafe", "chocolat", "chocolat"]


def test_what_somebody_else_added_meanwhile_stays_when_steps_are_arranged() -> None:
    plan = editing.with_step(small_plan(), own_video_step("Chez nous", "https://exemple.fr/film", "cafe"))
    arranged = editing.arranged(plan, {"tasse": ["cafe"], "cafe": ["tasse"], "chocolat": [], "sucre": []})
    assert ids(arranged) == ["cafe", "tasse", "a-vous-video", "chocolat", "sucre"]


def test_the_same_step_twice_has_two_names() -> None:
    step = starter_step(PACK.starters["a-vous-quiz"], "chocolat")
    plan = editing.with_step(editing.with_step(small_plan(), step), step)
    assert ids(plan) == ["tasse", "cafe", "chocolat", "a-vous-quiz", "a-vous-quiz-2", "sucre"]
    assert ids(editing.without_step(plan, "a-vous-quiz")) == ["tasse", "cafe", "chocolat", "a-vous-quiz-2", "sucre"]
    named = editing.with_step(plan, step.model_copy(update={"id": "accueil"}))
    assert "accueil" not in ids(named)


def test_a_text_is_rewritten_and_nothing_else_is() -> None:
    plan = small_plan()
    after = editing.rewritten(plan, "tasse", ("activity", "items", 0, "prompt"), "Et celle-ci ?")
    assert quiz(after).items[0].prompt == "Et celle-ci ?"
    assert after.steps[1:] == plan.steps[1:]
    assert editing.rewritten(after, "tasse", ("activity", "items", 0, "prompt"), quiz(plan).items[0].prompt) == plan


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("activity", "items", 0, "prompt"), ""),
        (("activity", "items", 0, "prompt"), "x" * 2001),
        (("activity", "items", 0, "right"), []),
        (("activity", "items", 0, "right"), ["inconnue"]),
        (("minutes",), -1),
        (("minutes",), 241),
        (("activity", "kind"), "inconnu"),
        (("activity", "items"), []),
    ],
)
def test_what_cannot_be_played_is_refused(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(ValidationError):
        editing.rewritten(small_plan(), "tasse", path, value)


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ("inconnue", ("minutes",)),
        ("tasse", ("activity", "items", 9, "prompt")),
        ("tasse", ("activity", "nowhere", 0)),
        ("tasse", ("minutes", 0)),
    ],
)
def test_what_is_no_more_is_said(step: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        editing.rewritten(small_plan(), step, path, "x")


def test_entries_come_go_and_change_places() -> None:
    plan = small_plan()
    entry = {"id": "une-bonne", **quiz(plan).items[0].model_dump(mode="json")}
    more = editing.with_entry(plan, "tasse", ("activity", "items"), entry)
    assert [item.id for item in quiz(more).items] == ["une-bonne", "deux-bonnes", "une-bonne-2"]
    up = editing.moved_entry(more, "tasse", ("activity", "items", 2), -1)
    assert [item.id for item in quiz(up).items] == ["une-bonne", "une-bonne-2", "deux-bonnes"]
    assert editing.moved_entry(up, "tasse", ("activity", "items", 0), -1) == up
    fewer = editing.without_entry(up, "tasse", ("activity", "items", 0))
    assert [item.id for item in quiz(fewer).items] == ["une-bonne-2", "deux-bonnes"]


def test_a_choice_that_goes_is_no_longer_right() -> None:
    path = ("activity", "items", 1, "choices", 2)
    after: Any = quiz(editing.without_entry(small_plan(), "tasse", path)).items[1]
    assert ([choice.id for choice in after.choices], after.right) == (["a", "b"], ("b",))
    with pytest.raises(ValidationError):
        editing.without_entry(small_plan(), "tasse", ("activity", "items", 0, "choices", 0))


def test_a_question_that_goes_takes_what_followed_it_along() -> None:
    pack = default_pack()
    (followed,) = [one for one in pack.activities.values() if getattr(one, "then", ())][:1]
    formula = next(f for f in pack.formulas.values() for s in f.steps if s.activity == followed.id and not s.only)
    picked = {choice.id: choice.options[0].id for choice in formula.choices}
    wanted = next(step for step in formula.steps if step.activity == followed.id)
    for choice, options in wanted.when.items():
        picked[choice] = options[0]
    plan = make_plan(pack, formula, picked, formula.minutes[0])
    step = next(step for step in plan.steps if step.activity.id == followed.id)
    items: Any = step.activity
    place = next(n for n, item in enumerate(items.items) if item.id == items.then[0].item)
    after: Any = editing.step_of(editing.without_entry(plan, step.id, ("activity", "items", place)), step.id).activity
    assert items.then[0] not in after.then


def test_the_steps_of_a_scale_are_named_after_its_ends() -> None:
    plan = editing.with_step(small_plan(), starter_step(PACK.starters["a-vous-sucre"], "sucre"))
    after = editing.rewritten(plan, "a-vous-sucre", ("activity", "items", 1, "lowest"), "Rien du tout")
    scale: Any = editing.step_of(after, "a-vous-sucre").activity
    assert [choice.label for choice in scale.items[1].choices] == ["1 · Rien du tout", "2", "3", "4", "5 · Beaucoup"]
