"""axe-core on a page, shadow roots and frames included. No fault is excused, be it in Streamlit's own markup."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame, Page

_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Streamlit names its styles anew at every release.
_MADE_UP_CLASSES = re.compile(r"\b(st-emotion-cache-\w+|st-\w\w|e1?\w{6,7}\d+) ?")
# Half-faded elements would be measured in colours that nobody keeps before their eyes.
_AT_REST = """
() => (location.pathname.startsWith("/component/") ? document.querySelector("#root > *")
    : document.querySelector(".stApp")?.dataset.testScriptState === "notRunning")
  && !document.querySelector("[data-stale='true']")
  && document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations > 9)
"""
# Streamlit fetches some pieces of a page after the first ones are drawn: the page is whole once nothing is added.
_WHOLE = """
() => new Promise((done) => {
  let last;
  const watcher = new MutationObserver(() => wait());
  const wait = () => {
    clearTimeout(last);
    last = setTimeout(() => { watcher.disconnect(); done(); }, 200);
  };
  watcher.observe(document, { childList: true, subtree: true });
  wait();
})
"""
_HEIGHT = "() => Math.max(innerHeight, ...[...document.querySelectorAll('.stMain')].map((node) => node.scrollHeight))"


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is, and in the frames that it shows, a line for each element."""
    for frame in _shown(page):
        frame.evaluate(_WHOLE)
        # Frames that are scrolled out of sight draw nothing: no frame of an animation would come to ask again.
        frame.wait_for_function(_AT_REST, polling=50)
        frame.evaluate(_axe().axe_script)
    with _unrolled(page):
        page.wait_for_function(_AT_REST)
        found = _axe().run(page, options=_OPTIONS).response["violations"]
    return sorted(set(_lines(found)))


@contextmanager
def _unrolled(page: Page) -> Iterator[None]:
    """In a window as tall as the page: axe does not measure the contrast of what is scrolled out of sight."""
    size = page.viewport_size
    assert size is not None
    height: int = page.evaluate(_HEIGHT)
    if height <= size["height"]:
        yield
        return
    page.set_viewport_size({"width": size["width"], "height": height})
    yield
    page.set_viewport_size(size)


def _shown(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if frame is page.main_frame or frame.frame_element().is_visible()]


def _lines(violations: list[dict[str, Any]]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"]:
            html = _MADE_UP_CLASSES.sub("", node["html"])[:240]
            yield f"{violation['id']}: {html}\n    {node['failureSummary'].partition(':')[2].strip()}"


@cache
def _axe() -> Axe:
    return Axe()
