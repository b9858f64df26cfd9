"""A café is what its events make it: in order, without a gap, whatever the clocks say."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.plan import Plan
from state.domain.cafe import END, LOBBY, Programme, Round, apply, beat_of, begin, fold
from state.domain.events import (
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeReopened,
    Joined,
    Moved,
    ProfileChanged,
    Readmitted,
    Record,
    Removed,
    Renamed,
    ResultsShown,
    TextHidden,
    TextShown,
    VoteClosed,
    VoteOpened,
)
from tests.state.cafes import (
    FILM,
    FREE,
    ONE,
    OPENING,
    POLL,
    QUESTIONS,
    START,
    STOPS,
    TWO,
    WORDS,
    after,
    begun,
    created,
    small_plan,
)

if TYPE_CHECKING:
    from state.domain.events import Event


def test_a_new_cafe_waits_in_its_lobby() -> None:
    cafe = begun()
    assert (cafe.version, cafe.stop_id, cafe.closed, cafe.started_at) == (1, LOBBY, False, None)
    assert cafe.present == ()
    assert cafe.stop.question is None


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


def test_a_plan_without_steps_still_has_its_lobby_and_its_end() -> None:
    programme = Programme(Plan(formula="vide", formula_name="Vide", choices={}, steps=()))
    assert [stop.id for stop in programme.stops] == [LOBBY, END]


def test_nothing_stands_before_the_lobby_or_after_the_end() -> None:
    programme = begun().programme
    assert programme.before(LOBBY) is None
    assert programme.after(END) is None
    assert programme.stop("nulle-part") is None


@pytest.mark.parametrize("seq", [1, 2, 4, 0, -1])
def test_a_record_that_does_not_follow_is_refused(seq: int) -> None:
    cafe = after(begun(), Joined("ada", None, None, None))
    with pytest.raises(ValueError, match="does not follow"):
        apply(cafe, Record(seq, START, Joined("bob", None, None, None)))
    assert cafe.version == 2


def test_a_history_begins_with_the_creation() -> None:
    with pytest.raises(ValueError, match="begins with CafeCreated"):
        fold([Record(1, START, CafeClosed())])
    with pytest.raises(ValueError, match="begins with CafeCreated"):
        begin(Record(2, START, created()))
    with pytest.raises(ValueError, match="empty history"):
        fold([])


def test_a_cafe_is_created_once() -> None:
    with pytest.raises(ValueError, match="created once"):
        after(begun(), created())


def test_a_cafe_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        begun().title = "Autre"  # type: ignore[misc]


def test_events_leave_the_cafe_before_them_as_it_was() -> None:
    before = after(begun(), Joined("ada", None, None, None), VoteOpened(ONE))
    untouched = replace(before)
    after(before, Answered(ONE, "ada", "a", "k"), Removed("ada"), VoteClosed(ONE))
    assert before == untouched
    assert before.answers == {}


def test_people_are_numbered_in_their_order_of_arrival() -> None:
    cafe = after(begun(), Joined("zoe", "Zoé", "expert", "room"), Joined("ada", None, None, None))
    assert [(one.id, one.number) for one in cafe.present] == [("zoe", 1), ("ada", 2)]


def test_a_changed_profile_keeps_the_number() -> None:
    cafe = after(
        begun(),
        Joined("ada", None, None, None),
        ProfileChanged("ada", "Ada", "novice", "remote"),
        Renamed("ada", "Mme A"),
    )
    (ada,) = cafe.present
    assert (ada.number, ada.pseudonym, ada.level, ada.place) == (1, "Mme A", "novice", "remote")


def test_answers_of_somebody_removed_do_not_count_until_they_are_back() -> None:
    cafe = after(begun(), Joined("ada", None, None, None), Answered(ONE, "ada", "a", "k"), Removed("ada"))
    assert cafe.present == ()
    assert cafe.counted(ONE) == {}
    assert cafe.answers[ONE]["ada"].value == "a"
    back = after(cafe, Readmitted("ada"))
    assert set(back.counted(ONE)) == {"ada"}


def test_a_hidden_text_stays_hidden_until_it_changes() -> None:
    kept = after(begun(), Joined("ada", None, None, None), Answered(WORDS, "ada", "oui", "1"), TextHidden(WORDS, "ada"))
    assert after(kept, Answered(WORDS, "ada", "oui", "2")).answers[WORDS]["ada"].hidden
    assert not after(kept, Answered(WORDS, "ada", "non", "2")).answers[WORDS]["ada"].hidden
    assert not after(kept, TextShown(WORDS, "ada")).answers[WORDS]["ada"].hidden


def test_a_vote_closed_and_opened_again_stays_asked() -> None:
    cafe = after(begun(), VoteOpened(ONE), VoteClosed(ONE))
    assert cafe.round(ONE) == Round(open=False, asked=True)
    assert cafe.round(TWO) == Round()


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
def test_a_question_is_asked_until_all_there_is_to_see_is_shown(
    question: str, event: ResultsShown | AnswerRevealed | VoteOpened, beat: str
) -> None:
    cafe = after(begun(), event)
    stop = cafe.programme.stop(question)
    assert stop is not None
    assert beat_of(cafe, stop) == beat


def test_time_is_counted_for_the_step_where_the_room_is() -> None:
    cafe = after(begun(), Moved(ONE), at=START + 60)
    cafe = after(cafe, Moved(TWO), at=START + 90)
    cafe = after(cafe, Moved(FILM), at=START + 100)
    cafe = after(cafe, Moved(OPENING), at=START + 400)
    assert cafe.started_at == START + 60
    assert cafe.spent == {"tasse": 40.0, "cafe": 300.0}


def test_coming_back_to_a_step_adds_to_its_time() -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    for stop, at in [(FILM, 10), (ONE, 20), (END, 35)]:
        cafe = after(cafe, Moved(stop), at=START + at)
    assert cafe.spent == {"tasse": 25.0, "cafe": 10.0}


def test_a_closed_cafe_lets_no_time_pass() -> None:
    cafe = after(begun(), Moved(ONE), at=START)
    cafe = after(cafe, CafeClosed(), at=START + 10)
    cafe = after(cafe, CafeReopened(), at=START + 100_000)
    assert cafe.closed_at is None
    cafe = after(cafe, Moved(FILM), at=START + 100_005)
    assert cafe.spent == {"tasse": 15.0}


@given(st.lists(st.tuples(st.sampled_from(STOPS), st.floats(-1e9, 1e9)), max_size=12))
def test_no_clock_makes_time_negative(moves: list[tuple[str, float]]) -> None:
    cafe = begun()
    for stop, jump in moves:
        cafe = after(cafe, Moved(stop), at=START + jump)
    assert all(seconds >= 0 for seconds in cafe.spent.values())
    assert cafe.version == 1 + len(moves)


def test_a_clock_that_goes_back_changes_no_order() -> None:
    cafe = after(begun(), Joined("ada", None, None, None), VoteOpened(ONE))
    cafe = after(cafe, Answered(ONE, "ada", "a", "1"), at=START + 86_400)
    cafe = after(cafe, Answered(ONE, "ada", "b", "2"), at=START - 86_400)
    assert cafe.answers[ONE]["ada"].value == "b"


def test_folding_a_history_gives_what_applying_it_gave() -> None:
    events: tuple[Event, ...] = (
        Joined("ada", None, None, None),
        Moved(ONE),
        VoteOpened(ONE),
        Answered(ONE, "ada", "a", "k"),
        Moved(END),
    )
    records = [Record(1, START, created())]
    records += [Record(n, START + n, event) for n, event in enumerate(events, start=2)]
    applied = begin(records[0])
    for record in records[1:]:
        applied = apply(applied, record)
    folded = fold(records)
    assert replace(folded, programme=applied.programme) == applied
    assert folded.plan == applied.plan
