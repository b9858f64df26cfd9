"""A drawing draws: nothing in it runs, fetches, or reads anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.loader import load_pack
from content.pictures import MAX_BYTES, faults
from content.problems import PackError
from tests.content.packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

CARDS = """
kind = "cards"
id = "cartes"
title = "Les cartes"
intro = "Choisissez."
why = "Pourquoi ?"

[[items]]
id = "robot"
label = "Robot"
picture = "robot"
alt = "Un robot."

[[items]]
id = "autre"
label = "Autre"
"""


def svg(inside: str = "", attributes: str = 'viewBox="0 0 10 10"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'


@pytest.mark.parametrize(
    "drawing",
    [
        svg(),
        svg('<g><path d="M0 0L9 9" fill="#112233"/></g>'),
        svg("<title>Un robot</title><desc>Qui sourit.</desc>"),
        svg('<defs><linearGradient id="ciel"><stop offset="0"/></linearGradient></defs><rect fill="url(#ciel)"/>'),
        svg('<rect fill="url( #ciel )"/>'),
        svg('<symbol id="a"/><use href="#a"/>'),
        svg('<symbol id="a"/><use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>'),
        svg("<!-- une remarque --><circle r='2'/>"),
        f'<?xml version="1.0" encoding="UTF-8"?>\n{svg()}',
    ],
)
def test_a_drawing_that_only_draws_is_welcome(drawing: str) -> None:
    assert list(faults(drawing)) == []


@pytest.mark.parametrize(
    "drawing",
    [
        svg("<script>alert(1)</script>"),
        svg(attributes='viewBox="0 0 1 1" onload="alert(1)"'),
        svg('<rect ONCLICK="alert(1)"/>'),
        svg('<rect style="fill:url(https://exemple.fr/x)"/>'),
        svg("<style>@import 'https://exemple.fr/x.css'</style>"),
        svg('<use href="https://exemple.fr/x.svg#a"/>'),
        svg('<use href="javascript:alert(1)"/>'),
        svg('<use href=""/>'),
        svg('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="autre.svg#a"/>'),
        svg('<image href="data:image/png;base64,AAAA"/>'),
        svg('<a href="#ici"><rect/></a>'),
        svg('<rect fill="url(https://exemple.fr/x)"/>'),
        svg("<rect fill=\"URL( 'https://exemple.fr/x' )\"/>"),
        svg('<rect fill="url(#a) url(https://exemple.fr/x)"/>'),
        svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Bonjour</p></foreignObject>'),
        svg('<rect><animate attributeName="x" to="9"/></rect>'),
        svg('<rect><set attributeName="href" to="javascript:alert(1)"/></rect>'),
        svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        f'<?xml-stylesheet href="https://exemple.fr/x.css"?>{svg()}',
    ],
)
def test_a_drawing_that_acts_is_refused(drawing: str) -> None:
    assert list(faults(drawing)) == ["picture_acts"]


BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "Bonjour",
        "<svg",
        svg(attributes=""),
        '<svg viewBox="0 0 1 1"></svg>',
        '<html xmlns="http://www.w3.org/1999/xhtml" viewBox="0 0 1 1"/>',
        f"<!DOCTYPE svg>{svg()}",
        BOMB + svg("<text>&b;</text>"),
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(),
        svg("<text><![CDATA[<script>]]></text>"),
        svg("<text>&inconnue;</text>"),
    ],
)
def test_what_is_no_plain_svg_is_refused(drawing: str) -> None:
    assert "picture_not_svg" in list(faults(drawing))


# In a pack.


def problems(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    return [(problem.file, problem.where) for problem in refused.value.problems]


def test_the_drawings_of_a_pack_come_with_it(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path, {"activities/cartes.toml": CARDS, "pictures/robot.svg": svg()}))
    assert pack.pictures == {"robot": svg()}


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        (svg("<script/>"), "autre chose que des formes"),
        ("<svg", "pas un SVG"),
        (b"\xff", "UTF-8"),
        (svg() + " " * MAX_BYTES, "200 ko"),
    ],
)
def test_a_drawing_that_is_wrong_is_said_with_its_file(tmp_path: Path, drawing: str | bytes, message: str) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(write_pack(tmp_path, {"activities/cartes.toml": CARDS, "pictures/robot.svg": drawing}))
    (problem,) = refused.value.problems
    assert problem.file == "pictures/robot.svg"
    assert message in problem.message.replace("\u00a0", " ")


def test_a_card_without_its_drawing_is_refused(tmp_path: Path) -> None:
    assert problems(write_pack(tmp_path, {"activities/cartes.toml": CARDS})) == [
        ("activities/cartes.toml", "items[0].picture")
    ]


@pytest.mark.parametrize("alt", ["", 'alt = ""', 'alt = "  "'])
def test_a_drawing_that_is_not_described_is_refused(tmp_path: Path, alt: str) -> None:
    cards = CARDS.replace('alt = "Un robot."', alt)
    pack = write_pack(tmp_path, {"activities/cartes.toml": cards, "pictures/robot.svg": svg()})
    assert problems(pack) == [("activities/cartes.toml", "items[0].alt")]


def test_a_drawing_whose_name_is_no_id_is_refused(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path, {"activities/cartes.toml": CARDS, "pictures/robot.svg": svg(), "pictures/Le robot.svg": svg()}
    )
    assert problems(pack) == [("pictures/Le robot.svg", "")]


def test_drawings_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "robot.svg").write_text(svg())
    pack = write_pack(tmp_path / "pack")
    (pack / "pictures").symlink_to(tmp_path / "outside")
    assert problems(pack) == [("pictures", "")]
