"""A report says what was counted, names nobody, holds texts only where they are wanted, and takes any text for text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import count, pairwise
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from components.report.as_html import as_html
from components.report.as_pdf import as_pdf
from components.report.contents import report
from content.catalogue import t
from content.plan import Plan, rehearsal_plan
from content.prompts import right_of
from state.domain.events import Answered, Details, Joined, NotePosted, SummaryWritten
from state.domain.tallies.choices import can_be_counted, choice_tally
from state.domain.tallies.sides import shift
from state.domain.tallies.success import successes
from tests.components.crowd import ASKING, HIDDEN, NAMES, REMOVED, SUMMARIES, whole_day
from tests.components.reading import HOSTILE
from tests.components.test_printing import FRAMED, alternatives, pages, root, tags
from tests.pages.test_hostile_content import spoiled
from tests.state.cafes import (
    AFTER_DEBATE,
    ARGUMENTS,
    ASKED,
    BOARD,
    CARD,
    HUNT,
    MORNING,
    START,
    TRADE,
    after,
    begun,
    created,
    goes,
    play,
    small_plan,
    stop_at,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from components.report.blocks import Block
    from state.domain.cafe import Cafe

NOW = START + 3600
DETAILS = Details("2026-12-03T14:00", 45, "Salle des mariages", "La préfecture", "https://visio.exemple.fr/salle")
# What Ada and Bob typed, in any of their answers and notes.
TYPED = re.compile(r"\b(?:d’Ada|de Bob)\b|dit tout haut")


@cache
def played() -> Cafe:
    return replace(play(whole_cafe(), *whole_day()), details=DETAILS)


@cache
def files(*, texts: bool) -> tuple[str, bytes]:
    told = report(played(), NOW, texts=texts)
    return as_html(told).decode(), as_pdf(told)


class Reader(HTMLParser):
    """The elements of a page and their texts; complains of any that is not closed where it should be."""

    VOID = frozenset({"meta", "img"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.titles: list[tuple[int, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)
        if self.open and re.fullmatch(r"h\d", self.open[-1]):
            self.titles.append((int(self.open[-1][1]), data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def questions(cafe: Cafe, *, texts: bool = False) -> dict[str, Block]:
    """Each question's block, in the order of the programme: all were asked."""
    found = [one for block in report(cafe, NOW, texts=texts).blocks for one in block.under]
    return dict(zip(ASKING, found, strict=True))


def both(*, texts: bool) -> tuple[str, str]:
    """All that is said in the two files, without spaces: what is read, and what is read out."""
    page, pdf = files(texts=texts)
    read = Reader(page)
    alts = [one["alt"] or "" for one in read.all("img")]
    return (
        FRAMED.sub("", " ".join([*read.texts, *alts])),
        FRAMED.sub("", "".join([*pages(pdf), *alternatives(pdf)])),
    )


def test_the_figures_are_those_of_the_tallies() -> None:
    cafe, told = played(), questions(played())
    counted = [stop for stop in cafe.programme.questions if can_be_counted(stop)]
    assert len(counted) > 8
    for stop in counted:
        (table,) = told[stop.id].tables
        tally = choice_tally(cafe, stop)
        assert [row[0].removeprefix("✓ ") for row in table.rows] == [row.label for row in tally.choices]
        assert [row[0].startswith("✓") for row in table.rows] == [
            row.id in right_of(stop.prompt) for row in tally.choices
        ]
        assert [row[1:3] for row in table.rows] == [(str(row.count), str(row.hands)) for row in tally.choices]
        assert [row[3] for row in table.rows] == [
            t("chart.percent", share=round(100 * row.share)) for row in tally.choices
        ]
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_quizzes_stand_hardest_first_and_a_debate_says_who_moved() -> None:
    cafe = played()
    (block,) = [one for one in report(cafe, NOW, texts=False).blocks if one.title == t("story.success")]
    assert [row[0] for row in block.tables[0].rows] == [
        row.stop.prompt.prompt for row in successes(cafe) if row.stop.prompt
    ]
    change = shift(cafe, stop_at(cafe, AFTER_DEBATE))
    assert change.moved == 1
    lines = questions(cafe)[AFTER_DEBATE].lines
    assert any(line.startswith(f"{change.moved} personne sur {change.both}") for line in lines)
    assert t("results.retained", text=SUMMARIES[AFTER_DEBATE]) in lines


def test_the_head_says_which_cafe_it_was_and_who_came() -> None:
    for said in both(texts=False):
        for fact in ("Café de test", DETAILS.place, DETAILS.organiser, whole_plan().formula_name, "1 h 00"):
            assert FRAMED.sub("", fact) in said


@pytest.mark.parametrize("texts", [False, True])
def test_nobody_is_named_and_what_was_hidden_is_nowhere(texts: bool) -> None:  # noqa: FBT001 - a case
    for said in both(texts=texts):
        for word in (*NAMES.values(), HIDDEN, REMOVED, "regret de Cyd"):
            assert FRAMED.sub("", word) not in said


def test_texts_are_there_only_where_they_are_wanted() -> None:
    without = report(played(), NOW, texts=False)
    assert not TYPED.search(repr(without))
    told = questions(played(), texts=True)
    assert told[ASKED].texts == ("mot d’Ada", "mot de Bob") or told[ASKED].texts == ("mot de Bob", "mot d’Ada")
    assert ("métier d’Ada", "2") in told[TRADE].tables[0].rows
    assert set(told[CARD].texts) == {"vu d’Ada", "vu de Bob"}
    assert any("essai d’Ada" in line for line in told[HUNT].lines)
    assert ("badge d’Ada (× 2)", "Le trajet") in told[BOARD].tables[1].rows
    # Arguments come with how many people stand behind each.
    assert sorted(row[2] for row in told[ARGUMENTS].tables[1].rows) == ["0", "2"]


def test_the_page_stands_alone_and_runs_nothing() -> None:
    page, _ = files(texts=True)
    read = Reader(page)
    assert read.all("html") == [{"lang": "fr"}]
    assert not {"script", "link", "iframe", "object", "base", "form", "a"} & {tag for tag, _ in read.elements}
    assert not re.search(r"(?:https?:|//|url\(|@import)", re.sub(r"data:[\w/+;]+,[\w+/=]+", "", page))
    assert read.all("img")
    assert all(str(one["src"]).startswith("data:image/svg+xml;base64,") and one["alt"] for one in read.all("img"))


def test_titles_are_in_order_and_tables_say_what_their_cells_are() -> None:
    read = Reader(files(texts=True)[0])
    levels = [level for level, _ in read.titles]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following - level <= 1 for level, following in pairwise(levels))
    names = [tag for tag, _ in read.elements]
    assert names.count("caption") == names.count("table") > 10
    assert {one.get("scope") for one in read.all("th")} == {"col", "row"}


def test_the_pdf_is_tagged_in_french_with_every_chart_told_in_words() -> None:
    _, pdf = files(texts=False)
    catalog = root(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data().decode()
    kinds = [one["/S"] for one in tags(pdf)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == len(Reader(files(texts=False)[0]).all("table"))
    assert "/TH" in kinds
    charts = [one.chart.alt for one in questions(played()).values() if one.chart]
    assert [FRAMED.sub("", one) for one in alternatives(pdf)] == [FRAMED.sub("", one) for one in charts]


def test_both_files_say_the_same() -> None:
    page, pdf = both(texts=True)
    for block in report(played(), NOW, texts=True).blocks:
        for one in (block, *block.under):
            cells = [cell for table in one.tables for row in table.rows for cell in row if cell.isprintable()]
            for said in (one.title, *one.lines, *one.texts, *cells):
                assert FRAMED.sub("", said) in page

                assert FRAMED.sub("", said) in pdf


def test_a_rehearsal_says_so_on_every_page() -> None:
    cafe = begun(created(plan=rehearsal_plan(small_plan(), 12)))
    told = report(play(cafe, *(goes(stop.id) for stop in cafe.programme.stops[1:-1])), NOW, texts=False)
    assert t("export.rehearsal") in " ".join(Reader(as_html(told).decode()).texts)
    said = pages(as_pdf(told))
    assert said
    assert all(FRAMED.sub("", t("export.rehearsal")) in page for page in said)


def test_a_cafe_where_nobody_came_has_its_report() -> None:
    told = report(begun(), NOW, texts=True)
    assert Reader(as_html(told).decode()).titles[0] == (1, "Café de test")
    assert PdfReader(BytesIO(as_pdf(told))).pages


@cache
def spoiled_cafe(text: str) -> Cafe:
    """Every text of it is hostile: the plan's, what people wrote, who runs it."""
    raw = whole_plan().model_dump(mode="json")
    plan = Plan.model_validate({**spoiled(raw, count()), "choices": {}})
    cafe = begun(created(text, plan=plan))
    cafe = after(cafe, Joined("ada", "Ada-du-quai", None, None))
    cafe = play(cafe, *(goes(stop.id) for stop in cafe.programme.stops[1:-1]))
    cafe = after(
        cafe,
        Answered(ASKED, "ada", text, "k1"),
        Answered(HUNT, "ada", text, "k2"),
        Answered(CARD, "ada", f"hal\n{text}", "k3"),
        Answered(TRADE, "ada", f"\n{text}", "k4"),
        NotePosted(BOARD, "n1", "ada", text, MORNING, None),
        SummaryWritten(AFTER_DEBATE, text),
    )
    return replace(cafe, details=replace(DETAILS, place=text, organiser=text))


SIGNS = (
    "a\x00b\x1b[0m",
    "\u202eà l’envers",
    "👩‍👩‍👧 ☕",
    "漢字 العربية",
    "x" * 400,
    "]]> --> </table>",
    "{{ report }} {% x %}",
)


@pytest.mark.parametrize("text", [" · ".join(HOSTILE), *SIGNS])
def test_hostile_texts_are_letters(text: str) -> None:
    told = report(spoiled_cafe(text), NOW, texts=True)
    read = Reader(as_html(told).decode())
    assert {tag for tag, _ in read.elements} <= {tag for tag, _ in Reader(files(texts=True)[0]).elements}
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    if text.isprintable():
        assert "".join(read.texts).count(text) > 5
    pdf = as_pdf(told)
    assert root(pdf)["/MarkInfo"]["/Marked"]
    if text.isascii() and text.isprintable():
        assert FRAMED.sub("", text) in "".join(pages(pdf))
