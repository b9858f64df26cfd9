"""Cafés open, are played by a hundred phones and close, for an hour or four: nothing may grow with time."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bench.answers import answer_to
from bench.play import Play, Scenario
from bench.server import _rss_bytes
from tests.reliability.crowds import asked, crowd_of, held
from tests.reliability.serving import App

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.figures import Figures
    from bench.phones import Crowd, View

PHONES = 100
_QUESTIONS = 4
_VOTE_SECONDS = 4.0
_CAFE_SECONDS = 45.0
# What opens and fills once is let go: interpreters, caches, sessions that Streamlit keeps for a while.
_WARM_UP_SECONDS = 15 * 60.0
# A slope over less says nothing of an hour; it is told, and not judged.
_LONG_ENOUGH_SECONDS = 30 * 60.0
_MOST_MB_PER_HOUR = 1.0
_MOST_MORE = 5
_FEWEST_POINTS = 10


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` minutes."""
    with tempfile.TemporaryDirectory(prefix="comptoir-soak-") as name, App(Path(name)) as app:
        app.start()
        figures = uvloop.run(_soak(app, 60.0 * n, random.Random(seed)))
        figures["said"] = len(app.said.splitlines())
    return figures


async def _soak(app: App, seconds: float, chance: random.Random) -> Figures:
    began = time.monotonic()
    seen: list[tuple[float, float, int, int]] = []
    cafes = answers = 0
    errors: list[str] = []
    while not cafes or time.monotonic() - began < seconds:
        opened = time.monotonic()
        try:
            answers += await _one_cafe(app, chance)
        except Exception as error:  # noqa: BLE001 - counted and told: the hour goes on
            errors.append(f"{type(error).__name__}: {error}"[:200])
        cafes += 1
        # Nobody is there now: what is still held is what a café leaves behind.
        left = seconds - (time.monotonic() - began)
        await asyncio.sleep(max(0.5, min(left, _CAFE_SECONDS - (time.monotonic() - opened))))
        seen.append((time.monotonic() - began, _rss_bytes(app.pid) / 1e6, *_held(app.pid)))
    warm = [one for one in seen if one[0] >= min(_WARM_UP_SECONDS, seconds / 4)]
    told = len(warm) >= _FEWEST_POINTS
    growth = _per_hour([(at, megabytes) for at, megabytes, _, _ in warm]) if told else None
    more = {
        "files": warm[-1][2] - warm[0][2] if told else None,
        "threads": warm[-1][3] - warm[0][3] if told else None,
    }
    judged = told and warm[-1][0] - warm[0][0] >= _LONG_ENOUGH_SECONDS
    flat = not judged or (
        growth is not None and growth < _MOST_MB_PER_HOUR and all((count or 0) <= _MOST_MORE for count in more.values())
    )
    return {
        "minutes": round((time.monotonic() - began) / 60, 1),
        "phones": PHONES,
        "cafes": cafes,
        "answers": answers,
        "memory_mb": [round(seen[0][1], 1), round(seen[-1][1], 1)],
        "memory_mb_per_hour": growth,
        "growth_judged": judged,
        "files": [seen[0][2], seen[-1][2]],
        "threads": [seen[0][3], seen[-1][3]],
        "errors": errors,
        "holds": not errors and flat,
    }


async def _one_cafe(app: App, chance: random.Random) -> int:
    """A café from its making to its end; gives how many answers were acknowledged."""
    crowd = crowd_of(app.address, PHONES)
    acknowledged = 0
    try:
        async with held(app.address) as (facilitator, screen):
            await crowd.come_in(facilitator.code, at_once=10)
            play = Play(facilitator, screen, crowd, Scenario(PHONES))
            for _ in range(_QUESTIONS):
                view = await asked(play)
                statuses = await asyncio.gather(*(_answer(crowd, one, view, chance) for one in range(PHONES)))
                if set(statuses) != {200}:
                    raise RuntimeError(f"answers were answered {sorted(set(statuses))}")
                acknowledged += PHONES
            await _until(lambda: not facilitator.following[0], play._click)
            await _until(lambda: "close" in facilitator.tab.widgets, lambda: asyncio.sleep(0.1))
            ended = crowd.wait_for(lambda view: bool(view.get("over")))
            await facilitator.tab.click("close")
            async with asyncio.timeout(30):
                await ended.all
    finally:
        with suppress(OSError):
            await crowd.leave()
    return acknowledged


async def _until(holds: Callable[[], bool], step: Callable[[], object]) -> None:
    async with asyncio.timeout(120):
        while not holds():
            await step()  # type: ignore[misc]


async def _answer(crowd: Crowd, number: int, view: View, chance: random.Random) -> int:
    await asyncio.sleep(chance.uniform(0, _VOTE_SECONDS))
    return (await crowd.phones[number].answer(view["question"], answer_to(view, number, chance))).status


def _held(pid: int) -> tuple[int, int]:
    """Open files and threads of a process."""
    process = Path(f"/proc/{pid}")
    return sum(1 for _ in (process / "fd").iterdir()), sum(1 for _ in (process / "task").iterdir())


def _per_hour(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line nearest to these points of (seconds, megabytes), in megabytes an hour."""
    mean_at = sum(at for at, _ in points) / len(points)
    mean = sum(value for _, value in points) / len(points)
    spread = sum((at - mean_at) ** 2 for at, _ in points)
    return round(3600 * sum((at - mean_at) * (value - mean) for at, value in points) / spread, 2)
