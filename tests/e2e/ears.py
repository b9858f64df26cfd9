"""Everything that one page is sent, whatever the way: stream messages, WebSocket frames, bodies of responses."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

_BINARY = 2
_OK = 200
_STATIC = re.compile(r"/static/")


@dataclass(frozen=True, slots=True)
class Heard:
    """A view that the stream brought; `at` is the browser's clock, in seconds."""

    at: float
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A WebSocket message that the page itself sent."""

    at: float
    text: str


class Ears:
    def __init__(self, page: Page) -> None:
        self.views: list[Heard] = []
        self.sent: list[Sent] = []
        self._texts: list[str] = []
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.on("Network.eventSourceMessageReceived", self._message)
        self._devtools.on("Network.webSocketFrameReceived", self._frame)
        self._devtools.on("Network.webSocketFrameSent", self._own_frame)
        self._devtools.send("Network.enable")
        page.on("requestfinished", self._finished)

    @property
    def everything(self) -> str:
        """All that was received so far, one text after another."""
        return "\n".join(self._texts)

    def _message(self, message: dict[str, Any]) -> None:
        self._texts.append(message["data"])
        if message["eventName"] == "view":
            self.views.append(Heard(message["timestamp"], json.loads(message["data"])))

    def _frame(self, message: dict[str, Any]) -> None:
        self._texts.append(_text(message["response"]))

    def _own_frame(self, message: dict[str, Any]) -> None:
        self.sent.append(Sent(message["timestamp"], _text(message["response"])))

    def _finished(self, request: Request) -> None:
        # Read at once: the browser forgets bodies when the page is left. A redirection has none.
        response = request.response()
        if response is not None and response.status == _OK and not _STATIC.search(request.url):
            self._texts.append(response.text())


def _text(frame: dict[str, Any]) -> str:
    payload: str = frame["payloadData"]
    raw = base64.b64decode(payload) if frame["opcode"] == _BINARY else payload.encode()
    return raw.decode("utf-8", errors="replace")


def recognisable(text: str) -> str:
    """The longest piece of a text that is written the same in any encoding of it."""
    pieces: list[str] = re.findall(r"[A-Za-z0-9 ,.]+", text)
    return max(pieces, key=len).strip()
