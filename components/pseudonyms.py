"""A pseudonym for whoever would rather not choose one: of the café, of nobody's gender, and nobody else's there."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from content.catalogue import t
from state.domain.text import skeleton

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def free_pseudonym(cafe: Cafe) -> str:
    """One that nobody in the room has; numbered where so many people came that all are taken."""
    taken = {skeleton(one.pseudonym) for one in cafe.participants.values() if one.pseudonym}
    free = [one for one in pseudonyms() if skeleton(one) not in taken]
    if free:
        return secrets.choice(free)
    names = {one.pseudonym for one in cafe.participants.values()}
    one = secrets.choice(pseudonyms())
    number = 2
    while f"{one} {number}" in names:
        number += 1
    return f"{one} {number}"


def pseudonyms() -> list[str]:
    things, moments = (t(f"pseudonym.{part}").split(", ") for part in ("things", "moments"))
    return [f"{thing} {moment}" for thing in things for moment in moments]
