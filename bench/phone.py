"""A phone's visits in a real browser: from the link of the QR code to a page where one can answer.

`localhost` counts as a safe place, where browsers accept Brotli; under any other name, over plain HTTP, they take
gzip: the common case in a room.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright

from bench.console import PATIENCE_SECONDS, Facilitator
from bench.server import HOST, ROOT, Server
from bench.wire import Address
from components.pad.script import pad_script
from web.middleware.encodings import compress

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from playwright.async_api import Browser, BrowserContext, CDPSession, Page

    from bench.figures import Figures

_ROOM = "cafe.test"  # a name that leads to this machine, and that no browser takes for a safe place
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {_ROOM} 127.0.0.1",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_MS = 60_000
_JOIN = ".pad form button"
_CHOICE = ".pad button.option"
# Milliseconds from the start of the navigation (or from a tap) to the first picture that shows an element, looked for
# in open shadow roots too. Asked from outside, a browser is looked at every half second only.
_WHEN_SHOWN = """
const seek = (root, selector) => {
  const found = root.querySelector(selector);
  if (found?.getClientRects().length) return found;
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    const within = shadowRoot && seek(shadowRoot, selector);
    if (within) return within;
  }
};
globalThis.benchShown = (selector) => new Promise((resolve) => {
  const look = () => (seek(document, selector) ? resolve(performance.now()) : requestAnimationFrame(look));
  look();
});
globalThis.benchTapped = async ([button, selector]) => {
  const began = performance.now();
  seek(document, button).click();
  return (await benchShown(selector)) - began;
};
"""
_SLOW_CPU = 4
_SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}


@dataclass  # without slots: Playwright writes on whoever listens
class Traffic:
    """Bytes of one page, as they came over the wire: responses with their heads, and messages on sockets."""

    redirected: list[float] = field(default_factory=list)
    done: dict[str, float] = field(default_factory=dict)
    running: dict[str, float] = field(default_factory=dict)
    messages: int = 0

    @property
    def kilobytes(self) -> float:
        parts = (*self.redirected, *self.done.values(), *self.running.values(), self.messages)
        return round(sum(parts) / 1000, 1)

    @property
    def requests(self) -> int:
        """How many were answered over the wire: those answered from the browser's own cache cost nothing."""
        return sum(1 for size in (*self.redirected, *self.done.values(), *self.running.values()) if size)

    def watch(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._requested)
        session.on("Network.dataReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._messaged)

    def _requested(self, event: dict[str, Any]) -> None:
        if "redirectResponse" in event:
            self.redirected.append(event["redirectResponse"]["encodedDataLength"])

    def _received(self, event: dict[str, Any]) -> None:
        # A stream never finishes: what has come of it counts.
        self.running[event["requestId"]] = self.running.get(event["requestId"], 0) + event["encodedDataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.running.pop(event["requestId"], None)
        self.done[event["requestId"]] = event["encodedDataLength"]

    def _messaged(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        text = frame["payloadData"]
        self.messages += len(base64.b64decode(text)) if frame["opcode"] == 2 else len(text)


@dataclass(frozen=True, slots=True)
class Visit:
    """`ready_s` is from the address to a button that can be tapped; `joined_s` from tapping « join » to the choices."""

    ready_s: float
    joined_s: float
    kilobytes: float
    requests: int


def measure_phone(*, visits: int = 3) -> Figures:
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-phone-") as name:
        folder = Path(name)
        environment = {"COMPTOIR_DATA": str(folder / "data")}
        with Server(ROOT / "app.py", log=folder / "app.log", environment=environment) as server:
            figures = asyncio.run(_measure(server, visits))
        bare = Path(__file__).with_name("plain_app.py")
        alone = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
        with Server(bare, log=folder / "bare.log", cwd=folder, options=alone) as server:
            plain = asyncio.run(_plain(server))
    return {**figures, **plain, **_pad_sizes()}


async def _measure(server: Server, visits: int) -> Figures:
    facilitator = Facilitator(Address(HOST, server.port))
    await facilitator.prepare()
    moved = facilitator.tab.next_run()
    await facilitator.next()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await moved
    try:
        async with _chromium() as browser:
            near, room = (f"http://{host}:{server.port}/c/{facilitator.code}" for host in (HOST, _ROOM))
            # The first visit of all warms the app, which no room meets twice.
            await _first_and_again(browser, near)
            br = [await _first_and_again(browser, near) for _ in range(visits)]
            zipped = [await _first_and_again(browser, room) for _ in range(visits)]
            slow_br = [await _first_and_again(browser, near, slow=True) for _ in range(visits)]
            slow_gzip = [await _first_and_again(browser, room, slow=True) for _ in range(visits)]
    finally:
        await facilitator.close()
    return {
        "first_visit_br_kb": median(first.kilobytes for first, _ in br),
        "first_visit_gzip_kb": median(first.kilobytes for first, _ in zipped),
        "first_visit_s": _seconds(first.ready_s for first, _ in br),
        "repeat_visit_s": _seconds(again.ready_s for _, again in br),
        "first_visit_requests": round(median(first.requests for first, _ in br)),
        "repeat_visit_kb": median(again.kilobytes for _, again in br),
        "repeat_visit_requests": round(median(again.requests for _, again in br)),
        "joined_s": _seconds(first.joined_s for first, _ in br),
        "slow": {
            "cpu_slowdown": _SLOW_CPU,
            "down_mbit_s": 1.6,
            "latency_ms": 150,
            "first_visit_br_s": _seconds(first.ready_s for first, _ in slow_br),
            "first_visit_gzip_s": _seconds(first.ready_s for first, _ in slow_gzip),
            "repeat_visit_s": _seconds(again.ready_s for _, again in slow_br),
            "joined_s": _seconds(first.joined_s for first, _ in slow_br),
        },
    }


async def _first_and_again(browser: Browser, address: str, *, slow: bool = False) -> tuple[Visit, Visit]:
    """A phone that has never been here joins, then comes back by the same link."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=3, locale="fr-FR"
    )
    try:
        return await _visit(context, address, joining=True, slow=slow), await _visit(
            context, address, joining=False, slow=slow
        )
    finally:
        await context.close()


async def _visit(context: BrowserContext, address: str, *, joining: bool, slow: bool) -> Visit:
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    traffic = await _watched(page, slow=slow)
    await page.add_init_script(_WHEN_SHOWN)
    await page.goto(address, wait_until="commit", timeout=_PATIENCE_MS)
    ready = await page.evaluate("benchShown", _JOIN if joining else _CHOICE)
    joined = await page.evaluate("benchTapped", [_JOIN, _CHOICE]) if joining else 0
    # What the page still asks for after it is ready counts as well.
    await asyncio.sleep(3.0 if slow else 1.5)
    visit = Visit(ready / 1000, joined / 1000, traffic.kilobytes, traffic.requests)
    await page.close()
    return visit


async def _watched(page: Page, *, slow: bool = False) -> Traffic:
    session = await page.context.new_cdp_session(page)
    traffic = Traffic()
    traffic.watch(session)
    await session.send("Network.enable")
    if slow:
        await session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOW_CPU})
        await session.send("Network.emulateNetworkConditions", _SLOW_NETWORK)
    return traffic


async def _plain(server: Server) -> Figures:
    async with _chromium() as browser:
        page = await (await browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)).new_page()
        traffic = await _watched(page)
        await page.add_init_script(_WHEN_SHOWN)
        await page.goto(f"http://{HOST}:{server.port}/", wait_until="commit", timeout=_PATIENCE_MS)
        ready = await page.evaluate("benchShown", ".stButton button")
        await asyncio.sleep(1.5)
        figures = {"plain_kb": traffic.kilobytes, "plain_requests": traffic.requests, "plain_s": round(ready / 1000, 2)}
        await page.close()
        return figures


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    found = os.environ.get("COMPTOIR_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


def _pad_sizes() -> Figures:
    """What the pad itself weighs, script and style: compressed, and as it is written."""
    code = pad_script().encode() + (ROOT / "components" / "pad" / "pad.css").read_bytes()
    return {
        "pad_kb": round(len(compress(code, "br")) / 1000, 1),
        "pad_gzip_kb": round(len(compress(code, "gzip")) / 1000, 1),
        "pad_raw_kb": round(len(code) / 1000, 1),
    }


def _seconds(values: Iterable[float]) -> float:
    return round(median(values), 2)
