"""Facilitating together: others hold links of their own, which can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.domain import errors
from state.domain.events import OWNER, HelperInvited, HelperRevoked
from state.domain.text import PSEUDONYM_LENGTH, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from state.domain.cafe import Cafe, Helper
    from state.domain.events import Event

    Events = tuple[Event, ...]

MOST_HELPERS = 10


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


def helping(cafe: Cafe) -> tuple[Helper, ...]:
    """Those who may facilitate besides who made the café."""
    return tuple(helper for helper in cafe.helpers.values() if not helper.revoked)
