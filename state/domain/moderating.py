"""Reading before showing: what people write waits, hidden, until one of those who facilitate publishes or discards it.

What waits is shown to nobody but who facilitates and who wrote it. Publishing is showing, discarding is hiding: both
are what can be done at any time to any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.domain.events import ModerationSwitched, NoteHidden, NoteShown, TextHidden, TextShown
from state.domain.tallies.boards import seen
from state.domain.values import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.cafe import Cafe
    from state.domain.events import Event

    Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something written that waits, as it was when it was read: a text by its author, or a `note` by its id."""

    question: str
    author: str
    note: str | None
    text: str
    at: float


def switch(cafe: Cafe, *, on: bool) -> Events:
    """Have what is written from now on wait, or not. What waits already goes on waiting to be read."""
    return () if cafe.moderated == on else (ModerationSwitched(on),)


def waiting(cafe: Cafe) -> tuple[Piece, ...]:
    """What waits, the oldest first; nothing of those who were sent away."""
    pieces = [*_texts(cafe), *_notes(cafe)]
    return tuple(sorted(pieces, key=lambda one: (one.at, one.question, one.author, one.note or "")))


def publish(cafe: Cafe, pieces: Iterable[Piece]) -> Events:
    """Show these to the room. One that was written anew meanwhile has not been read: it goes on waiting."""
    still = set(waiting(cafe))
    return tuple(
        TextShown(one.question, one.author) if one.note is None else NoteShown(one.question, one.note)
        for one in pieces
        if one in still
    )


def discard(cafe: Cafe, pieces: Iterable[Piece]) -> Events:
    """Never show these, unless somebody shows them again. One that was written anew meanwhile waits."""
    still = set(waiting(cafe))
    return tuple(
        TextHidden(one.question, one.author) if one.note is None else NoteHidden(one.question, one.note)
        for one in pieces
        if one in still
    )


def _texts(cafe: Cafe) -> Iterable[Piece]:
    for stop in cafe.programme.questions:
        for person, answer in cafe.counted(stop.id).items():
            if answer.waiting:
                yield Piece(stop.id, person, None, written(stop.prompt, answer.value), answer.at)


def _notes(cafe: Cafe) -> Iterable[Piece]:
    for question in cafe.notes:
        for note in seen(cafe, question, with_hidden=True):
            if note.waiting and note.author is not None:
                yield Piece(question, note.author, note.id, note.text, note.at)
