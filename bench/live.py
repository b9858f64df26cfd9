"""The real app, started on an empty store, and a café in it that is played over the wire (`bench.play`)."""

from __future__ import annotations

import asyncio
import gc
import resource
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bench.console import Awake, Facilitator
from bench.figures import Figures, milliseconds, spread, whole
from bench.phones import Crowd
from bench.play import Play
from bench.server import HOST, ROOT, Server, machine_cpu_seconds
from bench.wire import Address, Browser
from content.loader import default_pack
from state.domain.events import Answered, NoteBacked, NotePosted
from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence

    from bench.play import Click, Samples, Scenario
    from state.domain.events import Record


_BY_PHONES = (Answered, NotePosted, NoteBacked)


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
    return {
        "participants": scenario.participants,
        "phase_to_phone_ms": to_phones(samples.clicks),
        "vote_to_ack_ms": _spread(samples.acknowledgements),
        "last_vote_to_console_ms": milliseconds(max(samples.redrawn)) if samples.redrawn else None,
        "flood_to_ack_ms": _spread(samples.flood),
        "acknowledged": len(samples.acknowledged),
        "stored": len(_stored(records)),
        **_activity(scenario, samples),
        **figures,
        **_since_kept(samples.clicks, records),
        "phase_while_voting_ms": to_phones(samples.clicks_while_voting) if samples.clicks_while_voting else None,
        "phase_to_screen_ms": spread(samples.screens),
        "last_votes_to_console_ms": [milliseconds(one) for one in samples.redrawn],
        "last_vote_to_screen_ms": milliseconds(max(samples.screened)) if samples.screened else None,
        "last_vote_to_phone_ms": _spread(samples.phoned),
        "refused_after_close": samples.refused,
        "clicks": len(samples.clicks),
        "rounds": scenario.rounds,
        "idle_seconds": scenario.idle_seconds,
    }


def _activity(scenario: Scenario, samples: Samples) -> Figures:
    """What was played, where it was one activity."""
    if not scenario.activity:
        return {}
    found: Figures = {"activity": scenario.activity, "kind": default_pack().activities[scenario.activity].kind}
    return {**found, "notes": samples.notes} if samples.notes else found


def _stored(records: Iterable[Record]) -> set[tuple[str | None, str]]:
    """Who answered what, stuck what, supported what, as the store's files have it."""
    kept: set[tuple[str | None, str]] = set()
    for record in records:
        match record.event:
            case Answered() as event:
                kept.add((event.participant, event.question))
            case NotePosted() as event:
                kept.add((event.author, f"{event.question}#{event.note}"))
            case NoteBacked() as event:
                kept.add((event.participant, f"{event.question}^{event.note}"))
    return kept


async def _run(server: Server, scenario: Scenario) -> tuple[Samples, str, Figures]:
    facilitator = Facilitator(Address(HOST, server.port))
    await facilitator.prepare(scenario.activity)
    screen = Awake(Browser(facilitator.browser.address))
    await screen.open(facilitator.screen_link)
    crowd = Crowd(facilitator.browser.address, scenario.participants)
    began = time.perf_counter()
    took = await crowd.come_in(facilitator.code, at_once=scenario.at_once)
    joined = time.perf_counter() - began
    play = Play(facilitator, screen, crowd, scenario)
    await play.rest()
    crowd.heard.clear()
    async with steady():
        busy = await percent(server, play.all_rounds())
        streams = _streams(crowd)
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
        **streams,
    }
    await crowd.leave()
    await screen.close()
    await facilitator.close()
    return play.samples, facilitator.cafe, figures


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


def _streams(crowd: Crowd) -> Figures:
    """What the rounds sent on the phones' streams: views, and each view's bytes."""
    phones, sizes = len(crowd.phones), crowd.heard
    return {
        "changes_per_phone": round(len(sizes) / phones, 1),
        "bytes_per_change": whole(sizes) if sizes else None,
        "kb_per_phone": round(sum(sizes) / phones / 1_000, 1),
    }


def _spread(seconds: Sequence[float]) -> Figures | None:
    return spread(seconds) if seconds else None


def to_phones(clicks: Sequence[Click]) -> Figures:
    return spread([when - click.sent for click in clicks for when in click.arrived])


def _since_kept(clicks: Sequence[Click], records: Sequence[Record]) -> Figures:
    """The same clicks counted from the moment the event was decided, which the store kept by the system's clock."""
    offset = time.time() - time.perf_counter()
    moves = [record.at - offset for record in records if not isinstance(record.event, _BY_PHONES)]
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
