"""Files made of a café. No cell of them is a formula for any spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content.catalogue import t
from content.schema import ChoiceQuestion

if TYPE_CHECKING:
    from state.domain.cafe import Answer, Cafe, Participant, Stop

COLUMNS = (
    "step", "number", "question", "person", "name", "level", "place", "answer", "right", "counted", "at",
)  # fmt: skip
_FORMULA_STARTS = "=+-@"


def answers_csv(cafe: Cafe) -> bytes:
    """Every answer kept, one a line, as French spreadsheets read it: UTF-8 with its mark, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([t(f"csv.{column}") for column in COLUMNS])
    for stop in cafe.programme.questions:
        given = cafe.answers.get(stop.id, {})
        for person in cafe.participants.values():
            if (answer := given.get(person.id)) is not None:
                writer.writerow([inert(cell) for cell in _row(stop, person, answer)])
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
    """A file name that any system takes, made of the title and the day."""
    plain = unicodedata.normalize("NFKD", cafe.title).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain.lower()).split()
    day = datetime.fromtimestamp(cafe.created_at, UTC).strftime("%Y-%m-%d")
    return f"{'-'.join(['cafe', *words])[:60].rstrip('-')}-{day}.{ending}"


def _starts_formula(cell: str) -> bool:
    # NFKC makes the full-width signs ordinary, as some spreadsheets do; white space before a sign does not disarm it.
    bare = unicodedata.normalize("NFKC", cell).lstrip()
    return bare[:1] in set(_FORMULA_STARTS) or cell[:1] in {"\t", "\r", "\n"}


def _row(stop: Stop, person: Participant, answer: Answer) -> tuple[str, ...]:
    assert stop.step is not None
    assert stop.prompt is not None
    labels, right = {}, ""
    if isinstance(stop.prompt, ChoiceQuestion):
        labels = {choice.id: choice.label for choice in stop.prompt.choices}
        if stop.prompt.right:
            right = t("csv.yes") if answer.value in stop.prompt.right else t("csv.no")
    return (
        stop.step.activity.title,
        str(stop.number),
        stop.prompt.prompt,
        str(person.number),
        person.pseudonym or "",
        t(f"level.{person.level}") if person.level else "",
        t(f"place.{person.place}") if person.place else "",
        labels.get(answer.value, answer.value),
        right,
        t("csv.no") if person.removed or answer.hidden else t("csv.yes"),
        datetime.fromtimestamp(answer.at, UTC).isoformat(timespec="seconds"),
    )
