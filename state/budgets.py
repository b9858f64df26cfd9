"""How often something may be tried: by whom it is tried, or from where it fails. Kept in memory only, and hashed."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from limits import RateLimitItem, parse
from limits.strategies import MovingWindowRateLimiter

from state.domain.errors import TooFast
from state.moving_windows import MovingWindows

# Wrong codes and wrong links from one address. What is guessed costs; what is right costs nothing.
WRONG = (parse("20/minute"), parse("100/hour"))
# One phone, which may be passed round to six people.
ANSWERS = (parse("300/minute"),)
PROFILES = (parse("60/minute"),)
# One address may be a whole building: enough for a full room to come in within a minute.
ARRIVALS = (parse("1200/minute"),)
CREATIONS = (parse("300/hour"),)
IMPORTS = (parse("60/hour"),)
# One facilitator.
UPLOADS = (parse("30/hour"),)
RENEWALS = (parse("20/hour"),)

_MOST_VOUCHED = 10_000
_VOUCHED_SECONDS = 12 * 3600.0


@dataclass(slots=True)
class Budgets:
    """The budgets of this process; nothing of it is written anywhere, and addresses are not even held as they are."""

    _limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MovingWindows()))
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _vouched: OrderedDict[tuple[str, str], float] = field(default_factory=OrderedDict)

    def spend(self, what: str, budget: tuple[RateLimitItem, ...], who: str) -> None:
        """Count one try of somebody's, or from somewhere.

        Raises:
            TooFast: the budget is spent; says in how many `seconds` there is some again.
        """
        key = self._hidden(who)
        for item in budget:
            if not self._limiter.hit(item, what, key):
                raise self._too_fast(item, what, key)

    def check(self, what: str, budget: tuple[RateLimitItem, ...], who: str) -> None:
        """Raises: TooFast, as `spend` would, without counting anything."""
        key = self._hidden(who)
        for item in budget:
            if not self._limiter.test(item, what, key):
                raise self._too_fast(item, what, key)

    def vouch(self, where: str, cafe: str) -> None:
        """Remember that somebody rightly in a café is at this address: its code is no guess there."""
        self._vouched[(self._hidden(where), cafe)] = time.monotonic()
        self._vouched.move_to_end((self._hidden(where), cafe))
        if len(self._vouched) > _MOST_VOUCHED:
            self._vouched.popitem(last=False)

    def vouched(self, where: str, cafe: str) -> bool:
        since = self._vouched.get((self._hidden(where), cafe))
        return since is not None and time.monotonic() - since < _VOUCHED_SECONDS

    def _too_fast(self, item: RateLimitItem, what: str, key: str) -> TooFast:
        again = self._limiter.get_window_stats(item, what, key).reset_time
        return TooFast(seconds=max(1, math.ceil(again - time.monotonic())))

    def _hidden(self, who: str) -> str:
        return hashlib.blake2b(_network(who).encode(), key=self._salt, digest_size=12).hexdigest()


def _network(who: str) -> str:
    """An address as one neighbour: whoever has an IPv6 address has a whole /64 of them. Other names stay."""
    try:
        address = ipaddress.ip_address(who)
    except ValueError:
        return who
    if address.version == 6 and (mapped := getattr(address, "ipv4_mapped", None)) is not None:  # noqa: PLR2004
        return str(mapped)
    return who if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))  # noqa: PLR2004
