"""Notes on a board, as they stand: by column, with their twins under them and how many people support them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.prompts import Board

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Cafe, Note
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Stuck:
    """A note as it is seen; `twins` says the same in as many other notes, `votes` counts the people behind all."""

    note: Note
    twins: tuple[Note, ...]
    votes: int


@dataclass(frozen=True, slots=True)
class Column:
    """`colours` counts notes by colour, twins included."""

    id: str
    label: str
    notes: tuple[Stuck, ...]
    colours: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.colours.values())


def columns(cafe: Cafe, stop: Stop, *, with_hidden: bool = False) -> tuple[Column, ...]:
    """The board, column by column: oldest notes first, or the most supported where notes are voted for.

    Raises:
        TypeError: the stop asks something else.
    """
    board = stop.prompt
    if not isinstance(board, Board):
        raise TypeError(stop.id)
    notes = seen(cafe, stop.id, with_hidden=with_hidden)
    heads = {note.id for note in notes if note.under is None}
    under: dict[str, list[Note]] = {}
    for note in notes:
        if note.under in heads:
            under.setdefault(note.under, []).append(note)
    here = {one.id for one in cafe.present}
    stuck = [
        Stuck(note, tuple(under.get(note.id, ())), len(_backers(note, under.get(note.id, ()), here)))
        for note in notes
        if note.under not in heads
    ]
    if board.votes:
        stuck.sort(key=lambda one: (-one.votes, one.note.at))
    return tuple(
        Column(
            column.id,
            column.label,
            tuple(one for one in stuck if one.note.column == column.id),
            # A twin counts where the note that it stands under does.
            Counter(
                one.note.colour or "" for one in stuck if one.note.column == column.id for _ in (one.note, *one.twins)
            ),
        )
        for column in board.columns
    )


def seen(cafe: Cafe, question: str, *, with_hidden: bool = False) -> list[Note]:
    """The notes that count, oldest first: not taken back, not of somebody removed, hidden ones on demand."""
    return [
        note
        for note in cafe.notes.get(question, {}).values()
        if not note.withdrawn
        and (with_hidden or not note.hidden)
        and (note.author is None or not cafe.participants[note.author].removed)
    ]


def _backers(note: Note, twins: list[Note] | tuple[Note, ...], here: set[str]) -> set[str]:
    return {person for one in (note, *twins) for person in one.backers if person in here}
