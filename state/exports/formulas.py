"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import unicodedata

_FORMULA_STARTS = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")


def inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text: an apostrophe stands before what would start a formula.

    `original` takes it away again.
    """
    return f"'{cell}" if cell.startswith("'") or _starts_formula(cell) else cell


def original(cell: str) -> str:
    """What `inert` was given."""
    return cell.removeprefix("'")


def _starts_formula(cell: str) -> bool:
    # NFKC makes the full-width signs ordinary, as some spreadsheets do; white space before a sign does not disarm it.
    bare = unicodedata.normalize("NFKC", cell).lstrip()
    return bare[:1] in _FORMULA_STARTS or cell[:1] in _BREAKS
