"""Settings that make no sense are refused with a sentence that names them; the secret is made once, for its owner."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.legal import Legal
from state.settings import SECRET_FILE, MetricsAccess, Provider, SettingsError, read_settings, safe_address

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


PROVIDER = {
    "COMPTOIR_SECRET": SECRET,
    "COMPTOIR_PUBLIC_URL": "https://cafe.exemple.fr",
    "COMPTOIR_OIDC_ISSUER": "https://identite.exemple.fr/",
    "COMPTOIR_OIDC_CLIENT_ID": "comptoir",
    "COMPTOIR_OIDC_CLIENT_SECRET": "secret",
}


def test_nobody_logs_in_unless_a_provider_is_set(tmp_path: Path) -> None:
    nothing = {"COMPTOIR_OIDC_ISSUER": "", "COMPTOIR_OIDC_REQUIRED": " "}
    assert read_settings({"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, **nothing}).provider is None


def test_a_provider_is_read(tmp_path: Path) -> None:
    environment = {"COMPTOIR_DATA": str(tmp_path), **PROVIDER}
    # The issuer stays letter for letter: it is compared with what the provider says.
    assert read_settings(environment).provider == Provider(
        "https://identite.exemple.fr/", "comptoir", "secret", "identite.exemple.fr", SECRET
    )
    more = {"COMPTOIR_OIDC_NAME": " la maison ", "COMPTOIR_OIDC_REQUIRED": "1", "COMPTOIR_OIDC_KEY": "k" * 32}
    provider = read_settings(environment | more).provider
    assert provider is not None
    assert (provider.name, provider.required, provider.key) == ("la maison", True, "k" * 32)
    assert "secret" not in repr(provider).replace("client_secret", "")


def test_the_secret_of_a_client_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(" from a file\n", encoding="utf-8")
    environment = {"COMPTOIR_DATA": str(tmp_path), **PROVIDER, "COMPTOIR_OIDC_CLIENT_SECRET": ""}
    provider = read_settings({**environment, "COMPTOIR_OIDC_CLIENT_SECRET_FILE": str(file)}).provider
    assert provider is not None
    assert provider.client_secret == "from a file"
    for content in (b"", b"\n", b"\xff"):
        file.write_bytes(content)
        with pytest.raises(SettingsError, match="COMPTOIR_OIDC_CLIENT_SECRET_FILE"):
            read_settings({**environment, "COMPTOIR_OIDC_CLIENT_SECRET_FILE": str(file)})
    with pytest.raises(SettingsError, match="COMPTOIR_OIDC_CLIENT_SECRET_FILE"):
        read_settings({**environment, "COMPTOIR_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "absent")})


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("COMPTOIR_OIDC_ISSUER", ""),
        ("COMPTOIR_OIDC_ISSUER", "identite.exemple.fr"),
        ("COMPTOIR_OIDC_ISSUER", "http://identite.exemple.fr"),
        ("COMPTOIR_OIDC_ISSUER", "https://identite.exemple.fr/?a=b"),
        ("COMPTOIR_OIDC_ISSUER", "https://identite.exemple.fr/.well-known/openid-configuration"),
        ("COMPTOIR_OIDC_CLIENT_ID", " "),
        ("COMPTOIR_OIDC_CLIENT_SECRET", ""),
        ("COMPTOIR_OIDC_CLIENT_SECRET_FILE", "/both/are/given"),
        ("COMPTOIR_OIDC_NAME", "x" * 61),
        ("COMPTOIR_OIDC_NAME", "two\nlines"),
        ("COMPTOIR_OIDC_REQUIRED", "yes"),
        ("COMPTOIR_OIDC_KEY", "k" * 31),
        ("COMPTOIR_PUBLIC_URL", ""),
    ],
)
def test_a_provider_that_makes_no_sense_is_refused(tmp_path: Path, name: str, written: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name.removesuffix('_FILE')}"):
        read_settings({"COMPTOIR_DATA": str(tmp_path), **PROVIDER, name: written})


@pytest.mark.parametrize("address", ["https://a.fr", "http://localhost:8080/x", "http://127.0.0.1", "http://[::1]:1"])
def test_secrets_go_by_https_or_stay_on_this_machine(address: str) -> None:
    assert safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.fr",
        "http://a.fr",
        "http://localhost.a.fr",
        "https://",
        "https://x@a.fr",
        "https://a.fr#x",
        "https://[",
        "javascript:x",
        "https://a.fr:x",
    ],
)
def test_secrets_go_nowhere_else(address: str) -> None:
    assert not safe_address(address)


@pytest.mark.skipif(os.name != "posix", reason="files have no such rights there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    read_settings({"COMPTOIR_DATA": str(tmp_path)})
    (tmp_path / SECRET_FILE).chmod(mode)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_settings({"COMPTOIR_DATA": str(tmp_path)})


@pytest.mark.parametrize(("written", "days"), [("", 30), ("  ", 30), ("1", 1), (" 45 ", 45), ("3650", 3650)])
def test_words_are_kept_for_so_many_days(tmp_path: Path, written: str, days: int) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_RETENTION_DAYS": written}
    assert read_settings(values).retention_days == days


@pytest.mark.parametrize("written", ["0", "-1", "3651", "trente", "1.5", "1e3", "30 jours", "٣٠", "9" * 5000, "nan"])
def test_a_retention_that_makes_no_sense_is_refused(tmp_path: Path, written: str) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, "COMPTOIR_RETENTION_DAYS": written}
    with pytest.raises(SettingsError, match="COMPTOIR_RETENTION_DAYS"):
        read_settings(values)


def test_a_host_says_what_it_is(tmp_path: Path) -> None:
    told = {
        "COMPTOIR_DATA": str(tmp_path),
        "COMPTOIR_LEGAL_PUBLISHER": " Mairie de Trifouilly ",
        "COMPTOIR_LEGAL_HOST_ADDRESS": "2 rue des Serveurs",
    }
    assert read_settings(told).legal == Legal(publisher="Mairie de Trifouilly", host_address="2 rue des Serveurs")
    assert read_settings({"COMPTOIR_DATA": str(tmp_path)}).legal == Legal()


@pytest.mark.parametrize("written", ["x" * 301, "Une ligne\nune autre", "cloche\x07"], ids=["long", "lines", "bell"])
@pytest.mark.parametrize("name", ["PUBLISHER", "ADDRESS", "DIRECTOR", "CONTACT", "HOST", "HOST_ADDRESS"])
def test_what_a_host_says_is_one_line(tmp_path: Path, name: str, written: str) -> None:
    variable = f"COMPTOIR_LEGAL_{name}"
    with pytest.raises(SettingsError, match=rf"^{variable}: .*300"):
        read_settings({"COMPTOIR_DATA": str(tmp_path), variable: written})


NAMES = [
    *("COMPTOIR_DATA", "COMPTOIR_PUBLIC_URL", "COMPTOIR_SECRET", "COMPTOIR_PACKS", "COMPTOIR_RETENTION_DAYS"),
    *("COMPTOIR_OIDC_ISSUER", "COMPTOIR_OIDC_CLIENT_ID", "COMPTOIR_OIDC_CLIENT_SECRET", "COMPTOIR_OIDC_NAME"),
    *("COMPTOIR_OIDC_REQUIRED", "COMPTOIR_OIDC_KEY", "COMPTOIR_LEGAL_PUBLISHER", "COMPTOIR_LEGAL_CONTACT"),
    "DATABASE_URL",
]
# What an environment can hold: anything but a null byte.
WRITTEN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80) | st.sampled_from(
    ["/dev/null", "/", "~", "0", "-1", "9" * 400, "1e3", "https://", "https://[", "postgresql://", "' OR 1=1", "𝟛", "²"]
)


@given(written=st.dictionaries(st.sampled_from([name for name in NAMES if name != "COMPTOIR_DATA"]), WRITTEN))
def test_whatever_is_set_either_makes_sense_or_is_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, written: dict[str, str]
) -> None:
    data = tmp_path_factory.getbasetemp() / "hostile"
    try:
        settings = read_settings({"COMPTOIR_DATA": str(data), **written})
    except SettingsError as error:
        (name, sentence) = str(error).split(":", 1)
        assert name.strip().split()[0] in {*NAMES, "COMPTOIR_OIDC_CLIENT_SECRET_FILE", "COMPTOIR_LEGAL_HOST"}
        assert sentence.strip().endswith((".", "»"))
    else:
        assert len(settings.secret) >= 32
        assert 1 <= settings.retention_days <= 3650
        assert not settings.public_url or settings.public_url.startswith(("http://", "https://"))


def test_metrics_are_told_to_nobody_unless_it_is_set(tmp_path: Path) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET}
    assert read_settings(values).metrics == MetricsAccess("", "", 0)
    access = {"COMPTOIR_METRICS_TOKEN": "t" * 32, "COMPTOIR_METRICS_ADDRESS": " [::1]:9102 "}
    settings = read_settings(values | access)
    assert settings.metrics == MetricsAccess("t" * 32, "::1", 9102)
    assert "t" * 32 not in repr(settings)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("TOKEN", "t" * 31),
        ("TOKEN", "é" * 32),
        ("TOKEN", "two words, and long enough to be one"),
        ("ADDRESS", "9102"),
        ("ADDRESS", ":9102"),
        ("ADDRESS", "127.0.0.1"),
        ("ADDRESS", "127.0.0.1:0"),
        ("ADDRESS", "127.0.0.1:65536"),
        ("ADDRESS", "127.0.0.1:" + "9" * 5000),
        ("ADDRESS", "http://127.0.0.1:x"),
    ],
)
def test_an_access_to_metrics_that_makes_no_sense_is_refused(tmp_path: Path, name: str, written: str) -> None:
    values = {"COMPTOIR_DATA": str(tmp_path), "COMPTOIR_SECRET": SECRET, f"COMPTOIR_METRICS_{name}": written}
    with pytest.raises(SettingsError, match=f"COMPTOIR_METRICS_{name}"):
        read_settings(values)
