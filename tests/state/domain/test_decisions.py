"""What may be asked of a café, asked once, asked twice, and asked when it should not be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions, errors
from state.domain.decisions import KEYS_KEPT, ROOM_SIZE
from state.domain.events import (
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeReopened,
    Joined,
    Moved,
    ProfileChanged,
    Readmitted,
    Removed,
    Renamed,
    ResultsHidden,
    ResultsShown,
    TextHidden,
    TextShown,
    VoteClosed,
    VoteOpened,
)
from state.domain.values import DONE
from tests.state.cafes import (
    AFTER_LEARNING,
    AGREE,
    ARGUMENTS,
    BEFORE_DEBATE,
    BOARD,
    CARD,
    DISAGREE,
    FILM,
    FREE,
    HUNT,
    LEVEL,
    LIMIT,
    ONE,
    OPENING,
    ORDER,
    PLACED,
    POLL,
    PORTRAIT,
    QUESTIONS,
    RATED,
    RETAINED,
    SEVERAL,
    TWO,
    WORDS,
    after,
    answers,
    begun,
    goes,
    joins,
    play,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Beat, Cafe
    from state.domain.events import Event
    from tests.state.cafes import Decision

ADA = joins("ada")
close, reopen = decisions.close, decisions.reopen


def on(decide: Decision, *before: Decision) -> tuple[Event, ...]:
    """What follows when this is asked of a café where that was done before."""
    return tuple(decide(play(begun(), *before)))


# Each of these takes its arguments now and the café later.
open_vote = partial(partial, decisions.open_vote)
close_vote = partial(partial, decisions.close_vote)
show_results = partial(partial, decisions.show_results)
hide_results = partial(partial, decisions.hide_results)
reveal_answer = partial(partial, decisions.reveal_answer)
conceal_answer = partial(partial, decisions.conceal_answer)
rename = partial(partial, decisions.rename)
remove = partial(partial, decisions.remove)
readmit = partial(partial, decisions.readmit)
hide_text = partial(partial, decisions.hide_text)
show_text = partial(partial, decisions.show_text)


HAPPY: list[tuple[Decision, tuple[Decision, ...], tuple[Event, ...]]] = [
    (ADA, (), (Joined("ada", None, None, None),)),
    (joins("ada", pseudonym=" Ada ", level="expert", place="remote"), (), (Joined("ada", "Ada", "expert", "remote"),)),
    (joins("ada", pseudonym="Ada"), (ADA,), (ProfileChanged("ada", "Ada", None, None),)),
    (joins("ada", level="novice"), (ADA,), (ProfileChanged("ada", None, "novice", None),)),
    (answers("ada", ONE, "a", "k"), (ADA, goes(ONE)), (Answered(ONE, "ada", "a", "k"),)),
    (answers("ada", FILM, DONE, "k"), (ADA, goes(FILM)), (Answered(FILM, "ada", DONE, "k"),)),
    (answers("ada", WORDS, " e\u0301te\u0301 ", "k"), (ADA, goes(WORDS)), (Answered(WORDS, "ada", "été", "k"),)),
    (answers("ada", POLL, "c", "k"), (ADA, goes(POLL)), (Answered(POLL, "ada", "c", "k"),)),
    (goes(ONE), (), (Moved(ONE), VoteOpened(ONE))),
    (goes(ONE, "reveal"), (goes(ONE),), (VoteClosed(ONE), ResultsShown(ONE), AnswerRevealed(ONE))),
    (goes(FREE, "reveal"), (goes(FREE),), (VoteClosed(FREE), ResultsShown(FREE))),
    (goes(POLL, "reveal"), (goes(POLL),), (VoteClosed(POLL), ResultsShown(POLL))),
    (
        goes(ONE, "ask"),
        (goes(ONE), goes(ONE, "reveal")),
        (AnswerConcealed(ONE), ResultsHidden(ONE), VoteOpened(ONE)),
    ),
    (goes(OPENING), (), (Moved(OPENING),)),
    (goes(ONE), (goes(ONE), goes(ONE, "reveal"), goes(OPENING)), (Moved(ONE),)),
    (open_vote(question=ONE), (), (VoteOpened(ONE),)),
    (close_vote(question=ONE), (goes(ONE),), (VoteClosed(ONE),)),
    (show_results(question=ONE), (), (ResultsShown(ONE),)),
    (hide_results(question=ONE), (show_results(question=ONE),), (ResultsHidden(ONE),)),
    (reveal_answer(question=ONE), (goes(ONE),), (VoteClosed(ONE), AnswerRevealed(ONE))),
    (reveal_answer(question=WORDS), (goes(WORDS),), (AnswerRevealed(WORDS),)),
    (conceal_answer(question=ONE), (reveal_answer(question=ONE),), (AnswerConcealed(ONE),)),
    (rename(person="ada", pseudonym="Ada"), (ADA,), (Renamed("ada", "Ada"),)),
    (rename(person="ada", pseudonym=" "), (joins("ada", pseudonym="Ada"),), (Renamed("ada", None),)),
    (remove(person="ada"), (ADA,), (Removed("ada"),)),
    (readmit(person="ada"), (ADA, remove(person="ada")), (Readmitted("ada"),)),
    (
        hide_text(question=WORDS, person="ada"),
        (ADA, goes(WORDS), answers("ada", WORDS, "oui")),
        (TextHidden(WORDS, "ada"),),
    ),
    (
        show_text(question=WORDS, person="ada"),
        (ADA, goes(WORDS), answers("ada", WORDS, "oui"), hide_text(question=WORDS, person="ada")),
        (TextShown(WORDS, "ada"),),
    ),
    (close, (goes(ONE),), (VoteClosed(ONE), CafeClosed())),
    (close, (), (CafeClosed(),)),
    (reopen, (close,), (CafeReopened(),)),
]


@pytest.mark.parametrize(("decide", "before", "follows"), HAPPY)
def test_what_is_asked_is_what_follows(
    decide: Decision, before: tuple[Decision, ...], follows: tuple[Event, ...]
) -> None:
    assert on(decide, *before) == follows


@pytest.mark.parametrize(("decide", "before"), [(decide, before) for decide, before, _ in HAPPY])
def test_asking_the_same_thing_twice_changes_nothing_more(decide: Decision, before: tuple[Decision, ...]) -> None:
    assert on(decide, *before, decide) == ()


SPENT_KEYS = tuple(Answered(ONE, "ada", "a", f"k{number}") for number in range(KEYS_KEPT))

REFUSED: list[tuple[Decision, tuple[Decision, ...], type[errors.Refusal]]] = [
    (ADA, (close,), errors.CafeOver),
    (joins("ada", pseudonym="Ada"), (ADA, close), errors.CafeOver),
    (ADA, (ADA, remove(person="ada")), errors.SentAway),
    (joins("ada", pseudonym="Autre"), (ADA, remove(person="ada")), errors.SentAway),
    (joins("ada", level="guru"), (), errors.NotAChoice),
    (joins("ada", level=""), (), errors.NotAChoice),
    (joins("ada", place="lune"), (), errors.NotAChoice),
    (joins("ada", pseudonym="Animateur"), (), errors.PseudonymReserved),
    (joins("ada", pseudonym="x" * 25), (), errors.TextTooLong),
    (answers("ada", ONE, "a"), (goes(ONE),), errors.NotHere),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), remove(person="ada")), errors.SentAway),
    (answers("ada", "tasse/autre", "a"), (ADA, goes(ONE)), errors.UnknownQuestion),
    (answers("ada", OPENING, "a"), (ADA, goes(OPENING)), errors.UnknownQuestion),
    (answers("ada", "accueil", "a"), (ADA,), errors.UnknownQuestion),
    (answers("ada", "", ""), (ADA,), errors.UnknownQuestion),
    (answers("ada", ONE, "d"), (ADA, goes(ONE)), errors.NotAChoice),
    (answers("ada", ONE, ""), (ADA, goes(ONE)), errors.NotAChoice),
    (answers("ada", ONE, "Alpha"), (ADA, goes(ONE)), errors.NotAChoice),
    (answers("ada", FILM, "presque"), (ADA, goes(FILM)), errors.NotAChoice),
    (answers("ada", WORDS, " \u200b\n"), (ADA, goes(WORDS)), errors.TextEmpty),
    (answers("ada", WORDS, "x" * (LIMIT + 1)), (ADA, goes(WORDS)), errors.TextTooLong),
    (answers("ada", ONE, "a"), (ADA,), errors.QuestionPassed),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), goes(TWO)), errors.QuestionPassed),
    (answers("ada", TWO, "a"), (ADA, goes(ONE)), errors.QuestionPassed),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), close_vote(question=ONE)), errors.VoteNotOpen),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), goes(ONE, "reveal")), errors.VoteNotOpen),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), close), errors.CafeOver),
    (answers("ada", ONE, "a"), (ADA, goes(ONE), close, reopen), errors.VoteNotOpen),
    (answers("ada", ONE, "b", "k"), (ADA, goes(ONE), answers("ada", ONE, "a", "k")), errors.KeyReused),
    (answers("ada", TWO, "a", "k"), (ADA, goes(ONE), answers("ada", ONE, "a", "k"), goes(TWO)), errors.KeyReused),
    (answers("ada", ONE, "a", "new"), (ADA, goes(ONE), lambda _: SPENT_KEYS), errors.RoomFull),
    (goes("nulle-part"), (), errors.UnknownStop),
    (goes(""), (), errors.UnknownStop),
    (goes(ONE), (close,), errors.CafeOver),
    (open_vote(question=ONE), (close,), errors.CafeOver),
    (reveal_answer(question=FREE), (), errors.NothingToReveal),
    (reveal_answer(question=FILM), (), errors.NothingToReveal),
    (reveal_answer(question=POLL), (), errors.NothingToReveal),
    (answers("ada", POLL, "d"), (ADA, goes(POLL)), errors.NotAChoice),
    (rename(person="bob", pseudonym="Bob"), (ADA,), errors.NotHere),
    (rename(person="ada", pseudonym="Modérateur"), (ADA,), errors.PseudonymReserved),
    (rename(person="ada", pseudonym="x" * 25), (ADA,), errors.TextTooLong),
    (remove(person="bob"), (ADA,), errors.NotHere),
    (readmit(person="bob"), (ADA,), errors.NotHere),
    (hide_text(question=WORDS, person="ada"), (ADA, goes(WORDS)), errors.NotHere),
    (show_text(question=WORDS, person="bob"), (ADA,), errors.NotHere),
    (hide_text(question="autre", person="ada"), (ADA,), errors.UnknownQuestion),
    *(
        (decide(question=question), (), errors.UnknownQuestion)
        for decide in (open_vote, close_vote, show_results, hide_results, reveal_answer, conceal_answer)
        for question in ("autre", OPENING, "accueil", "merci")
    ),
]


@pytest.mark.parametrize(("decide", "before", "refusal"), REFUSED)
def test_what_cannot_be_is_refused(
    decide: Decision, before: tuple[Decision, ...], refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        on(decide, *before)
    assert type(refused.value) is refusal


def test_a_full_room_takes_nobody_more_but_keeps_those_inside() -> None:
    cafe = after(begun(), *(Joined(f"p{number}", None, None, None) for number in range(ROOM_SIZE)))
    with pytest.raises(errors.RoomFull):
        decisions.join(cafe, "one-too-many")
    assert decisions.join(cafe, "p0", pseudonym="Zoé") == (ProfileChanged("p0", "Zoé", None, None),)


def test_a_pseudonym_can_be_taken_back() -> None:
    cafe = play(begun(), joins("ada", pseudonym="Ada", level="expert"), joins("ada"))
    assert (cafe.participants["ada"].pseudonym, cafe.participants["ada"].level) == (None, None)


def test_the_last_valid_answer_counts() -> None:
    cafe = play(begun(), ADA, goes(ONE), answers("ada", ONE, "a"), answers("ada", ONE, "b"), answers("ada", ONE, "c"))
    with pytest.raises(errors.NotAChoice):
        decisions.answer(cafe, "ada", question=ONE, value="z", key="late")
    assert {person: answer.value for person, answer in cafe.counted(ONE).items()} == {"ada": "c"}


def test_an_answer_may_come_back_to_what_it_was_before() -> None:
    cafe = play(begun(), ADA, goes(ONE), *(answers("ada", ONE, value, f"{n}") for n, value in enumerate("aba")))
    assert cafe.answers[ONE]["ada"].value == "a"


def test_a_key_belongs_to_one_person() -> None:
    cafe = play(begun(), ADA, joins("bob"), goes(ONE), answers("ada", ONE, "a", "k"), answers("bob", ONE, "b", "k"))
    assert {person: answer.value for person, answer in cafe.counted(ONE).items()} == {"ada": "a", "bob": "b"}


@pytest.mark.parametrize("later", [goes(TWO), goes(ONE, "reveal"), close_vote(question=ONE), close], ids=range(4))
def test_a_delivery_repeated_too_late_is_acknowledged_all_the_same(later: Decision) -> None:
    again = answers("ada", ONE, "a", "k")
    assert on(again, ADA, goes(ONE), again, later) == ()


def test_a_text_repeated_in_another_form_is_the_same_text() -> None:
    assert on(answers("ada", WORDS, "e\u0301t\u00e9", "k"), ADA, goes(WORDS), answers("ada", WORDS, "été ", "k")) == ()


def test_an_old_delivery_repeated_does_not_undo_a_newer_answer() -> None:
    old = answers("ada", ONE, "a", "old")
    cafe = play(begun(), ADA, goes(ONE), old, answers("ada", ONE, "b", "new"), old)
    assert cafe.answers[ONE]["ada"].value == "b"


def test_going_back_and_reopening_loses_no_answer() -> None:
    voted = play(begun(), ADA, joins("bob"), goes(ONE), answers("ada", ONE, "a"), answers("bob", ONE, "b"))
    reopened = play(voted, goes(ONE, "reveal"), goes(TWO), goes(ONE), goes(ONE, "ask"))
    assert reopened.counted(ONE) == voted.counted(ONE)
    assert reopened.round(ONE).open
    changed = play(reopened, answers("bob", ONE, "c"))
    assert {person: answer.value for person, answer in changed.counted(ONE).items()} == {"ada": "a", "bob": "c"}


def test_closing_and_reopening_the_cafe_loses_no_answer() -> None:
    voted = play(begun(), ADA, goes(ONE), answers("ada", ONE, "a"))
    back = play(voted, close, reopen)
    assert back.counted(ONE) == voted.counted(ONE)
    assert not back.closed
    assert (back.stop_id, back.participants) == (voted.stop_id, voted.participants)


def test_closing_closes_every_vote_left_open() -> None:
    cafe = play(begun(), goes(ONE), goes(TWO), goes(WORDS), close)
    assert not any(cafe.round(question).open for question in QUESTIONS)
    assert cafe.closed


@pytest.mark.parametrize("gesture", [hide_results, conceal_answer, close_vote, show_results, reveal_answer])
def test_a_closed_cafe_can_still_be_looked_at(gesture: partial[Decision]) -> None:
    cafe = play(begun(), goes(ONE), show_results(question=ONE), close)
    assert play(cafe, gesture(question=ONE)).closed


def test_somebody_removed_keeps_their_number_when_they_come_back() -> None:
    cafe = play(begun(), ADA, joins("bob"), remove(person="ada"), joins("cyd"), readmit(person="ada"))
    assert [(one.id, one.number) for one in cafe.present] == [("ada", 1), ("bob", 2), ("cyd", 3)]


def test_a_refusal_says_the_limit() -> None:
    with pytest.raises(errors.TextTooLong) as refused:
        on(answers("ada", WORDS, "x" * 21), ADA, goes(WORDS))
    assert refused.value.details == {"limit": LIMIT, "length": 21}


def forth(cafe: Cafe) -> tuple[list[tuple[str, Beat]], Cafe]:
    """Every place that « next » leads to, and the café at the end."""
    places = []
    while (towards := decisions.next_of(cafe)) is not None:
        cafe = play(cafe, goes(towards[0].id, towards[1]))
        assert cafe.stop_id == towards[0].id
        places.append((towards[0].id, towards[1]))
    return places, cafe


def back(cafe: Cafe) -> tuple[list[tuple[str, Beat]], Cafe]:
    places = []
    while (towards := decisions.previous_of(cafe)) is not None:
        cafe = play(cafe, goes(towards[0].id, towards[1]))
        places.append((towards[0].id, towards[1]))
    return places, cafe


WALK = [
    (ONE, "ask"), (ONE, "reveal"),
    (TWO, "ask"), (TWO, "reveal"),
    (FILM, "ask"),
    (WORDS, "ask"), (WORDS, "reveal"),
    (FREE, "ask"), (FREE, "reveal"),
    (POLL, "ask"), (POLL, "reveal"),
    (OPENING, "ask"), ("merci", "ask"),
]  # fmt: skip


def test_next_walks_the_whole_programme_and_skips_nothing() -> None:
    places, cafe = forth(begun())
    assert places == WALK
    assert cafe.stop_id == "merci"


def test_previous_walks_the_same_way_back() -> None:
    _, end = forth(begun())
    places, start = back(end)
    assert places == [*reversed(WALK[:-1]), ("accueil", "ask")]
    assert start.stop_id == "accueil"


def test_the_walk_forth_back_and_forth_again_is_the_same_walk() -> None:
    first, end = forth(begun())
    _, start = back(end)
    again, _ = forth(start)
    assert again == first


def test_the_walk_takes_votes_where_it_asks_and_shows_where_it_reveals() -> None:
    cafe = begun()
    while (towards := decisions.next_of(cafe)) is not None:
        stop, beat = towards
        cafe = play(cafe, goes(stop.id, beat))
        now = cafe.round(stop.id)
        if stop.question is not None:
            assert now.open == (beat == "ask")
            assert now.shown == (beat == "reveal")
            assert now.revealed == (beat == "reveal" and stop.id not in {FREE, POLL})


def test_going_straight_to_a_later_stop_leaves_what_was_jumped_unasked() -> None:
    cafe = play(begun(), goes(WORDS))
    assert not cafe.round(ONE).asked
    assert decisions.previous_of(cafe) == (cafe.programme.stop(FILM), "ask")


def test_a_question_looked_at_again_is_found_as_it_was_left() -> None:
    cafe = play(begun(), goes(ONE), goes(ONE, "reveal"), goes(TWO))
    left = cafe.round(ONE)
    assert play(cafe, goes(ONE)).round(ONE) == left


# A phone passed round.


GUEST = partial(decisions.join, person="guest", host="ada")


def test_a_guest_sits_where_their_host_does_unless_they_say_otherwise() -> None:
    host = joins("ada", place="room")
    assert on(GUEST, host) == (Joined("guest", None, None, "room", host="ada"),)
    assert on(partial(GUEST, place="remote"), host) == (Joined("guest", None, None, "remote", host="ada"),)
    assert on(GUEST, ADA) == (Joined("guest", None, None, None, host="ada"),)


def test_a_guest_who_joins_again_is_the_same_guest() -> None:
    assert on(GUEST, joins("ada", place="room"), GUEST) == ()
    named = partial(GUEST, pseudonym="Zoé")
    assert on(named, joins("ada", place="room"), GUEST) == (ProfileChanged("guest", "Zoé", None, "room"),)


def test_a_guest_answers_for_themselves() -> None:
    cafe = play(begun(), ADA, GUEST, goes(ONE), answers("ada", ONE, "a"), answers("guest", ONE, "b"))
    assert {person: answer.value for person, answer in cafe.counted(ONE).items()} == {"ada": "a", "guest": "b"}


@pytest.mark.parametrize(
    ("before", "refusal"),
    [((), errors.NotHere), ((ADA, remove(person="ada")), errors.SentAway), ((ADA, close), errors.CafeOver)],
    ids=["unknown host", "host sent away", "café over"],
)
def test_nobody_is_the_guest_of_somebody_who_may_not_be_here(
    before: tuple[Decision, ...], refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        on(GUEST, *before)


# What each kind of activity asks of the walk.


def whole(*asked: Decision) -> Cafe:
    return play(whole_cafe(), *asked)


def test_the_level_panel_also_says_it_of_oneself() -> None:
    cafe = whole(joins("ada", pseudonym="Ada", place="room"), goes(LEVEL))
    assert tuple(answers("ada", LEVEL, "expert", "k")(cafe)) == (
        Answered(LEVEL, "ada", "expert", "k"),
        ProfileChanged("ada", "Ada", "expert", "room"),
    )


def test_a_level_said_before_is_not_said_again() -> None:
    cafe = whole(joins("ada", level="expert"), goes(LEVEL))
    assert tuple(answers("ada", LEVEL, "expert", "k")(cafe)) == (Answered(LEVEL, "ada", "expert", "k"),)


def test_the_level_panel_keeps_the_name_that_the_facilitator_gave() -> None:
    cafe = whole(ADA, rename(person="ada", pseudonym="Mme A"), goes(LEVEL), answers("ada", LEVEL, "novice"))
    ada = cafe.participants["ada"]
    assert (ada.pseudonym, ada.level, ada.named_by_facilitator) == ("Mme A", "novice", True)


@pytest.mark.parametrize("question", [LEVEL, PLACED, HUNT, PORTRAIT, BOARD, ARGUMENTS])
def test_what_is_seen_as_it_comes_is_shown_from_the_first(question: str) -> None:
    now = whole(goes(question)).round(question)
    assert (now.open, now.shown, now.revealed) == (True, True, False)


@pytest.mark.parametrize("question", [CARD, SEVERAL, ORDER, RETAINED, RATED, BEFORE_DEBATE])
def test_what_is_kept_until_all_have_answered_is_not(question: str) -> None:
    now = whole(goes(question)).round(question)
    assert (now.open, now.shown, now.revealed) == (True, False, False)


def test_people_change_sides_while_a_placement_is_talked_about() -> None:
    cafe = whole(ADA, goes(PLACED), answers("ada", PLACED, AGREE), goes(PLACED, "reveal"))
    now = cafe.round(PLACED)
    assert (now.open, now.shown, now.revealed) == (True, True, True)
    cafe = play(cafe, answers("ada", PLACED, DISAGREE))
    assert (cafe.answers[PLACED]["ada"].value, cafe.first[PLACED]["ada"]) == (DISAGREE, AGREE)


@pytest.mark.parametrize("question", [BOARD, HUNT, ORDER, SEVERAL, CARD])
def test_revealing_anything_else_ends_the_vote(question: str) -> None:
    now = whole(goes(question), goes(question, "reveal")).round(question)
    assert (now.open, now.shown) == (False, True)


def test_asking_again_after_a_reveal_shows_what_is_live_and_hides_what_is_not() -> None:
    for question, shown in ((BOARD, True), (PLACED, True), (CARD, False)):
        now = whole(goes(question), goes(question, "reveal"), goes(question, "ask")).round(question)
        assert (now.open, now.shown, now.revealed) == (True, shown, False)


@pytest.mark.parametrize("question", [ARGUMENTS, LEVEL])
def test_where_there_is_nothing_more_to_see_next_goes_on(question: str) -> None:
    cafe = whole(goes(question))
    assert decisions.next_of(cafe) == (cafe.programme.after(question), "ask")


@pytest.mark.parametrize("question", [HUNT, ORDER, SEVERAL])
def test_telling_an_answer_that_counts_ends_the_vote(question: str) -> None:
    cafe = whole(goes(question))
    assert decisions.reveal_answer(cafe, question) == (VoteClosed(question), AnswerRevealed(question))


@pytest.mark.parametrize("question", [PLACED, BOARD, AFTER_LEARNING])
def test_talking_about_what_has_no_right_answer_does_not(question: str) -> None:
    cafe = whole(goes(question))
    assert decisions.reveal_answer(cafe, question) == (AnswerRevealed(question),)


def test_the_whole_walk_forth_and_back_visits_every_stop_twice_where_there_is_more_to_see() -> None:
    places, end = forth(whole_cafe())
    seen = [stop.id for stop in whole_cafe().programme.stops[1:] for _ in range(1 + stop.has_reveal)]
    assert [stop for stop, _ in places] == seen
    returned, start = back(end)
    assert returned == [*reversed(places[:-1]), ("accueil", "ask")]
    assert forth(start)[0] == places
