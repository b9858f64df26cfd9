"""What is written of a café's life: one JSON object a line, without who, what, where from, nor which café in clear."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Whose messages are ours; of the server's, only its faults are written.
_LOGGERS = ("state", "web", "content", "components", "uvicorn.error")
# These messages begin with a café's id.
_NAMES_A_CAFE = ("café %s", "rehearsal %s")
_request: ContextVar[str] = ContextVar("request", default="")


class JsonLines(logging.Formatter):
    """A café's id is hashed with this instance's own secret; of an exception, its kind and its places are told.

    Its message is not: it may quote what somebody wrote.
    """

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._key = hashlib.sha256(f"logs:{secret}".encode()).digest()

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": self._message(record),
        }
        if request := _request.get():
            line["request"] = request
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)

    def _message(self, record: logging.LogRecord) -> str:
        text = str(record.msg)
        if not (text.startswith(_NAMES_A_CAFE) and isinstance(record.args, tuple) and record.args):
            return record.getMessage()
        named = hashlib.blake2b(str(record.args[0]).encode(), key=self._key, digest_size=6).hexdigest()
        return text % (named, *record.args[1:])


class RequestIds:
    """Gives each request a name that means nothing, for the lines written while it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _request.set(secrets.token_hex(4))
        await self._app(scope, receive, send)


def write_logs(secret: str) -> None:
    """Have what the app has to say written to the standard error, in this form and no other."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(secret))
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
