"""The settings of this instance, read once from the environment; nonsense is refused with a sentence."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_FILE = "cookie-secret"  # noqa: S105 - the name of a file
_SHORTEST_SECRET = 32
DEFAULT_DAYS = 30
_MOST_DAYS = 3650


class SettingsError(Exception):
    """A setting makes no sense; the message says which, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` has no trailing slash and is empty where none is set. `secret` signs cookies.

    `packs` is the folder of the organisation's own content packs, if it has any. What people wrote is kept for
    `retention_days` after the close of their café.
    """

    data: Path
    public_url: str
    secret: str
    packs: Path | None = None
    retention_days: int = DEFAULT_DAYS

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read `COMPTOIR_DATA`, `COMPTOIR_PUBLIC_URL`, `COMPTOIR_SECRET`, `COMPTOIR_PACKS`, `COMPTOIR_RETENTION_DAYS`.

    Raises:
        SettingsError
    """
    values = os.environ if environment is None else environment
    data = data_folder(values)
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
    days = _days(values.get("COMPTOIR_RETENTION_DAYS", ""))
    return Settings(data, public_url, secret, _packs(values.get("COMPTOIR_PACKS", "")), days)


def data_folder(environment: Mapping[str, str]) -> Path:
    """Where everything is kept, there or not.

    Raises:
        SettingsError
    """
    try:
        return Path(environment.get("COMPTOIR_DATA") or "data").expanduser().resolve()
    except RuntimeError as error:
        raise SettingsError("COMPTOIR_DATA: ce dossier personnel n’existe pas. Donnez un chemin complet.") from error


def _days(raw: str) -> int:
    text = raw.strip()
    if not text:
        return DEFAULT_DAYS
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_DAYS)) and 1 <= int(text) <= _MOST_DAYS):
        raise SettingsError(
            f"COMPTOIR_RETENTION_DAYS: un nombre entier de jours est attendu, de 1 à {_MOST_DAYS}, par exemple 30."
        )
    return int(text)


def _packs(raw: str) -> Path | None:
    if not raw.strip():
        return None
    folder = Path(raw.strip())
    if not folder.is_dir():
        raise SettingsError(f"COMPTOIR_PACKS: {folder} n’est pas un dossier. Donnez celui qui contient vos paquets.")
    return folder.resolve()


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
    try:
        return path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: ce fichier est abîmé. Effacez-le : les liens secrets resteront bons.") from error
