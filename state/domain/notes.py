"""Notes on a board, decided: who may stick, move, withdraw, support, and what the facilitator may do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.prompts import Board
from state.domain import errors
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
from state.domain.text import clean

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Note
    from state.domain.events import Event

    Events = tuple[Event, ...]

BOARD_SIZE = 2000
# Notes taken back make room again, but not for ever: one person must not fill a board.
TIMES_OVER = 3


def post(
    cafe: Cafe, question: str, note: str, *, author: str | None, text: str, column: str, colour: str | None = None
) -> Events:
    """Somebody sticks a note; `note` is an id made by the sender, so that sending it twice sticks it once.

    Without an `author`, the facilitator notes what was said aloud, whether or not notes are being taken.

    Raises:
        NotHere, SentAway, CafeOver, UnknownQuestion, QuestionPassed, VoteNotOpen, NotAChoice, TextEmpty, TextTooLong,
        KeyReused: this id came before with something else.
        TooMany: this person has stuck as many as they may.
        BoardFull
    """
    board = _board(cafe, question)
    _allowed(cafe, author)
    known = cafe.notes.get(question, {}).get(note)
    words = clean(text, limit=board.max_length)
    if known is not None:
        if (known.author, known.text) != (author, words):
            raise errors.KeyReused
        return ()
    _taking(cafe, question, author)
    _fits(board, column, colour)
    stuck = cafe.notes.get(question, {})
    if author is not None:
        ever = sum(1 for one in stuck.values() if one.author == author)
        if len(notes_by(cafe, question, author)) >= board.most or ever >= TIMES_OVER * board.most:
            raise errors.TooMany(limit=board.most)
    if len(stuck) >= BOARD_SIZE:
        raise errors.BoardFull
    return (NotePosted(question, note, author, words, column, colour),)


def move(
    cafe: Cafe, question: str, note: str, *, column: str, colour: str | None = None, person: str | None = None
) -> Events:
    """To another place or colour, by its author (`person`) or by the facilitator (nobody).

    Raises:
        NotHere, SentAway, CafeOver, UnknownQuestion, QuestionPassed, VoteNotOpen, NotAChoice, NotYours
        UnknownNote: there is none, or it was taken back.
    """
    board = _board(cafe, question)
    known = _note(cafe, question, note, person)
    _taking(cafe, question, person)
    if known.withdrawn:
        raise errors.UnknownNote
    _fits(board, column, colour)
    if (known.column, known.colour) == (column, colour):
        return ()
    return (NoteMoved(question, note, column, colour, by_facilitator=person is None),)


def withdraw(cafe: Cafe, question: str, note: str, *, person: str | None = None) -> Events:
    """Its author takes a note back, for as long as the café lasts; the facilitator, one that they noted.

    Raises:
        NotHere, SentAway, CafeOver, UnknownQuestion, UnknownNote, NotYours
    """
    _board(cafe, question)
    known = _note(cafe, question, note, person)
    if known.author != person:
        raise errors.NotYours
    if cafe.closed:
        raise errors.CafeOver
    return () if known.withdrawn else (NoteWithdrawn(question, note),)


def back(cafe: Cafe, question: str, note: str, *, person: str, backed: bool) -> Events:
    """Somebody supports a note of anybody's, or no longer.

    Raises:
        NotHere, SentAway, CafeOver, QuestionPassed, VoteNotOpen
        UnknownQuestion: no such board, or notes are not voted for on it.
        UnknownNote: there is none, or it was taken back.
    """
    board = _board(cafe, question)
    if not board.votes:
        raise errors.UnknownQuestion
    _allowed(cafe, person)
    _taking(cafe, question, person)
    known = _note(cafe, question, note, None)
    if known.withdrawn:
        raise errors.UnknownNote
    return () if (person in known.backers) == backed else (NoteBacked(question, note, person, backed),)


def hide(cafe: Cafe, question: str, note: str) -> Events:
    return () if _note(cafe, question, note, None).hidden else (NoteHidden(question, note),)


def show(cafe: Cafe, question: str, note: str) -> Events:
    return (NoteShown(question, note),) if _note(cafe, question, note, None).hidden else ()


def flag(cafe: Cafe, question: str, note: str, *, flagged: bool) -> Events:
    return () if _note(cafe, question, note, None).flagged == flagged else (NoteFlagged(question, note, flagged),)


def merge(cafe: Cafe, question: str, note: str, *, into: str) -> Events:
    """Put a note under another that says the same; what stood under it follows.

    Raises:
        UnknownNote
        NotAChoice: a note cannot stand under itself, under one that is itself under another, or under one that left.
    """
    stuck = cafe.notes.get(question, {})
    known, head = _note(cafe, question, note, None), _note(cafe, question, into, None)
    if note == into or _left(cafe, known) or _left(cafe, head):
        raise errors.NotAChoice
    if head.under is not None and not _left(cafe, stuck[head.under]):
        raise errors.NotAChoice
    # Whatever stood above the head has left: it stands for itself, and is now said to.
    alone = () if head.under is None else (NoteSplit(question, into),)
    under = [one.id for one in stuck.values() if one.under == note]
    moved = () if known.under == into else (note,)
    return (*alone, *(NoteMerged(question, one, into) for one in (*under, *moved)))


def split(cafe: Cafe, question: str, note: str) -> Events:
    """Take everything from under a note, or a note from under another."""
    known = _note(cafe, question, note, None)
    if known.under is not None:
        return (NoteSplit(question, note),)
    return tuple(NoteSplit(question, one.id) for one in cafe.notes[question].values() if one.under == note)


def notes_by(cafe: Cafe, question: str, person: str) -> tuple[Note, ...]:
    """What somebody stuck on a board and did not take back, in order."""
    return tuple(one for one in cafe.notes.get(question, {}).values() if one.author == person and not one.withdrawn)


def _board(cafe: Cafe, question: str) -> Board:
    stop = cafe.programme.stop(question)
    if stop is None or not isinstance(stop.prompt, Board):
        raise errors.UnknownQuestion
    return stop.prompt


def _note(cafe: Cafe, question: str, note: str, person: str | None) -> Note:
    _allowed(cafe, person)
    known = cafe.notes.get(question, {}).get(note)
    if known is None:
        raise errors.UnknownNote
    if person is not None and known.author != person:
        raise errors.NotYours
    return known


def _left(cafe: Cafe, note: Note) -> bool:
    """Whether a note is on the board no more: taken back, or stuck by somebody removed."""
    return note.withdrawn or (note.author is not None and cafe.participants[note.author].removed)


def _allowed(cafe: Cafe, person: str | None) -> None:
    if person is None:
        return
    participant = cafe.participants.get(person)
    if participant is None:
        raise errors.NotHere
    if cafe.is_sent_away(participant):
        raise errors.SentAway


def _taking(cafe: Cafe, question: str, person: str | None) -> None:
    """Participants stick notes on the board that is asked, while notes are taken; the facilitator at any time."""
    if cafe.closed:
        raise errors.CafeOver
    if person is None:
        return
    if cafe.stop_id != question:
        raise errors.QuestionPassed
    if not cafe.round(question).open:
        raise errors.VoteNotOpen


def _fits(board: Board, column: str, colour: str | None) -> None:
    colours: set[str | None] = {one.id for one in board.colours} or {None}
    if column not in {one.id for one in board.columns} or colour not in colours:
        raise errors.NotAChoice
