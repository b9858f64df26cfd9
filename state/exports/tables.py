"""CSV in two styles: as French spreadsheets open it, and as open data is published; a part of the file at a time."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from content.catalogue import t
from content.prompts import Asked
from state.domain.events import LEVELS, PLACES
from state.exports.formulas import inert
from state.exports.rows import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from state.domain.cafe import Cafe
    from state.exports.rows import Row

COLUMNS = (
    "step", "number", "question", "moment", "person", "name", "level", "place", "answer", "right", "counted", "at",
    "column", "colour", "votes", "people",
)  # fmt: skip
# The same columns as programs read them: part of a public format, so never renamed.
OPEN_COLUMNS = (
    "etape", "numero", "question", "moment", "personne", "pseudonyme", "niveau", "lieu", "reponse", "juste", "comptee",
    "date_heure", "colonne", "couleur", "soutiens", "personnes",
)  # fmt: skip
_PART_CHARACTERS = 64 * 1024
_CELLS_REMEMBERED = 4096


def french_csv(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
    """UTF-8 with its mark, semicolons, CRLF: what spreadsheets set to French open without a question."""
    yield "\ufeff".encode()
    yield from _parts([t(f"csv.{column}") for column in COLUMNS], cafe, Words().french, ";", names=names)


def open_csv(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
    """RFC 4180: UTF-8 without a mark, commas, CRLF, a header for programs, dates of ISO 8601 with their zone."""
    yield from _parts(list(OPEN_COLUMNS), cafe, Words().open, ",", names=names)


def _parts(
    heading: list[str], cafe: Cafe, cells: Callable[[Row], list[str]], separator: str, *, names: bool
) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    # Most cells of a file were in it before: titles, labels, nothing at all.
    safe = lru_cache(_CELLS_REMEMBERED)(inert)
    writer.writerow(heading)
    for row in rows(cafe, names=names):
        writer.writerow(map(safe, cells(row)))
        if text.tell() > _PART_CHARACTERS:
            # A lone surrogate has no bytes: a question mark shows that something stood there.
            yield text.getvalue().encode(errors="replace")
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode(errors="replace")


class Words:
    """The words of cells, looked up once for a file."""

    def __init__(self) -> None:
        self.level: dict[str, str] = {"": "", **{one: t(f"level.{one}") for one in LEVELS}}
        self.place: dict[str, str] = {"": "", **{one: t(f"place.{one}") for one in PLACES}}
        moments = get_args(Asked.model_fields["moment"].annotation)
        self.moment = {one: t(f"moment.{one}") if one else "" for one in moments}
        self.sources = {"person": "", "facilitator": t("board.facilitator"), "hands": t("csv.hands")}
        self._yes = {True: t("csv.yes"), False: t("csv.no"), None: ""}

    def french(self, row: Row) -> list[str]:
        return self._cells(row, self._yes, "" if row.at is None else _when(row.at))

    def open(self, row: Row) -> list[str]:
        return self._cells(row, _TRUE, "" if row.at is None else _when(row.at))

    def who(self, row: Row) -> str:
        """A pseudonym, or what stands for one where nobody in particular spoke."""
        return row.name or self.sources[row.source]

    def _cells(self, row: Row, yes: dict[bool | None, str], at: str) -> list[str]:
        return [
            row.step,
            str(row.number),
            row.question,
            self.moment[row.moment],
            "" if row.person is None else str(row.person),
            self.who(row),
            self.level[row.level],
            self.place[row.place],
            row.answer,
            yes[row.right],
            yes[row.counted],
            at,
            row.column,
            row.colour,
            "" if row.votes is None else str(row.votes),
            str(row.people),
        ]


_TRUE: dict[bool | None, str] = {True: "true", False: "false", None: ""}


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
