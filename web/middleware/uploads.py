"""Nobody uploads a file, and nobody reads Streamlit's agent API or metrics: any connected client could, otherwise.

Streamlit keeps what is sent to `PUT /_stcore/upload_file/…` in memory, for whoever holds a session.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from content.catalogue import t

_INNER_ROUTES = "_stcore"
_UPLOADS = re.compile(r"/_stcore/upload_file(/|$)")
_HIDDEN = re.compile(r"/_stcore/(agent|metrics)(/|$)")
_DECODINGS = 4  # the server decodes once, Streamlit not again: a margin, bounded lest a long path cost time
_HARMLESS = {"GET", "HEAD", "OPTIONS"}


def nobody(_scope: Scope) -> bool:
    return False


class RefuseUploads:
    """Answer 403 to an upload unless `allowed` says otherwise of its request, 404 to the rest."""

    def __init__(
        self,
        app: ASGIApp,
        allowed: Callable[[Scope], bool] = nobody,
        refusal: str | None = None,
    ) -> None:
        self._app = app
        self._allowed = allowed
        self._refusal = t("error.uploads") if refusal is None else refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> PlainTextResponse | None:
        path = _plain(scope["path"])
        if _INNER_ROUTES not in path:
            return None
        if _HIDDEN.search(path):
            return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)
        if _UPLOADS.search(path) and scope["method"] not in _HARMLESS and not self._allowed(scope):
            return PlainTextResponse(self._refusal, HTTPStatus.FORBIDDEN)
        return None


def _plain(path: str) -> str:
    """Undo the disguises of a path: percent-encoding (even repeated), case, backslashes, empty segments."""
    for _ in range(_DECODINGS):
        if "%" not in path:
            break
        path = unquote(path)
    path = path.lower()
    return re.sub(r"[/\\](\.?[/\\])*", "/", path) if _INNER_ROUTES in path else path
