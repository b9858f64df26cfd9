"""What leaves in a table comes back the same, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.catalogue import t
from state.domain import decisions, notes
from state.domain.events import Answered, Joined, NotePosted, TextHidden
from state.exports.formulas import inert, original
from state.exports.naming import file_name
from state.exports.tables import COLUMNS, OPEN_COLUMNS, french_csv, open_csv
from tests.state.cafes import (
    AFTER_DEBATE,
    AGREE,
    ARGUMENTS,
    BEFORE_DEBATE,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    DISAGREE,
    FILM,
    GREEN,
    GRID,
    HUNT,
    LEVEL,
    MORNING,
    ONE,
    ORDER,
    POLL,
    PORTRAIT,
    RATED,
    SEVERAL,
    TWO,
    WORDS,
    after,
    answers,
    argues,
    begun,
    created,
    goes,
    joins,
    play,
    posts,
    small_plan,
    whole_cafe,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from state.domain.cafe import Cafe
    from tests.state.cafes import Decision

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
    text = b"".join(french_csv(cafe, names=True)).decode("utf-8-sig")
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
    assert [(row["answer"], row["counted"]) for row in rows_of(cafe)] == [("", "non"), ("bob", "non"), ("cyd", "oui")]


def whole(*done: Decision) -> list[dict[str, str]]:
    """The table of a whole café where Ada and Bob came in and this was done."""
    return rows_of(play(whole_cafe(), joins("ada", pseudonym="Ada"), joins("bob", place="remote"), *done))


@pytest.mark.parametrize(
    ("question", "value", "answer", "right"),
    [
        (LEVEL, "averti", "Averti", ""),
        (CARD, "hal\nson œil", "HAL\nson œil", ""),
        (CARD, "hal", "HAL", ""),
        (SEVERAL, "a,c", "A, C", "oui"),
        (SEVERAL, "a", "A", "non"),
        (SEVERAL, "a,b,c", "A, B, C", "non"),
        (SEVERAL, "", "", "non"),
        (GRID, "facile,accessible", "Facile à trouver, Accessible", ""),
        (HUNT, "volume\nvaleur", "volume, valeur", ""),
        (ORDER, "turing,dartmouth,deep-blue", "Le test de Turing > Dartmouth > Deep Blue", "oui"),
        (ORDER, "deep-blue,turing,dartmouth", "Deep Blue > Le test de Turing > Dartmouth", "non"),
        (PORTRAIT, "sasha", "Sasha", ""),
        (PORTRAIT, "\nZoë", "Zoë", ""),
        (RATED, "5", "5 · Parfait", ""),
    ],
)
def test_an_answer_of_each_kind_is_written_as_people_read_it(
    question: str, value: str, answer: str, right: str
) -> None:
    (row,) = whole(goes(question), answers("ada", question, value))
    assert (row["answer"], row["right"], row["people"], row["name"]) == (answer, right, "1", "Ada")
    assert not [row[column] for column in ("column", "colour", "votes") if row[column]]


def test_what_was_said_before_and_after_a_debate_is_told_apart() -> None:
    rows = whole(
        *(goes(BEFORE_DEBATE), answers("ada", BEFORE_DEBATE, AGREE)),
        *(goes(AFTER_DEBATE), answers("ada", AFTER_DEBATE, DISAGREE)),
    )
    assert [(row["moment"], row["number"], row["answer"]) for row in rows] == [
        (t("moment.before"), "1", "D’accord"),
        (t("moment.after"), "1", "Pas d’accord"),
    ]


def test_notes_have_their_place_colour_and_author_and_those_taken_back_are_forgotten() -> None:
    rows = whole(
        *(goes(BOARD), posts("ada", "n1", "badge", MORNING, BLUE), posts(None, "n2", "dit tout haut", BREAK, GREEN)),
        *(posts("bob", "n3", "gros mot", BREAK, BLUE), posts("bob", "n4", "regret", BREAK, BLUE)),
        *(posts("bob", "n5", "le badge", MORNING, BLUE), posts("ada", "n6", "plan", BREAK, GREEN)),
        partial(notes.hide, question=BOARD, note="n3"),
        partial(notes.withdraw, question=BOARD, note="n4", person="bob"),
        partial(notes.merge, question=BOARD, note="n5", into="n1"),
    )
    assert [(row["answer"], row["column"], row["colour"], row["name"], row["counted"]) for row in rows] == [
        ("badge", "Le trajet", "Donnée personnelle", "Ada", "oui"),
        ("dit tout haut", "La pause", "Donnée ouverte", t("board.facilitator"), "oui"),
        ("", "La pause", "Donnée personnelle", "", "non"),
        ("le badge", "Le trajet", "Donnée personnelle", "", "oui"),
        ("plan", "La pause", "Donnée ouverte", "Ada", "oui"),
    ]
    assert {row["moment"] for row in rows} == {t("moment.board")}
    assert {row["votes"] for row in rows} == {""}
    assert [row["place"] for row in rows] == ["", "", t("place.remote"), t("place.remote"), ""]


def test_arguments_have_their_side_and_their_votes() -> None:
    rows = whole(
        *(goes(ARGUMENTS), argues("ada", "n1", "pour"), argues("bob", "n2", "contre", DISAGREE)),
        partial(notes.back, question=ARGUMENTS, note="n2", person="ada", backed=True),
    )
    assert [(row["answer"], row["column"], row["colour"], row["votes"]) for row in rows] == [
        ("pour", "D’accord", "", "0"),
        ("contre", "Pas d’accord", "", "1"),
    ]


def test_notes_of_somebody_removed_do_not_count() -> None:
    rows = whole(goes(BOARD), posts("ada", "n1"), posts("bob", "n2"), partial(decisions.remove, person="ada"))
    assert [(row["person"], row["counted"]) for row in rows] == [("1", "non"), ("2", "oui")]


def test_raised_hands_are_a_line_for_each_choice_with_how_many_people() -> None:
    rows = whole(
        goes(GRID),
        answers("ada", GRID, "facile"),
        partial(decisions.count_hands, question=GRID, counts={"facile": 4, "accessible": 2}),
    )
    assert [(row["name"], row["answer"], row["people"], row["person"]) for row in rows] == [
        ("Ada", "Facile à trouver", "1", "1"),
        (t("csv.hands"), "Facile à trouver", "4", ""),
        (t("csv.hands"), "Accessible", "2", ""),
    ]


def test_whoever_answered_on_a_lent_phone_has_a_line_of_their_own() -> None:
    guest = partial(decisions.join, person="guest", host="bob", pseudonym="Zoé")
    rows = whole(guest, goes(LEVEL), answers("guest", LEVEL, "novice"), answers("bob", LEVEL, "expert"))
    assert [(row["person"], row["name"], row["place"], row["answer"]) for row in rows] == [
        ("2", "", t("place.remote"), "Expert"),
        ("3", "Zoé", t("place.remote"), "Novice"),
    ]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text], ids=ascii)
def test_a_hostile_note_comes_back_and_starts_no_formula(text: str) -> None:
    cafe = play(whole_cafe(), joins("ada"), goes(BOARD))
    (row,) = rows_of(after(cafe, NotePosted(BOARD, "n", "ada", text, MORNING, BLUE)))
    assert row["answer"] == text


@given(ANY, ANY)
@example("=1", "\r\n,\"'")
def test_open_data_reads_the_same_with_commas_and_names_for_programs(pseudonym: str, text: str) -> None:
    cafe = after(begun(), Joined("ada", pseudonym, "novice", "room"), Answered(WORDS, "ada", text, "k"))
    table = b"".join(open_csv(cafe, names=True))
    assert not table.startswith(b"\xef\xbb\xbf")
    heading, row = csv.reader(io.StringIO(table.decode(), newline=""))
    assert heading == list(OPEN_COLUMNS)
    assert all(column.isascii() and column.replace("_", "").islower() for column in heading)
    read = dict(zip(heading, map(original, row), strict=True))
    assert (read["pseudonyme"], read["reponse"], read["comptee"]) == (pseudonym, text, "true")
    assert datetime.fromisoformat(read["date_heure"]).tzinfo is not None


@pytest.mark.parametrize("style", [french_csv, open_csv])
def test_pseudonyms_are_in_no_table_unless_asked_for(style: Callable[..., Iterator[bytes]]) -> None:
    cafe = play(begun(), joins("ada", pseudonym="Ada"), goes(WORDS), answers("ada", WORDS, "des mots"))
    assert b"Ada" not in b"".join(style(cafe))
    assert b"Ada" in b"".join(style(cafe, names=True))


@pytest.mark.parametrize("style", [french_csv, open_csv])
def test_a_long_table_comes_in_parts_that_make_it_whole(style: Callable[..., Iterator[bytes]]) -> None:
    cafe = begun()
    for number in range(1500):
        cafe = after(cafe, Joined(f"p{number}", None, None, None), Answered(WORDS, f"p{number}", f"mot {number}", "k"))
    parts = list(style(cafe))
    assert len(parts) > 1
    assert max(map(len, parts)) < 100_000
    assert len(b"".join(parts).split(b"\r\n")) == 1502


def test_an_empty_cafe_gives_its_headings() -> None:
    assert rows_of(begun()) == []


def test_the_table_opens_in_a_french_spreadsheet() -> None:
    table = b"".join(french_csv(begun()))
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
