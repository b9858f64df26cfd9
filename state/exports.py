"""Files made of a café. No cell of them is a formula for any spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content.catalogue import t
from content.prompts import Board, MultipleChoice, Ordering, SingleChoice, countable
from state.domain.tallies.boards import seen
from state.domain.values import picked, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe, Participant, Stop

COLUMNS = (
    "step", "number", "question", "moment", "person", "name", "level", "place", "answer", "right", "counted", "at",
    "column", "colour", "votes", "people",
)  # fmt: skip
_FORMULA_STARTS = "=+-@"


def answers_csv(cafe: Cafe) -> bytes:
    """Every answer kept, one a line, as French spreadsheets read it: UTF-8 with its mark, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([t(f"csv.{column}") for column in COLUMNS])
    for stop in cafe.programme.questions:
        for row in (*_answers(cafe, stop), *_notes(cafe, stop), *_hands(cafe, stop)):
            writer.writerow([inert(row.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text: an apostrophe stands before what would start a formula.

    `original` takes it away again.
    """
    return f"'{cell}" if cell.startswith("'") or _starts_formula(cell) else cell


def original(cell: str) -> str:
    """What `inert` was given."""
    return cell.removeprefix("'")


def file_name(cafe: Cafe, ending: str) -> str:
    """A file name that any system takes, made of the title and the day; a rehearsal's says what it is."""
    plain = unicodedata.normalize("NFKD", cafe.title).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain.lower()).split()
    day = datetime.fromtimestamp(cafe.created_at, UTC).strftime("%Y-%m-%d")
    kind = t("rehearsal.file") if cafe.plan.rehearsal else "cafe"
    return f"{'-'.join([kind, *words])[:60].rstrip('-')}-{day}.{ending}"


def _starts_formula(cell: str) -> bool:
    # NFKC makes the full-width signs ordinary, as some spreadsheets do; white space before a sign does not disarm it.
    bare = unicodedata.normalize("NFKC", cell).lstrip()
    return bare[:1] in set(_FORMULA_STARTS) or cell[:1] in {"\t", "\r", "\n"}


def _answers(cafe: Cafe, stop: Stop) -> Iterator[dict[str, str]]:
    given = cafe.answers.get(stop.id, {})
    for person in cafe.participants.values():
        if (answer := given.get(person.id)) is not None:
            yield {
                **_about(stop),
                **_who(person),
                "answer": said(stop.prompt, answer.value),
                "right": _right(stop, answer.value),
                "counted": t("csv.no") if person.removed or answer.hidden else t("csv.yes"),
                "at": _when(answer.at),
                "people": "1",
            }


def _notes(cafe: Cafe, stop: Stop) -> Iterator[dict[str, str]]:
    """The notes of a board, but those taken back: whoever took one back wants it forgotten."""
    board = stop.prompt
    if not isinstance(board, Board):
        return
    columns = {one.id: one.label for one in board.columns}
    colours = {one.id: one.label for one in board.colours}
    counted = {note.id for note in seen(cafe, stop.id)}
    for note in cafe.notes.get(stop.id, {}).values():
        if note.withdrawn:
            continue
        yield {
            **_about(stop),
            **(_who(cafe.participants[note.author]) if note.author else {"name": t("board.facilitator")}),
            "answer": note.text,
            "counted": t("csv.yes" if note.id in counted else "csv.no"),
            "at": _when(note.at),
            "column": columns.get(note.column, note.column),
            "colour": colours.get(note.colour or "", ""),
            "votes": str(len(note.backers)) if board.votes else "",
            "people": "1",
        }


def _hands(cafe: Cafe, stop: Stop) -> Iterator[dict[str, str]]:
    """What was counted by eye, a line for each choice."""
    labels = {choice.id: choice.label for choice in countable(stop.prompt)}
    for choice, count in cafe.hands.get(stop.id, {}).items():
        yield {
            **_about(stop),
            "name": t("csv.hands"),
            "answer": labels[choice],
            "counted": t("csv.yes"),
            "people": str(count),
        }


def _about(stop: Stop) -> dict[str, str]:
    assert stop.step is not None
    assert stop.prompt is not None
    moment = stop.prompt.moment
    return {
        "step": stop.step.activity.title,
        "number": str(stop.number),
        "question": stop.prompt.prompt,
        "moment": t(f"moment.{moment}") if moment else "",
    }


def _who(person: Participant) -> dict[str, str]:
    return {
        "person": str(person.number),
        "name": person.pseudonym or "",
        "level": t(f"level.{person.level}") if person.level else "",
        "place": t(f"place.{person.place}") if person.place else "",
    }


def _right(stop: Stop, value: str) -> str:
    """Whether an answer is right; empty where none is."""
    match stop.prompt:
        case SingleChoice():
            right = value in stop.prompt.right
        case MultipleChoice() if stop.prompt.right:
            right = set(picked(value)) == set(stop.prompt.right)
        case Ordering():
            right = picked(value) == tuple(entry.id for entry in stop.prompt.entries)
        case _:
            return ""
    return t("csv.yes" if right else "csv.no")


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
