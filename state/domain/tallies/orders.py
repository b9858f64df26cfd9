"""Entries put in order: how many people put each at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.prompts import Ordering
from state.domain.values import picked

if TYPE_CHECKING:
    from content.prompts import Entry
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Placed:
    """`well` people put this entry at its place; `mean` is the place that people gave it, from 1."""

    entry: Entry
    well: int
    mean: float


@dataclass(frozen=True, slots=True)
class OrderTally:
    """`perfect` people of `answered` put everything in order."""

    entries: tuple[Placed, ...]
    answered: int
    perfect: int


def order_tally(cafe: Cafe, stop: Stop) -> OrderTally:
    """Raises TypeError where the stop asks something else."""
    if not isinstance(stop.prompt, Ordering):
        raise TypeError(stop.id)
    orders = [picked(answer.value) for answer in cafe.counted(stop.id).values()]
    right = tuple(entry.id for entry in stop.prompt.entries)
    return OrderTally(
        entries=tuple(
            Placed(
                entry,
                sum(1 for order in orders if order[place] == entry.id),
                sum(order.index(entry.id) + 1 for order in orders) / len(orders) if orders else 0.0,
            )
            for place, entry in enumerate(stop.prompt.entries)
        ),
        answered=len(orders),
        perfect=sum(1 for order in orders if order == right),
    )
