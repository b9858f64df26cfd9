"""What a report is made of, whatever file it becomes: texts as they are, tables whose first cells name their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from components.pictures import Drawn


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has a cell for each of `columns`; the first says what the others are of."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A title and what stands under it; `texts` are what people wrote, in no order that says who did."""

    title: str
    lines: tuple[str, ...] = ()
    chart: Drawn | None = None
    tables: tuple[Table, ...] = ()
    texts: tuple[str, ...] = ()
    under: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`warning` stands on every page; empty where there is none. `facts` have a name each."""

    title: str
    warning: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
