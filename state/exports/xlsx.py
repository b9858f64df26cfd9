"""Excel workbooks: texts stay texts, whatever they start with; numbers, dates and yes or no have their types."""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter

from state.exports.parts import parts_of
from state.exports.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe
    from state.exports.sheets import Cell, Sheet

# Rows go to the disk as they are written: memory does not grow with the café.
_OPTIONS = {"constant_memory": True}
_WIDTHS = {0: 24, 2: 48, 5: 18, 6: 18, 8: 48, 11: 20}
_README_WIDTHS = {0: 24, 1: 90}


def xlsx(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
    """A workbook with a sheet for each activity, and one to read first."""

    def write(file: IO[bytes]) -> None:
        with xlsxwriter.Workbook(file, _OPTIONS) as book:
            # A fixed moment: the same café gives the same bytes.
            book.set_properties({"title": cafe.title, "created": datetime(2026, 1, 1)})  # noqa: DTZ001
            head = book.add_format({"bold": True, "bottom": 1})
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            for index, one in enumerate(sheets(cafe, names=names)):
                _sheet(book.add_worksheet(one.name), one, head, moment, wrapped, _WIDTHS if index else _README_WIDTHS)

    return parts_of(write)


def _sheet(drawn: Any, sheet: Sheet, head: Any, moment: Any, wrapped: Any, widths: dict[int, int]) -> None:
    drawn.freeze_panes(1, 0)
    for column, width in widths.items():
        drawn.set_column(column, column, width)
    for column, word in enumerate(sheet.heading):
        drawn.write_string(0, column, word, head)
    for line, cells in enumerate(sheet.lines, 1):
        for column, cell in enumerate(cells):
            _cell(drawn, line, column, cell, moment, wrapped)


def _cell(drawn: Any, line: int, column: int, cell: Cell, moment: Any, wrapped: Any) -> None:
    match cell:
        case None | "":
            pass
        case bool():
            drawn.write_boolean(line, column, cell)
        case int():
            drawn.write_number(line, column, cell)
        case datetime():
            drawn.write_datetime(line, column, cell, moment)
        case _:
            drawn.write_string(line, column, cell, wrapped)
