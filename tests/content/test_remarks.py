"""Whoever composes is told what would help, and nothing where all is well."""

from __future__ import annotations

import pytest

from content import editing
from content.loader import default_pack
from content.plan import make_plan, own_video_step
from content.remarks import remarks
from tests.state.cafes import small_plan

PACK = default_pack()


def codes(*args: object) -> list[str]:
    return [remark.code for remark in remarks(*args)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("available", "said"),
    [
        (None, []),
        (20, []),
        (30, []),
        (31, [("too-short", 11)]),
        (19, [("too-long", 1)]),
        (5, [("too-long", 15)]),
    ],
)
def test_the_time_there_is_is_compared_with_the_time_it_takes(
    available: int | None, said: list[tuple[str, int]]
) -> None:
    found = remarks(small_plan(), available)
    assert [(remark.code, remark.count) for remark in found] == said


@pytest.mark.parametrize("course", ["tasse", "cafe", "chocolat", "sucre"])
def test_a_course_that_is_missing_is_named(course: str) -> None:
    assert codes(editing.without_step(small_plan(), course), None) == [f"no-{course}"]


def test_two_videos_in_a_row_and_a_step_without_time_are_said() -> None:
    plan = editing.with_step(small_plan(), own_video_step("Chez nous", "https://exemple.fr/film", "cafe"))
    assert codes(plan, None) == ["two-videos"]
    assert codes(editing.rewritten(small_plan(), "sucre", ("minutes",), 0), None) == ["no-time"]


def test_definitions_without_their_other_half_are_said() -> None:
    plan = make_plan(PACK, PACK.formulas["cappuccino"], {"tasse": "madonna", "exemple": "ban"}, 65)
    before, after = [step.id for step in plan.steps if step.activity.kind == "definitions"]
    assert "no-after" in codes(editing.without_step(plan, after), None)
    assert "no-before" in codes(editing.without_step(plan, before), None)
    assert not {"no-after", "no-before"} & set(codes(plan, None))


@pytest.mark.parametrize("formula", [one for one in PACK.formulas.values() if not one.mix], ids=lambda one: one.id)
def test_the_formulas_of_the_guide_want_no_course(formula: object) -> None:
    assert not [code for code in codes(_longest(formula), None) if code in {"no-tasse", "no-cafe", "no-sucre"}]


def _longest(formula: object) -> object:
    picked = {choice.id: choice.options[0].id for choice in formula.choices}  # type: ignore[attr-defined]
    return make_plan(PACK, formula, picked, 75)  # type: ignore[arg-type]
