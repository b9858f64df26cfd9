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
from typing import TYPE_CHECKING

import uvloop

from bench.console import PATIENCE_SECONDS, Awake, Facilitator
from bench.figures import Figures, milliseconds, spread
from bench.phones import Crowd
from bench.server import HOST, ROOT, Server, machine_cpu_seconds
from bench.wire import Address, Browser
from content.catalogue import tn
from state.domain.events import Answered
from state.domain.values import DONE
from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Sequence

    from bench.phones import Matches, Phone, View
    from state.domain.events import Record

_REST_SECONDS = 0.6


@dataclass(frozen=True, slots=True)
class Scenario:
    """How long and how many. `at_once` phones come in together: a room does not scan the code in one second."""

    participants: int
    rounds: int = 6
    impatient_rounds: int = 3
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
    clicks_while_voting: list[Click] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    acknowledgements: list[float] = field(default_factory=list)
    redrawn: list[float] = field(default_factory=list)
    acknowledged: set[tuple[int, str]] = field(default_factory=set)
    refused: int = 0


def measure_live(scenario: Scenario) -> Figures:
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-") as folder:
        data = Path(folder) / "data"
        with Server(ROOT / "app.py", log=Path(folder) / "app.log", environment={"COMPTOIR_DATA": str(data)}) as server:
            samples, cafe, figures = uvloop.run(_run(server, scenario))
        # The app has stopped: what its files hold is what it kept.
        store = TinyDBStore(data / "cafes")
        try:
            records = store.load(cafe)
        finally:
            store.close()
    stored = {(one.event.participant, one.event.question) for one in records if isinstance(one.event, Answered)}
    return {
        "participants": scenario.participants,
        "phase_to_phone_ms": to_phones(samples.clicks),
        "vote_to_ack_ms": spread(samples.acknowledgements),
        "last_vote_to_console_ms": milliseconds(max(samples.redrawn)),
        "acknowledged": len(samples.acknowledged),
        "stored": len(stored),
        **figures,
        **_since_kept(samples.clicks, records),
        "phase_while_voting_ms": to_phones(samples.clicks_while_voting),
        "phase_to_screen_ms": spread(samples.screens),
        "last_votes_to_console_ms": [milliseconds(one) for one in samples.redrawn],
        "refused_after_close": samples.refused,
        "clicks": len(samples.clicks),
        "rounds": scenario.rounds,
        "idle_seconds": scenario.idle_seconds,
    }


async def _run(server: Server, scenario: Scenario) -> tuple[Samples, str, Figures]:
    facilitator = Facilitator(Address(HOST, server.port))
    await facilitator.prepare()
    screen = Awake(Browser(facilitator.browser.address))
    await screen.open(facilitator.screen_link)
    crowd = Crowd(facilitator.browser.address, scenario.participants)
    began = time.perf_counter()
    took = await crowd.come_in(facilitator.code, at_once=scenario.at_once)
    joined = time.perf_counter() - began
    play = _Play(facilitator, screen, crowd, scenario)
    await play.rest()
    async with steady():
        busy = await percent(server, play.all_rounds())
        await facilitator.tab.quiet(2.0)
        idle = await percent(server, asyncio.sleep(scenario.idle_seconds))
        await play.impatient_rounds()
    figures: Figures = {
        "idle_cpu_percent": idle["app"],
        "rss_mb": round(server.rss_bytes() / 1e6, 1),
        "join_s": round(joined, 2),
        "join_ms": spread(took),
        "busy_cpu_percent": busy["app"],
        "generator_cpu_percent": busy["generator"],
        "others_cpu_percent": busy["others"],
        "console_redraws": facilitator.redraws,
        "cut_streams": crowd.cut,
    }
    await crowd.leave()
    await screen.close()
    await facilitator.close()
    return play.samples, facilitator.cafe, figures


class _Play:
    """The rounds of a café: to the next question, everybody answers, to the results."""

    def __init__(self, facilitator: Facilitator, screen: Awake, crowd: Crowd, scenario: Scenario) -> None:
        self.samples = Samples()
        self._facilitator = facilitator
        self._screen = screen
        self._crowd = crowd
        self._scenario = scenario
        self._chance = random.Random(scenario.seed)

    async def rest(self) -> None:
        await self._facilitator.tab.quiet(_REST_SECONDS)
        await self._screen.tab.quiet(_REST_SECONDS)

    async def all_rounds(self) -> None:
        for _ in range(self._scenario.rounds):
            view = await self._to_next_question()
            await self.rest()
            await self._vote(view)
            await self.rest()
            if self._facilitator.following[1] == "reveal":
                self.samples.clicks.append((await self._click())[0])
                await self.rest()

    async def impatient_rounds(self) -> None:
        """The facilitator moves on while people still answer, and while the console is being redrawn."""
        for _ in range(self._scenario.impatient_rounds):
            view = await self._to_next_question()
            await self.rest()
            voting = asyncio.create_task(self._answers(view))
            await asyncio.sleep(self._scenario.vote_seconds * self._chance.uniform(0.4, 0.6))
            self.samples.clicks_while_voting.append((await self._click())[0])
            await voting
            await self.rest()

    async def _to_next_question(self) -> View:
        while True:
            click, view = await self._click(with_screen=True)
            self.samples.clicks.append(click)
            if view.get("question"):
                return view
            await self.rest()

    async def _click(self, *, with_screen: bool = False) -> tuple[Click, View]:
        target = self._facilitator.following
        waited = self._crowd.wait_for(_shows(*target))
        console, screen = self._facilitator.moved(), self._screen.tab.next_run()
        sent = await self._facilitator.next()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await waited.all
                await console
                if with_screen:
                    self.samples.screens.append(await screen - sent)
        except TimeoutError as error:
            error.add_note(
                f"towards {target}: {len(waited.times)} phones of {len(self._crowd.phones)} have it, "
                f"{self._crowd.cut} streams were cut, the console leads to {self._facilitator.following}, "
                f"it was last heard {time.perf_counter() - self._facilitator.tab.heard_at:.1f} s ago"
            )
            raise
        return Click(sent, list(waited.times.values())), waited.view

    async def _vote(self, view: View) -> None:
        """Everybody answers; then the console shows it."""
        people = len(self._crowd.phones)
        sentences = [tn("people.answered_of", people, present=people)]
        if view["kind"] == "choice":
            sentences.append(f"{tn('people.answered', people)} :")
        redrawn = self._facilitator.expect(*sentences)
        last_sent = max(await self._answers(view))
        if view["kind"] != "done":
            async with asyncio.timeout(PATIENCE_SECONDS):
                self.samples.redrawn.append(await redrawn - last_sent)

    async def _answers(self, view: View) -> list[float]:
        """Everybody answers at a moment of their own within the vote's time; gives when each was sent."""
        return await asyncio.gather(*(self._answer(phone, view) for phone in self._crowd.phones))

    async def _answer(self, phone: Phone, view: View) -> float:
        value = self._value(view, phone.number)
        await asyncio.sleep(self._chance.uniform(0, self._scenario.vote_seconds))
        reply = await phone.answer(view["question"], value)
        if reply.status == 200:
            self.samples.acknowledged.add((phone.number, view["question"]))
            self.samples.acknowledgements.append(reply.received - reply.sent)
        elif reply.status == 409:
            self.samples.refused += 1
        else:
            raise RuntimeError(f"an answer was answered {reply.status}: {reply.body[:200]!r}")
        return reply.sent

    def _value(self, view: View, number: int) -> str:
        if view["kind"] == "choice":
            return str(self._chance.choice(view["choices"])["id"])
        return DONE if view["kind"] == "done" else f"Une idée du téléphone {number}"


def _shows(stop: str, beat: str) -> Matches:
    """Whether a phone's view is that of a place in the programme."""

    def matches(view: View) -> bool:
        if view["kind"] == "message":
            return "/" not in stop
        revealed = "right" in view or "results" in view
        return bool(view["question"] == stop) and revealed == (beat == "reveal")

    return matches


async def percent(server: Server, doing: Awaitable[None]) -> dict[str, float]:
    """Processor use while something goes on, in percent of one core: the app's, the generator's, all others'."""
    began, before = time.perf_counter(), _spent(server)
    await doing
    took = time.perf_counter() - began
    app, generator, machine = (100 * (now - then) / took for now, then in zip(_spent(server), before, strict=True))
    others = max(0.0, machine - app - generator)
    return {"app": round(app, 2), "generator": round(generator, 2), "others": round(others, 1)}


def _spent(server: Server) -> tuple[float, float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return server.cpu_seconds(), used.ru_utime + used.ru_stime, machine_cpu_seconds()


def to_phones(clicks: Sequence[Click]) -> Figures:
    return spread([when - click.sent for click in clicks for when in click.arrived])


def _since_kept(clicks: Sequence[Click], records: Sequence[Record]) -> Figures:
    """The same clicks counted from the moment the event was decided, which the store kept by the system's clock."""
    offset = time.time() - time.perf_counter()
    moves = [record.at - offset for record in records if not isinstance(record.event, Answered)]
    to_event, to_phone = [], []
    for click in clicks:
        decided = next((at for at in moves if at >= click.sent), None)
        if decided is not None and decided <= min(click.arrived):
            to_event.append(decided - click.sent)
            to_phone += [when - decided for when in click.arrived]
    if not to_event:
        return {}
    return {"click_to_event_ms": spread(to_event), "event_to_phone_ms": spread(to_phone)}


@asynccontextmanager
async def steady() -> AsyncIterator[None]:
    """The generator does not stop to collect garbage while it measures."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
