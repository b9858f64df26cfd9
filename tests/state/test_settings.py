"""Settings that make no sense are refused with a sentence that names them; the secret is made once, for its owner."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from state.settings import SECRET_FILE, SettingsError, read_settings

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s" * 32


def test_an_instance_without_settings_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({})
    assert settings.data == tmp_path / "data"
    assert settings.public_url == ""
    assert not settings.https
    assert len(settings.secret) >= 32


def test_settings_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPTOIR_DATA", str(tmp_path))
    monkeypatch.setenv("COMPTOIR_SECRET", SECRET)
    monkeypatch.setenv("COMPTOIR_PUBLIC_URL", "https://cafe.exemple.fr")
    settings = read_settings()
    assert (settings.data, settings.secret, settings.public_url) == (tmp_path, SECRET, "https://cafe.exemple.fr")


@pytest.mark.parametrize(
    ("written", "url", "https"),
    [
        ("", "", False),
        ("   ", "", False),
        ("https://cafe.exemple.fr", "https://cafe.exemple.fr", True),
        (" https://cafe.exemple.fr/ ", "https://cafe.exemple.fr", True),
        ("http://10.0.0.5:8501", "http://10.0.0.5:8501", False),
        ("https://exemple.fr/comptoir/", "https://exemple.fr/comptoir", True),
        ("http://[2001:db8::1]:8501", "http://[2001:db8::1]:8501", False),
    ],
)
def test_a_public_address_is_read(tmp_path: Path, written: str, url: str, https: bool) -> None:  # noqa: FBT001
    settings = read_settings(
        {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_PUBLIC_URL": written}
    )
    assert (settings.public_url, settings.https) == (url, https)


@pytest.mark.parametrize(
    "written",
    [
        "cafe.exemple.fr",
        "//cafe.exemple.fr",
        "ftp://cafe.exemple.fr",
        "javascript:alert(1)",
        "https://",
        "https:///chemin",
        "https://cafe.exemple.fr?x=1",
        "https://cafe.exemple.fr/#a",
        "https://[::1",
        "https://exemple.fr:port",
    ],
)
def test_a_public_address_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(SettingsError, match="COMPTOIR_PUBLIC_URL"):
        read_settings({"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_PUBLIC_URL": written})


@pytest.mark.parametrize("secret", ["court", "s" * 31])
def test_a_short_secret_is_refused(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SettingsError, match="COMPTOIR_SECRET"):
        read_settings({"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": secret})


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="COMPTOIR_DATA"):
        read_settings({"COMPTOIR_DATA": str(taken)})


def test_a_data_folder_under_a_file_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="COMPTOIR_DATA"):
        read_settings({"COMPTOIR_DATA": str(taken / "data")})


def test_the_home_of_nobody_is_refused() -> None:
    with pytest.raises(SettingsError, match="COMPTOIR_DATA"):
        read_settings({"COMPTOIR_DATA": "~no-such-user-here/data", "COMPTOIR_SECRET": SECRET})


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = read_settings({"COMPTOIR_DATA": str(data)})
    path = data / SECRET_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert path.read_text(encoding="ascii") == first.secret
    assert read_settings({"COMPTOIR_DATA": str(data)}).secret == first.secret


def test_two_instances_have_two_secrets(tmp_path: Path) -> None:
    one, two = (read_settings({"COMPTOIR_DATA": str(tmp_path / name)}).secret for name in ("one", "two"))
    assert one != two


def test_a_secret_that_is_set_writes_no_file(tmp_path: Path) -> None:
    read_settings({"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff" * 64], ids=ascii)
def test_a_damaged_secret_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / SECRET_FILE
    path.write_bytes(content)
    with pytest.raises(SettingsError):
        read_settings({"COMPTOIR_DATA": str(tmp_path)})
    assert path.read_bytes() == content


def test_a_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.fspath(tmp_path))
    assert read_settings({"COMPTOIR_DATA": "~/cafes", "COMPTOIR_SECRET": SECRET}).data == tmp_path / "cafes"


def test_the_packs_of_an_organisation_are_in_a_folder(tmp_path: Path) -> None:
    environment = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET}
    assert read_settings(environment).packs is None
    assert read_settings({**environment, "COMPTOIR_PACKS": f" {tmp_path} "}).packs == tmp_path
    with pytest.raises(SettingsError, match="COMPTOIR_PACKS"):
        read_settings({**environment, "COMPTOIR_PACKS": str(tmp_path / "rien")})


@pytest.mark.parametrize(("written", "days"), [("", 30), ("  ", 30), ("1", 1), (" 45 ", 45), ("3650", 3650)])
def test_words_are_kept_for_so_many_days(tmp_path: Path, written: str, days: int) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_RETENTION_DAYS": written}
    assert read_settings(values).retention_days == days


@pytest.mark.parametrize("written", ["0", "-1", "3651", "trente", "1.5", "1e3", "30 jours", "٣٠", "9" * 5000, "nan"])
def test_a_retention_that_makes_no_sense_is_refused(tmp_path: Path, written: str) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_RETENTION_DAYS": written}
    with pytest.raises(SettingsError, match="COMPTOIR_RETENTION_DAYS"):
        read_settings(values)
