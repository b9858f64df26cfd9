"""axe-core on a page, shadow roots included. No fault is excused, be it in Streamlit's own markup."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Streamlit names its styles anew at every release.
_MADE_UP_CLASSES = re.compile(r"\b(st-emotion-cache-\w+|st-\w\w|e1?\w{6,7}\d+) ?")
# Half-faded elements would be measured in colours that nobody keeps before their eyes.
_AT_REST = """
() => document.querySelector(".stApp")?.dataset.testScriptState === "notRunning"
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


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is, a line for each element."""
    page.evaluate(_WHOLE)
    page.wait_for_function(_AT_REST)
    found = _axe().run(page, options=_OPTIONS).response["violations"]
    return sorted(set(_lines(found)))


def _lines(violations: list[dict[str, Any]]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"]:
            html = _MADE_UP_CLASSES.sub("", node["html"])[:240]
            yield f"{violation['id']}: {html}\n    {node['failureSummary'].partition(':')[2].strip()}"


@cache
def _axe() -> Axe:
    return Axe()
