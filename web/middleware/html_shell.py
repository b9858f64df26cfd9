"""Streamlit's HTML shell speaks the page's language, asks for no font, runs no inline script.

The shell is one constant file, sent for every page: it is rewritten and compressed once per encoding. Root comes as
it is and other pages come compressed from within, so the request goes on without its `Accept-Encoding`; and without
validators, lest a browser that knew another shell at this address be told to keep it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.pad.script import script_path
from content.catalogue import LANGUAGE, t
from web.middleware.asgi import base_path, header, route_path
from web.middleware.encodings import Encoding, compress, preferred

_NOT_PAGES = ("/api/", "/static/", "/_stcore/", "/media/", "/component/", "/app/static/")
_KEPT_FROM_WITHIN = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"}
_OF_THE_OLD_BODY = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"vary"}
_PHONE_PAGE = "/participer"
_SHELL_MARKS = (b"<title>Streamlit</title>", b'<div id="root">')


@dataclass(frozen=True, slots=True)
class Wording:
    """What the shell says before any script has run."""

    language: str = LANGUAGE
    title: str = field(default_factory=lambda: t("app.name"))
    without_javascript: str = field(default_factory=lambda: t("shell.no_javascript"))
    light: str = "#FBF7F0"
    dark: str = "#1E1712"


class HtmlShell:
    """Rewrite the shell of every page, root and deep; any other answer passes as it is."""

    def __init__(self, app: ASGIApp, wording: Wording | None = None, base_url: str = "") -> None:
        self._app = app
        self._wording = wording or Wording()
        self._base = base_path(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or route_path(scope, self._base).startswith(_NOT_PAGES)
        ):
            await self._app(scope, receive, send)
            return
        within = [pair for pair in scope["headers"] if pair[0] not in _KEPT_FROM_WITHIN]
        encoding = preferred(header(scope, b"accept-encoding"))
        # A phone's page fetches the pad's script beside Streamlit's, rather than after it.
        preload = f"{self._base}{script_path()}" if route_path(scope, self._base) == _PHONE_PAGE else ""
        rewriter = _Rewriter(send, self._wording, encoding, head=scope["method"] == "HEAD", preload=preload)
        await self._app({**scope, "headers": within}, receive, rewriter.send)


@dataclass(slots=True)
class _Rewriter:
    """Hold back an HTML answer of known length until it is whole; let everything else through at once."""

    pass_on: Send
    wording: Wording
    encoding: Encoding | None
    head: bool
    preload: str = ""
    start: Message | None = None
    body: bytes = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_be_shell(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.pass_on(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        if self.head:
            start = {**start, "headers": _without(start, _OF_THE_OLD_BODY)}
        elif all(mark in self.body for mark in _SHELL_MARKS):
            self.body = _rewritten(self.body, self.wording, self.encoding, self.preload)
            start = {**start, "headers": _without(start, _OF_THE_OLD_BODY) + _of(self.body, self.encoding)}
        await self.pass_on(start)
        await self.pass_on({"type": "http.response.body", "body": self.body})


def _may_be_shell(start: Message) -> bool:
    headers = dict(start["headers"])
    return (
        start["status"] == HTTPStatus.OK
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and b"content-length" in headers  # a page that is streamed is not ours to hold back
        and b"content-encoding" not in headers
    )


def _without(start: Message, names: set[bytes]) -> list[tuple[bytes, bytes]]:
    return [pair for pair in start["headers"] if pair[0] not in names]


def _of(body: bytes, encoding: Encoding | None) -> list[tuple[bytes, bytes]]:
    headers = [(b"content-length", str(len(body)).encode()), (b"vary", b"Accept-Encoding")]
    return headers if encoding is None else [*headers, (b"content-encoding", encoding.encode())]


@lru_cache(maxsize=16)  # two shells in three encodings, with room for a neighbour
def _rewritten(body: bytes, wording: Wording, encoding: Encoding | None, preload: str) -> bytes:
    shell = rewrite(body.decode(), wording, preload).encode()
    return shell if encoding is None else compress(shell, encoding)


def rewrite(html: str, wording: Wording, preload: str = "") -> str:
    """Give Streamlit's `index.html` in our words, without what a phone would fetch or run for nothing.

    `preload` is the address of a module to fetch at once.
    """
    for pattern, replacement in (
        (r"<html lang=\"[^\"]*\"", f'<html lang="{escape(wording.language)}"'),
        (r"<title>.*?</title>", f"<title>{escape(wording.title)}</title>\n{_metas(wording)}{_preload(preload)}"),
        (r"<script>.*?</script>\s*", ""),  # window.prerenderReady, for crawlers that are not welcome anyway
        (r"<link\b[^>]*\bas=\"font\"[^>]*>\s*", ""),
        (r"<link\b[^>]*\brel=\"service-desc\"[^>]*>\s*", ""),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{escape(wording.without_javascript)}</p></noscript>"),
        (r"<!--(?!\s*Copyright).*?-->\s*", ""),
    ):
        html = re.sub(pattern, _exactly(replacement), html, flags=re.DOTALL)
    return html


def _exactly(replacement: str) -> Callable[[re.Match[str]], str]:
    """Keep `re` from reading escapes in a wording."""
    return lambda _: replacement


def _preload(address: str) -> str:
    return f'<link rel="modulepreload" href="{escape(address)}" />' if address else ""


def _metas(wording: Wording) -> str:
    colours = {"light": wording.light, "dark": wording.dark}
    return '<meta name="robots" content="noindex" />' + "".join(
        f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{escape(colour)}" />'
        for scheme, colour in colours.items()
    )
