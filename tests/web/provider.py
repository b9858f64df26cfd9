"""A provider that answers as a test wants, on this machine: it signs whatever claims it is told to."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from state.settings import Provider
from tests.e2e.server import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

CLIENT = "comptoir"
CLIENT_SECRET = "the secret of the client"
KEY = "a key of the tests, long enough to derive from"
_RSA = RSAKey.generate_key(2048, parameters={"kid": "one"})
_FOREIGN = RSAKey.generate_key(2048, parameters={"kid": "one"})


class FakeProvider:
    """`claims`, `document` and `header` change what it says; `delay` seconds pass before it says anything.

    `asked` is what came to the token endpoint.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.claims: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.foreign = False
        self.status = 200
        self.delay = 0.0
        self.nonce = ""
        self.asked: list[dict[str, list[str]]] = []
        self.authorized = ""

    def settings(self, *, required: bool = False) -> Provider:
        return Provider(self.issuer, CLIENT, CLIENT_SECRET, "la maison", KEY, required=required)

    def left_for(self, location: str) -> dict[str, str]:
        """Take in the address that a browser was led to, as the provider's page does; gives its parameters."""
        assert location.startswith(f"{self.issuer}/authorize?")
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.nonce = query["nonce"]
        return query

    async def discovery(self, _: Request) -> Response:
        await asyncio.sleep(self.delay)
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        return JSONResponse(document | self.document)

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [_RSA.as_dict(private=False)]})

    async def token(self, request: Request) -> Response:
        self.asked.append(parse_qs((await request.body()).decode()))
        self.authorized = request.headers.get("authorization", "")
        if self.status != 200:
            return JSONResponse({"error": "invalid_grant"}, self.status)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "somebody",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)})

    def _signed(self, claims: dict[str, Any]) -> str:
        key: Any = _FOREIGN if self.foreign else _RSA
        if self.algorithm == "HS256":
            key = OctKey.import_key(CLIENT_SECRET)
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, key, algorithms=[self.algorithm])

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Answer for as long as the block lasts."""
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/keys", self.keys),
                Route("/token", self.token, methods=["POST"]),
            ]
        )
        server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error", lifespan="off"))
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        try:
            yield
        finally:
            server.should_exit = True
            await serving
