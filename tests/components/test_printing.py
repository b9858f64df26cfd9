"""Documents to print are tagged PDF, say all they must, and take any text for what it is: letters."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from components.printing.documents import (
    imagine_sheet,
    job_cards,
    note_legend,
    photo_cards,
    poster,
    speaker_notes_document,
)
from content.activities.board import Day
from content.activities.cards import Cards
from content.catalogue import t
from content.checks import combinations
from content.loader import default_pack
from content.plan import Plan, make_plan
from content.prompts import right_of
from content.schema import COURSES
from state.domain.events import Details
from tests.pages.test_hostile_content import spoiled
from tests.state.cafes import begun, created, whole_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from state.domain.cafe import Cafe

BASE = "https://cafe.exemple.fr"
PACK = default_pack()
LONG = "Les données ouvertes de notre commune : qui les produit, qui s’en sert, pourquoi"
DETAILS = Details("2026-12-03T14:00", 45, "Salle des mariages", "La préfecture", "https://visio.exemple.fr/salle")
A4, A3 = (595, 842), (842, 1191)
HOSTILE = [
    '#read("x")',
    "#panic()",
    "$x^2$ et $",
    "*b* _i_ `c`",
    "<label> @ref",
    "\\ \\n \\u{41}",
    "// rien /* rien */",
    "= Titre",
    "] } ) #[",
    '" ""',
    "{{7*7}} %s",
    "--- ... ~",
]
FRAMED = re.compile(r"\s+")


def cafe(title: str = "Café de la donnée", *, plan: Plan | None = None, details: Details = DETAILS) -> Cafe:
    return replace(begun(created(title, plan=plan)), details=details)


@lru_cache(maxsize=4)
def pages(pdf: bytes) -> list[str]:
    return [FRAMED.sub("", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def says(pdf: bytes, *texts: str) -> None:
    """Lines break where they like, so spaces are not looked at."""
    text = "".join(pages(pdf))
    assert [one for one in texts if FRAMED.sub("", one) not in text] == []


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(BytesIO(pdf)).pages}


def root(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf)).trailer["/Root"]


def tags(pdf: bytes) -> list[Any]:
    """Every element of the tree of tags, in the order of reading."""

    def walk(element: Any) -> Iterator[Any]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            one = kid.get_object()
            if isinstance(one, dict) and "/S" in one:
                yield one
                yield from walk(one)

    return list(walk(root(pdf)["/StructTreeRoot"]))


def alternatives(pdf: bytes) -> list[str]:
    return [str(one["/Alt"]) for one in tags(pdf) if one["/S"] == "/Figure"]


def codes_in(pdf: bytes) -> list[str]:
    """What a telephone reads on the first page, as it is printed."""
    with PdfDocument(pdf) as document:
        picture = document[0].render(scale=2).to_pil()
    return [code.text for code in read_barcodes(picture)]


DOCUMENTS: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "poster": (lambda: poster(cafe(), BASE, "a4"), "Café de la donnée", 1),
    "jobs": (lambda: job_cards(PACK), PACK.activities["crazy-jobs"].title, 1),
    "photos": (lambda: photo_cards(PACK), PACK.activities["photolangage"].title, 3),
    "legend": (lambda: note_legend(PACK), PACK.activities["journee-d-agent"].title, 1),
    "notes": (lambda: speaker_notes_document(cafe()), "Café de la donnée", 2),
    "sheet": (imagine_sheet, t("print.imagine.title"), 1),
}


@pytest.mark.parametrize(("draw", "title", "number"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_is_tagged_named_and_of_so_many_pages(draw: Callable[[], bytes], title: str, number: int) -> None:
    pdf = draw()
    reader, catalog = PdfReader(BytesIO(pdf)), root(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert len(reader.pages) == number


@pytest.mark.parametrize("draw", [draw for draw, _, _ in DOCUMENTS.values()], ids=DOCUMENTS)
def test_a_document_begins_with_its_title_and_skips_no_level(draw: Callable[[], bytes]) -> None:
    pdf = draw()
    levels = [int(str(one["/S"])[2:]) for one in tags(pdf) if re.fullmatch(r"/H\d", str(one["/S"]))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("draw", [draw for draw, _, _ in DOCUMENTS.values()], ids=DOCUMENTS)
def test_the_same_document_is_the_same_to_the_byte(draw: Callable[[], bytes]) -> None:
    assert draw() == draw()


# The poster


def test_a_poster_says_when_where_who_and_how_to_come() -> None:
    pdf = poster(cafe(), BASE, "a4")
    says(pdf, "Café de la donnée", "jeudi 3 décembre 2026, 14 h 00", "45 minutes", "Salle des mariages")
    says(pdf, "La préfecture", "https://visio.exemple.fr/salle", "Venez avec votre tasse", "cafe.exemple.fr", "ACD EFG")
    assert alternatives(pdf) == [t("join.qr_text", address="cafe.exemple.fr/c/ACDEFG")]


@pytest.mark.parametrize("size", ["a4", "a3"])
@pytest.mark.parametrize("base", [BASE, "http://192.168.1.20:8501/comptoir"])
def test_the_code_of_a_printed_poster_leads_to_the_cafe(size: Literal["a4", "a3"], base: str) -> None:
    assert codes_in(poster(cafe(LONG), base, size)) == [f"{base}/c/ACDEFG"]


def test_a_poster_leads_to_the_video_conference() -> None:
    page: Any = PdfReader(BytesIO(poster(cafe(), BASE, "a4"))).pages[0]
    links = {note.get_object()["/A"]["/URI"] for note in page["/Annots"]}
    assert links == {"https://visio.exemple.fr/salle"}


def test_the_first_of_the_month_is_said_as_people_say_it() -> None:
    says(poster(cafe(details=Details("2027-02-01T09:05")), BASE, "a4"), "lundi 1er février 2027, 9 h 05")


def test_a_poster_with_nothing_known_leaves_it_to_fill_in() -> None:
    pdf = poster(cafe(details=Details()), BASE, "a4")
    says(pdf, *(t(f"print.fact.{name}").upper() for name in ("when", "where", "who")), "ACD EFG")
    text = "".join(pages(pdf))
    assert FRAMED.sub("", t("print.poster.remote").upper()) not in text
    assert "minute" not in text


@pytest.mark.parametrize(("size", "paper"), [("a4", A4), ("a3", A3)])
@pytest.mark.parametrize("title", [LONG, "x" * 80, "W" * 80, "é"])
def test_any_title_fits_on_one_page(size: str, paper: tuple[int, int], title: str) -> None:
    details = Details("2026-12-03T14:00", 480, "W" * 200, "préfecture " * 18, "https://visio.exemple.fr/" + "a" * 470)
    long = poster(cafe(title, details=details), f"{BASE}/un/chemin/qui-ne-finit-pas" * 3, size)  # type: ignore[arg-type]
    assert sizes(long) == {paper}
    assert len(pages(long)) == 1
    says(long, title)


# Cards, legend and sheet


def test_every_job_is_on_a_card() -> None:
    jobs = PACK.activities["crazy-jobs"]
    assert isinstance(jobs, Cards)
    says(job_cards(PACK), *(text for card in jobs.items for text in (card.label, card.text)))


def test_every_picture_is_on_a_card_and_says_what_it_shows() -> None:
    photos = PACK.activities["photolangage"]
    assert isinstance(photos, Cards)
    pdf = photo_cards(PACK)
    says(pdf, *(card.label for card in photos.items))
    assert alternatives(pdf) == [card.alt for card in photos.items]


def test_cards_of_a_cafe_may_be_its_own_and_have_no_picture() -> None:
    jobs = PACK.activities["crazy-jobs"]
    assert isinstance(jobs, Cards)
    long = [card.model_copy(update={"text": "Un texte sans fin. " * 40}) for card in jobs.items]
    own = jobs.model_copy(update={"items": (*long, *jobs.items)[:13]})
    assert len(pages(job_cards(PACK, own))) == 2
    says(photo_cards(PACK, own), *(card.label for card in own.items))


def test_a_colour_of_notes_has_its_name_and_its_edge() -> None:
    day = PACK.activities["journee-d-agent"]
    assert isinstance(day, Day)
    pdf = note_legend(PACK)
    says(pdf, *(colour.label for colour in day.colours), *(moment.label for moment in day.moments), *day.examples)
    says(pdf, "Bleu, bord plein", "Rose, bord en tirets", "Jaune, bord en pointillés", "Vert, bord double")


def test_the_sheet_has_room_for_all_there_is_to_think_of() -> None:
    pdf = imagine_sheet()
    says(pdf, *(t(f"course.{course}") for course in COURSES))
    says(pdf, *(t(f"print.imagine.{name}").upper() for name in ("audience", "theme", "formula", "material", "date")))


# The facilitator's notes

FORMULAS = [
    (formula.id, choices)
    for formula in PACK.formulas.values()
    for choices in [next(combinations(formula)), list(combinations(formula))[-1]]
]


@pytest.mark.parametrize(("formula", "choices"), FORMULAS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FORMULAS)])
def test_notes_hold_all_that_a_formula_gives_the_facilitator(formula: str, choices: dict[str, str]) -> None:
    chosen = PACK.formulas[formula]
    plan = make_plan(PACK, chosen, choices, chosen.minutes[1])
    pdf = speaker_notes_document(cafe(plan=plan))
    says(pdf, chosen.name, "14 h 00")
    for step in plan.steps:
        says(pdf, step.activity.title, *step.notes, *(text for tip in step.tips for text in (tip.title, tip.body)))
        for scene in step.scenes:
            says(pdf, getattr(scene, "prompt", ""), getattr(scene, "title", ""), scene.lead)
            says(pdf, getattr(scene, "explanation", ""), *(one.label for one in getattr(scene, "choices", ())))
    marked = "".join(pages(pdf)).count(FRAMED.sub("", t("print.notes.right")))
    prompts = [scene for step in plan.steps for scene in step.scenes if scene.kind != "slide"]
    assert marked == sum(len(right_of(prompt)) for prompt in prompts)


def test_notes_have_every_kind_of_activity_and_count_minutes_where_no_hour_is_known() -> None:
    pdf = speaker_notes_document(cafe(plan=whole_plan(), details=Details()))
    says(pdf, "+0 min", "+70 min", "Le test de Turing", "1956", "Avant · Arguments · Après", "Donnée ouverte — Vert")
    assert "/Table" in {one["/S"] for one in tags(pdf)}


def test_pages_are_numbered_where_there_are_several() -> None:
    notes = pages(speaker_notes_document(cafe(plan=whole_plan())))
    assert all(page.endswith(f"{number}/{len(notes)}") for number, page in enumerate(notes, start=1))
    assert not pages(imagine_sheet())[0].endswith("1/1")


# Any text


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_of_typst_stay_signs(text: str) -> None:
    details = Details(place=text, organiser=text)
    pdf = poster(cafe(text, details=details), BASE, "a4")
    assert pages(pdf)[0].count(FRAMED.sub("", text)) == 3
    says(speaker_notes_document(cafe(text, details=details)), text)


def test_a_whole_cafe_of_hostile_texts_prints_them_as_texts() -> None:
    raw = spoiled(whole_plan().model_dump(mode="json"), count())
    plan = Plan.model_validate({**raw, "choices": {}})
    says(speaker_notes_document(cafe(plan=plan)), *(note for step in plan.steps for note in step.notes))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Café 😀 data", "Café data"),
        ("👨‍👩‍👧 🇫🇷 ☕️ oui", "oui"),
        ("Le 中文 café", "Le □□ café"),
        ("กำ et ക", "□ et □"),
        ("हिन्दी", "ह"),
        ("😀", "□"),
        ("x⃣ et x", "x et x"),
        ("bip\x07 \x00bip", "bip bip"),
        ("moitié \ud83d", "moitié"),
        ("\ue000 privé", "privé"),
    ],
)
def test_a_sign_that_no_font_has_breaks_nothing(text: str, printed: str) -> None:
    says(poster(cafe(text, details=Details(place=text)), BASE, "a4"), printed)
    says(speaker_notes_document(cafe(text)), printed)


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "שלום עולם", "\u202eabc\u202c", "e\u0301\u0327\u0489 zalgo"])
def test_writing_from_right_to_left_and_piled_marks_print(text: str) -> None:
    assert len(pages(poster(cafe(text), BASE, "a4"))) == 1


def test_a_long_word_stays_within_the_margins() -> None:
    """Letter by letter: where each is drawn, from the left edge."""
    reader = PdfReader(BytesIO(speaker_notes_document(cafe("x" * 80, details=Details(place="W" * 200)))))
    places: list[float] = []
    reader.pages[0].extract_text(visitor_text=lambda text, cm, tm, *_: places.append(cm[0] * tm[4] + cm[4]))
    assert max(places) < A4[0] - 50
