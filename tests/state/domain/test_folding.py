"""A café is what its events make it: in order, without a gap, whatever the clocks say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.cafe import Note, Participant, Round, Timer, VideoSource
from state.domain.events import (
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeReopened,
    HandsCounted,
    Joined,
    Moved,
    NoteBacked,
    NoteFlagged,
    NoteHidden,
    NoteMerged,
    NoteMoved,
    NotePosted,
    NoteShown,
    NoteSplit,
    NoteWithdrawn,
    ProfileChanged,
    Readmitted,
    Record,
    Removed,
    Renamed,
    ResultsSplit,
    SpeakerCalled,
    StepExtended,
    SummaryWritten,
    TextHidden,
    TextShown,
    TimerExtended,
    TimerStarted,
    TimerStopped,
    VideoChosen,
    VoteClosed,
    VoteOpened,
)
from state.domain.folding import apply, begin, fold
from state.domain.programme import END
from tests.state.cafes import (
    AGREE,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    DISAGREE,
    FILM,
    GREEN,
    MORNING,
    ONE,
    OPENING,
    PLACED,
    START,
    STOPS,
    TWO,
    WORDS,
    after,
    begun,
    created,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.events import Event


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


def test_a_hidden_text_stays_hidden_until_it_changes() -> None:
    kept = after(begun(), Joined("ada", None, None, None), Answered(WORDS, "ada", "oui", "1"), TextHidden(WORDS, "ada"))
    assert after(kept, Answered(WORDS, "ada", "oui", "2")).answers[WORDS]["ada"].hidden
    assert not after(kept, Answered(WORDS, "ada", "non", "2")).answers[WORDS]["ada"].hidden
    assert not after(kept, TextShown(WORDS, "ada")).answers[WORDS]["ada"].hidden


def test_a_vote_closed_and_opened_again_stays_asked() -> None:
    cafe = after(begun(), VoteOpened(ONE), VoteClosed(ONE))
    assert cafe.round(ONE) == Round(open=False, asked=True, asked_at=START + 1)
    assert cafe.round(TWO) == Round()


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


# Notes.

STUCK = after(
    whole_cafe(),
    Joined("ada", None, None, None),
    Joined("bob", None, None, None),
    NotePosted(BOARD, "a", "ada", "Mon badge", MORNING, BLUE),
    NotePosted(BOARD, "f", None, "Le menu", BREAK, GREEN),
    at=START,
)


def test_a_note_is_kept_as_it_was_stuck() -> None:
    assert STUCK.notes == {
        BOARD: {
            "a": Note("a", "ada", "Mon badge", MORNING, BLUE, START),
            "f": Note("f", None, "Le menu", BREAK, GREEN, START),
        }
    }


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (NoteMoved(BOARD, "a", BREAK, GREEN), {"column": BREAK, "colour": GREEN}),
        (NoteWithdrawn(BOARD, "a"), {"withdrawn": True}),
        (NoteHidden(BOARD, "a"), {"hidden": True}),
        (NoteFlagged(BOARD, "a", flagged=True), {"flagged": True}),
        (NoteMerged(BOARD, "a", "f"), {"under": "f"}),
        (NoteBacked(BOARD, "a", "bob", backed=True), {"backers": frozenset({"bob"})}),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_happens_to_a_note_changes_that_note_alone(event: Event, changed: dict[str, Any]) -> None:
    before = STUCK.notes[BOARD]
    cafe = after(STUCK, event, at=START + 60)
    assert cafe.notes[BOARD] == {**before, "a": replace(before["a"], **changed)}
    assert STUCK.notes[BOARD] == before


def test_what_was_done_to_a_note_is_undone() -> None:
    cafe = after(STUCK, NoteHidden(BOARD, "a"), NoteFlagged(BOARD, "a", flagged=True), NoteMerged(BOARD, "a", "f"))
    cafe = after(cafe, NoteBacked(BOARD, "a", "bob", backed=True), NoteBacked(BOARD, "a", "ada", backed=True))
    cafe = after(cafe, NoteShown(BOARD, "a"), NoteFlagged(BOARD, "a", flagged=False), NoteSplit(BOARD, "a"))
    cafe = after(cafe, NoteBacked(BOARD, "a", "bob", backed=False))
    assert cafe.notes[BOARD]["a"] == replace(STUCK.notes[BOARD]["a"], backers=frozenset({"ada"}))


# Hands, groups, summaries.


def test_a_new_count_of_hands_replaces_the_one_before() -> None:
    cafe = after(begun(), HandsCounted(ONE, {"a": 3}), HandsCounted(TWO, {"b": 1}), HandsCounted(ONE, {"b": 2}))
    assert cafe.hands == {ONE: {"b": 2}, TWO: {"b": 1}}
    assert cafe.answers == {}


def test_results_are_split_and_put_together_again() -> None:
    cafe = after(begun(), VoteOpened(ONE), ResultsSplit(ONE, "place"))
    assert cafe.round(ONE) == Round(open=True, asked=True, asked_at=START + 1, split="place")
    assert after(cafe, ResultsSplit(ONE, None)).round(ONE).split is None


def test_a_summary_replaces_the_one_before() -> None:
    cafe = after(begun(), SummaryWritten(ONE, "Un"), SummaryWritten(TWO, "Deux"), SummaryWritten(ONE, ""))
    assert cafe.summaries == {ONE: "", TWO: "Deux"}


# The word.


def test_speakers_are_remembered_in_order_and_once() -> None:
    cafe = after(STUCK, SpeakerCalled(CARD, "ada"), SpeakerCalled(CARD, "bob"), SpeakerCalled(CARD, "ada"), Moved(CARD))
    assert cafe.speakers == {CARD: ("bob", "ada")}
    assert cafe.speaking is None


def test_the_word_is_given_to_one_person_then_to_nobody() -> None:
    cafe = after(STUCK, SpeakerCalled(CARD, "ada"))
    assert cafe.speaking == "ada"
    silent = after(cafe, SpeakerCalled(CARD, None))
    assert (silent.speaking, silent.speakers) == (None, {CARD: ("ada",)})


def test_somebody_removed_has_the_word_no_more() -> None:
    cafe = after(STUCK, SpeakerCalled(CARD, "ada"))
    assert after(cafe, Removed("bob")).speaking == "ada"
    assert after(cafe, Removed("ada"), Readmitted("ada")).speaking is None


# Time.


def test_a_timer_ends_so_many_seconds_from_now() -> None:
    cafe = after(begun(), TimerStarted(ONE, 60), at=START + 5)
    assert cafe.timer == Timer(ONE, 60, START + 65)
    assert after(cafe, TimerStarted(ONE, 30), at=START + 10).timer == Timer(ONE, 30, START + 40)
    assert after(cafe, TimerStopped(ONE)).timer is None


def test_a_timer_is_extended_from_its_end_or_from_now_where_it_has_ended() -> None:
    cafe = after(begun(), TimerStarted(ONE, 60), at=START)
    assert after(cafe, TimerExtended(ONE, 30), at=START + 50).timer == Timer(ONE, 90, START + 90)
    assert after(cafe, TimerExtended(ONE, 30), at=START + 100).timer == Timer(ONE, 90, START + 130)
    assert after(begun(), TimerExtended(ONE, 30), at=START).timer == Timer(ONE, 30, START + 30)
    assert after(cafe, TimerExtended(TWO, 30), at=START).timer == Timer(TWO, 30, START + 30)


def test_moving_on_takes_the_timer_and_the_word_away() -> None:
    cafe = after(STUCK, SpeakerCalled(CARD, "ada"), TimerStarted(CARD, 60), Moved(BOARD))
    assert (cafe.timer, cafe.speaking) == (None, None)


def test_a_step_extended_twice_lasts_longer_twice() -> None:
    cafe = after(begun(), StepExtended("tasse", 60), StepExtended("tasse", 30), StepExtended("cafe", 10))
    assert cafe.extra == {"tasse": 90.0, "cafe": 10.0}
    assert [cafe.planned_seconds(step) for step in cafe.plan.steps] == [390.0, 610.0, 180.0, 120.0]


# The rest.


def test_a_chosen_video_replaces_the_one_before_and_can_be_forgotten() -> None:
    cafe = after(begun(), VideoChosen("cafe", "https://a.fr"), VideoChosen("cafe", None, "film.mp4"))
    assert cafe.videos == {"cafe": VideoSource(file="film.mp4")}
    assert after(cafe, VideoChosen("cafe")).videos == {}
    assert after(begun(), VideoChosen("cafe")).videos == {}


def test_a_guest_is_somebody_like_another_on_a_lent_phone() -> None:
    cafe = after(begun(), Joined("ada", None, None, "room"), Joined("guest", "Zoé", None, "room", host="ada"))
    assert cafe.participants["guest"] == Participant("guest", 2, "Zoé", None, "room", host="ada")
    changed = after(cafe, ProfileChanged("guest", "Zoé", "expert", "remote"))
    assert changed.participants["guest"].host == "ada"


def test_what_people_said_before_the_talk_is_remembered_from_the_first_time_alone() -> None:
    cafe = after(STUCK, Answered(PLACED, "ada", AGREE, "1"), AnswerRevealed(PLACED))
    cafe = after(cafe, Answered(PLACED, "ada", DISAGREE, "2"), Answered(PLACED, "bob", AGREE, "1"))
    cafe = after(cafe, AnswerConcealed(PLACED), AnswerRevealed(PLACED))
    assert cafe.first == {PLACED: {"ada": AGREE}}
    assert cafe.answers[PLACED]["ada"].value == DISAGREE


def test_a_question_revealed_before_anybody_answered_remembers_that_nobody_did() -> None:
    assert after(whole_cafe(), AnswerRevealed(PLACED)).first == {PLACED: {}}
