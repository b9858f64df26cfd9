"""The one source of what every file holds: a typed row for each answer, note and show of hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from content.prompts import Board, Hunt, MultipleChoice, Ordering, SingleChoice, Written, countable
from state.domain.tallies.boards import seen
from state.domain.values import choice_and_text, picked, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe, Participant, Stop

Source = Literal["person", "facilitator", "hands"]


class Row(NamedTuple):
    """Something said in a café.

    `step_id` and `question_id` are ids, `moment`, `level` and `place` too (empty where nothing was said); `person` is
    the order of arrival, from 1. `right` is None where no answer is right, `votes` where nobody votes. `at` is seconds
    since 1970, UTC; a show of hands has none. `people` is how many said it: one, but for hands.
    """

    step_id: str
    step: str
    number: int
    question_id: str
    question: str
    moment: str
    source: Source
    answer: str
    counted: bool
    people: int
    person: int | None = None
    name: str = ""
    level: str = ""
    place: str = ""
    right: bool | None = None
    at: float | None = None
    column: str = ""
    colour: str = ""
    votes: int | None = None


_Who = tuple[int | None, str, str, str]
_NOBODY: _Who = (None, "", "", "")


class _About(NamedTuple):
    step_id: str
    step: str
    number: int
    question_id: str
    question: str
    moment: str


def rows(cafe: Cafe, *, names: bool = False) -> Iterator[Row]:
    """Every answer kept, in the order of the programme, one at a time; pseudonyms only with `names`.

    Of what was written and is hidden, or waits to be published, there is the row and not the words.
    """
    for stop in cafe.programme.questions:
        yield from _answers(cafe, stop, names=names)
        yield from _notes(cafe, stop, names=names)
        yield from _hands(cafe, stop)


def _answers(cafe: Cafe, stop: Stop, *, names: bool) -> Iterator[Row]:
    given = cafe.answers.get(stop.id, {})
    about = _about(stop)
    for person in cafe.participants.values():
        if (answer := given.get(person.id)) is not None:
            yield Row(
                *about,
                "person",
                said(stop.prompt, answer.value) if not answer.hidden else _without_words(stop, answer.value),
                not (person.removed or answer.hidden),
                1,
                *_who(person, names=names),
                _right(stop, answer.value),
                answer.at,
            )


def _without_words(stop: Stop, value: str) -> str:
    """What is left of an answer whose words nobody is shown: its choice, where it has one."""
    if isinstance(stop.prompt, Hunt | Written):
        return ""
    choice, _ = choice_and_text(value)
    return said(stop.prompt, choice) if choice else ""


def _notes(cafe: Cafe, stop: Stop, *, names: bool) -> Iterator[Row]:
    """The notes of a board, but those taken back: whoever took one back wants it forgotten."""
    board = stop.prompt
    if not isinstance(board, Board):
        return
    about = _about(stop)
    columns = {one.id: one.label for one in board.columns}
    colours = {one.id: one.label for one in board.colours}
    counted = {note.id for note in seen(cafe, stop.id)}
    for note in cafe.notes.get(stop.id, {}).values():
        if note.withdrawn:
            continue
        who = _who(cafe.participants[note.author], names=names) if note.author else _NOBODY
        yield Row(
            *about,
            "person" if note.author else "facilitator",
            "" if note.hidden else note.text,
            note.id in counted,
            1,
            *who,
            None,
            note.at,
            columns.get(note.column, note.column),
            colours.get(note.colour or "", ""),
            len(note.backers) if board.votes else None,
        )


def _hands(cafe: Cafe, stop: Stop) -> Iterator[Row]:
    """What was counted by eye, a row for each choice."""
    labels = {choice.id: choice.label for choice in countable(stop.prompt)}
    for choice, count in cafe.hands.get(stop.id, {}).items():
        yield Row(*_about(stop), "hands", labels[choice], counted=True, people=count)


def _about(stop: Stop) -> _About:
    assert stop.step is not None
    assert stop.prompt is not None
    step, prompt = stop.step, stop.prompt
    return _About(step.id, step.activity.title, stop.number, stop.id, prompt.prompt, prompt.moment)


def _who(person: Participant, *, names: bool) -> _Who:
    return person.number, (person.pseudonym or "") if names else "", person.level or "", person.place or ""


def _right(stop: Stop, value: str) -> bool | None:
    """Whether an answer is right; None where none is."""
    match stop.prompt:
        case SingleChoice():
            return value in stop.prompt.right
        case MultipleChoice() if stop.prompt.right:
            return set(picked(value)) == set(stop.prompt.right)
        case Ordering():
            return picked(value) == tuple(entry.id for entry in stop.prompt.entries)
        case _:
            return None
