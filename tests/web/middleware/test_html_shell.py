"""The rules on small pages, and the whole on Streamlit's own shell behind Streamlit's own handlers."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from components.pad.script import script_path
from tests.web.middleware.fakes import HTML, Answer, Inner, ask, header_seen, page
from web.middleware.html_shell import HtmlShell, Wording, rewrite
from web.middleware.precompress import streamlit_bundle

if TYPE_CHECKING:
    from starlette.types import ASGIApp

SHELL = (streamlit_bundle().parent / "index.html").read_bytes()
PAGES = ["/", "/participer"]


@pytest.fixture
def app() -> ASGIApp:
    """Our middleware around what Streamlit puts between it and its shell: gzip, then the static files."""
    return Starlette(
        routes=create_streamlit_static_assets_routes(base_url=""),
        middleware=[Middleware(HtmlShell), Middleware(SelectiveGZipMiddleware)],
    )


def read(answer: Answer) -> str:
    assert answer.headers["content-length"] == str(len(answer.body))
    match answer.headers.get("content-encoding"):
        case "br":
            return str(brotli.decompress(answer.body).decode())
        case "gzip":
            return gzip.decompress(answer.body).decode()
        case _:
            return answer.body.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("gzip, br", "br"), ("identity", None)])
def test_every_page_speaks_french_in_the_encoding_asked_for(
    app: ASGIApp, path: str, accepted: str, encoding: str | None
) -> None:
    answer = ask(app, path, headers={"accept-encoding": accepted})
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert '<html lang="fr">' in read(answer)
    assert "<title>Comptoir</title>" in read(answer)


@pytest.mark.parametrize("path", PAGES)
def test_shell_of_another_day_is_never_confirmed(app: ASGIApp, path: str) -> None:
    validators = {"if-none-match": "*", "if-modified-since": "Fri, 31 Dec 2100 00:00:00 GMT"}
    answer = ask(app, path, headers=validators)
    assert answer.status == 200
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


def test_range_of_the_shell_is_answered_by_the_whole(app: ASGIApp) -> None:
    answer = ask(app, "/", headers={"range": "bytes=0-9"})
    assert answer.status == 200
    assert '<html lang="fr">' in read(answer)


@pytest.mark.parametrize("path", PAGES)
def test_head_promises_no_length_it_has_not_measured(app: ASGIApp, path: str) -> None:
    answer = ask(app, path, "HEAD", headers={"accept-encoding": "gzip"})
    assert (answer.status, answer.body) == (200, b"")
    assert "content-length" not in answer.headers
    assert "etag" not in answer.headers


def test_rewritten_shell_runs_nothing_inline_and_fetches_no_font() -> None:
    html = rewrite(SHELL.decode(), Wording())
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert "woff2" not in html
    assert "service-desc" not in html
    assert "_stcore/agent" not in html
    assert html.count('name="theme-color"') == 2
    assert '<meta name="robots" content="noindex" />' in html


def test_rewritten_shell_keeps_what_makes_the_page_and_its_licence() -> None:
    before, after = SHELL.decode(), rewrite(SHELL.decode(), Wording())
    for kept in (
        r"<script type=\"module\"[^>]*>",
        r"<link rel=\"modulepreload\"[^>]*>",
        r"<link rel=\"stylesheet\"[^>]*>",
    ):
        assert re.findall(kept, before)
        assert re.findall(kept, after) == re.findall(kept, before)
    assert '<div id="root"></div>' in after
    assert "Apache License" in after


def test_person_without_javascript_reads_one_sentence_in_french() -> None:
    (sentence,) = re.findall(r"<noscript><p>([^<]*)</p></noscript>", rewrite(SHELL.decode(), Wording()))
    assert "JavaScript" in sentence
    assert "navigateur" in sentence


def test_wording_is_shown_as_text_never_as_markup() -> None:
    hostile = Wording(title="<b>&1</b>", language='"><script>', without_javascript=r"\g<0>")
    html = rewrite(SHELL.decode(), hostile)
    assert "<title>&lt;b&gt;&amp;1&lt;/b&gt;</title>" in html
    assert "<script>" not in html
    assert "<noscript><p>\\g&lt;0&gt;</p></noscript>" in html


@pytest.mark.parametrize("root_path", ["", "/mounted"])
def test_base_path_is_not_part_of_the_page(root_path: str) -> None:
    inner = page(SHELL)
    app = HtmlShell(inner, base_url="cafe")
    assert '<html lang="fr">' in read(ask(app, f"{root_path}/cafe/participer", root_path=root_path))
    ask(app, f"{root_path}/cafe/api/x", root_path=root_path, headers={"accept-encoding": "gzip"})
    assert header_seen(inner, "accept-encoding") == "gzip"


@pytest.mark.parametrize(
    "inner",
    [
        page(b"<html lang='en'><title>Another page</title></html>", etag='"1"'),
        Inner((SHELL,), 404, {"content-type": HTML, "content-length": str(len(SHELL))}),
        Inner((SHELL,), 200, {"content-type": "text/plain", "content-length": str(len(SHELL))}),
        Inner((SHELL[:99], SHELL[99:]), 200, {"content-type": HTML}),
        Inner((b"\x1f\x8b",), 200, {"content-type": HTML, "content-length": "2", "content-encoding": "gzip"}),
    ],
    ids=["another page", "an error", "not HTML", "a streamed page", "a page compressed already"],
)
def test_what_is_not_the_shell_is_left_alone(inner: Inner) -> None:
    answer = ask(HtmlShell(inner), "/participer", headers={"accept-encoding": "gzip"})
    assert answer.status == inner.status
    assert answer.headers == inner.headers
    assert answer.body == b"".join(inner.chunks)


def test_shell_sent_in_pieces_is_still_the_shell() -> None:
    inner = page(SHELL)
    inner.chunks = (SHELL[:700], SHELL[700:])
    assert "<title>Comptoir</title>" in read(ask(HtmlShell(inner), "/"))


@pytest.mark.parametrize(
    "path", ["/api/cafes/1/stream", "/static/js/a.js", "/_stcore/health", "/media/a", "/component/a"]
)
def test_requests_that_are_no_page_reach_streamlit_untouched(path: str) -> None:
    inner = Inner()
    ask(HtmlShell(inner), path, headers={"accept-encoding": "gzip", "if-none-match": '"1"', "range": "bytes=0-1"})
    assert header_seen(inner, "accept-encoding") == "gzip"
    assert header_seen(inner, "if-none-match") == '"1"'
    assert header_seen(inner, "range") == "bytes=0-1"


def test_a_phone_fetches_the_script_of_its_page_beside_those_of_the_shell() -> None:
    app = HtmlShell(page(SHELL), base_url="cafe")
    mark = f'<link rel="modulepreload" href="/cafe{script_path()}" />'
    assert mark in read(ask(app, "/cafe/participer"))
    assert mark not in read(ask(app, "/cafe/console"))
