"""All of them together, in their order, around a stream, a refusal and the shell."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.web.middleware.fakes import Inner, ask, page
from web.middleware import middleware
from web.middleware.precompress import build, cache_within, streamlit_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def around(inner: ASGIApp, cache: Path, base_url: str = "") -> ASGIApp:
    app = inner
    for layer in reversed(middleware(cache=cache, public_url="https://cafe.exemple.fr", base_url=base_url)):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    return app


@pytest.mark.parametrize("path", ["/api/cafes/1/stream", "/stream"])
def test_event_stream_passes_chunk_by_chunk(tmp_path: Path, path: str) -> None:
    """The stream sends its next event only once the one before has come out at the other end."""
    came_out: asyncio.Queue[bytes] = asyncio.Queue()
    events = [b"data: 1\n\n", b"data: 2\n\n", b"data: 3\n\n"]
    heard = []

    async def stream(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for event in events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
            heard.append(await asyncio.wait_for(came_out.get(), timeout=5))
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def send(message: Message) -> None:
        if message.get("body"):
            await came_out.put(message["body"])

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    asyncio.run(run(around(stream, tmp_path), scope, receive, send))
    assert heard == events


def test_refused_upload_carries_the_headers_too(tmp_path: Path) -> None:
    answer = ask(around(Inner(), tmp_path), "/_stcore/upload_file/a/b", "PUT")
    assert answer.status == 403
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"]


def test_page_is_french_and_guarded(tmp_path: Path) -> None:
    shell = (streamlit_bundle().parent / "index.html").read_bytes()
    answer = ask(around(page(shell), tmp_path, "cafe"), "/cafe/participer")
    assert b'<html lang="fr">' in answer.body
    assert "script-src 'self' blob:" in answer.headers["content-security-policy"]


def test_compressed_files_are_looked_for_under_the_version_of_streamlit(tmp_path: Path) -> None:
    one_file = tmp_path / "bundle"
    (script,) = list((streamlit_bundle() / "js").glob("rolldown-runtime.*.js"))
    (one_file / "js").mkdir(parents=True)
    (one_file / "js" / script.name).write_bytes(script.read_bytes())
    list(build(one_file, cache_within(tmp_path)))
    answer = ask(around(Inner(), tmp_path), f"/static/js/{script.name}", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"


async def run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
