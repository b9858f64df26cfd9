"""A café as open data: a Data Package with counts that point at nobody, its dictionary and its licence, in one zip."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from content.catalogue import t
from state.exports.formulas import inert
from state.exports.naming import day_of
from state.exports.parts import parts_of
from state.exports.results import results, too_few
from state.exports.table_schema import DICTIONARY, RESULTS, TEXTS, resource
from state.exports.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from state.domain.cafe import Cafe
    from state.exports.results import Dimension, Result
    from state.exports.table_schema import Column

LICENCE = "etalab-2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
_MOMENT = (2026, 1, 1, 0, 0, 0)


def open_data(cafe: Cafe, *, names: bool = False, texts: Collection[str] = ()) -> Iterator[bytes]:
    """The whole package; of what people wrote, only the `texts` whose keys are given. `names` changes nothing."""
    del names

    def write(file: IO[bytes]) -> None:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, data in _files(cafe, texts).items():
                entry = ZipInfo(name, _MOMENT)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, data)

    return parts_of(write)


def _files(cafe: Cafe, texts: Collection[str]) -> dict[str, bytes]:
    if too_few(cafe):
        return {"LISEZ-MOI.txt": _lines([t("open.too_few")])}
    files = {
        "resultats.csv": _csv(RESULTS, (_result(one) for one in results(cafe))),
        "dictionnaire.csv": _csv(DICTIONARY, _dictionary(texts)),
    }
    if texts:
        ticked = [one for one in texts_of(cafe) if one.key in texts]
        # By the alphabet: the order in which they came would tell who wrote which.
        files["textes.csv"] = _csv(TEXTS, sorted((one.stop.id, one.question, one.text) for one in ticked))
    return {
        "LISEZ-MOI.txt": _lines(_readme(cafe, files)),
        "LICENCE.txt": _lines([t("open.licence"), f"SPDX-License-Identifier: {LICENCE}", LICENCE_URL]),
        "datapackage.json": _package(cafe, files),
        **files,
    }


def _result(one: Result) -> list[str]:
    step, prompt = one.stop.step, one.stop.prompt
    assert step is not None
    assert prompt is not None
    return [
        step.activity.title,
        one.stop.id,
        prompt.prompt,
        t(f"moment.{prompt.moment}") if prompt.moment else "",
        _dimension(one.dimension),
        _group(one.dimension, one.group),
        one.answer,
        _number(one.people),
        _number(one.respondents),
        "true" if one.people is None else "false",
        "true" if one.several else "false",
    ]


def _dimension(dimension: Dimension) -> str:
    match dimension:
        case "level":
            return t("csv.level")
        case "place":
            return t("csv.place")
        case _:
            return t("open.everybody")


def _group(dimension: Dimension, group: str) -> str:
    match dimension:
        case "level":
            return " + ".join(t(f"level.{one}") if one else t("open.unsaid") for one in group.split("+"))
        case "place":
            return " + ".join(t(f"place.{one}") if one else t("open.unsaid") for one in group.split("+"))
        case _:
            return ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _dictionary(texts: Collection[str]) -> Iterator[list[str]]:
    tables = {"resultats": RESULTS, "dictionnaire": DICTIONARY, **({"textes": TEXTS} if texts else {})}
    for table, columns in tables.items():
        for column in columns:
            yield [table, column.name, column.kind, column.description]


def _csv(columns: tuple[Column, ...], lines: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([inert(cell) for cell in line] for line in lines)
    return text.getvalue().encode(errors="replace")


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode(errors="replace")


def _readme(cafe: Cafe, files: Collection[str]) -> list[str]:
    warning = [t("export.rehearsal"), ""] if cafe.plan.rehearsal else []
    title = " ".join(cafe.title.split())
    told = [t("open.readme_counts"), t("open.readme_secret"), t("open.readme_groups"), t("open.readme_nobody")]
    if "textes.csv" in files:
        told.append(t("open.readme_texts"))
    return [*warning, title, f"{cafe.plan.formula_name}, {day_of(cafe)}", "", *told, "", t("open.licence"), LICENCE_URL]


def _package(cafe: Cafe, files: dict[str, bytes]) -> bytes:
    tables = {"resultats.csv": RESULTS, "dictionnaire.csv": DICTIONARY, "textes.csv": TEXTS}
    resources = [
        resource(name, tables[name], size=len(data), digest=hashlib.sha256(data).hexdigest())
        for name, data in files.items()
    ]
    package = {
        "profile": "data-package",
        "name": f"cafe-{day_of(cafe)}",
        "title": cafe.title,
        "description": t("export.rehearsal") if cafe.plan.rehearsal else t("open.readme_counts"),
        "created": f"{day_of(cafe)}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": t("open.licence_name")}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2).encode(errors="replace") + b"\n"
