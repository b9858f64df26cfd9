"""The files that a facilitator may take away, by the name that an address gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from state.exports import ods
from state.exports.archive import archive
from state.exports.opendata import open_data
from state.exports.tables import french_csv, open_csv
from state.exports.xlsx import xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe


class Maker(Protocol):
    """Writes a file of a café, a part at a time; pseudonyms are in it only with `names`."""

    def __call__(self, cafe: Cafe, *, names: bool = False) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """`ending` is what a file's name ends with."""

    ending: str
    media_type: str
    make: Maker


FORMATS = {
    "tableur.csv": Format("csv", "text/csv; charset=utf-8", french_csv),
    "donnees.csv": Format("donnees.csv", "text/csv; charset=utf-8", open_csv),
    "tableur.xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "tableur.ods": Format("ods", ods.MEDIA_TYPE, ods.ods),
    "archive.json": Format("json", "application/json", archive),
    "donnees-ouvertes.zip": Format("donnees-ouvertes.zip", "application/zip", open_data),
}
