"""What leaves in a file comes back the same, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.catalogue import t
from state.domain import decisions
from state.domain.events import Answered, Joined, TextHidden
from state.exports import COLUMNS, answers_csv, file_name, inert, original
from tests.state.cafes import FILM, ONE, POLL, TWO, WORDS, after, answers, begun, created, goes, joins, play, small_plan

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "=+-@\t\r\n '\";,＝＋a\u200b\u00a0", max_size=8
)
HOSTILE = [
    '=HYPERLINK("http://x","y")', "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1",
    "＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫1", "'=1", "''", "'", '"', '";"', "a;b", "a\r\nb", "../x", "",
]  # fmt: skip


def starts_a_formula(cell: str) -> bool:
    bare = unicodedata.normalize("NFKC", cell).lstrip()
    return bare.startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r", "\n"))


def rows_of(cafe: Cafe) -> list[dict[str, str]]:
    """The table as a spreadsheet reads it, by the column's name in the code, each text as it was."""
    text = answers_csv(cafe).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert heading == [t(f"csv.{column}") for column in COLUMNS]
    for row in rows:
        assert not any(starts_a_formula(cell) for cell in row)
    return [dict(zip(COLUMNS, map(original, row), strict=True)) for row in rows]


@given(ANY)
def test_any_text_comes_back_and_starts_no_formula(text: str) -> None:
    assert original(inert(text)) == text
    assert not starts_a_formula(inert(text))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_text_comes_back_and_starts_no_formula(text: str) -> None:
    assert original(inert(text)) == text
    assert not starts_a_formula(inert(text))


@pytest.mark.parametrize("text", ["Ada", "3 - 2", "a=b", "« oui »", "O'Brien", "1+1"])
def test_an_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text


@given(ANY, ANY)
@example("=1", "\r\n;\"'")
def test_whatever_people_write_comes_back_from_the_table(pseudonym: str, text: str) -> None:
    cafe = after(begun(), Joined("ada", pseudonym, "novice", "room"), Answered(WORDS, "ada", text, "k"))
    (row,) = rows_of(cafe)
    assert (row["name"], row["answer"]) == (pseudonym, text)


@pytest.mark.parametrize("label", ['=HYPERLINK("x")', "-5 %", "@moi", "＝1"])
def test_a_label_of_the_content_starts_no_formula_either(label: str) -> None:
    cafe = begun(created(plan=small_plan(labels=(label, "b", "c"))))
    (row,) = rows_of(play(cafe, joins("ada"), goes(ONE), answers("ada", ONE, "a")))
    assert row["answer"] == label


def test_the_table_has_a_row_for_every_answer_in_the_order_of_the_programme() -> None:
    cafe = play(begun(), joins("bob", pseudonym="Bob", level="expert", place="remote"), joins("ada"))
    cafe = play(
        cafe, goes(TWO), answers("ada", TWO, "b"), goes(ONE), answers("ada", ONE, "b"), answers("bob", ONE, "a")
    )
    cafe = play(cafe, goes(FILM), answers("bob", FILM, "fini"), goes(WORDS), answers("ada", WORDS, "des mots"))
    cafe = play(cafe, goes(POLL), answers("ada", POLL, "c"))
    rows = rows_of(cafe)
    assert [(row["question"], row["person"], row["answer"], row["right"]) for row in rows] == [
        ("Laquelle ?", "1", "Alpha", "oui"),
        ("Laquelle ?", "2", "Bêta", "non"),
        ("Lesquelles ?", "2", "Bêta", "oui"),
        ("On regarde.", "1", "fini", ""),
        ("Vos mots ?", "2", "des mots", ""),
        ("Et vous ?", "2", "Gamma", ""),
    ]
    assert (rows[0]["name"], rows[0]["level"], rows[0]["place"]) == ("Bob", "Expert ou experte", "À distance")
    assert (rows[1]["name"], rows[1]["level"], rows[1]["place"]) == ("", "", "")
    assert rows[0]["at"].startswith("2025-06-15T")
    assert [row["number"] for row in rows] == ["1", "1", "2", "1", "1", "3"]


def test_what_does_not_count_is_in_the_table_and_says_so() -> None:
    cafe = play(begun(), joins("ada"), joins("bob"), joins("cyd"), goes(WORDS))
    cafe = play(cafe, *(answers(person, WORDS, person) for person in ("ada", "bob", "cyd")))
    cafe = play(after(cafe, TextHidden(WORDS, "ada")), partial(decisions.remove, person="bob"))
    assert {row["answer"]: row["counted"] for row in rows_of(cafe)} == {"ada": "non", "bob": "non", "cyd": "oui"}


def test_an_empty_cafe_gives_its_headings() -> None:
    assert rows_of(begun()) == []


def test_the_table_opens_in_a_french_spreadsheet() -> None:
    table = answers_csv(begun())
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.endswith(b"\r\n")
    assert table.count(b";") == len(COLUMNS) - 1


@given(ANY)
@example("../../etc/passwd")
@example("..\\..\\x")
@example("CON")
@example("a" * 500)
@example("\x00/")
@example("漢字")
def test_a_file_name_never_leaves_its_folder(title: str) -> None:
    name = file_name(begun(created(title)), "csv")
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.startswith("cafe-")
    assert name.endswith("2025-06-15.csv")
    assert len(name) < 80


def test_a_file_is_named_after_the_cafe_and_the_day() -> None:
    assert file_name(begun(created("Été & données n° 3")), "csv") == "cafe-ete-donnees-n-3-2025-06-15.csv"
