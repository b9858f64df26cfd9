"""Who somebody is, without an account: signed cookies, secret links, join codes. Only hashes of links are kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PERSON_COOKIE = "comptoir_personne"
KEYRING_COOKIE = "comptoir_cles"
CARNET_COOKIE = "comptoir_carnet"
PREVIOUS_COOKIE = "comptoir_carnet_avant"
OFFER_COOKIE = "comptoir_carnet_propose"
OFFER_SECONDS = 600
LOGIN_COOKIE = "comptoir_connexion"
LOGIN_SECONDS = 7 * 24 * 3600
# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: nothing that reads as something else from the back of a room.
CODE_ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
CODE_LENGTH = 6
_KEYRING_SIZE = 40
_TOKEN_BYTES = 18


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def later_code(facilitator_hash: str, turn: int) -> str:
    """The code that a café may have after its first: it follows from its first record, so that no index is kept."""
    digest = hmac.new(facilitator_hash.encode(), f"code:{turn}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    letters = []
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[letter])
    return "".join(letters)


def tidy_code(typed: str) -> str:
    """A code as people type it, made comparable: `abc 3-4d` is `ABC34D`. Other characters stay, and match nothing."""
    return "".join(char for char in typed.upper() if char.isalnum())


def new_cafe_id() -> str:
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(12))


def new_token() -> str:
    """A secret of 144 bits for a link."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a link: SHA-256 is enough, for the token is random and long."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_matches(token: str, kept: str) -> bool:
    return hmac.compare_digest(hash_token(token), kept)


def screen_token(facilitator_token: str) -> str:
    """The projector's link follows from the facilitator's, so that the console can show it; not the other way."""
    digest = hmac.new(facilitator_token.encode(), b"screen", hashlib.sha256).digest()
    return digest[:_TOKEN_BYTES].hex()


def carnet_id(secret: str) -> str:
    """What a carnet is known by: nobody finds its secret from it."""
    return hash_token(f"carnet:{secret}")[:24]


def carnet_token(secret: str, cafe: str) -> str:
    """The facilitator's token that a carnet has for one café: whoever holds the carnet holds its cafés."""
    digest = hmac.new(secret.encode(), f"cafe:{cafe}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode()


def personal_carnet(key: str, issuer: str, subject: str) -> str:
    """The secret of the carnet of somebody who logged in: the same at every login, and nobody's name."""
    # As a list in JSON, so that no other issuer and subject read alike.
    person = json.dumps(["carnet", issuer, subject]).encode()
    return base64.urlsafe_b64encode(hmac.new(key.encode(), person, hashlib.sha256).digest()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The secret links that a browser has opened: café id to token, the most recent last.

    `carnets` are the secrets of the carnet that it holds and of the one that it held before, if it did.
    """

    facilitator: Mapping[str, str] = field(default_factory=dict)
    screen: Mapping[str, str] = field(default_factory=dict)
    carnets: tuple[str, ...] = ()

    def tokens(self, cafe: str) -> tuple[str, ...]:
        """What this browser may open a café's console with."""
        link = self.facilitator.get(cafe)
        return (*((link,) if link else ()), *(carnet_token(secret, cafe) for secret in self.carnets))

    def with_facilitator(self, cafe: str, token: str) -> Keyring:
        return replace(self, facilitator=_latest(self.facilitator, cafe, token))

    def with_screen(self, cafe: str, token: str) -> Keyring:
        return replace(self, screen=_latest(self.screen, cafe, token))


class Identity:
    """Reads and writes the cookies. Whatever is forged, cut or old reads as nothing at all."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._person = URLSafeSerializer(secret, salt="person")
        self._keyring = URLSafeSerializer(secret, salt="keyring")
        self._carnet = URLSafeSerializer(secret, salt="carnet")
        self._previous = URLSafeSerializer(secret, salt="previous carnet")
        self._offer = URLSafeTimedSerializer(secret, salt="offered carnet")
        self._login = URLSafeTimedSerializer(secret, salt="login")

    def new_person_cookie(self) -> str:
        return str(self._person.dumps(secrets.token_urlsafe(16)))

    def person(self, cookies: Mapping[str, str], cafe: str) -> str | None:
        """Who this browser is in this café. The same person has unrelated ids in two cafés."""
        browser = _loads(self._person.loads, cookies.get(PERSON_COOKIE))
        if not isinstance(browser, str):
            return None
        return hmac.new(self._secret, f"{cafe}:{browser}".encode(), hashlib.sha256).hexdigest()[:24]

    def keyring(self, cookies: Mapping[str, str]) -> Keyring:
        held = _loads(self._keyring.loads, cookies.get(KEYRING_COOKIE))
        carnets = tuple(filter(None, (self.carnet(cookies), self.previous_carnet(cookies))))
        if not isinstance(held, dict):
            return Keyring(carnets=carnets)
        return Keyring(dict(held.get("f", {})), dict(held.get("s", {})), carnets)

    def keyring_cookie(self, keyring: Keyring) -> str:
        return str(self._keyring.dumps({"f": dict(keyring.facilitator), "s": dict(keyring.screen)}))

    def carnet(self, cookies: Mapping[str, str]) -> str | None:
        """The secret of the carnet that this browser holds."""
        return _secret(_loads(self._carnet.loads, cookies.get(CARNET_COOKIE)))

    def carnet_cookie(self, secret: str) -> str:
        return str(self._carnet.dumps(secret))

    def previous_carnet(self, cookies: Mapping[str, str]) -> str | None:
        """The secret of the carnet that this browser held before: its cafés stay within reach."""
        return _secret(_loads(self._previous.loads, cookies.get(PREVIOUS_COOKIE)))

    def previous_cookie(self, secret: str) -> str:
        return str(self._previous.dumps(secret))

    def offered_carnet(self, cookies: Mapping[str, str]) -> str | None:
        """The secret of a carnet whose link this browser followed, and which nobody has taken yet."""
        return _secret(_loads(partial(self._offer.loads, max_age=OFFER_SECONDS), cookies.get(OFFER_COOKIE)))

    def offer_cookie(self, secret: str) -> str:
        return str(self._offer.dumps(secret))

    def logged_in(self, cookies: Mapping[str, str]) -> bool:
        """Whether this browser holds its carnet because somebody logged in, less than `LOGIN_SECONDS` ago.

        The link of a carnet opens it elsewhere, but logs nobody in there.
        """
        held = self.carnet(cookies)
        opened = _loads(partial(self._login.loads, max_age=LOGIN_SECONDS), cookies.get(LOGIN_COOKIE))
        return held is not None and opened == carnet_id(held)

    def login_cookie(self, secret: str) -> str:
        return str(self._login.dumps(carnet_id(secret)))


def _loads(load: Callable[[str], object], cookie: str | None) -> object:
    if not cookie:
        return None
    try:
        return load(cookie)
    except BadSignature:
        return None


def _secret(held: object) -> str | None:
    return held if isinstance(held, str) and held else None


def _latest(held: Mapping[str, str], cafe: str, token: str) -> dict[str, str]:
    rest = [(known, secret) for known, secret in held.items() if known != cafe]
    return dict([*rest, (cafe, token)][-_KEYRING_SIZE:])
