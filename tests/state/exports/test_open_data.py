"""The open-data package is valid for those who read such packages, and tells of nobody."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import frictionless
import pytest

from content.catalogue import t
from content.plan import rehearsal_plan
from state.domain.events import Answered, Joined, TextHidden
from state.exports.opendata import LICENCE, LICENCE_URL, open_data
from state.exports.texts import texts_of
from tests.state.cafes import WORDS, after, begun, created, goes, play, small_plan
from tests.state.exports.test_secrecy import random_cafe

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.cafe import Cafe


def files(cafe: Cafe, **options: object) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(b"".join(open_data(cafe, **options)))) as archive:  # type: ignore[arg-type]
        return {name: archive.read(name) for name in archive.namelist()}


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def talkative(*texts: str) -> Cafe:
    cafe = play(begun(), goes(WORDS))
    for number, text in enumerate(texts):
        cafe = after(
            cafe, Joined(f"p{number}", f"Pseudo{number}", "novice", "room"), Answered(WORDS, f"p{number}", text, "k")
        )
    return cafe


@pytest.mark.parametrize("people", [5, 30, 300])
def test_the_package_is_valid(tmp_path: Path, people: int) -> None:
    cafe = random_cafe(people, people)
    for name, data in files(cafe).items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.to_summary()


def test_the_package_with_texts_is_valid_and_its_formulas_sleep(tmp_path: Path) -> None:
    cafe = talkative("=1+1", "deux", "@x", 'a "b",\nc', "cinq")
    made = files(cafe, texts={one.key for one in texts_of(cafe)})
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert [row["texte"] for row in lines(made["textes.csv"])] == ["'=1+1", "'@x", 'a "b",\nc', "cinq", "deux"]


def test_only_texts_that_were_ticked_leave() -> None:
    cafe = after(talkative("un", "deux", "trois", "quatre", "cinq"), TextHidden(WORDS, "p4"))
    assert "textes.csv" not in files(cafe)
    keys = {one.key for one in texts_of(cafe) if one.text == "deux"} | {f"{WORDS} cinq", f"{WORDS} inventé"}
    made = files(cafe, texts=keys)
    assert [row["texte"] for row in lines(made["textes.csv"])] == ["deux"]
    assert not [name for name, data in made.items() if b"quatre" in data or b"invent\xc3\xa9" in data]


def test_nobody_is_named_nor_any_hour() -> None:
    made = files(talkative("un", "deux", "trois", "quatre", "cinq"), names=True)
    for data in made.values():
        assert b"Pseudo" not in data
        assert b"15:0" not in data
    assert json.loads(made["datapackage.json"])["created"].endswith("T00:00:00Z")


def test_the_licence_is_named() -> None:
    made = files(random_cafe(1, 20))
    (licence,) = json.loads(made["datapackage.json"])["licenses"]
    assert (licence["name"], licence["path"]) == (LICENCE, LICENCE_URL)
    for word in (LICENCE, LICENCE_URL, "Licence Ouverte 2.0"):
        assert word in made["LICENCE.txt"].decode()


def test_the_dictionary_tells_of_every_column() -> None:
    made = files(random_cafe(1, 20))
    told = {(row["table"], row["colonne"]) for row in lines(made["dictionnaire.csv"])}
    for table in ("resultats", "dictionnaire"):
        heading = next(csv.reader(io.StringIO(made[f"{table}.csv"].decode(), newline="")))
        assert {(table, column) for column in heading} <= told


def test_of_a_cafe_of_four_nothing_is_published_but_that() -> None:
    made = files(talkative("un", "deux", "trois", "quatre"), texts={f"{WORDS} un"})
    assert {name: data.decode() for name, data in made.items()} == {"LISEZ-MOI.txt": t("open.too_few") + "\r\n"}


def test_a_rehearsal_says_what_it_is() -> None:
    cafe = begun(created(plan=rehearsal_plan(small_plan(), 12)))
    for number in range(6):
        cafe = after(cafe, Joined(f"p{number}", None, None, None))
    made = files(cafe)
    assert t("export.rehearsal") in made["LISEZ-MOI.txt"].decode()
    assert t("export.rehearsal") in json.loads(made["datapackage.json"])["description"]
