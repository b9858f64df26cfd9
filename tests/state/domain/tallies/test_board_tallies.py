"""A board shows each note once, with its twins under it, and no note that was taken back, hidden or sent away."""

from __future__ import annotations

from functools import partial

import pytest

from state.domain import decisions, notes
from state.domain.tallies.boards import Column, columns, seen
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
    argues,
    goes,
    joins,
    play,
    posts,
    stop_at,
    whole_cafe,
)

hide = partial(partial, notes.hide, question=BOARD)
merge = partial(partial, notes.merge, question=BOARD)
withdraw = partial(partial, notes.withdraw, question=BOARD)

STUCK = play(
    whole_cafe(),
    joins("ada"),
    joins("bob"),
    goes(BOARD),
    posts("ada", "1", "Mon badge"),
    posts("bob", "2", "Badge", MORNING, GREEN),
    posts("ada", "3", "Le menu", BREAK, GREEN),
    posts(None, "4", "Noté à voix haute", BREAK, BLUE),
)


def shown(cafe: object, question: str = BOARD, **options: bool) -> dict[str, list[str]]:
    """The ids of the notes of each column, a twin after the note that it stands under."""
    found: tuple[Column, ...] = columns(cafe, stop_at(cafe, question), **options)  # type: ignore[arg-type]
    return {
        column.id: [f"{one.note.id}{''.join(f'+{twin.id}' for twin in one.twins)}" for one in column.notes]
        for column in found
    }


def test_notes_stand_in_their_column_from_the_oldest() -> None:
    assert shown(STUCK) == {MORNING: ["1", "2"], BREAK: ["3", "4"]}
    (morning, pause) = columns(STUCK, stop_at(STUCK, BOARD))
    assert (morning.label, morning.colours, morning.count) == ("Le trajet", {BLUE: 1, GREEN: 1}, 2)
    assert (pause.colours, pause.count) == ({GREEN: 1, BLUE: 1}, 2)


def test_an_empty_board_still_has_its_columns() -> None:
    (morning, pause) = columns(whole_cafe(), stop_at(whole_cafe(), BOARD))
    assert (morning.id, morning.notes, morning.count, pause.id) == (MORNING, (), 0, BREAK)


def test_a_twin_counts_in_the_column_and_the_colour_of_the_note_above_it() -> None:
    cafe = play(STUCK, merge(note="3", into="1"))
    assert shown(cafe) == {MORNING: ["1+3", "2"], BREAK: ["4"]}
    (morning, pause) = columns(cafe, stop_at(cafe, BOARD))
    assert (morning.colours, pause.colours) == ({BLUE: 2, GREEN: 1}, {BLUE: 1})


def test_a_twin_comes_back_when_the_note_above_it_leaves() -> None:
    merged = play(STUCK, merge(note="2", into="1"))
    assert shown(merged)[MORNING] == ["1+2"]
    assert shown(play(merged, withdraw(note="1", person="ada")))[MORNING] == ["2"]
    assert shown(play(merged, hide(note="1")))[MORNING] == ["2"]
    assert shown(play(merged, partial(decisions.remove, person="ada")))[MORNING] == ["2"]


def test_a_hidden_note_is_seen_by_the_facilitator_alone() -> None:
    cafe = play(STUCK, hide(note="2"))
    assert shown(cafe)[MORNING] == ["1"]
    assert shown(cafe, with_hidden=True)[MORNING] == ["1", "2"]
    assert [note.id for note in seen(cafe, BOARD)] == ["1", "3", "4"]


def test_a_hidden_twin_stands_under_its_note_for_the_facilitator_alone() -> None:
    cafe = play(STUCK, merge(note="2", into="1"), hide(note="2"))
    assert shown(cafe)[MORNING] == ["1"]
    assert shown(cafe, with_hidden=True)[MORNING] == ["1+2"]


def test_a_note_taken_back_is_seen_by_nobody() -> None:
    cafe = play(STUCK, withdraw(note="1", person="ada"), withdraw(note="4", person=None))
    assert shown(cafe, with_hidden=True) == {MORNING: ["2"], BREAK: ["3"]}


def test_the_notes_of_somebody_removed_leave_the_board_until_they_are_back() -> None:
    cafe = play(STUCK, partial(decisions.remove, person="ada"))
    assert shown(cafe, with_hidden=True) == {MORNING: ["2"], BREAK: ["4"]}
    assert shown(play(cafe, partial(decisions.readmit, person="ada"))) == shown(STUCK)


# Arguments, which people support.


def backs(person: str, note: str, *, backed: bool = True):  # type: ignore[no-untyped-def]
    return partial(notes.back, question=ARGUMENTS, note=note, person=person, backed=backed)


ARGUED = play(
    whole_cafe(),
    *map(joins, ("ada", "bob", "cyd")),
    goes(ARGUMENTS),
    argues("ada", "1"),
    argues("bob", "2"),
    argues("bob", "3", side=DISAGREE),
)


def votes(cafe: object) -> dict[str, int]:
    found = columns(cafe, stop_at(cafe, ARGUMENTS))  # type: ignore[arg-type]
    return {one.note.id: one.votes for column in found for one in column.notes}


def test_the_most_supported_argument_comes_first_then_the_oldest() -> None:
    assert shown(ARGUED, ARGUMENTS) == {AGREE: ["1", "2"], DISAGREE: ["3"]}
    cafe = play(ARGUED, backs("cyd", "2"))
    assert shown(cafe, ARGUMENTS) == {AGREE: ["2", "1"], DISAGREE: ["3"]}
    assert votes(cafe) == {"1": 0, "2": 1, "3": 0}


def test_somebody_who_supports_two_twins_counts_once() -> None:
    cafe = play(ARGUED, backs("cyd", "1"), backs("cyd", "2"), backs("ada", "2"))
    cafe = play(cafe, partial(notes.merge, question=ARGUMENTS, note="2", into="1"))
    assert votes(cafe) == {"1": 2, "3": 0}


def test_the_support_of_somebody_removed_does_not_count() -> None:
    cafe = play(ARGUED, backs("cyd", "1"), backs("ada", "1"), partial(decisions.remove, person="cyd"))
    assert votes(cafe) == {"1": 1, "2": 0, "3": 0}


def test_support_can_be_taken_back() -> None:
    cafe = play(ARGUED, backs("cyd", "1"), backs("cyd", "1", backed=False))
    assert votes(cafe)["1"] == 0


def test_only_a_board_has_columns() -> None:
    with pytest.raises(TypeError, match=CARD):
        columns(STUCK, stop_at(STUCK, CARD))
