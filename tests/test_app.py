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


PIN = re.compile(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.!+-]+( ; .+)?")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(pins) > 10
    assert [pin for pin in pins if not PIN.fullmatch(pin)] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_wish_is_among_the_pins(name: str) -> None:
    wishes = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    wanted = {re.split(r"[=<>~;\[ ]", line)[0] for line in wishes if line and not line.startswith(("#", "-"))}
    pinned = {line.split("==")[0] for line in (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()}
    assert wanted <= pinned


def test_both_lists_agree_where_they_meet() -> None:
    run, dev = (
        dict(
            line.split("==", 1)
            for line in (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            if "==" in line
        )
        for name in ("requirements", "requirements-dev")
    )
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}
