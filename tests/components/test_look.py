"""The look: what meets on a page can be told apart, in both themes, and is said alike everywhere."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from components.courses import DRAWINGS, course_svg
from components.look import DARK, LIGHT, NOTE_INK, NOTES, PAIRS, Note, Palette
from content.schema import COURSES

ROOT = Path(__file__).parents[2]
THEMES = {"light": LIGHT, "dark": DARK}
STYLES = sorted((ROOT / "components").rglob("*.css"))
# Where a colour of Streamlit's theme is told, and what we call it.
OPTIONS = {
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "ceramic",
    "textColor": "ink",
    "grayTextColor": "quiet",
    "primaryColor": "bar",
    "greenTextColor": "right",
    "redTextColor": "wrong",
    "linkColor": "link",
    "borderColor": "muted",
}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_what_meets_on_a_page_can_be_told_apart(colours: Palette, pair: tuple[str, str, float]) -> None:
    one, other, owed = pair
    assert contrast(getattr(colours, one), getattr(colours, other)) >= owed


def test_every_colour_meets_another() -> None:
    assert {name for one, other, _ in PAIRS for name in (one, other)} == set(asdict(LIGHT))


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_note_is_read_and_its_edge_is_seen(note: Note) -> None:
    assert contrast(note.paint, NOTE_INK) >= 7
    assert contrast(note.paint, note.edge) >= 3


def test_each_paper_has_a_pattern_of_its_own() -> None:
    assert len({note.pattern for note in NOTES.values()}) == len(NOTES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("option", OPTIONS)
def test_streamlit_is_told_the_same_colours(theme: str, option: str) -> None:
    configured = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    assert configured[option] == getattr(THEMES[theme], OPTIONS[option])


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_invents_a_colour(path: Path) -> None:
    known = {colour for colours in THEMES.values() for colour in asdict(colours).values()}
    known |= {colour for note in NOTES.values() for colour in (note.paint, note.edge)}
    # Films stand on black; QR codes and photographs on white.
    known |= {"#000", "#fff"}
    told = re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^;{]*\{)", path.read_text(encoding="utf-8"))
    assert set(told) <= known


@pytest.mark.parametrize("path", [path for path in STYLES if path.name in {"pad.css", "stage.css"}], ids=str)
@pytest.mark.parametrize("name", NOTES)
def test_phones_and_screens_paint_notes_alike(path: Path, name: str) -> None:
    rule = re.search(rf"\.note\.{name} {{ background: (\S+); border-inline-start(.*?); }}", path.read_text("utf-8"))
    assert rule is not None
    assert rule[1] == NOTES[name].paint
    assert NOTES[name].edge in rule[2]
    assert NOTES[name].pattern in rule[2] or NOTES[name].pattern == "solid"


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_each_course_has_its_picture_in_the_colours_of_the_theme(course: str, colours: Palette) -> None:
    picture = ET.fromstring(course_svg(course, colours))  # type: ignore[arg-type]
    assert len(picture) == len(DRAWINGS[course])  # type: ignore[index]
    assert {part.get("fill") for part in picture} <= {colours.rule, colours.bar, "none"}
    assert {part.get("stroke") for part in picture} <= {colours.rule, colours.bar}
