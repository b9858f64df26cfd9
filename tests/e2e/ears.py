"""Everything that one phone is sent, whatever the way: stream messages, WebSocket frames, bodies of responses."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

_BINARY = 2
_STATIC = re.compile(r"/static/")


@dataclass(frozen=True, slots=True)
class Heard:
    """A view that the stream brought; `at` is the browser's clock, in seconds."""

    at: float
    view: dict[str, Any]


class Ears:
    def __init__(self, page: Page) -> None:
        self.views: list[Heard] = []
        self._texts: list[str] = []
        self._responses: list[Response] = []
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.on("Network.eventSourceMessageReceived", self._message)
        self._devtools.on("Network.webSocketFrameReceived", self._frame)
        self._devtools.send("Network.enable")
        page.on("requestfinished", lambda request: self._finished(request.response()))

    def everything(self) -> str:
        """All that was received so far, one text after another."""
        while self._responses:
            body = self._responses.pop().body()
            self._texts.append(body.decode("utf-8", errors="replace"))
        return "\n".join(self._texts)

    def _message(self, message: dict[str, Any]) -> None:
        self._texts.append(message["data"])
        if message["eventName"] == "view":
            self.views.append(Heard(message["timestamp"], json.loads(message["data"])))

    def _frame(self, message: dict[str, Any]) -> None:
        frame = message["response"]
        raw = base64.b64decode(frame["payloadData"]) if frame["opcode"] == _BINARY else frame["payloadData"].encode()
        self._texts.append(raw.decode("utf-8", errors="replace"))

    def _finished(self, response: Response | None) -> None:
        if response is not None and response.status == 200 and not _STATIC.search(response.url):
            self._responses.append(response)


def recognisable(text: str) -> str:
    """The longest piece of a text that is written the same in any encoding of it."""
    return max(re.findall(r"[A-Za-z0-9 ,.]+", text), key=len).strip()
