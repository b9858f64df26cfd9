"""A plan keeps to the length asked for, as far as its steps can stretch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import default_pack
from content.plan import chosen_steps, make_plan, spread_minutes

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two))), max_size=12)


@given(SPANS, st.integers(0, 800))
def test_minutes_add_up_to_the_nearest_possible_total(spans: list[tuple[int, int]], total: int) -> None:
    lengths = spread_minutes(spans, total)
    assert sum(lengths) == min(max(total, sum(low for low, _ in spans)), sum(high for _, high in spans))


@given(SPANS, st.integers(0, 800))
def test_no_step_leaves_its_span(spans: list[tuple[int, int]], total: int) -> None:
    lengths = spread_minutes(spans, total)
    assert len(lengths) == len(spans)
    assert all(low <= length <= high for (low, high), length in zip(spans, lengths, strict=True))


@given(SPANS, st.integers(0, 800))
def test_one_more_minute_lengthens_the_whole_by_one_at_most(spans: list[tuple[int, int]], total: int) -> None:
    assert sum(spread_minutes(spans, total + 1)) - sum(spread_minutes(spans, total)) in (0, 1)


@pytest.mark.parametrize("video", ["open-data", "data-ia"])
def test_a_ristretto_has_its_four_courses_about_the_video_chosen(video: str) -> None:
    pack = default_pack()
    plan = make_plan(pack, pack.formulas["ristretto-avec-sucre"], {"video": video}, 20)
    assert [step.activity.id for step in plan.steps] == ["madonna", f"video-{video}", f"quiz-{video}", f"sucre-{video}"]
    assert [step.course for step in plan.steps] == ["tasse", "cafe", "chocolat", "sucre"]
    assert plan.minutes == 20
    assert plan.choices == {"video": video}
    assert plan.steps[1].video == pack.videos[video]
    assert [step.video for step in plan.steps if step.activity.kind != "video"] == [None, None, None]
    assert all(step.notes and step.tips for step in plan.steps)


@pytest.mark.parametrize(("asked", "given_"), [(0, 15), (15, 15), (22, 22), (30, 30), (90, 30)])
def test_a_length_out_of_reach_gives_the_nearest(asked: int, given_: int) -> None:
    pack = default_pack()
    plan = make_plan(pack, pack.formulas["ristretto-avec-sucre"], {"video": "data-ia"}, asked)
    assert plan.minutes == given_


@pytest.mark.parametrize("choices", [{}, {"video": "ban"}, {"film": "open-data"}])
def test_a_choice_that_is_missing_or_unknown_is_refused(choices: dict[str, str]) -> None:
    pack = default_pack()
    with pytest.raises(ValueError, match="video"):
        make_plan(pack, pack.formulas["ristretto-avec-sucre"], choices, 20)


def test_steps_without_a_condition_are_always_chosen() -> None:
    formula = default_pack().formulas["ristretto-avec-sucre"]
    assert [step.id for step in chosen_steps(formula, {})] == ["tasse"]


def test_a_plan_survives_being_written_and_read() -> None:
    pack = default_pack()
    plan = make_plan(pack, pack.formulas["ristretto-avec-sucre"], {"video": "data-ia"}, 25)
    assert type(plan).model_validate_json(plan.model_dump_json()) == plan
