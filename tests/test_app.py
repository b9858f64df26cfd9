"""The instance is closed as it promises, and made of exactly what was tried."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from components.look import DARK, FONT, LIGHT, Palette

ROOT = Path(__file__).parent.parent
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("server", "headless", True),
        ("server", "fileWatcherType", "none"),
        ("server", "enableXsrfProtection", True),
        ("server", "enableAgentApi", False),
        ("browser", "gatherUsageStats", False),
        ("browser", "serverAddress", "localhost"),
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "minimal"),
        ("runner", "postScriptGC", False),
        ("runner", "magicEnabled", False),
    ],
)
def test_streamlit_is_configured_closed(section: str, option: str, value: object) -> None:
    assert CONFIG[section][option] == value


def test_uploads_and_messages_are_small() -> None:
    assert CONFIG["server"]["maxUploadSize"] <= 1
    assert CONFIG["server"]["maxMessageSize"] <= 50


def test_sessions_that_left_are_soon_forgotten() -> None:
    assert CONFIG["server"]["disconnectedSessionTTL"] <= 120


def test_no_secret_and_no_outside_address_is_configured() -> None:
    raw = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "://" not in raw
    assert "cookieSecret" not in raw


def test_fonts_are_those_of_the_machine() -> None:
    for option in ("font", "headingFont", "codeFont"):
        assert "url(" not in CONFIG["theme"][option]
        assert not CONFIG["theme"].get("fontFaces")
    assert CONFIG["theme"]["font"] == FONT


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_charts_have_the_colours_of_the_pages(theme: str, palette: Palette) -> None:
    colours = CONFIG["theme"][theme]
    assert (colours["backgroundColor"], colours["textColor"], colours["primaryColor"]) == (
        palette.paper,
        palette.ink,
        palette.bar,
    )


PIN = re.compile(r"([a-z0-9._-]+)(?:\[[a-z,]+\])?==([\w.!+-]+)(?: ; [^\\]+?)?(?: --hash=sha256:[0-9a-f]{64})+")


def pins(name: str) -> dict[str, str]:
    """Version by name, of what a file of requirements pins; each with the hashes of its files."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [PIN.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, found, strict=True) if match is None] == []
    return {match[1]: match[2] for match in found if match is not None}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_wish_is_pinned_with_hashes(name: str) -> None:
    wishes = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    wanted = {re.split(r"[=<>~;\[ ]", line)[0] for line in wishes if line and not line.startswith(("#", "-"))}
    assert len(wanted) > 5
    assert wanted <= pins(f"{name}.txt").keys()


def test_both_lists_agree_where_they_meet() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}
