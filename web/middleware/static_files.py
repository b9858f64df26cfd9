"""Streamlit's bundle goes out ready compressed; whatever we have no variant of, Streamlit serves as it would.

`python -m web.middleware.static_files` fills the cache (part of `make setup`). Without it the app starts all the
same, and fills the cache by a separate process that yields to everything else.
"""

import argparse
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from web.middleware.asgi import base_path, header, route_path
from web.middleware.encodings import Encoding, preferred
from web.middleware.precompress import (
    CONTENT_TYPES,
    Asset,
    Sizes,
    build,
    default_cache,
    list_assets,
    streamlit_bundle,
)

_log = logging.getLogger(__name__)

_FOR_EVER = b"public, immutable, max-age=31536000"  # names carry a hash of their content
_KEPT_IN_MEMORY = 256  # variants; a first visit asks for about 70, and the whole bundle is 12.5 MB


@dataclass(frozen=True, slots=True)
class Variant:
    """One file in one encoding, with the headers that go with it."""

    body: bytes
    etag: bytes
    headers: list[tuple[bytes, bytes]]


class PrecompressedStatic:
    """Serve `GET` and `HEAD` of `/static/**` from the cache, by names listed at start: no path is ever joined.

    `source` is the folder Streamlit serves as `/static/`. A request for a range, or for no encoding we have, goes on
    to Streamlit.
    """

    def __init__(
        self,
        app: ASGIApp,
        source: Path | None = None,
        cache: Path | None = None,
        base_url: str = "",
    ) -> None:
        self._app = app
        self._source = source or streamlit_bundle()
        self._cache = cache or default_cache()
        self._base = base_path(base_url)
        self._ready: dict[str, Asset] = {}
        self._load = lru_cache(maxsize=_KEPT_IN_MEMORY)(self._read)
        self._take_stock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            variant = self._variant(scope)
            if variant is not None:
                await _answer(variant, scope, send)
                return
        elif scope["type"] == "lifespan":
            self._complete_the_cache()
        await self._app(scope, receive, send)

    def _variant(self, scope: Scope) -> Variant | None:
        asset = self._ready.get(route_path(scope, self._base))
        if asset is None or scope["method"] not in {"GET", "HEAD"} or header(scope, b"range"):
            return None
        encoding = preferred(header(scope, b"accept-encoding"))
        if encoding is None:
            return None
        try:
            return self._load(asset, encoding)
        except OSError:  # the cache was emptied under our feet
            return None

    def _read(self, asset: Asset, encoding: Encoding) -> Variant:
        body = asset.variant(self._cache, encoding).read_bytes()
        etag = f'"{sha256(body).hexdigest()[:16]}"'.encode()
        headers = [
            (b"content-type", CONTENT_TYPES[asset.source.suffix].encode()),
            (b"content-encoding", encoding.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", _FOR_EVER),
            (b"etag", etag),
            (b"vary", b"Accept-Encoding"),
        ]
        return Variant(body, etag, headers)

    def _take_stock(self) -> bool:
        """List the files whose variants are there; tell whether that is all of them."""
        assets = list_assets(self._source)
        self._ready = {f"/static/{asset.name}": asset for asset in assets if asset.is_ready(self._cache)}
        return len(self._ready) == len(assets)

    def _complete_the_cache(self) -> None:
        if not self._take_stock():
            threading.Thread(target=self._build_apart, name="static cache", daemon=True).start()

    def _build_apart(self) -> None:
        """Run this module as a process of its own: a thread would hold the interpreter the phones wait for."""
        command = [sys.executable, "-m", __name__, "--gently"]
        folders = ["--source", str(self._source), "--cache", str(self._cache)]
        repository = Path(__file__).parents[2]
        done = subprocess.run(  # noqa: S603 (our own module, our own folders)
            [*command, *folders],
            cwd=repository,
            start_new_session=True,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            _log.info(done.stdout.strip())
        else:
            _log.warning("The static files stay uncompressed: %s", done.stderr.strip())
        self._take_stock()


async def _answer(variant: Variant, scope: Scope, send: Send) -> None:
    known = header(scope, b"if-none-match")
    if known and _matches(known, variant.etag):
        unchanged = [pair for pair in variant.headers if pair[0] in {b"cache-control", b"etag", b"vary"}]
        await send({"type": "http.response.start", "status": 304, "headers": unchanged})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(variant.headers)})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else variant.body})


def _matches(if_none_match: bytes, etag: bytes) -> bool:
    tags = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return any(tag in {etag, b"*"} for tag in tags)


def main(say: Callable[[str], object] = sys.stdout.write) -> None:
    """Fill the cache with what it lacks, and say in a line what that gave."""
    parser = argparse.ArgumentParser(description="Compress Streamlit's static files beforehand.")
    parser.add_argument("--source", type=Path, default=None, help="default: the installed Streamlit's")
    parser.add_argument("--cache", type=Path, default=None, help="default: .cache/static/<version>")
    parser.add_argument("--gently", action="store_true", help="yield to every other process")
    options = parser.parse_args()
    if options.gently and hasattr(os, "nice"):
        os.nice(19)
    cache: Path = options.cache or default_cache()
    began = time.perf_counter()
    sizes = list(build(options.source or streamlit_bundle(), cache))
    total = sum(sizes, Sizes())
    say(
        f"{cache}: {len(sizes)} files compressed in {time.perf_counter() - began:.0f} s, "
        f"{total.raw / 1e6:.1f} MB to {total.br / 1e6:.1f} MB (br) and {total.gzip / 1e6:.1f} MB (gzip)\n"
    )


if __name__ == "__main__":
    main()
