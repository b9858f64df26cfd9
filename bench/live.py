"""A café played over the wire: the facilitator clicks, every phone gets the step, everybody votes, the console counts.

Every moment is of one clock, in one process. What is told apart: the click (sent on the console's own WebSocket) to
each phone's frame; an answer sent to its acknowledgement; the last answer sent to the console redrawn with all.
"""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop

from bench.console import PATIENCE_SECONDS, Facilitator
from bench.figures import Figures, machine, milliseconds, ratios, spread
from bench.phones import Crowd, Phone
from bench.server import HOST, ROOT, Server
from bench.wire import Address
from content.catalogue import tn
from state.domain.decisions import DONE
from state.domain.events import Answered
from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from state.domain.events import Record

_REST_SECONDS = 0.6


@dataclass(frozen=True, slots=True)
class Scenario:
    """How long and how many. `at_once` phones come in together: a room does not scan the code in one second."""

    participants: int
    rounds: int = 6
    vote_seconds: float = 2.0
    idle_seconds: float = 10.0
    at_once: int = 10
    seed: int = 1


@dataclass(slots=True)
class Click:
    """A click that moved the room: when it was sent, and when each phone had the new step."""

    sent: float
    arrived: list[float]


@dataclass(slots=True)
class Samples:
    """What was seen, in seconds of `time.perf_counter`."""

    clicks: list[Click] = field(default_factory=list)
    acknowledgements: list[float] = field(default_factory=list)
    redrawn: list[float] = field(default_factory=list)
    acknowledged: set[tuple[int, str]] = field(default_factory=set)
    refused: int = 0


def measure(scenario: Scenario, *, baseline: bool = False) -> Figures:
    """Everything about a live café, as one object."""
    figures = _measure_comptoir(scenario)
    if baseline:
        from bench.polling import measure_polling  # noqa: PLC0415 - it uses this module's scenario

        figures["baseline"] = measure_polling(scenario)
        figures["ratios"] = ratios(figures, figures["baseline"])
    return {**figures, "machine": machine()}


def _measure_comptoir(scenario: Scenario) -> Figures:
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-") as folder:
        data = Path(folder) / "data"
        with Server(ROOT / "app.py", log=Path(folder) / "app.log", environment={"COMPTOIR_DATA": str(data)}) as server:
            samples, cafe, figures = uvloop.run(_play(server, scenario))
        # The app has stopped: what its files hold is what it kept.
        store = TinyDBStore(data / "cafes")
        try:
            records = store.load(cafe)
        finally:
            store.close()
    stored = {(one.event.participant, one.event.question) for one in records if isinstance(one.event, Answered)}
    return {
        "participants": scenario.participants,
        "phase_to_phone_ms": spread([when - click.sent for click in samples.clicks for when in click.arrived]),
        "vote_to_ack_ms": spread(samples.acknowledgements),
        "last_vote_to_console_ms": milliseconds(max(samples.redrawn)),
        "acknowledged": len(samples.acknowledged),
        "stored": len(stored),
        **{name: figure for name, figure in figures.items() if name != "clock_offset"},
        **_since_kept(samples, records, figures["clock_offset"]),
        "last_votes_to_console_ms": [milliseconds(one) for one in samples.redrawn],
        "clicks": len(samples.clicks),
        "rounds": scenario.rounds,
        "refused": samples.refused,
    }


async def _play(server: Server, scenario: Scenario) -> tuple[Samples, str, Figures]:
    facilitator = Facilitator(Address(HOST, server.port))
    crowd = Crowd(facilitator.browser.address, scenario.participants)
    samples = Samples()
    await facilitator.prepare()
    began = time.perf_counter()
    took = await crowd.come_in(facilitator.code, at_once=scenario.at_once)
    joined = time.perf_counter() - began
    await facilitator.tab.quiet(_REST_SECONDS)
    async with _steady():
        busy_from, generator_from = server.cpu_seconds(), _own_cpu_seconds()
        played_from = time.perf_counter()
        chance = random.Random(scenario.seed)
        for _ in range(scenario.rounds):
            await _play_round(facilitator, crowd, scenario, samples, chance)
        played = time.perf_counter() - played_from
        busy, generator = server.cpu_seconds() - busy_from, _own_cpu_seconds() - generator_from
        await facilitator.tab.quiet(2.0)
        idle = await idle_percent(server, scenario.idle_seconds)
    figures = {
        "idle_cpu_percent": idle,
        "rss_mb": round(server.rss_bytes() / 1e6, 1),
        "join_s": round(joined, 2),
        "join_ms": spread(took),
        "busy_cpu_percent": round(100 * busy / played, 1),
        "generator_cpu_percent": round(100 * generator / played, 1),
        "console_redraws": facilitator.redraws,
        "cut_streams": crowd.cut,
        "idle_seconds": scenario.idle_seconds,
        "clock_offset": time.time() - time.perf_counter(),
    }
    cafe = facilitator.cafe
    await crowd.leave()
    await facilitator.close()
    return samples, cafe, figures


async def _play_round(
    facilitator: Facilitator, crowd: Crowd, scenario: Scenario, samples: Samples, chance: random.Random
) -> None:
    """Click to the next question, have everybody answer, click to its results where it has any."""
    view = await _click(facilitator, crowd, samples)
    while "question" not in view or not view["question"]:
        view = await _click(facilitator, crowd, samples)
    await facilitator.tab.quiet(_REST_SECONDS)
    await _vote(facilitator, crowd, scenario, view, samples, chance)
    await facilitator.tab.quiet(_REST_SECONDS)
    if facilitator.following[1] == "reveal":
        await _click(facilitator, crowd, samples)
        await facilitator.tab.quiet(_REST_SECONDS)


async def _click(facilitator: Facilitator, crowd: Crowd, samples: Samples) -> dict[str, Any]:
    waited = crowd.wait_for(_shows(*facilitator.following))
    sent = await facilitator.next()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await waited.all
    samples.clicks.append(Click(sent, list(waited.times.values())))
    return waited.view


def _shows(stop: str, beat: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a phone's view is that of a place in the programme."""

    def matches(view: dict[str, Any]) -> bool:
        if view["kind"] == "message":
            return "/" not in stop
        revealed = "right" in view or "results" in view
        return bool(view["question"] == stop) and revealed == (beat == "reveal")

    return matches


async def _vote(
    facilitator: Facilitator,
    crowd: Crowd,
    scenario: Scenario,
    view: dict[str, Any],
    samples: Samples,
    chance: random.Random,
) -> None:
    """Everybody answers at a moment of their own within the vote's time."""
    people, question = len(crowd.phones), view["question"]
    sentences = [tn("people.answered_of", people, present=people)]
    if view["kind"] == "choice":
        sentences.append(f"{tn('people.answered', people)} :")
    redrawn = facilitator.expect(*sentences)
    sent: list[float] = []

    async def answer(phone: Phone, after: float, value: str) -> None:
        await asyncio.sleep(after)
        reply = await phone.answer(question, value)
        sent.append(reply.sent)
        if reply.status == 200:
            samples.acknowledged.add((phone.number, question))
            samples.acknowledgements.append(reply.received - reply.sent)
        else:
            samples.refused += 1

    moments = _moments(people, scenario.vote_seconds, chance)
    await asyncio.gather(
        *(
            answer(phone, after, _value(view, phone.number, chance))
            for phone, after in zip(crowd.phones, moments, strict=True)
        )
    )
    if view["kind"] == "done":
        return
    async with asyncio.timeout(PATIENCE_SECONDS):
        samples.redrawn.append(await redrawn - max(sent))


def _moments(people: int, seconds: float, chance: random.Random) -> list[float]:
    return [chance.uniform(0, seconds) for _ in range(people)]


def _value(view: dict[str, Any], number: int, chance: random.Random) -> str:
    if view["kind"] == "choice":
        return str(chance.choice(view["choices"])["id"])
    return DONE if view["kind"] == "done" else f"Une idée du téléphone {number}"


async def idle_percent(server: Server, seconds: float) -> float:
    """Processor use of an app where nothing happens, in percent of one core."""
    began, used = time.perf_counter(), server.cpu_seconds()
    await asyncio.sleep(seconds)
    return round(100 * (server.cpu_seconds() - used) / (time.perf_counter() - began), 2)


def _since_kept(samples: Samples, records: Sequence[Record], offset: float) -> Figures:
    """The same clicks counted from the moment the event was decided, which the store kept by the system's clock."""
    moves = [record.at - offset for record in records if not isinstance(record.event, Answered)]
    to_event, to_phone = [], []
    for click in samples.clicks:
        decided = next((at for at in moves if at >= click.sent), None)
        if decided is not None and decided <= min(click.arrived):
            to_event.append(decided - click.sent)
            to_phone += [when - decided for when in click.arrived]
    if not to_event:
        return {}
    return {"click_to_event_ms": spread(to_event), "event_to_phone_ms": spread(to_phone)}


@asynccontextmanager
async def _steady() -> AsyncIterator[None]:
    """The generator does not stop to collect garbage while it measures."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _own_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
