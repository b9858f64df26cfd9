"""Changing secret links: the ones before open nothing any more, and whoever holds them can do nothing about it."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.events import CarnetRevoked, LinkRenewed
from state.domain.helping import doors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.cafe import Cafe
    from state.domain.events import Event

    Events = tuple[Event, ...]


def renew(
    cafe: Cafe, *, holder: str, asked_with: str, facilitator_hash: str, screen_hash: str, carnets: Iterable[str]
) -> Events:
    """Give one of those who facilitate another link, and another for the projector.

    `asked_with` is the hash of the secret that they ask with, `carnets` those that are theirs: others that stand for
    them were made by whoever had the link before.

    Raises:
        LinkRevoked: what they ask with opens nothing any more. Of two who have one link, the first keeps the café.
    """
    if not any(door.holder == holder and compare_digest(door.facilitator_hash, asked_with) for door in doors(cafe)):
        raise errors.LinkRevoked
    theirs = tuple(name for name in carnets if (entry := cafe.carnets.get(name)) and entry.holder == holder)
    return (LinkRenewed(holder, facilitator_hash, screen_hash, theirs),)


def revoke_carnet(cafe: Cafe, *, carnet: str) -> Events:
    """Whoever holds a carnet opens this café no more by it."""
    return (CarnetRevoked(carnet),) if carnet in cafe.carnets else ()
