"""The settings of this instance, read once from the environment; nonsense is refused with a sentence."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from state.legal import LONGEST, Legal, read_legal

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_FILE = "cookie-secret"  # noqa: S105 - the name of a file
_SHORTEST_SECRET = 32
_LONGEST_NAME = 60
_DISCOVERY = "/.well-known/openid-configuration"
DEFAULT_DAYS = 30
_MOST_DAYS = 3650
_PORTS = 1 << 16
_DIGITS = 5


class SettingsError(Exception):
    """A setting makes no sense; the message says which, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider that people of this instance may log in with, and what it knows us by.

    `name` is what the button calls it. `key` turns somebody into the secret of their carnet. `required` says that
    only people logged in make cafés.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    key: str = field(repr=False)
    required: bool = False


@dataclass(frozen=True, slots=True)
class MetricsAccess:
    """Who may read the metrics: bearers of `token` at `/metrics`, and all who reach `host`:`port`. Else nobody."""

    token: str = field(default="", repr=False)
    host: str = ""
    port: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` has no trailing slash and is empty where none is set. `secret` signs cookies.

    `packs` is the folder of the organisation's own content packs, if it has any. There is no `provider` to log in with
    unless one is set. What people wrote is kept for `retention_days` after the close of their café. `legal` is what the
    host says of itself. `database` is the address of the PostgreSQL where cafés are kept, empty where they are kept in
    `data`.
    """

    data: Path
    public_url: str
    secret: str
    packs: Path | None = None
    provider: Provider | None = None
    retention_days: int = DEFAULT_DAYS
    legal: Legal = field(default_factory=Legal)
    database: str = field(default="", repr=False)
    metrics: MetricsAccess = MetricsAccess()

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read `COMPTOIR_DATA`, `COMPTOIR_PUBLIC_URL`, `COMPTOIR_SECRET`, `COMPTOIR_PACKS`, `COMPTOIR_RETENTION_DAYS`,
    `COMPTOIR_LEGAL_…`, `COMPTOIR_METRICS_…`, `COMPTOIR_OIDC_…` and `DATABASE_URL`.

    Raises:
        SettingsError
    """
    values = os.environ if environment is None else environment
    data = data_folder(values)
    database = database_address(values)
    if database and not values.get("COMPTOIR_SECRET"):
        raise SettingsError(
            "COMPTOIR_SECRET: avec DATABASE_URL, donnez à chaque processus le même secret, pour que les cookies "
            "soient bons partout."
        )
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = values.get("COMPTOIR_SECRET") or _kept_secret(data)
    except OSError as error:
        raise SettingsError(
            f"COMPTOIR_DATA: {data} n’accepte pas l’écriture ({error.strerror}). Choisissez un autre dossier."
        ) from error
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"COMPTOIR_SECRET: au moins {_SHORTEST_SECRET} caractères tirés au hasard.")
    public_url = _public_url(values.get("COMPTOIR_PUBLIC_URL", ""))
    provider = _provider(values, public_url, secret)
    days = _days(values.get("COMPTOIR_RETENTION_DAYS", ""))
    packs = _packs(values.get("COMPTOIR_PACKS", ""))
    return Settings(data, public_url, secret, packs, provider, days, _legal(values), database, _metrics(values))


def data_folder(environment: Mapping[str, str]) -> Path:
    """Where everything is kept, there or not.

    Raises:
        SettingsError
    """
    try:
        return Path(environment.get("COMPTOIR_DATA") or "data").expanduser().resolve()
    except RuntimeError as error:
        raise SettingsError("COMPTOIR_DATA: ce dossier personnel n’existe pas. Donnez un chemin complet.") from error


def database_address(environment: Mapping[str, str]) -> str:
    """The PostgreSQL to keep cafés in; empty where there is none.

    Raises:
        SettingsError
    """
    address = environment.get("DATABASE_URL", "").strip()
    if address and not address.startswith(("postgresql://", "postgres://")):
        # What was written there may hold a password: it is not repeated.
        raise SettingsError(
            "DATABASE_URL: une adresse PostgreSQL est attendue, par exemple postgresql://comptoir@localhost/comptoir."
        )
    return address


def _days(raw: str) -> int:
    text = raw.strip()
    if not text:
        return DEFAULT_DAYS
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_DAYS)) and 1 <= int(text) <= _MOST_DAYS):
        raise SettingsError(
            f"COMPTOIR_RETENTION_DAYS: un nombre entier de jours est attendu, de 1 à {_MOST_DAYS}, par exemple 30."
        )
    return int(text)


def _legal(values: Mapping[str, str]) -> Legal:
    try:
        return read_legal(values)
    except ValueError as error:
        raise SettingsError(f"{error}: un texte d’une ligne est attendu, de {LONGEST} caractères au plus.") from error


def _metrics(values: Mapping[str, str]) -> MetricsAccess:
    token = values.get("COMPTOIR_METRICS_TOKEN", "").strip()
    if token and (len(token) < _SHORTEST_SECRET or not token.isascii() or not token.isprintable() or " " in token):
        raise SettingsError(
            f"COMPTOIR_METRICS_TOKEN: au moins {_SHORTEST_SECRET} lettres et chiffres tirés au hasard, sans espace."
        )
    address = values.get("COMPTOIR_METRICS_ADDRESS", "").strip()
    host, _, port = address.rpartition(":")
    if address and not (host and port.isascii() and port.isdigit() and len(port) <= _DIGITS and 0 < int(port) < _PORTS):
        raise SettingsError("COMPTOIR_METRICS_ADDRESS: adresse et port sont attendus, par exemple 127.0.0.1:9102.")
    return MetricsAccess(token, host.strip("[]"), int(port or 0))


def _packs(raw: str) -> Path | None:
    if not raw.strip():
        return None
    folder = Path(raw.strip())
    if not folder.is_dir():
        raise SettingsError(f"COMPTOIR_PACKS: {folder} n’est pas un dossier. Donnez celui qui contient vos paquets.")
    return folder.resolve()


def safe_address(address: str) -> bool:
    """Whether what is said there is said in private: an `https` address, or one of this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        # Reading the port is what finds out that it is none.
        sound = bool(host) and parts.port != 0 and parts.username is None and not parts.fragment
    except ValueError:
        return False
    return sound and (parts.scheme == "https" or (parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"}))


def _provider(values: Mapping[str, str], public_url: str, secret: str) -> Provider | None:
    wanted = {name: value.strip() for name, value in values.items() if name.startswith("COMPTOIR_OIDC_")}
    if not any(wanted.values()):
        return None
    issuer = wanted.get("COMPTOIR_OIDC_ISSUER", "")
    if not safe_address(issuer) or "?" in issuer or issuer.endswith(_DISCOVERY):
        raise SettingsError(
            "COMPTOIR_OIDC_ISSUER: l’adresse du fournisseur d’identité est attendue, en https://, telle qu’il l’écrit "
            f"lui-même sous « issuer », sans {_DISCOVERY}."
        )
    if not public_url:
        raise SettingsError(
            "COMPTOIR_PUBLIC_URL: donnez l’adresse publique, où le fournisseur d’identité renvoie les personnes."
        )
    client_id = wanted.get("COMPTOIR_OIDC_CLIENT_ID", "")
    if not client_id:
        raise SettingsError(
            "COMPTOIR_OIDC_CLIENT_ID: donnez l’identifiant que le fournisseur a donné à cette instance."
        )
    key = wanted.get("COMPTOIR_OIDC_KEY", "") or secret
    if len(key) < _SHORTEST_SECRET:
        raise SettingsError(f"COMPTOIR_OIDC_KEY: au moins {_SHORTEST_SECRET} caractères tirés au hasard.")
    name = wanted.get("COMPTOIR_OIDC_NAME", "") or urlsplit(issuer).hostname or issuer
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise SettingsError(f"COMPTOIR_OIDC_NAME: un nom d’une ligne, de {_LONGEST_NAME} caractères au plus.")
    required = wanted.get("COMPTOIR_OIDC_REQUIRED", "") or "0"
    if required not in {"0", "1"}:
        raise SettingsError("COMPTOIR_OIDC_REQUIRED: 1 pour réserver la préparation aux personnes connectées, sinon 0.")
    return Provider(issuer, client_id, _client_secret(wanted), name, key, required=required == "1")


def _client_secret(wanted: Mapping[str, str]) -> str:
    secret, file = wanted.get("COMPTOIR_OIDC_CLIENT_SECRET", ""), wanted.get("COMPTOIR_OIDC_CLIENT_SECRET_FILE", "")
    if bool(secret) == bool(file):
        raise SettingsError(
            "COMPTOIR_OIDC_CLIENT_SECRET: donnez le secret du fournisseur, ou COMPTOIR_OIDC_CLIENT_SECRET_FILE, "
            "le fichier qui le contient ; l’un des deux."
        )
    if file:
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"COMPTOIR_OIDC_CLIENT_SECRET_FILE: {file} ne se lit pas.") from error
        if not secret:
            raise SettingsError(f"COMPTOIR_OIDC_CLIENT_SECRET_FILE: {file} est vide.")
    return secret


def _public_url(raw: str) -> str:
    url = raw.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        # Reading the port is what finds out that it is none.
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise SettingsError(
            "COMPTOIR_PUBLIC_URL: une adresse complète est attendue, par exemple https://cafe.exemple.fr."
        )
    return url


def _kept_secret(data: Path) -> str:
    """The secret of this data folder, made the first time, readable by its owner only."""
    path = data / SECRET_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(
            f"{path}: d’autres comptes de cette machine peuvent lire ce secret. "
            f"Fermez-le avec « chmod 600 {path} », puis relancez."
        )
    try:
        return path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: ce fichier est abîmé. Effacez-le : les liens secrets resteront bons.") from error
