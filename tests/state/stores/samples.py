"""Records to keep: real ones, as small as they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.plan import Plan
from state.domain.events import Answered, CafeCreated, Record

if TYPE_CHECKING:
    from pathlib import Path

    from state.ports import Store

CAFE = "cafe00000001"
OTHER = "cafe00000002"


def created(title: str = "Café de la data") -> Record:
    plan = Plan(formula="ristretto", formula_name="Ristretto", choices={}, steps=())
    return Record(1, 1_750_000_000.25, CafeCreated(title, "ABC234", plan, "f" * 64, "5" * 64))


def answer(seq: int, person: str = "p", value: str = "réponse « œ » \n\t\u2028 \U0001f600") -> Record:
    return Record(seq, 1_750_000_000.0 + seq / 7, Answered("quiz/q1", f"{person}{seq}", value, f"key-{person}-{seq}"))


def history(length: int, first: int = 1) -> list[Record]:
    return [created() if seq == 1 else answer(seq) for seq in range(first, first + length)]


def fill(store: Store, length: int, cafe: str = CAFE) -> list[Record]:
    """Keep a history, each record by an append of its own."""
    records = history(length)
    for record in records:
        store.append(cafe, [record]).result(10)
    return records


def flip(path: Path, place: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
