"""The browser, what is watched in every one of its pages, and how a test waits: for a condition, never for a while."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error, expect

from tests.e2e.server import HOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Playwright, WebError
    from playwright.sync_api import Request as PageRequest

PATIENCE_MS = 20_000
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
)
_HOW_TO_INSTALL = "No browser for the tests. Install one, then try again:  sudo apt-get install chromium"
# Streamlit looks for itself under the page's path before it finds itself at the root.
_PROBES = re.compile(r"status of 404 .*\(http://[^/]+/[^/]+/_stcore/(health|host-config)\)$")
OFFLINE = r"net::ERR_INTERNET_DISCONNECTED"
SERVER_GONE = (
    r"net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED)",
    r"^WebSocket (connection to .* failed|is already in CLOSING or CLOSED state)",
    r"^Client Error: WebSocket onerror",
    r"^Cannot send rerun backMessage when disconnected",
)
ANSWER_REFUSED = r"status of 409 .*/answers\)$"
# The café was deleted under those who were in it.
GONE = r"status of 404 "

expect.set_options(timeout=PATIENCE_MS)


def launch(playwright: Playwright) -> Browser:
    """The browser that `COMPTOIR_CHROMIUM` names, else one of the system's, else Playwright's own."""
    named = os.environ.get("COMPTOIR_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None) or playwright.chromium.executable_path
    assert Path(found).exists(), _HOW_TO_INSTALL
    try:
        return playwright.chromium.launch(executable_path=found, args=_OPTIONS)
    except Error as error:
        raise AssertionError(f"{found} does not start: {error}\n{_HOW_TO_INSTALL}") from error


def eventually(condition: Callable[[], bool], page: Page, why: str, *, patience_ms: float = PATIENCE_MS) -> None:
    """Wait until `condition` holds, letting the browser's events in meanwhile."""
    deadline = time.monotonic() + patience_ms / 1_000
    while not condition():
        assert time.monotonic() < deadline, why
        page.wait_for_timeout(40)


def as_shown(words: str, *, whole: bool = False) -> re.Pattern[str]:
    """Words as a page may show them: any spaces, and the invisible joiners that keep Markdown's signs as signs."""
    spaced = r"\s+".join(
        re.sub(r"([:<>-])", "\\1\u2060?", re.escape(part)).replace("/", r"\/") for part in words.split()
    )
    return re.compile(f"^{spaced}$" if whole else spaced)


class Watch:
    """What a browser context did that it never should: script errors, refused content, dialogs, requests outside."""

    def __init__(self, context: BrowserContext, *, port: int) -> None:
        self.problems: list[str] = []
        self._own = f"{HOST}:{port}"
        self._forgiven: list[re.Pattern[str]] = [_PROBES]
        context.on("console", self._read)
        context.on("weberror", self._fault)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("page", self._follow)

    def forgive(self, *patterns: str) -> None:
        """Errors that the test itself provokes: a cut network, a killed server, a refused answer."""
        self._forgiven += map(re.compile, patterns)

    def _read(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location['url']})")

    def _fault(self, error: WebError) -> None:
        self._note(f"uncaught: {error.error.stack or error.error.message}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: PageRequest) -> None:
        self._visit(request.url)

    def _follow(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._visit(socket.url))

    def _visit(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._own:
            self._note(f"request outside: {url}")

    def _note(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self._forgiven):
            self.problems.append(problem)
