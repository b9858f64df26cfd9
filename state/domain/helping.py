"""Facilitating together: others hold links of their own, which can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.events import OWNER, CarnetEntered, HelperInvited, HelperRevoked
from state.domain.text import PSEUDONYM_LENGTH, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from state.domain.cafe import Cafe, Helper
    from state.domain.events import Event

    Events = tuple[Event, ...]

MOST_HELPERS = 10
# An owner has one carnet, or two when its link was changed; so has each helper.
MOST_CARNETS = 3 * (1 + MOST_HELPERS)


def invite(cafe: Cafe, *, helper: str, name: str, facilitator_hash: str, screen_hash: str) -> Events:
    """Somebody facilitates too.

    Raises:
        TextEmpty, TextTooLong: the name.
        TooMany: as many facilitate already as may.
        AlreadyHelping: somebody of that name has a link; a double click makes no second one.
    """
    known = clean(name, limit=PSEUDONYM_LENGTH)
    if any(one.name == known for one in helping(cafe)):
        raise errors.AlreadyHelping
    if len(helping(cafe)) >= MOST_HELPERS:
        raise errors.TooMany(limit=MOST_HELPERS)
    return (HelperInvited(helper, known, facilitator_hash, screen_hash),)


def revoke(cafe: Cafe, *, helper: str) -> Events:
    """Their links open nothing any more; asking again changes nothing."""
    known = cafe.helpers.get(helper)
    return () if known is None or known.revoked else (HelperRevoked(helper),)


def while_helping(cafe: Cafe, *, decide: Callable[[Cafe], Iterable[Event]], by: str) -> Iterable[Event]:
    """What somebody who facilitates asks for, for as long as they may.

    Raises:
        LinkRevoked: they may not any more; or whatever `decide` raises.
    """
    if by and by != OWNER and by not in {helper.id for helper in helping(cafe)}:
        raise errors.LinkRevoked
    return decide(cafe)


def enter(cafe: Cafe, *, carnet: str, holder: str, facilitator_hash: str, screen_hash: str) -> Events:
    """Who holds a carnet facilitates as `holder` does. One that the café is in already gains nothing.

    Raises:
        LinkRevoked: the holder may not facilitate any more.
        TooMany
    """
    if holder != OWNER and holder not in {one.id for one in helping(cafe)}:
        raise errors.LinkRevoked
    known = cafe.carnets.get(carnet)
    if known is not None and known.holder in {OWNER, holder}:
        return ()
    if known is None and len(cafe.carnets) >= MOST_CARNETS:
        raise errors.TooMany(limit=MOST_CARNETS)
    return (CarnetEntered(carnet, holder, facilitator_hash, screen_hash),)


@dataclass(frozen=True, slots=True)
class Door:
    """Two secrets' hashes that open a café's console and its screen; `holder` is who then facilitates."""

    holder: str
    facilitator_hash: str
    screen_hash: str


def doors(cafe: Cafe) -> tuple[Door, ...]:
    """Every way into the console: the owner's link, those of who helps, and the carnets of all of them."""
    links = (
        Door(OWNER, cafe.facilitator_hash, cafe.screen_hash),
        *(Door(one.id, one.facilitator_hash, one.screen_hash) for one in helping(cafe)),
    )
    holders = {door.holder for door in links}
    entries = (Door(one.holder, one.facilitator_hash, one.screen_hash) for one in cafe.carnets.values())
    return (*links, *(door for door in entries if door.holder in holders))


def helping(cafe: Cafe) -> tuple[Helper, ...]:
    """Those who may facilitate besides who made the café."""
    return tuple(helper for helper in cafe.helpers.values() if not helper.revoked)
