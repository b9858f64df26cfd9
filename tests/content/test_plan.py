"""A plan keeps to the length asked for, as far as its steps can stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from content.activities.definitions import Definitions
from content.loader import default_pack, load_pack
from content.plan import (
    Plan,
    PlannedStep,
    chosen_steps,
    make_plan,
    own_video_step,
    plan_of,
    spread_minutes,
    starter_step,
    trial_plan,
)
from content.schema import COURSES
from tests.content.packs import changed, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from content.activities import Activity
    from content.schema import Pack

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


# Steps taken from anywhere.


def small_pack(folder: Path, step: str = "", **files: str) -> Pack:
    """The small sound pack, its first step with more lines."""
    changes = changed("formulas/court.toml", ('activity = "jeu"', f'activity = "jeu"\n{step}'))
    return load_pack(
        write_pack(folder, {**changes, **{f"activities/{name}.toml": text for name, text in files.items()}})
    )


def test_a_plan_takes_steps_from_anywhere_in_the_order_given(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)
    formula = pack.formulas["court"]
    plan = plan_of(pack, formula, tuple(reversed(formula.steps)), 10)
    assert [step.id for step in plan.steps] == ["voir", "jeu"]
    assert (plan.formula, plan.formula_name, plan.choices, plan.minutes, plan.trial) == (
        "court",
        "Court",
        {},
        10,
        False,
    )


def test_steps_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)
    (jeu, voir) = pack.formulas["court"].steps
    twin = voir.model_copy(update={"id": "jeu-2"})
    plan = plan_of(pack, pack.formulas["court"], (jeu, jeu, twin, jeu), 20)
    assert [step.id for step in plan.steps] == ["jeu", "jeu-3", "jeu-2", "jeu-4"]


@pytest.mark.parametrize("name", ["accueil", "merci"])
def test_no_step_takes_the_name_of_the_lobby_or_of_the_end(tmp_path: Path, name: str) -> None:
    pack = small_pack(tmp_path)
    (jeu, _) = pack.formulas["court"].steps
    plan = plan_of(pack, pack.formulas["court"], (jeu.model_copy(update={"id": name}),), 20)
    assert [step.id for step in plan.steps] == [f"{name}-2"]


def test_no_step_at_all_is_a_plan_of_no_minutes(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)
    assert plan_of(pack, pack.formulas["court"], (), 20).minutes == 0


def test_a_step_keeps_only_the_entries_that_it_names(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, 'only = ["deux"]')
    plan = make_plan(pack, pack.formulas["court"], {}, 10)
    assert [scene.id for scene in plan.steps[0].scenes] == ["deux"]
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert len(pack.activities["jeu"].scenes()) == 2


def test_a_step_brings_the_terms_and_the_resources_of_its_activity(tmp_path: Path) -> None:
    helped = changed("activities/jeu.toml", ("intro", 'terms = ["donnee"]\nresources = ["lecture"]\nintro'))
    pack = load_pack(write_pack(tmp_path, helped))
    (jeu, voir) = make_plan(pack, pack.formulas["court"], {}, 10).steps
    assert [term.term for term in jeu.terms] == ["Donnée"]
    assert [resource.title for resource in jeu.resources] == ["À lire"]
    assert (voir.terms, voir.resources) == ((), ())


# Steps of one's own.


@pytest.mark.parametrize("starter", default_pack().starters.values(), ids=lambda one: one.id)
def test_a_blank_activity_is_a_step_that_can_be_played(starter: Activity) -> None:
    step = starter_step(starter, "chocolat")
    assert (step.course, step.id, step.minutes > 0) == ("chocolat", starter.id, True)
    assert step.scenes
    assert PlannedStep.model_validate_json(step.model_dump_json()) == step


def test_a_video_of_ones_own_is_watched_like_any_other() -> None:
    step = own_video_step("Chez nous", "https://exemple.fr/film", "cafe")
    assert step.video is not None
    assert (step.video.title, step.video.url, len(step.scenes)) == ("Chez nous", "https://exemple.fr/film", 1)
    with pytest.raises(ValidationError):
        own_video_step("Chez nous", "javascript:alert(1)", "cafe")
    with pytest.raises(ValidationError):
        own_video_step("", "https://exemple.fr/film", "cafe")


# Trying an activity.


def test_an_activity_is_tried_as_its_first_step_has_it(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, 'only = ["deux"]')
    plan = trial_plan(pack, "jeu")
    (step,) = plan.steps
    assert (plan.trial, plan.formula, plan.formula_name) == (True, "jeu", "Un jeu")
    assert (step.id, step.course, step.minutes, step.notes) == ("essai-1", "tasse", 10, ("Accueillez.",))
    assert [scene.id for scene in step.scenes] == ["une", "deux"]


WORDS = """
kind = "definitions"
id = "mots"
title = "Les mots"
intro = "Définissons."
items = [{ id = "donnee", prompt = "Une donnée ?", reference = "Une trace." }]
"""


def test_an_activity_that_no_formula_uses_is_tried_whole(tmp_path: Path) -> None:
    plan = trial_plan(small_pack(tmp_path, mots=WORDS), "mots")
    assert [(step.id, step.part) for step in plan.steps] == [("essai-1", "avant"), ("essai-2", "apres")]
    (_, after) = plan.steps
    assert isinstance(after.activity, Definitions)
    assert [getattr(scene, "explanation", "") for scene in after.scenes] == ["Une trace."]


def test_a_video_that_no_formula_uses_is_tried_in_one_piece(tmp_path: Path) -> None:
    video = 'kind = "video"\nid = "encore"\ntitle = "Encore"\nintro = "Regardons."\nvideo = "film"'
    (step,) = trial_plan(small_pack(tmp_path, encore=video), "encore").steps
    assert step.part == ""
    assert step.video is not None


def test_an_activity_that_does_not_exist_is_not_tried(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        trial_plan(small_pack(tmp_path), "absente")


@pytest.mark.parametrize("activity", sorted(default_pack().activities))
def test_every_activity_of_the_pack_can_be_tried(activity: str) -> None:
    plan = trial_plan(default_pack(), activity)
    assert plan.steps
    assert {step.activity.id for step in plan.steps} == {activity}
    assert all(step.scenes or step.activity.kind == "opening" for step in plan.steps)
    assert [COURSES.index(step.course) for step in plan.steps] == sorted(
        COURSES.index(step.course) for step in plan.steps
    )
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
