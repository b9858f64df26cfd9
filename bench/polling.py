"""The baseline: the scenario of `bench.live`, played by the same generator on the page that polls.

`polling` runs it with our own settings of Streamlit, which help it most; `polling-default` with those that Streamlit
comes with, which collect all garbage after every run.
"""

from __future__ import annotations

import asyncio
import random
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bench.console import PATIENCE_SECONDS, Tab
from bench.figures import Figures, milliseconds, spread
from bench.live import percent, steady, to_phones
from bench.play import Click, Samples, Scenario
from bench.server import HOST, ROOT, Server
from bench.wire import Address, Browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.proto.Element_pb2 import Element

# As much as a saturated server may need to get one step to everybody.
_SATURATED_SECONDS = 4 * PATIENCE_SECONDS
_APP = Path(__file__).with_name("polling_app.py")
_AS_IT_COMES = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
_IN_ALL = re.compile(r"En tout : (\d+) réponses")


def measure_polling(scenario: Scenario, *, as_it_comes: bool = False) -> Figures:
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-polling-") as folder:
        # Streamlit reads its settings where it starts.
        cwd, options = (Path(folder), _AS_IT_COMES) if as_it_comes else (ROOT, ())
        with Server(_APP, log=Path(folder) / "app.log", cwd=cwd, options=options) as server:
            samples, figures = uvloop.run(_run(server, scenario))
    return {
        "participants": scenario.participants,
        "phase_to_phone_ms": to_phones(samples.clicks),
        "vote_to_ack_ms": spread(samples.acknowledgements),
        "last_vote_to_console_ms": milliseconds(max(samples.redrawn)),
        "acknowledged": len(samples.acknowledged),
        **figures,
        "last_votes_to_console_ms": [milliseconds(one) for one in samples.redrawn],
        "clicks": len(samples.clicks),
        "rounds": scenario.rounds,
    }


async def _run(server: Server, scenario: Scenario) -> tuple[Samples, Figures]:
    address = Address(HOST, server.port)
    host = await _Page.open(address, "/?role=host")
    doors = asyncio.Semaphore(scenario.at_once)

    async def enter() -> tuple[_Page, float]:
        async with doors:
            began = time.perf_counter()
            page = await _Page.open(address, "/")
            return page, time.perf_counter() - began

    began = time.perf_counter()
    entered = await asyncio.gather(*(enter() for _ in range(scenario.participants)))
    joined = time.perf_counter() - began
    phones = [page for page, _ in entered]
    samples = Samples()
    chance = random.Random(scenario.seed)
    await asyncio.sleep(2.0)

    async def all_rounds() -> None:
        for step in range(1, scenario.rounds + 1):
            samples.clicks.append(await _click(host, phones, step))
            await _vote(host, phones, step, scenario, samples, chance)

    async with steady():
        busy = await percent(server, all_rounds())
        idle = await percent(server, asyncio.sleep(scenario.idle_seconds))
    figures: Figures = {
        "stored": host.stored,
        "idle_cpu_percent": idle["app"],
        "rss_mb": round(server.rss_bytes() / 1e6, 1),
        "join_s": round(joined, 2),
        "join_ms": spread([took for _, took in entered]),
        "busy_cpu_percent": busy["app"],
        "generator_cpu_percent": busy["generator"],
        "others_cpu_percent": busy["others"],
    }
    await asyncio.gather(host.close(), *(page.close() for page in phones))
    return samples, figures


async def _click(host: _Page, phones: list[_Page], step: int) -> Click:
    shown = [page.expect(f"Étape {step}") for page in phones]
    sent = await host.tab.click("next")
    async with asyncio.timeout(_SATURATED_SECONDS):
        return Click(sent, list(await asyncio.gather(*shown)))


async def _vote(
    host: _Page, phones: list[_Page], step: int, scenario: Scenario, samples: Samples, chance: random.Random
) -> None:
    redrawn = host.expect(f"Étape {step} : {len(phones)} réponses")

    async def vote(number: int, page: _Page) -> float:
        await asyncio.sleep(chance.uniform(0, scenario.vote_seconds))
        kept = page.expect(f"Réponse {step} gardée")
        sent = await page.tab.click(f"vote-{chance.randrange(3)}")
        async with asyncio.timeout(_SATURATED_SECONDS):
            samples.acknowledgements.append(await kept - sent)
        samples.acknowledged.add((number, str(step)))
        return sent

    last_sent = max(await asyncio.gather(*(vote(number, page) for number, page in enumerate(phones))))
    async with asyncio.timeout(_SATURATED_SECONDS):
        samples.redrawn.append(await redrawn - last_sent)


class _Page:
    """One tab on the polling page, whose timer runs as the front end's does."""

    def __init__(self, browser: Browser, tab: Tab) -> None:
        self.tab = tab
        self.stored = 0
        self._browser = browser
        self._expected: list[tuple[str, asyncio.Future[float]]] = []
        tab.on_element = self._look

    @classmethod
    async def open(cls, address: Address, path: str) -> _Page:
        browser = Browser(address)
        await browser.get(path)
        page = cls(browser, await Tab.open(browser, path))
        await page.tab.first_run(patience=_SATURATED_SECONDS)
        page.tab.stay()
        return page

    def expect(self, sentence: str) -> asyncio.Future[float]:
        """The moment when the page next shows a text that begins so."""
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._expected.append((sentence, future))
        return future

    async def close(self) -> None:
        await self.tab.close()
        self._browser.close()

    def _look(self, element: Element, now: float) -> None:
        text = _shown(element)
        if not text:
            return
        if found := _IN_ALL.match(text):
            self.stored = int(found[1])
        for sentence, future in self._expected:
            if text.startswith(sentence) and not future.done():
                future.set_result(now)
        self._expected = [one for one in self._expected if not one[1].done()]


def _shown(element: Element) -> str:
    readers: dict[str | None, Callable[[], str]] = {
        "heading": lambda: element.heading.body,
        "text": lambda: element.text.body,
    }
    reader = readers.get(element.WhichOneof("type"))
    return reader() if reader else ""
