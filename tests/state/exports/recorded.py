"""A recorded café and the files made of it, kept as they should be.

`python -m tests.state.exports.recorded` renews them, and the schema of the JSON format in `docs/formats/`.
Read the differences before keeping them: whoever reads these files elsewhere will see them too.
"""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from state.domain import decisions, notes
from state.exports.archive import Archive
from state.exports.files import FORMATS
from tests.state.cafes import (
    ARGUMENTS,
    BEFORE_DEBATE,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    DISAGREE,
    GREEN,
    LEVEL,
    MORNING,
    ORDER,
    RATED,
    RETAINED,
    SEVERAL,
    answers,
    argues,
    goes,
    joins,
    play,
    posts,
    stop_at,
    whole_cafe,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from state.domain.cafe import Cafe

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = Path(__file__).parents[3] / "docs" / "formats" / "cafe-export-1.schema.json"
_LEVELS = ("novice", "averti", "expert")


def recorded_cafe() -> Cafe:
    """Sixteen people, of whom one is sent away; every kind of row is in it."""
    people = [f"p{number}" for number in range(16)]
    coming = [
        joins(one, f"Personne {number}", _LEVELS[number % 2 if number < 14 else 2], ("room", "remote")[number % 3 == 0])
        for number, one in enumerate(people)
    ]
    cafe = play(whole_cafe(), *coming)
    sides = [choice.id for choice in stop_at(cafe, BEFORE_DEBATE).prompt.choices]  # type: ignore[union-attr]
    said: dict[str, Callable[[int], str]] = {
        LEVEL: lambda number: _LEVELS[number % 2 if number < 14 else 2],
        SEVERAL: lambda number: "a,c" if number % 2 else "b",
        ORDER: lambda number: "turing,dartmouth,deep-blue" if number % 2 else "deep-blue,turing,dartmouth",
        BEFORE_DEBATE: lambda number: sides[number % 2],
        RATED: lambda number: str(3 + number % 3),
        RETAINED: lambda number: f"=idée {number}" if number % 4 else "L’essentiel ; et le reste",
        CARD: lambda number: "hal\nson œil" if number else "hal",
    }
    for question, value in said.items():
        cafe = play(cafe, goes(question), *(answers(one, question, value(at)) for at, one in enumerate(people)))
    return play(
        cafe,
        *(goes(BOARD), posts("p1", "n1", "badge", MORNING, BLUE), posts(None, "n2", "dit tout haut", BREAK, GREEN)),
        *(goes(ARGUMENTS), argues("p1", "n3", "pour"), argues("p2", "n4", "contre", DISAGREE)),
        partial(notes.back, question=ARGUMENTS, note="n4", person="p1", backed=True),
        partial(decisions.count_hands, question=LEVEL, counts={"novice": 4}),
        partial(decisions.remove, person="p15"),
    )


def golden_files() -> Iterator[tuple[Path, bytes]]:
    """What each file should be; of the zip, what is in it. Workbooks are read by their own tests."""
    cafe = recorded_cafe()
    for name in ("tableur.csv", "donnees.csv", "archive.json"):
        yield GOLDEN / name, b"".join(FORMATS[name].make(cafe))
    with ZipFile(io.BytesIO(b"".join(FORMATS["donnees-ouvertes.zip"].make(cafe)))) as package:
        for name in package.namelist():
            yield GOLDEN / "donnees-ouvertes" / name, package.read(name)
    schema = json.dumps(Archive.model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
    yield SCHEMA, f"{schema}\n".encode()


if __name__ == "__main__":
    for path, data in golden_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
