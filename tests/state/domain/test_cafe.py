"""A café says at a glance where it is, who is there, and what counts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pytest

from state.domain.cafe import VideoSource, beat_of
from state.domain.events import (
    Answered,
    AnswerRevealed,
    CafeClosed,
    Joined,
    Moved,
    Readmitted,
    Removed,
    ResultsShown,
    StepExtended,
    VideoChosen,
    VoteOpened,
)
from state.domain.programme import LOBBY
from tests.state.cafes import (
    ARGUMENTS,
    BOARD,
    FILM,
    FREE,
    HUNT,
    LEVEL,
    ONE,
    OPENING,
    PLACED,
    POLL,
    START,
    WATCHED,
    WORDS,
    after,
    begun,
    stop_at,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.events import Event


def test_a_new_cafe_waits_in_its_lobby() -> None:
    cafe = begun()
    assert (cafe.version, cafe.stop_id, cafe.closed, cafe.started_at) == (1, LOBBY, False, None)
    assert cafe.present == ()
    assert cafe.stop.question is None


def test_a_cafe_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        begun().title = "Autre"  # type: ignore[misc]


def test_answers_of_somebody_removed_do_not_count_until_they_are_back() -> None:
    cafe = after(begun(), Joined("ada", None, None, None), Answered(ONE, "ada", "a", "k"), Removed("ada"))
    assert cafe.present == ()
    assert cafe.counted(ONE) == {}
    assert cafe.answers[ONE]["ada"].value == "a"
    back = after(cafe, Readmitted("ada"))
    assert set(back.counted(ONE)) == {"ada"}


@pytest.mark.parametrize(
    ("question", "event", "beat"),
    [
        (ONE, ResultsShown(ONE), "ask"),
        (ONE, AnswerRevealed(ONE), "reveal"),
        (WORDS, ResultsShown(WORDS), "ask"),
        (WORDS, AnswerRevealed(WORDS), "reveal"),
        (FREE, ResultsShown(FREE), "reveal"),
        (POLL, ResultsShown(POLL), "reveal"),
        (ONE, VoteOpened(ONE), "ask"),
        (FILM, ResultsShown(FILM), "ask"),
    ],
    ids=str,
)
def test_a_question_is_asked_until_all_there_is_to_see_is_shown(question: str, event: Event, beat: str) -> None:
    cafe = after(begun(), event)
    assert beat_of(cafe, stop_at(cafe, question)) == beat


@pytest.mark.parametrize(
    ("question", "event", "beat"),
    [
        # Where results are seen as they come, only a word of its own tells that a question was talked about.
        (PLACED, ResultsShown(PLACED), "ask"),
        (PLACED, AnswerRevealed(PLACED), "reveal"),
        (HUNT, ResultsShown(HUNT), "ask"),
        (HUNT, AnswerRevealed(HUNT), "reveal"),
        (BOARD, ResultsShown(BOARD), "ask"),
        (BOARD, AnswerRevealed(BOARD), "reveal"),
        # Nothing more is ever shown of these.
        (LEVEL, AnswerRevealed(LEVEL), "ask"),
        (ARGUMENTS, AnswerRevealed(ARGUMENTS), "ask"),
    ],
    ids=str,
)
def test_a_question_seen_as_it_comes_is_asked_until_it_is_revealed(question: str, event: Event, beat: str) -> None:
    cafe = after(whole_cafe(), event)
    assert beat_of(cafe, stop_at(cafe, question)) == beat


def test_a_step_ends_when_its_minutes_are_spent_with_what_was_added() -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    assert cafe.step_ends_at == START + 300
    cafe = after(cafe, Moved(FILM), Moved(ONE), StepExtended("tasse", 60), at=START + 100)
    assert cafe.step_ends_at == START + 360


@pytest.mark.parametrize("events", [(), (Moved(OPENING), Moved(LOBBY)), (Moved(ONE), CafeClosed()), (Moved("merci"),)])
def test_where_no_step_runs_none_ends(events: tuple[Event, ...]) -> None:
    assert after(begun(), *events).step_ends_at is None


def test_a_video_is_seen_at_the_pack_s_address_unless_the_facilitator_chose_another() -> None:
    cafe = whole_cafe()
    step = stop_at(cafe, WATCHED).step
    assert step is not None
    assert cafe.video_source(step) == VideoSource(url="https://v.fr/1")
    assert after(cafe, VideoChosen("film", file="film.mp4")).video_source(step) == VideoSource(file="film.mp4")
    chosen = after(cafe, VideoChosen("film", "https://ailleurs.fr"))
    assert chosen.video_source(step) == VideoSource(url="https://ailleurs.fr")
    assert after(chosen, VideoChosen("film")).video_source(step) == VideoSource(url="https://v.fr/1")


def test_a_step_without_a_video_has_none_to_see() -> None:
    (tasse, *_) = begun().plan.steps
    assert begun().video_source(tasse) == VideoSource()
