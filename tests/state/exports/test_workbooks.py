"""Workbooks and archives give back what people said, with its type, whatever it was."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText
from odf.text import P
from openpyxl.utils.escape import unescape

from content.catalogue import t
from content.plan import rehearsal_plan
from state.domain.events import Answered, Joined
from state.exports.archive import Archive, archive
from state.exports.ods import ods
from state.exports.sheets import NAME_LENGTH, sheet_name
from state.exports.tables import COLUMNS
from state.exports.xlsx import xlsx
from state.exports.xml_text import visible
from tests.state.cafes import ONE, TWO, WORDS, after, answers, begun, created, goes, joins, play, small_plan

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "=+-@\t\r\n '\"<&]>_x0041\u200b", max_size=9
)
HEADING = [t(f"csv.{column}") for column in COLUMNS]
Book = dict[str, list[list[Any]]]


def read_xlsx(cafe: Cafe, *, names: bool = False) -> Book:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx(cafe, names=names))))
    cells = {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book.worksheets}
    assert not [cell for rows in cells.values() for row in rows for cell in row if cell.data_type == "f"]
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A2"}
    return {
        name: [[unescape(one.value) if isinstance(one.value, str) else one.value for one in row] for row in rows]
        for name, rows in cells.items()
    }


def read_ods(cafe: Cafe, *, names: bool = False) -> Book:
    book = load(io.BytesIO(b"".join(ods(cafe, names=names))))
    return {
        sheet.getAttribute("name"): [
            [ods_value(cell) for cell in row.getElementsByType(TableCell)] for row in sheet.getElementsByType(TableRow)
        ]
        for sheet in book.getElementsByType(Table)
    }


def ods_value(cell: Any) -> Any:
    assert cell.getAttribute("formula") is None
    match cell.getAttribute("valuetype"):
        case "boolean":
            return cell.getAttribute("booleanvalue") == "true"
        case "float":
            return int(cell.getAttribute("value"))
        case "date":
            return datetime.fromisoformat(cell.getAttribute("datevalue"))
        case "string":
            return "\n".join(map(extractText, cell.getElementsByType(P)))
        case _:
            return None


READERS = pytest.mark.parametrize("read", [read_xlsx, read_ods])


def lines(book: Book, sheet: str) -> list[dict[str, Any]]:
    heading, *rows = book[sheet]
    assert heading == HEADING
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@READERS
@given(ANY, ANY)
@example("=HYPERLINK(1)", "_x0041_ \x00 <b> ]]>  \t  \n \n")
def test_whatever_people_write_comes_back_from_a_workbook(read: Any, pseudonym: str, text: str) -> None:
    cafe = after(begun(), Joined("ada", pseudonym, "novice", "room"), Answered(WORDS, "ada", text, "k"))
    (row,) = lines(read(cafe, names=True), "Le débat")
    assert (row["name"] or "", row["answer"] or "") == (visible(pseudonym), visible(text))


@given(ANY, ANY)
def test_whatever_people_write_comes_back_from_an_archive(pseudonym: str, text: str) -> None:
    cafe = after(begun(), Joined("ada", pseudonym, "novice", "room"), Answered(WORDS, "ada", text, "k"))
    (row,) = Archive.model_validate_json(b"".join(archive(cafe, names=True))).answers
    assert (row.name or "", row.answer) == (pseudonym, text)


@pytest.mark.parametrize("text", ["Ada", "été", "a\tb\nc", "👩‍🚀 œ", "=1"])
def test_what_xml_allows_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_what_xml_forbids_is_shown() -> None:
    assert visible("a\x00b\x1b[1m\r\ud800\uffff") == "a␀b␛[1m␍\ufffd\ufffd"


@READERS
def test_each_activity_has_its_sheet_and_cells_have_their_types(read: Any) -> None:
    cafe = play(
        begun(), joins("ada", pseudonym="Ada", level="novice", place="room"), goes(ONE), answers("ada", ONE, "a")
    )
    cafe = play(cafe, goes(TWO), answers("ada", TWO, "a"), goes(WORDS), answers("ada", WORDS, "12"))
    book = read(cafe)
    assert list(book) == [t("export.readme"), "Le jeu", "Le débat"]
    first, second = lines(book, "Le jeu")
    assert (first["right"], second["right"], first["counted"]) == (True, False, True)
    assert (first["number"], first["person"], first["people"]) == (1, 1, 1)
    assert isinstance(first["at"], datetime)
    assert first["name"] is None
    (word,) = lines(book, "Le débat")
    assert (word["answer"], word["right"]) == ("12", None)


@READERS
def test_a_rehearsal_says_what_it_is(read: Any) -> None:
    plan = rehearsal_plan(small_plan(), 12)
    told = [cell for row in read(begun(created(plan=plan)))[t("export.readme")] for cell in row]
    assert t("export.rehearsal") in told
    assert t("export.rehearsal") not in [cell for row in read(begun())[t("export.readme")] for cell in row]


@given(
    st.lists(
        st.text(max_size=50) | st.sampled_from(["", "'", "a" * 40, "A" * 40, "History", "[]:*?/\\", "😀" * 40]),
        max_size=30,
    )
)
def test_sheets_have_names_that_spreadsheets_take(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= NAME_LENGTH
        assert not set(name) & set("[]:*?/\\\x00\n")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.lower() != "history"


@pytest.mark.parametrize("make", [xlsx, ods, archive])
def test_a_file_made_twice_is_the_same(make: Any) -> None:
    cafe = play(begun(), joins("ada"), goes(WORDS), answers("ada", WORDS, "mots"))
    assert b"".join(make(cafe)) == b"".join(make(cafe))
