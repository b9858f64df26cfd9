from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.web.middleware.fakes import Inner, ask, page
from web.middleware.security import SecurityHeaders

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("cross-origin-resource-policy", "same-origin"),
    ],
)
def test_document_carries(name: str, value: str) -> None:
    assert ask(SecurityHeaders(page(b"<p>"), https=False), "/").headers[name] == value


@pytest.mark.parametrize(
    ("kind", "sources"),
    [
        ("default-src", "'self'"),
        ("script-src", "'self' blob:"),
        ("style-src", "'self' 'unsafe-inline'"),
        ("img-src", "'self' data: blob:"),
        ("font-src", "'self' data:"),
        ("connect-src", "'self' ws: wss:"),
        ("worker-src", "'self' blob:"),
        ("media-src", "'self' blob: https:"),
        ("frame-ancestors", "'self'"),
        ("base-uri", "'self'"),
        ("form-action", "'self'"),
        ("object-src", "'none'"),
    ],
)
def test_document_says_where_its_parts_may_come_from(kind: str, sources: str) -> None:
    policy = ask(SecurityHeaders(page(b"<p>"), https=False), "/").headers["content-security-policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives[kind] == sources


def test_document_may_keep_the_screen_awake_and_nothing_else() -> None:
    policy = ask(SecurityHeaders(page(b"<p>"), https=False), "/").headers["permissions-policy"]
    allowed = dict(part.split("=") for part in policy.split(", "))
    assert allowed.pop("screen-wake-lock") == "(self)"
    assert {"camera", "microphone", "geolocation"} <= allowed.keys()
    assert set(allowed.values()) == {"()"}


def test_what_is_no_document_carries_only_what_concerns_it() -> None:
    inner = Inner((b"{}",), headers={"content-type": "application/json"})
    answer = ask(SecurityHeaders(inner, https=False), "/api/state")
    assert answer.headers == {
        "content-type": "application/json",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }


@pytest.mark.parametrize("inner", [page(b"<p>"), Inner()], ids=["a document", "anything else"])
def test_https_is_required_for_good_only_where_it_is_promised(inner: Inner) -> None:
    assert "strict-transport-security" not in ask(SecurityHeaders(inner, https=False), "/").headers
    promised = ask(SecurityHeaders(inner, https=True), "/").headers["strict-transport-security"]
    assert promised == "max-age=31536000"


def test_answer_with_a_policy_of_its_own_keeps_it() -> None:
    inner = page(b"<p>", content_security_policy="default-src 'none'")
    answer = ask(SecurityHeaders(inner, https=False), "/")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_websocket_passes_with_the_very_channels_it_came_with() -> None:
    given: list[object] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        given.extend([scope, receive, send])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(_: Message) -> None: ...

    scope = {"type": "websocket", "path": "/_stcore/stream"}
    asyncio.run(SecurityHeaders(inner, https=True)(scope, receive, send))
    assert given == [scope, receive, send]
