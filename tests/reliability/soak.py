"""Cafés open, are played by a hundred phones and close, for an hour or four: nothing may grow with time."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
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
# Three cafés, then a rest that is longer than Streamlit keeps the session of a page that was closed (two minutes):
# what is then held is what they left behind, and the same from one rest to the next.
_CAFES = 3
_REST_SECONDS = 130.0
# A room where nobody is stays in memory for a quarter of an hour (`state/live.py`); what is let go fills again.
_WARM_UP_SECONDS = 20 * 60.0
# A slope over less says nothing of an hour; it is told, and not judged.
_LONG_ENOUGH_SECONDS = 30 * 60.0
_FEWEST_RESTS = 3
_MOST_MB_PER_HOUR = 1.0
_MOST_MORE = 5


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` minutes."""
    with tempfile.TemporaryDirectory(prefix="comptoir-soak-") as name, App(Path(name)) as app:
        app.start()
        figures = uvloop.run(_soak(app, 60.0 * n, random.Random(seed)))
        figures["said"] = len(app.said.splitlines())
    return figures


async def _soak(app: App, seconds: float, chance: random.Random) -> Figures:
    began = time.monotonic()
    rests: list[_Rest] = []
    cafes = answers = 0
    errors: list[str] = []
    while not rests or time.monotonic() - began < seconds:
        for _ in range(_CAFES if seconds else 1):
            try:
                answers += await _one_cafe(app, chance)
            except Exception as error:  # noqa: BLE001 - counted and told: the hour goes on
                errors.append(f"{type(error).__name__}: {error}"[:200])
            cafes += 1
        await asyncio.sleep(_REST_SECONDS if seconds else 0)
        rests.append(_Rest(time.monotonic() - began, _rss_bytes(app.pid) / 1e6, *_held(app.pid)))
    warm = [rest for rest in rests if rest.at >= min(_WARM_UP_SECONDS, seconds / 4)]
    growth = _per_hour([(rest.at, rest.megabytes) for rest in warm]) if len(warm) >= _FEWEST_RESTS else None
    judged = growth is not None and warm[-1].at - warm[0].at >= _LONG_ENOUGH_SECONDS
    files, threads = ([getattr(rest, name) for rest in (warm or rests)] for name in ("files", "threads"))
    flat = max(files[-1] - files[0], threads[-1] - threads[0]) <= _MOST_MORE
    if judged:
        flat = flat and growth is not None and growth < _MOST_MB_PER_HOUR
    return {
        "minutes": round((time.monotonic() - began) / 60, 1),
        "phones": PHONES,
        "cafes": cafes,
        "answers": answers,
        "rests": [[round(rest.at), round(rest.megabytes, 1), rest.files, rest.threads] for rest in rests],
        "memory_mb_per_hour": growth,
        "growth_judged": judged,
        "files": [files[0], files[-1]],
        "threads": [threads[0], threads[-1]],
        "errors": errors,
        "holds": not errors and flat,
    }


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the app held when nobody was there: `at` in seconds from the start."""

    at: float
    megabytes: float
    files: int
    threads: int


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
