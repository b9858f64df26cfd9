"""Who may stick, move, take back and support notes, and what the facilitator alone may do with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions, errors, notes
from state.domain.events import (
    NoteBacked,
    NoteFlagged,
    NoteHidden,
    NoteMerged,
    NoteMoved,
    NotePosted,
    NoteShown,
    NoteSplit,
    NoteWithdrawn,
)
from state.domain.notes import BOARD_SIZE, TIMES_OVER, notes_by
from tests.state.cafes import (
    AGREE,
    ARGUMENTS,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    DISAGREE,
    GREEN,
    MORNING,
    SLIDE,
    after,
    argues,
    goes,
    joins,
    play,
    posts,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from tests.state.cafes import Decision

MOST_ARGUMENTS = 10
NOBODY = None  # the facilitator

# Each of these takes its arguments now and the café later.
moves = partial(partial, notes.move, question=BOARD)
withdraws = partial(partial, notes.withdraw, question=BOARD)
hides = partial(partial, notes.hide, question=BOARD)
shows = partial(partial, notes.show, question=BOARD)
flags = partial(partial, notes.flag, question=BOARD)
merges = partial(partial, notes.merge, question=BOARD)
splits = partial(partial, notes.split, question=BOARD)
backs = partial(partial, notes.back, question=ARGUMENTS)
removes = partial(partial, decisions.remove)
close, reopen = decisions.close, decisions.reopen

AT_BOARD = play(whole_cafe(), joins("ada"), joins("bob"), goes(BOARD))
# Ada stuck « a », Bob « b » and the facilitator « f ».
STUCK = play(AT_BOARD, posts("ada", "a"), posts("bob", "b", "Mon trajet"), posts(NOBODY, "f", "Un menu", BREAK, GREEN))
ARGUED = play(
    whole_cafe(), joins("ada"), joins("bob"), goes(ARGUMENTS), argues("ada", "a"), argues("bob", "b", side=DISAGREE)
)
THREE = play(STUCK, posts("ada", "c", "Un autre badge"))

HAPPY: list[tuple[Cafe, Decision, tuple[Event, ...]]] = [
    (AT_BOARD, posts("ada", "a", " Mon  badge "), (NotePosted(BOARD, "a", "ada", "Mon badge", MORNING, BLUE),)),
    (AT_BOARD, posts(NOBODY, "f"), (NotePosted(BOARD, "f", None, "Mon badge", MORNING, BLUE),)),
    (AT_BOARD, posts("ada", "a", "x" * 100), (NotePosted(BOARD, "a", "ada", "x" * 100, MORNING, BLUE),)),
    (ARGUED, argues("bob", "c", "Parce que"), (NotePosted(ARGUMENTS, "c", "bob", "Parce que", AGREE, None),)),
    (
        STUCK,
        moves(note="a", column=BREAK, colour=GREEN, person="ada"),
        (NoteMoved(BOARD, "a", BREAK, GREEN, by_facilitator=False),),
    ),
    (
        STUCK,
        moves(note="a", column=BREAK, colour=BLUE),
        (NoteMoved(BOARD, "a", BREAK, BLUE, by_facilitator=True),),
    ),
    (STUCK, withdraws(note="a", person="ada"), (NoteWithdrawn(BOARD, "a"),)),
    (STUCK, withdraws(note="f"), (NoteWithdrawn(BOARD, "f"),)),
    (STUCK, hides(note="a"), (NoteHidden(BOARD, "a"),)),
    (play(STUCK, hides(note="a")), shows(note="a"), (NoteShown(BOARD, "a"),)),
    (STUCK, flags(note="a", flagged=True), (NoteFlagged(BOARD, "a", flagged=True),)),
    (
        play(STUCK, flags(note="a", flagged=True)),
        flags(note="a", flagged=False),
        (NoteFlagged(BOARD, "a", flagged=False),),
    ),
    (STUCK, merges(note="b", into="a"), (NoteMerged(BOARD, "b", "a"),)),
    (
        play(THREE, merges(note="c", into="b")),
        merges(note="b", into="a"),
        (NoteMerged(BOARD, "c", "a"), NoteMerged(BOARD, "b", "a")),
    ),
    (play(THREE, merges(note="c", into="b")), merges(note="c", into="a"), (NoteMerged(BOARD, "c", "a"),)),
    (play(STUCK, merges(note="b", into="a")), splits(note="b"), (NoteSplit(BOARD, "b"),)),
    (
        play(THREE, merges(note="b", into="a"), merges(note="c", into="a")),
        splits(note="a"),
        (NoteSplit(BOARD, "b"), NoteSplit(BOARD, "c")),
    ),
    (STUCK, splits(note="a"), ()),
    (ARGUED, backs(note="a", person="bob", backed=True), (NoteBacked(ARGUMENTS, "a", "bob", backed=True),)),
    (ARGUED, backs(note="a", person="ada", backed=True), (NoteBacked(ARGUMENTS, "a", "ada", backed=True),)),
    (ARGUED, backs(note="a", person="bob", backed=False), ()),
]


@pytest.mark.parametrize(("cafe", "decide", "follows"), HAPPY)
def test_what_is_asked_of_a_board_is_what_follows(cafe: Cafe, decide: Decision, follows: tuple[Event, ...]) -> None:
    assert tuple(decide(cafe)) == follows


@pytest.mark.parametrize(("cafe", "decide"), [(cafe, decide) for cafe, decide, _ in HAPPY])
def test_asking_it_of_a_board_twice_changes_nothing_more(cafe: Cafe, decide: Decision) -> None:
    assert tuple(decide(play(cafe, decide))) == ()


CLOSED_VOTE = partial(decisions.close_vote, question=BOARD)

REFUSED: list[tuple[Cafe, Decision, type[errors.Refusal]]] = [
    # Sticking.
    (AT_BOARD, posts("eve", "a"), errors.NotHere),
    (play(AT_BOARD, removes(person="ada")), posts("ada", "a"), errors.SentAway),
    (AT_BOARD, posts("ada", "a", ""), errors.TextEmpty),
    (AT_BOARD, posts("ada", "a", "\u200b\n"), errors.TextEmpty),
    (AT_BOARD, posts("ada", "a", "x" * 101), errors.TextTooLong),
    (AT_BOARD, posts("ada", "a", column="soir"), errors.NotAChoice),
    (AT_BOARD, posts("ada", "a", column=""), errors.NotAChoice),
    (AT_BOARD, posts("ada", "a", colour="noire"), errors.NotAChoice),
    (AT_BOARD, posts("ada", "a", colour=None), errors.NotAChoice),
    (ARGUED, posts("ada", "z", "Oui", AGREE, BLUE, ARGUMENTS), errors.NotAChoice),
    (AT_BOARD, posts("ada", "a", question=CARD), errors.UnknownQuestion),
    (AT_BOARD, posts("ada", "a", question=SLIDE), errors.UnknownQuestion),
    (AT_BOARD, posts("ada", "a", question="ailleurs"), errors.UnknownQuestion),
    (play(AT_BOARD, goes(CARD)), posts("ada", "a"), errors.QuestionPassed),
    (play(AT_BOARD, CLOSED_VOTE), posts("ada", "a"), errors.VoteNotOpen),
    (play(AT_BOARD, goes(BOARD, "reveal")), posts("ada", "a"), errors.VoteNotOpen),
    (play(AT_BOARD, close), posts("ada", "a"), errors.CafeOver),
    (play(AT_BOARD, close), posts(NOBODY, "f"), errors.CafeOver),
    (play(AT_BOARD, close, reopen), posts("ada", "a"), errors.VoteNotOpen),
    (STUCK, posts("ada", "a", "Autre chose"), errors.KeyReused),
    (STUCK, posts("bob", "a"), errors.KeyReused),
    (STUCK, posts(NOBODY, "a"), errors.KeyReused),
    # Moving.
    (STUCK, moves(note="b", column=BREAK, colour=BLUE, person="ada"), errors.NotYours),
    (STUCK, moves(note="f", column=BREAK, colour=BLUE, person="ada"), errors.NotYours),
    (STUCK, moves(note="z", column=BREAK, colour=BLUE, person="ada"), errors.UnknownNote),
    (STUCK, moves(note="a", column=BREAK, colour=BLUE, person="eve"), errors.NotHere),
    (play(STUCK, removes(person="ada")), moves(note="a", column=BREAK, colour=BLUE, person="ada"), errors.SentAway),
    (STUCK, moves(note="a", column="soir", colour=BLUE, person="ada"), errors.NotAChoice),
    (STUCK, moves(note="a", column=BREAK, person="ada"), errors.NotAChoice),
    (play(STUCK, goes(CARD)), moves(note="a", column=BREAK, colour=BLUE, person="ada"), errors.QuestionPassed),
    (play(STUCK, CLOSED_VOTE), moves(note="a", column=BREAK, colour=BLUE, person="ada"), errors.VoteNotOpen),
    (play(STUCK, close), moves(note="a", column=BREAK, colour=BLUE), errors.CafeOver),
    (
        play(STUCK, withdraws(note="a", person="ada")),
        moves(note="a", column=BREAK, colour=BLUE, person="ada"),
        errors.UnknownNote,
    ),
    # Taking back.
    (STUCK, withdraws(note="b", person="ada"), errors.NotYours),
    (STUCK, withdraws(note="a", person=NOBODY), errors.NotYours),
    (STUCK, withdraws(note="z", person="ada"), errors.UnknownNote),
    (STUCK, withdraws(note="a", person="eve"), errors.NotHere),
    (play(STUCK, removes(person="ada")), withdraws(note="a", person="ada"), errors.SentAway),
    (play(STUCK, close), withdraws(note="a", person="ada"), errors.CafeOver),
    # Supporting.
    (ARGUED, backs(note="a", person="eve", backed=True), errors.NotHere),
    (play(ARGUED, removes(person="bob")), backs(note="a", person="bob", backed=True), errors.SentAway),
    (ARGUED, backs(note="z", person="bob", backed=True), errors.UnknownNote),
    (
        play(ARGUED, partial(notes.withdraw, question=ARGUMENTS, note="a", person="ada")),
        backs(note="a", person="bob", backed=True),
        errors.UnknownNote,
    ),
    (play(ARGUED, goes(CARD)), backs(note="a", person="bob", backed=True), errors.QuestionPassed),
    (
        play(ARGUED, partial(decisions.close_vote, question=ARGUMENTS)),
        backs(note="a", person="bob", backed=True),
        errors.VoteNotOpen,
    ),
    (play(ARGUED, close), backs(note="a", person="bob", backed=True), errors.CafeOver),
    (STUCK, backs(question=BOARD, note="a", person="bob", backed=True), errors.UnknownQuestion),
    # What the facilitator does.
    *(
        (STUCK, decide, errors.UnknownNote)
        for decide in (
            hides(note="z"),
            shows(note="z"),
            flags(note="z", flagged=True),
            splits(note="z"),
            merges(note="z", into="a"),
            merges(note="a", into="z"),
            hides(question=CARD, note="a"),
        )
    ),
    (STUCK, merges(note="a", into="a"), errors.NotAChoice),
    (play(THREE, merges(note="b", into="a")), merges(note="c", into="b"), errors.NotAChoice),
    (play(THREE, merges(note="b", into="a")), merges(note="a", into="b"), errors.NotAChoice),
    (play(STUCK, withdraws(note="a", person="ada")), merges(note="b", into="a"), errors.NotAChoice),
    (play(STUCK, withdraws(note="a", person="ada")), merges(note="a", into="b"), errors.NotAChoice),
    (play(STUCK, removes(person="ada")), merges(note="b", into="a"), errors.NotAChoice),
]


@pytest.mark.parametrize(("cafe", "decide", "refusal"), REFUSED)
def test_what_may_not_be_done_on_a_board_is_refused(
    cafe: Cafe, decide: Decision, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        decide(cafe)
    assert type(refused.value) is refusal


# Sending twice.


@pytest.mark.parametrize(
    "later",
    [
        goes(CARD),
        CLOSED_VOTE,
        close,
        withdraws(note="a", person="ada"),
        moves(note="a", column=BREAK, colour=GREEN, person="ada"),
        hides(note="a"),
    ],
    ids=["elsewhere", "vote closed", "café closed", "taken back", "moved", "hidden"],
)
def test_a_note_sent_again_too_late_is_acknowledged_and_changes_nothing(later: Decision) -> None:
    assert tuple(posts("ada", "a")(play(STUCK, later))) == ()


def test_a_note_sent_again_in_another_form_is_the_same_note() -> None:
    cafe = play(AT_BOARD, posts("ada", "a", "été"))
    assert tuple(posts("ada", "a", " e\u0301te\u0301 ")(cafe)) == ()


def test_two_boards_may_have_notes_of_the_same_id() -> None:
    cafe = play(STUCK, goes(ARGUMENTS), argues("bob", "a"))
    assert (cafe.notes[BOARD]["a"].author, cafe.notes[ARGUMENTS]["a"].author) == ("ada", "bob")


# Limits.


def test_a_person_may_stick_so_many_notes_and_is_told_how_many() -> None:
    cafe = play(ARGUED, *(argues("ada", f"{number}") for number in range(MOST_ARGUMENTS - 1)))
    with pytest.raises(errors.TooMany) as refused:
        argues("ada", "one too many")(cafe)
    assert refused.value.details == {"limit": MOST_ARGUMENTS}
    play(cafe, argues("bob", "somebody else"), argues(NOBODY, "the facilitator"))


def test_taking_a_note_back_makes_room_for_another() -> None:
    cafe = play(ARGUED, *(argues("ada", f"{number}") for number in range(MOST_ARGUMENTS - 1)))
    cafe = play(cafe, partial(notes.withdraw, question=ARGUMENTS, note="3", person="ada"), argues("ada", "another"))
    assert len(notes_by(cafe, ARGUMENTS, "ada")) == MOST_ARGUMENTS


def test_nobody_fills_a_board_by_sticking_and_taking_back() -> None:
    cafe = ARGUED
    for number in range(1, TIMES_OVER * MOST_ARGUMENTS):
        takes_back = partial(notes.withdraw, question=ARGUMENTS, note=f"{number}", person="ada")
        cafe = play(cafe, argues("ada", f"{number}"), takes_back)
    with pytest.raises(errors.TooMany):
        argues("ada", "one too many")(cafe)


def test_a_full_board_takes_no_more_even_from_the_facilitator() -> None:
    stuck = (NotePosted(BOARD, f"n{number}", None, "Plein", MORNING, BLUE) for number in range(BOARD_SIZE))
    full = after(AT_BOARD, *stuck)
    for person in ("ada", NOBODY):
        with pytest.raises(errors.BoardFull):
            posts(person, "one too many")(full)


# The facilitator, at any time.


@pytest.mark.parametrize("meanwhile", [goes(CARD), CLOSED_VOTE], ids=["elsewhere", "vote closed"])
@pytest.mark.parametrize(
    "decide",
    [
        posts(NOBODY, "new"),
        moves(note="a", column=BREAK, colour=BLUE),
        hides(note="a"),
        flags(note="a", flagged=True),
        merges(note="b", into="a"),
        withdraws(note="f"),
    ],
    ids=["post", "move", "hide", "flag", "merge", "withdraw"],
)
def test_the_facilitator_works_on_a_board_at_any_time(decide: Decision, meanwhile: Decision) -> None:
    cafe = play(STUCK, meanwhile)
    assert tuple(decide(cafe)) != ()


def test_an_author_takes_a_note_back_for_as_long_as_the_cafe_lasts() -> None:
    cafe = play(STUCK, goes(CARD), withdraws(note="a", person="ada"))
    assert cafe.notes[BOARD]["a"].withdrawn
    assert notes_by(cafe, BOARD, "ada") == ()


@pytest.mark.parametrize(
    "leaves", [withdraws(note="a", person="ada"), removes(person="ada")], ids=["taken back", "removed"]
)
def test_a_note_whose_head_has_left_may_be_a_head_itself(leaves: Decision) -> None:
    cafe = play(STUCK, merges(note="b", into="a"), leaves)
    again: Decision = merges(note="f", into="b")
    assert tuple(again(cafe)) == (NoteSplit(BOARD, "b"), NoteMerged(BOARD, "f", "b"))
    assert tuple(again(play(cafe, again))) == ()


def test_no_note_ever_stands_under_one_that_is_under_another() -> None:
    cafe = play(THREE, merges(note="c", into="b"), merges(note="b", into="a"), merges(note="a", into="f"))
    assert {note.id: note.under for note in cafe.notes[BOARD].values()} == {"a": "f", "b": "f", "c": "f", "f": None}
