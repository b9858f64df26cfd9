"""A café as sheets of typed cells, whatever the kind of workbook: one to read first, and one for each activity."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain, count, groupby
from typing import TYPE_CHECKING, NamedTuple

from content.catalogue import t
from state.exports.about import about
from state.exports.rows import rows
from state.exports.tables import COLUMNS, Words
from state.exports.xml_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from state.domain.cafe import Cafe
    from state.exports.rows import Row

Cell = str | int | bool | datetime | None
NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# The one name that Excel keeps for itself.
_RESERVED = "history"


class Sheet(NamedTuple):
    """`lines` can be read once; texts in them hold nothing that XML forbids. Moments are naive, in UTC."""

    name: str
    heading: tuple[str, ...]
    lines: Iterable[tuple[Cell, ...]]


def sheets(cafe: Cafe, *, names: bool = False) -> Iterator[Sheet]:
    """The sheets of a café, one after another: each is to be read before the next."""
    first = t("export.readme")
    taken = {first.lower()}
    heading = (t("export.fact"), t("export.value"))
    yield Sheet(first, heading, [(visible(fact), visible(value)) for fact, value in about(cafe, names=names)])
    words = Words()
    columns = tuple(t(f"csv.{column}") for column in COLUMNS)
    for _, said in groupby(rows(cafe, names=names), key=lambda row: row.step_id):
        first_row = next(said)
        lines = (_cells(words, row) for row in chain((first_row,), said))
        yield Sheet(sheet_name(first_row.step, taken), columns, lines)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that spreadsheets take and that no other sheet has; adds it to `taken`, in small letters."""
    bare = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("' ") or t("export.sheet")
    for number in count(1):
        ending = "" if number == 1 else f" ({number})"
        name = f"{_cut(bare, NAME_LENGTH - len(ending))}{ending}"
        if name.lower() not in taken | {_RESERVED}:
            taken.add(name.lower())
            return name
    raise AssertionError


def _cut(text: str, most: int) -> str:
    """Spreadsheets count in UTF-16: a picture outside the first plane is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").rstrip("' ")


def _cells(words: Words, row: Row) -> tuple[Cell, ...]:
    return (
        visible(row.step),
        row.number,
        visible(row.question),
        words.moment[row.moment],
        row.person,
        visible(words.who(row)),
        words.level[row.level],
        words.place[row.place],
        visible(row.answer),
        row.right,
        row.counted,
        None if row.at is None else datetime.fromtimestamp(row.at, UTC).replace(tzinfo=None, microsecond=0),
        visible(row.column),
        visible(row.colour),
        row.votes,
        row.people,
    )
