"""A tiny bundle for the rules, Streamlit's own for what depends on its content."""

from __future__ import annotations

import asyncio
import gzip
import time
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from tests.web.middleware.fakes import Answer, Inner, ask
from web.middleware.fonts import rewriting
from web.middleware.precompress import build, list_assets, streamlit_bundle
from web.middleware.static_files import PrecompressedStatic

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = b"export const answer = 42; // a comment that repeats, repeats, repeats, repeats\n" * 20
STYLESHEET = (
    b"@font-face{font-family:Source Sans;src:url(../media/SourceSans.woff2)}"
    b"@font-face{font-family:Material Symbols Rounded;src:url(../media/Icons.woff2)}"
    b"body{color:red}"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    for name, body in {
        "js/app.a1b2.js": SCRIPT,
        "css/index.c3d4.css": STYLESHEET,
        "media/logo.svg": b"<svg/>",
        "media/font.woff2": b"already small",
        "media/photo.png": b"already small",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    (tmp_path / "secret.js").write_bytes(b"secret")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def inner() -> Inner:
    return Inner()


@pytest.fixture
def app(inner: Inner, source: Path, cache: Path) -> PrecompressedStatic:
    list(build(source, cache))
    return PrecompressedStatic(inner, source=source, cache=cache)


def get(app: PrecompressedStatic, path: str, accepted: str = "gzip, br", **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(app, path, headers={"accept-encoding": accepted, **given})


def test_browser_that_offers_brotli_gets_it(app: PrecompressedStatic) -> None:
    answer = get(app, "/static/js/app.a1b2.js")
    assert answer.status == 200
    assert brotli.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_browser_that_offers_gzip_only_gets_it(app: PrecompressedStatic) -> None:
    answer = get(app, "/static/js/app.a1b2.js", "gzip, deflate")
    assert gzip.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"


def test_head_gives_the_headers_without_the_body(app: PrecompressedStatic) -> None:
    whole = get(app, "/static/js/app.a1b2.js")
    head = ask(app, "/static/js/app.a1b2.js", "HEAD", headers={"accept-encoding": "br"})
    assert head.headers == whole.headers
    assert head.body == b""


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_known_file_is_not_sent_again(app: PrecompressedStatic, known: str) -> None:
    etag = get(app, "/static/js/app.a1b2.js").headers["etag"]
    answer = get(app, "/static/js/app.a1b2.js", if_none_match=known.format(etag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-length" not in answer.headers


def test_file_known_in_another_encoding_is_sent(app: PrecompressedStatic) -> None:
    etag = get(app, "/static/js/app.a1b2.js", "gzip").headers["etag"]
    assert get(app, "/static/js/app.a1b2.js", "br", if_none_match=etag).status == 200


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/js/unknown.js", "GET", {}),
        ("/static/media/font.woff2", "GET", {}),
        ("/static/media/photo.png", "GET", {}),
        ("/static/", "GET", {}),
        ("/static", "GET", {}),
        ("/js/app.a1b2.js", "GET", {}),
        ("/participer", "GET", {}),
        ("/api/health", "GET", {}),
        ("/static/../secret.js", "GET", {}),
        ("/static/js/../../secret.js", "GET", {}),
        ("/static/%2e%2e/secret.js", "GET", {}),
        ("/static//etc/passwd", "GET", {}),
        ("/static/..\\secret.js", "GET", {}),
        ("/static/js/app.a1b2.js", "POST", {}),
        ("/static/js/app.a1b2.js", "GET", {"range": "bytes=0-9"}),
        ("/static/js/app.a1b2.js", "GET", {"accept-encoding": "identity"}),
        ("/static/js/app.a1b2.js", "GET", {"accept-encoding": "zstd"}),
    ],
)
def test_anything_else_is_left_to_streamlit(
    app: PrecompressedStatic, inner: Inner, path: str, method: str, headers: dict[str, str]
) -> None:
    answer = ask(app, path, method, headers={"accept-encoding": "br, gzip", **headers})
    assert answer.body == b"inner"
    assert inner.seen[-1]["path"] == path


@pytest.mark.parametrize(
    ("base_url", "root_path", "path", "encoding"),
    [
        ("/cafe/", "", "/cafe/static/js/app.a1b2.js", "br"),
        ("cafe", "", "/cafeteria/static/js/app.a1b2.js", None),
        ("", "/mounted", "/mounted/static/js/app.a1b2.js", "br"),
        ("cafe", "/mounted", "/mounted/cafe/static/js/app.a1b2.js", "br"),
    ],
)
def test_files_are_found_below_the_base_path(
    app: PrecompressedStatic,
    inner: Inner,
    source: Path,
    cache: Path,
    base_url: str,
    root_path: str,
    path: str,
    encoding: str | None,
) -> None:
    below = PrecompressedStatic(inner, source=source, cache=cache, base_url=base_url)
    answer = ask(below, path, root_path=root_path, headers={"accept-encoding": "br"})
    assert answer.headers.get("content-encoding") == encoding


def test_streamlit_serves_while_the_cache_is_missing_then_the_cache_does(
    inner: Inner, source: Path, cache: Path
) -> None:
    app = PrecompressedStatic(inner, source=source, cache=cache)
    assert get(app, "/static/js/app.a1b2.js").body == b"inner"

    start(app)
    until = time.monotonic() + 30
    while (answer := get(app, "/static/js/app.a1b2.js")).body == b"inner":
        assert time.monotonic() < until, "the cache was not built in the background"
        time.sleep(0.02)
    assert brotli.decompress(answer.body) == SCRIPT


def test_cache_that_cannot_be_written_leaves_the_app_as_it_is(
    inner: Inner, source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "in the way").write_bytes(b"a file where the folder would be")
    app = PrecompressedStatic(inner, source=source, cache=tmp_path / "in the way")
    start(app)
    until = time.monotonic() + 30
    while not caplog.records:
        assert time.monotonic() < until, "nothing said why the files stay uncompressed"
        time.sleep(0.02)
    assert "stay uncompressed" in caplog.text
    assert get(app, "/static/js/app.a1b2.js").body == b"inner"


def test_cache_emptied_while_the_app_runs_falls_back_to_streamlit(app: PrecompressedStatic, cache: Path) -> None:
    for path in cache.rglob("*.br"):
        path.unlink()
    assert get(app, "/static/js/app.a1b2.js").body == b"inner"


def test_building_again_compresses_only_what_is_missing(source: Path, cache: Path) -> None:
    assert len(list(build(source, cache))) == 3
    assert list(build(source, cache)) == []
    (cache / "js/app.a1b2.js.gz").unlink()
    assert len(list(build(source, cache))) == 1


def test_building_leaves_nothing_half_written(source: Path, cache: Path) -> None:
    list(build(source, cache))
    assert {path.suffix for path in cache.rglob("*") if path.is_file()} == {".br", ".gz"}


def test_text_fonts_are_struck_from_the_stylesheet_and_the_icons_kept(app: PrecompressedStatic) -> None:
    css = brotli.decompress(get(app, "/static/css/index.c3d4.css").body)
    assert b"SourceSans" not in css
    assert b"Icons.woff2" in css
    assert css.endswith(b"body{color:red}")


def test_rewritten_file_is_compressed_anew_when_its_source_changes(inner: Inner, source: Path, cache: Path) -> None:
    list(build(source, cache))
    (source / "css/index.c3d4.css").write_bytes(b"body{color:blue}")
    assert len(list(build(source, cache))) == 1
    app = PrecompressedStatic(inner, source=source, cache=cache)
    assert brotli.decompress(get(app, "/static/css/index.c3d4.css").body) == b"body{color:blue}"


def test_installed_streamlit_asks_for_no_font_once_rewritten() -> None:
    """Fails when a new Streamlit asks in another way: then look at the requests of a phone again."""
    rewritten = {}
    for asset in list_assets(streamlit_bundle()):
        rewrite = rewriting(asset.name)
        if rewrite is not None:
            before = asset.source.read_bytes()
            rewritten[asset.name.rpartition(".")[2]] = (before, rewrite(before))
    before, css = rewritten["css"]
    assert b"SourceSans" in before
    assert b"Source" not in css
    assert b"MaterialSymbols" in css
    assert b"KaTeX_Main" in css
    before, script = rewritten["js"]
    assert b"document.fonts.load(" in before
    assert b"document.fonts.load(" not in script
    assert b"Promise.resolve().catch(" in script


def test_every_script_of_the_installed_streamlit_can_be_served_compressed() -> None:
    names = {asset.name for asset in list_assets(streamlit_bundle())}
    scripts = {path.name for path in (streamlit_bundle() / "js").iterdir()}
    assert scripts
    assert scripts <= {name.removeprefix("js/") for name in names}


def start(app: PrecompressedStatic) -> None:
    async def nothing() -> dict[str, str]:
        return {}

    async def nowhere(_: object) -> None: ...

    asyncio.run(_lifespan(app, nothing, nowhere))


async def _lifespan(app: PrecompressedStatic, receive: object, send: object) -> None:
    await app({"type": "lifespan"}, receive, send)  # type: ignore[arg-type]
