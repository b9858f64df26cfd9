"""What is said with the OpenID Connect provider: where its doors are, who came through them. Nothing is kept of it."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import httpx2
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import ExpiredTokenError, JoseError
from pydantic import AfterValidator, BaseModel

from state.settings import safe_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from state.settings import Provider

_DISCOVERY = "/.well-known/openid-configuration"
_SECONDS = 5.0  # for one question to the provider
_PATIENCE_SECONDS = 12.0  # for all that one person waits for
_FRESH_SECONDS = 3600.0
_LEEWAY_SECONDS = 60  # between two machines' clocks
# A signature that only the provider can make: not « none », nor one that whoever knows the client's secret makes.
_SIGNATURES = {*(f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)), "EdDSA", "Ed25519"}
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
# What libraries raise where an answer is not what the standard says.
_NONSENSE = (AttributeError, KeyError, RuntimeError, TypeError, ValueError)

log = logging.getLogger(__name__)


class NotLoggedIn(Exception):
    """Why somebody could not be logged in: `expired`, `refused`, `clock`, `unverified` or `unreachable`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who came back: their `subject` at the provider, and the token by which it knows whom to log out."""

    subject: str
    id_token: str


def _safe(address: str) -> str:
    if not safe_address(address):
        raise ValueError(address)
    return address


Address = Annotated[str, AfterValidator(_safe)]


class Document(BaseModel):
    """What is read of a discovery document (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    end_session_endpoint: Address | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] | None = None


class Doors:
    """The provider's doors, found when somebody first asks, and again after an hour."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._client: Any = None
        self._found = 0.0

    async def way_in(self, request: Request, back: str) -> Response:
        """Lead to the provider, which is to send people to `back`; what must come back is left in `request.session`.

        Raises:
            NotLoggedIn
        """
        async with _patiently():
            client = await self._known()
            response: Response = await client.authorize_redirect(request, back, ui_locales="fr")
            return response

    async def who_came(self, request: Request) -> Somebody:
        """Who comes back from the provider, with what `way_in` left in `request.session`.

        Raises:
            NotLoggedIn
        """
        mine: dict[str, Any] = {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True},
        }
        async with _patiently():
            client = await self._known()
            token = await client.authorize_access_token(request, claims_options=mine, leeway=_LEEWAY_SECONDS)
        person = token.get("userinfo")
        if person is None or len(person["sub"]) > _LONGEST_SUBJECT:
            raise NotLoggedIn("unverified")
        return Somebody(person["sub"], token["id_token"])

    async def way_out(self, back: str, id_token: str) -> str | None:
        """The address where the provider logs people out, if it has one and answers."""
        try:
            async with _patiently():
                client = await self._known()
                if not client.server_metadata["end_session_endpoint"]:
                    return None
                left = await client.create_logout_url(
                    post_logout_redirect_uri=back, id_token_hint=id_token, client_id=self._provider.client_id
                )
        except NotLoggedIn:
            return None
        return str(left["url"])

    async def _known(self) -> Any:
        if self._client is None or time.monotonic() - self._found > _FRESH_SECONDS:
            document = await self._discover()
            self._client, self._found = self._introduced(document), time.monotonic()
        return self._client

    async def _discover(self) -> Document:
        async with httpx2.AsyncClient(timeout=_SECONDS) as browser:
            answer = await browser.get(self._provider.issuer.rstrip("/") + _DISCOVERY)
            answer.raise_for_status()
        document = Document.model_validate_json(answer.content)
        if document.issuer != self._provider.issuer:
            raise ValueError(document.issuer)
        return document

    def _introduced(self, document: Document) -> Any:
        signatures = [one for one in document.id_token_signing_alg_values_supported if one in _SIGNATURES]
        if not signatures:
            raise ValueError(document.id_token_signing_alg_values_supported)
        # What a provider that does not say takes, and most do.
        ways = document.token_endpoint_auth_methods_supported or ["client_secret_basic"]
        way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
        return OAuth().register(
            "provider",
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            authorize_url=document.authorization_endpoint,
            access_token_url=document.token_endpoint,
            issuer=document.issuer,
            jwks_uri=document.jwks_uri,
            end_session_endpoint=document.end_session_endpoint,
            id_token_signing_alg_values_supported=signatures,
            client_kwargs={
                # Neither name nor address is asked for.
                "scope": "openid",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": way,
                "timeout": _SECONDS,
            },
        )


@asynccontextmanager
async def _patiently() -> AsyncIterator[None]:
    """Wait for the provider so long, and no longer; say what went wrong without saying with whom.

    Raises:
        NotLoggedIn
    """
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            yield
    except MismatchingStateError:
        raise NotLoggedIn("expired") from None
    except OAuthError as error:
        told = str(error.error)
        log.warning("The provider refused: %s", told if re.fullmatch(r"[a-z_]{1,40}", told) else "?")
        raise NotLoggedIn("refused") from None
    except JoseError as error:
        claim = getattr(error, "claim", "")
        log.warning("What the provider signed does not hold: %s %s", type(error).__name__, claim)
        late = isinstance(error, ExpiredTokenError) or claim in {"iat", "nbf"}
        raise NotLoggedIn("clock" if late else "unverified") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, *_NONSENSE) as error:
        log.warning("The provider cannot be spoken with: %s", type(error).__name__)
        raise NotLoggedIn("unreachable") from None
