"""A whole room comes within half a minute, loses the network at once, and finds it again at once."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop

from bench.answers import answer_to
from bench.figures import spread
from bench.play import Play, Scenario
from tests.reliability.crowds import Comeback, asked, crowd_of, held
from tests.reliability.serving import App

if TYPE_CHECKING:
    from bench.figures import Figures
    from bench.wire import Address

_JOIN_SECONDS = 30.0
_AWAY_SECONDS = 3.0
_BACK_SECONDS = 10.0


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` phones; they have half a minute to come if they are 300, and as much less as they are fewer."""
    with tempfile.TemporaryDirectory(prefix="comptoir-herd-") as name, App(Path(name)) as app:
        app.start()
        return uvloop.run(_herd(app.address, n, random.Random(seed)))


async def _herd(address: Address, count: int, chance: random.Random) -> Figures:
    crowd = crowd_of(address, count)
    phones: list[Any] = crowd.phones
    async with held(address) as (facilitator, screen):
        within = _JOIN_SECONDS * min(1.0, count / 300)
        began = time.perf_counter()
        await asyncio.gather(*(_comes(phone, facilitator.code, chance.uniform(0, within)) for phone in phones))
        joined = time.perf_counter() - began
        play = Play(facilitator, screen, crowd, Scenario(count))
        await play.rest()
        view = await asked(play)
        values = {phone.number: answer_to(view, phone.number, chance) for phone in phones}
        replies = await asyncio.gather(*(phone.answer(view["question"], values[phone.number]) for phone in phones))
        refused = sum(reply.status != 200 for reply in replies)
        before = await asyncio.gather(*(phone.state() for phone in phones))
        await asyncio.gather(*(phone.drop() for phone in phones))
        await asyncio.sleep(_AWAY_SECONDS)
        began = time.perf_counter()
        times = await asyncio.gather(*(_comes_back(phone, began) for phone in phones))
        after = await asyncio.gather(*(phone.state() for phone in phones))
        await crowd.leave()
    identities = sum(one["me"] != two["me"] or two["me"] is None for one, two in zip(before, after, strict=True))
    answers = sum(
        two["mine"].get(view["question"]) != values[phone.number] for phone, two in zip(phones, after, strict=True)
    )
    return {
        "phones": count,
        "join_seconds": round(joined, 1),
        "answers_refused": refused,
        "back_ms": spread(times),
        "all_back_seconds": round(max(times), 1),
        "identities_lost": identities,
        "answers_lost": answers,
        "holds": not (identities or answers or refused) and max(times) < _BACK_SECONDS,
    }


async def _comes(phone: Comeback, code: str, after: float) -> None:
    await asyncio.sleep(after)
    await phone.come_in(code)


async def _comes_back(phone: Comeback, began: float) -> float:
    """How long after the network was there again the phone has its stream, its state and its page."""
    await phone.come_back()
    await phone.state()
    return time.perf_counter() - began
