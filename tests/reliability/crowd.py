"""An office behind one address: people come and answer while somebody there guesses codes and floods."""

from __future__ import annotations

import asyncio
import random
import secrets
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bench.answers import answer_to
from bench.figures import percentile, spread
from bench.play import Play, Scenario
from bench.wire import Browser
from state.identity import CODE_ALPHABET, CODE_LENGTH
from tests.reliability.crowds import asked, crowd_of, held
from tests.reliability.serving import App

if TYPE_CHECKING:
    from bench.figures import Figures
    from bench.phones import Crowd
    from bench.wire import Address

_ROUNDS = 3
_HANDS = 4
_STREAMS = 40
# What `state/budgets.py` lets one address guess in an hour; none more may be looked at.
_GUESSES_AN_HOUR = 100
_SLOWEST_ANSWER = 1.0


class Attacker:
    """Guesses codes and links as fast as it is answered, from the people's own address, and sends what is no use."""

    def __init__(self, address: Address, cafe: str) -> None:
        self._address = address
        self._cafe = cafe
        self.looked_at = 0
        self.slowed = 0
        self.found = 0
        self.flood: Counter[int] = Counter()
        self.streams_refused = 0

    async def guess_for_ever(self) -> None:
        browser = Browser(self._address)
        while True:
            with suppress(OSError):
                code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
                link = secrets.choice((f"/c/{code}", f"/i/{code}", f"/animer/{self._cafe}/{secrets.token_urlsafe(18)}"))
                reply = await browser.get(link)
                self.slowed += reply.status == 429
                if reply.status == 303:
                    known = "?code=" in reply.location or "?lien=" in reply.location
                    self.looked_at += known
                    self.found += not known

    async def flood_for_ever(self, code: str) -> None:
        """With the code that everybody in the corridor can read: more of everything than is fair."""
        browser = Browser(self._address)
        await browser.get(f"/c/{code}")
        await browser.post(f"/api/cafes/{self._cafe}/join", b"{}")
        for _ in range(_STREAMS):
            try:
                await browser.listen(f"/api/cafes/{self._cafe}/stream", lambda *_: None)
            except ConnectionError:
                self.streams_refused += 1
        bodies = (b"{" * 12_000, b"x" * 40_000, b"{}", b'{"pseudonym": "moi"}')
        while True:
            for address in ("answers", "join", "notes"):
                with suppress(OSError):
                    reply = await browser.post(f"/api/cafes/{self._cafe}/{address}", secrets.choice(bodies))
                    self.flood[reply.status] += 1


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` people."""
    with tempfile.TemporaryDirectory(prefix="comptoir-crowd-") as name, App(Path(name)) as app:
        app.start()
        return uvloop.run(_crowd(app.address, n, random.Random(seed)))


async def _crowd(address: Address, count: int, chance: random.Random) -> Figures:
    crowd = crowd_of(address, count)
    async with held(address) as (facilitator, screen):
        attacker = Attacker(address, facilitator.cafe)
        attacks = [asyncio.create_task(attacker.guess_for_ever()) for _ in range(_HANDS // 2)]
        attacks += [asyncio.create_task(attacker.flood_for_ever(facilitator.code)) for _ in range(_HANDS // 2)]
        # The budget of wrong guesses is spent before the first person comes.
        await asyncio.sleep(2)
        began = time.perf_counter()
        took = await crowd.come_in(facilitator.code, at_once=10)
        play = Play(facilitator, screen, crowd, Scenario(count))
        answered: Counter[int] = Counter()
        times: list[float] = []
        for _ in range(_ROUNDS):
            view = await asked(play)
            replies = await asyncio.gather(*(_answer(crowd, number, view, chance) for number in range(count)))
            answered.update(status for status, _ in replies)
            times += [seconds for _, seconds in replies]
        lasted = time.perf_counter() - began
        for attack in attacks:
            attack.cancel()
        await asyncio.gather(*attacks, return_exceptions=True)
        await crowd.leave()
    served = answered == {200: _ROUNDS * count} and percentile(times, 0.95) < _SLOWEST_ANSWER
    slowed = attacker.looked_at <= _GUESSES_AN_HOUR and attacker.slowed > attacker.looked_at and not attacker.found
    slowed = slowed and attacker.streams_refused > 0 and attacker.flood[429] > 0
    return {
        "people": count,
        "joined": len(took),
        "join_ms": spread(took),
        "answered": {str(status): sent for status, sent in sorted(answered.items())},
        "vote_to_ack_ms": spread(times),
        "guesses": attacker.looked_at + attacker.slowed,
        "guesses_looked_at": attacker.looked_at,
        "guesses_refused": attacker.slowed,
        "guessed_right": attacker.found,
        "streams_refused": attacker.streams_refused,
        "flood": {str(status): sent for status, sent in sorted(attacker.flood.items())},
        "seconds": round(lasted, 1),
        "holds": served and slowed and not any(status >= 500 for status in attacker.flood),
    }


async def _answer(crowd: Crowd, number: int, view: dict[str, object], chance: random.Random) -> tuple[int, float]:
    await asyncio.sleep(chance.uniform(0, 2))
    reply = await crowd.phones[number].answer(str(view["question"]), answer_to(view, number, chance))
    return reply.status, reply.received - reply.sent
