"""A programme can be changed until it is played, by several people at once, and every change taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import editing
from state.domain import decisions, errors
from state.domain.composing import compose, describe, undo
from state.domain.events import Details, Record, decode, encode
from state.domain.folding import fold
from tests.state.cafes import FILM, ONE, START, answers, begun, created, goes, joins, play, small_plan

if TYPE_CHECKING:
    from content.editing import Path
    from state.domain.cafe import Cafe
    from tests.state.cafes import Decision


def fresh() -> Cafe:
    return begun()


def rewrite(step: str, path: Path, value: object) -> Decision:
    return partial(compose, change=partial(editing.rewritten, step_id=step, path=path, value=value))


MOVE = partial(compose, change=partial(editing.moved, step_id="chocolat", by=-1))
REMOVE = partial(compose, change=partial(editing.without_step, step_id="cafe"))
TITLE: Path = ("activity", "title")


def test_a_programme_changes_and_goes_back() -> None:
    cafe = play(fresh(), REMOVE, MOVE, rewrite("tasse", TITLE, "Mon jeu"))
    assert [(step.id, step.course) for step in cafe.plan.steps] == [
        ("tasse", "tasse"),
        ("chocolat", "cafe"),
        ("sucre", "sucre"),
    ]
    assert cafe.plan.steps[0].activity.title == "Mon jeu"
    assert cafe.programme.stop(FILM) is None
    back = play(cafe, undo, undo, undo)
    assert back.plan == small_plan()
    assert undo(back) == ()
    assert back.programme.stop(FILM) is not None


def test_what_changes_nothing_is_no_event() -> None:
    cafe = fresh()
    assert compose(cafe, lambda plan: plan) == ()
    assert compose(cafe, partial(editing.rewritten, step_id="tasse", path=TITLE, value="Le jeu")) == ()


def test_two_people_at_once_keep_what_each_of_them_changed() -> None:
    cafe = play(
        fresh(), rewrite("tasse", TITLE, "Un"), rewrite("tasse", ("minutes",), 9), rewrite("sucre", TITLE, "Fin")
    )
    tasse = editing.step_of(cafe.plan, "tasse")
    assert (tasse.activity.title, tasse.minutes, cafe.plan.steps[-1].activity.title) == ("Un", 9, "Fin")


def test_only_steps_that_changed_are_kept_again() -> None:
    (event,) = compose(fresh(), partial(editing.rewritten, step_id="tasse", path=TITLE, value="Mon jeu"))
    assert [step.id for step in event.changed] == ["tasse"]  # type: ignore[union-attr]
    (event,) = compose(fresh(), partial(editing.without_step, step_id="cafe"))
    assert event.changed == ()  # type: ignore[union-attr]


def test_a_history_of_changes_is_read_again_as_it_was() -> None:
    records = [Record(1, START, created())]
    cafe = fold(records)
    steps: tuple[Decision, ...] = (REMOVE, MOVE, undo, rewrite("tasse", TITLE, "Mon jeu"))
    for decide in steps:
        for event in decide(cafe):
            records.append(Record(len(records) + 1, START, event))
        cafe = fold(records)
    again = fold([decode(encode(record)) for record in records])
    assert again.plan == cafe.plan
    assert again.plan.steps[0].activity.title == "Mon jeu"


def test_a_step_that_the_room_has_come_to_stays_as_it_was() -> None:
    cafe = play(fresh(), joins("a"), goes(ONE), answers("a", ONE, "a"))
    for change in (REMOVE, rewrite("chocolat", TITLE, "Plus tard")):
        play(cafe, change)
    for change in (
        rewrite("tasse", TITLE, "Autre"),
        partial(compose, change=partial(editing.without_step, step_id="tasse")),
        partial(compose, change=partial(editing.moved, step_id="tasse", by=1)),
    ):
        with pytest.raises(errors.StepPlayed):
            play(cafe, change)


def test_a_change_is_not_undone_once_its_step_is_being_played() -> None:
    cafe = play(fresh(), rewrite("tasse", TITLE, "Mon jeu"), joins("a"), goes(ONE))
    with pytest.raises(errors.StepPlayed):
        undo(cafe)


def test_a_programme_keeps_a_step_and_does_not_grow_for_ever() -> None:
    cafe = fresh()
    for name in ("tasse", "cafe", "chocolat"):
        cafe = play(cafe, partial(compose, change=partial(editing.without_step, step_id=name)))
    with pytest.raises(errors.ProgrammeEmpty):
        compose(cafe, partial(editing.without_step, step_id="sucre"))
    step = cafe.plan.steps[0]
    for _ in range(editing.MOST_STEPS - 1):
        cafe = play(cafe, partial(compose, change=lambda plan: editing.with_step(plan, step)))
    with pytest.raises(errors.ProgrammeFull):
        compose(cafe, lambda plan: editing.with_step(plan, step))


def test_what_is_gone_or_cannot_be_is_refused() -> None:
    with pytest.raises(errors.StepGone):
        compose(fresh(), partial(editing.rewritten, step_id="nulle-part", path=TITLE, value="x"))
    with pytest.raises(errors.NotSuitable):
        compose(fresh(), partial(editing.rewritten, step_id="tasse", path=TITLE, value=""))
    closed = play(fresh(), decisions.close)
    for decide in (REMOVE, undo, partial(describe, title="Autre", details=Details())):
        with pytest.raises(errors.CafeOver):
            decide(closed)


def test_a_cafe_says_when_where_and_by_whom() -> None:
    details = Details("2026-12-03T14:00", 45, " Salle  Condorcet ", "La direction", "https://visio.exemple.fr/cafe")
    cafe = play(fresh(), partial(describe, title=" Mon café ", details=details))
    assert cafe.title == "Mon café"
    assert cafe.details == replace(details, place="Salle Condorcet")
    assert describe(cafe, title="Mon café", details=details) == ()


@pytest.mark.parametrize(
    ("details", "error"),
    [
        (Details(starts_at="demain"), errors.NotAMoment),
        (Details(starts_at="2026-13-45T14:00"), errors.NotAMoment),
        (Details(starts_at="2026-12-03"), errors.NotAMoment),
        (Details(starts_at="2026-02-30T14:00"), errors.NotAMoment),
        (Details(starts_at="٢٠٢٦-12-03T14:00"), errors.NotAMoment),
        (Details(address="javascript:alert(1)"), errors.NotAnAddress),
        (Details(address=f"https://exemple.fr/{'x' * 500}"), errors.NotAnAddress),
        (Details(place="x" * 201), errors.TextTooLong),
    ],
)
def test_details_that_are_none_are_refused(details: Details, error: type[errors.Refusal]) -> None:
    with pytest.raises(error):
        describe(fresh(), title="Mon café", details=details)


@given(st.text(max_size=30), st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_the_details(title: str, place: str, moment: str) -> None:
    try:
        (event,) = describe(fresh(), title=title, details=Details(starts_at=moment, place=place))
    except errors.Refusal:
        return
    assert event.details.starts_at == moment  # type: ignore[union-attr]
