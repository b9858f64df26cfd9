"""Groups too small to be shown, for what one of few people said would be what each of them said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

G = TypeVar("G")

FEWEST_IN_A_GROUP = 3


def withheld(counts: Mapping[G, int]) -> frozenset[G]:
    """The groups of a whole that may not be shown beside it; `counts` is how many people each has.

    Those under three people, and, where these are under three together, the smallest others: taking what is shown
    away from the whole never leaves one or two people.
    """
    hidden = {group for group, people in counts.items() if 0 < people < FEWEST_IN_A_GROUP}
    others = sorted((group for group, people in counts.items() if people >= FEWEST_IN_A_GROUP), key=counts.__getitem__)
    while others and 0 < sum(counts[group] for group in hidden) < FEWEST_IN_A_GROUP:
        hidden.add(others.pop(0))
    return frozenset(hidden)
