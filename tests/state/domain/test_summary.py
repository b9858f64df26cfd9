"""A café's summary: what its tallies say, and nothing that anybody wrote; keys of questions that travel."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from content.cafe_file import read_cafe, write_cafe
from content.editing import moved, rewritten
from content.prompts import countable
from state.domain import decisions
from state.domain.events import VoteOpened
from state.domain.programme import Programme
from state.domain.summarising import summarise
from state.domain.summary import QuestionFigures, question_key, summary_from_data, summary_to_data
from state.domain.tallies.choices import can_be_counted, choice_tally
from tests.components.crowd import GIVEN, NAMES, STUCK, SUMMARIES, whole_day
from tests.state.cafes import (
    AFTER_DEBATE,
    ARGUMENTS,
    ASKED,
    BOARD,
    CARD,
    LEVEL,
    ORDER,
    PLACED,
    RATED,
    SEVERAL,
    START,
    after,
    answers,
    begun,
    created,
    goes,
    joins,
    play,
    small_plan,
    stop_at,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from content.plan import Plan
    from state.domain.cafe import Cafe
    from state.domain.summary import Summary


@cache
def whole_day_played() -> Cafe:
    return play(whole_cafe(), *whole_day(), decisions.close)


def figures_of(cafe: Cafe, stop: str) -> QuestionFigures:
    key = question_key(stop_at(cafe, stop))
    (found,) = [one for step in summarise(cafe).steps for one in step.questions if one.key == key]
    return found


def step_of(summary: Summary, activity: str) -> Any:
    return next(step for step in summary.steps if step.activity == activity)


def test_every_question_with_choices_has_the_figures_of_its_tally() -> None:
    cafe = whole_day_played()
    counted = [stop for stop in cafe.programme.questions if can_be_counted(stop)]
    assert len(counted) > 8
    for stop in counted:
        tally, kept = choice_tally(cafe, stop), figures_of(cafe, stop.id)
        assert [(one.label, one.count, one.hands) for one in kept.choices] == [
            (one.label, one.count, one.hands) for one in tally.choices
        ]
        assert (kept.answered, kept.hands) == (tally.answered, tally.hands)
        assert kept.right in {tally.right, None}
        assert [one.label for one in kept.choices] == [one.label for one in countable(stop.prompt)]


def test_right_answers_texts_notes_and_moves_are_counted() -> None:
    cafe = whole_day_played()
    assert figures_of(cafe, SEVERAL).right == 1
    assert figures_of(cafe, ORDER).right == 1
    assert figures_of(cafe, PLACED).right is None
    # What was hidden, or of somebody removed, does not count.
    assert figures_of(cafe, ASKED).texts == 2
    assert figures_of(cafe, CARD).texts == 2
    assert figures_of(cafe, BOARD).notes == 4
    assert figures_of(cafe, ARGUMENTS).notes == 2
    assert (figures_of(cafe, AFTER_DEBATE).moved, figures_of(cafe, AFTER_DEBATE).both) == (1, 3)
    assert [one.count for one in figures_of(cafe, RATED).choices] == [0, 0, 1, 1, 1]


def test_people_are_counted_by_level_and_by_place_without_those_removed() -> None:
    summary = summarise(whole_day_played())
    assert (summary.people, summary.levels) == (3, {"novice": 2, "expert": 1})
    assert summary.places == {"room": 2, "remote": 1}
    assert (summary.formula_name, summary.trial, summary.closed) == (whole_plan().formula_name, False, True)


def test_nothing_that_anybody_wrote_nor_any_name_is_in_a_summary() -> None:
    kept = json.dumps(summary_to_data(summarise(whole_day_played())), ensure_ascii=False)
    typed = {part for given in GIVEN.values() for value in given for part in value.split("\n") if " " in part}
    stuck = {"badge d’Ada", "plan de Bob", "regret de Cyd", "dit tout haut", "argument d’Ada", "argument de Bob"}
    assert len(typed) > 10
    assert len(STUCK) == 2
    for private in (*typed, *stuck, *NAMES.values(), *NAMES, *SUMMARIES.values()):
        assert json.dumps(private, ensure_ascii=False)[1:-1] not in kept, private


def test_talk_is_who_wrote_or_was_given_the_word() -> None:
    cafe = play(whole_cafe(), *whole_day(until=CARD))
    cards = step_of(summarise(cafe), stop_at(cafe, CARD).step.activity.id)  # type: ignore[union-attr]
    assert (cards.took_part, cards.wrote, cards.voiced, cards.asks, cards.writes) == (3, 3, 3, True, True)
    level = step_of(summarise(cafe), stop_at(cafe, LEVEL).step.activity.id)  # type: ignore[union-attr]
    assert (level.took_part, level.wrote, level.voiced, level.writes) == (3, 0, 0, False)


def test_whoever_is_given_the_word_without_having_written_talks_as_well() -> None:
    cafe = play(
        *(whole_cafe(), joins("ada"), joins("bob"), goes(CARD), answers("ada", CARD, "hal")),
        lambda cafe: decisions.call_speaker(cafe, question=CARD, person="ada"),
    )
    cards = step_of(summarise(cafe), stop_at(cafe, CARD).step.activity.id)  # type: ignore[union-attr]
    assert (cards.wrote, cards.voiced) == (0, 1)


def test_half_of_the_room_is_timed_from_the_first_vote() -> None:
    cafe = play(begun(), joins("ada"), joins("bob"), joins("cyd"))
    one = small_plan().steps[0].id + "/une-bonne"
    cafe = after(cafe, *goes(one)(cafe), at=START + 100)
    for person, at in (("ada", 107), ("bob", 112), ("cyd", 190)):
        cafe = after(cafe, *answers(person, one, "a")(cafe), at=START + at)
    assert figures_of(cafe, one).half_seconds == 12
    # Taking votes again does not begin anew.
    cafe = after(cafe, VoteOpened(one), at=START + 300)
    assert figures_of(cafe, one).half_seconds == 12


def test_nobody_knows_when_half_answered_where_fewer_did() -> None:
    cafe = play(begun(), joins("ada"), joins("bob"), joins("cyd"), goes("tasse/une-bonne"))
    cafe = play(cafe, answers("ada", "tasse/une-bonne", "a"))
    assert figures_of(cafe, "tasse/une-bonne").half_seconds is None


def test_steps_have_what_was_planned_and_what_they_took() -> None:
    cafe = begun()
    cafe = after(cafe, *goes("tasse/une-bonne")(cafe), at=START)
    cafe = after(cafe, *goes("cafe/fin")(cafe), at=START + 420)
    first, second = summarise(cafe).steps
    assert (first.planned, first.spent) == (300.0, 420.0)
    # What is being played has no length yet, and what was not played is not there.
    assert (second.planned, second.spent) == (600.0, None)
    closed = after(cafe, *decisions.close(cafe), at=START + 500)
    assert [step.spent for step in summarise(closed).steps] == [420.0, 80.0]


def test_a_summary_reads_back_as_it_was() -> None:
    summary = summarise(whole_day_played())
    assert summary_from_data(json.loads(json.dumps(summary_to_data(summary)))) == summary


@pytest.mark.parametrize("damage", [{"people": "beaucoup"}, {"steps": [{}]}, {"title": None}])
def test_what_is_no_summary_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        summary_from_data({**summary_to_data(summarise(whole_day_played())), **damage})


# Keys


def keys(plan: Plan) -> dict[str, str]:
    return {stop.id: question_key(stop) for stop in Programme(plan).questions}


def test_every_question_of_a_plan_has_a_key_of_its_own() -> None:
    assert len(set(keys(whole_plan()).values())) == len(keys(whole_plan()))


def test_keys_are_the_same_once_a_cafe_was_sent_and_taken_up_elsewhere() -> None:
    file = write_cafe("Un café", whole_plan(), {})
    pictures = {
        entry.picture: ""
        for step in whole_plan().steps
        for entry in step.activity.entries
        if getattr(entry, "picture", None)
    }
    assert keys(read_cafe("cafe.toml", file, pictures=pictures).plan) == keys(whole_plan())


def test_keys_are_the_same_once_steps_moved_or_have_another_name() -> None:
    plan = small_plan()
    other = moved(plan, "chocolat", -1)
    assert other != plan
    assert keys(other) == keys(plan)
    renamed = plan.model_copy(
        update={"steps": tuple(one.model_copy(update={"id": f"x-{one.id}"}) for one in plan.steps)}
    )
    assert set(keys(renamed).values()) == set(keys(plan).values())
    assert not set(keys(renamed)) & set(keys(plan))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("activity", "items", 0, "prompt"), "Laquelle donc ?"),
        (("activity", "items", 0, "choices", 1, "label"), "Bêta !"),
        (("activity", "items", 0, "right", 0), "b"),
    ],
)
def test_a_question_whose_words_changed_is_another_one(path: tuple[str | int, ...], value: str) -> None:
    before, edited = keys(small_plan()), keys(rewritten(small_plan(), "tasse", path, value))
    assert before["tasse/une-bonne"] != edited["tasse/une-bonne"]
    assert {**edited, "tasse/une-bonne": ""} == {**before, "tasse/une-bonne": ""}


def test_what_asks_nothing_has_no_key() -> None:
    with pytest.raises(TypeError):
        question_key(stop_at(begun(created()), "sucre"))
