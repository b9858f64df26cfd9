"""Small parts that live in the browser: waking on news, the clicker's keys, a clock, moving to an address.

Each is a components-v2 component whose JavaScript stands beside this module, in `parts/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from content.catalogue import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from state.domain.cafe import Beat, Stop

_PARTS = Path(__file__).parent / "parts"
_ACCEPTED = {"film": "video/mp4,video/webm", "cafe": ".toml"}
_NOTICE = '<p class="notice" role="status" hidden></p>'


@cache
def _part(name: str, html: str = "") -> Any:
    css = _PARTS / ("notice.css" if "notice" in html else f"{name}.css")
    return st.components.v2.component(
        f"comptoir.{name}",
        html=html,
        css=css.read_text(encoding="utf-8") if css.exists() else None,
        js=(_PARTS / f"{name}.js").read_text(encoding="utf-8"),
    )


def wake_on_news(address: str, seen: str, *, key: str) -> None:
    """Run the fragment that this stands in again when the café's stream says that something changed.

    `seen` is the version that this run draws: hearing of it again wakes nobody.
    """
    _part("wake", _NOTICE)(
        key=key,
        data={"address": address, "seen": seen, "lost": t("live.lost")},
        on_version_change=_nothing,
    )


def tether(*, says: bool) -> None:
    """Keep a page usable while the server cannot be reached; `says` whether the page has to say so itself."""
    _part("tether", _NOTICE)(
        key="tether", data={"sentence": t("live.unreachable") if says else "", "unknown": t("live.unknown_page")}
    )


def clicker(
    previous: tuple[Stop, Beat] | None,
    following: tuple[Stop, Beat] | None,
    *,
    key: str,
    go: Callable[[str, Beat], None],
) -> None:
    """Arrows, space and page keys call `go` with where they lead from what is shown: repeating them skips nothing."""

    def went() -> None:
        # A key that was pressed as the café closed comes when the clicker is no more.
        target = st.session_state.get(key, {}).get("go")
        if target:
            go(target["stop"], target["beat"])

    _part("clicker")(
        key=key,
        data={"previous": _target(previous), "next": _target(following)},
        on_go_change=went,
    )


def clock(seconds: float, *, running: bool, label: str, key: str) -> None:
    """Minutes and seconds left, counted down in the browser; under zero it says by how much it is over."""
    _part("clock", '<p class="clock"><span class="label"></span> <span class="time"></span></p>')(
        key=key,
        data={"seconds": round(seconds), "running": running, "label": label, "over": t("clock.over")},
    )


def fit_screen(*, key: str) -> None:
    """Make what is projected smaller where it is taller than the screen."""
    _part("fit")(key=key)


def upload(address: str, *, what: Literal["film", "cafe"], most: int, key: str) -> None:
    """A field to send one file to an address of this app, `most` bytes at the most, and what becomes of it.

    Where the answer names a path, the browser goes there.
    """
    html = (
        f'<form class="upload"><label><span></span><input type="file" accept="{_ACCEPTED[what]}"></label>'
        '<button type="submit"></button><progress max="1" value="0" hidden></progress>'
        '<p class="status" role="status"></p></form>'
    )
    labels = {name: t(f"upload.{name}") for name in ("send", "none", "sending", "failed")}
    labels |= {name: t(f"upload.{name}_{what}") for name in ("choose", "too_large")}
    _part("upload", html)(key=key, data={"address": address, "most": most, "labels": labels})


def keep_typing(*, key: str) -> None:
    """Have what is typed in the page's fields kept a moment after the last key, without leaving them."""
    _part("typing")(key=key)


def name_frames(titles: Mapping[str, str], *, key: str) -> None:
    """Say what each frame of the page shows, by a part of its address that tells it from the others."""
    _part("frames")(key=key, data={"titles": dict(titles)})


def open_address(path: str, *, key: str) -> None:
    """Leave for another address of this app."""
    _part("leave")(key=key, data={"path": path})


def ask_for(address: str, body: Mapping[str, str], *, then: str, key: str) -> None:
    """Ask an address of this app for one change, in this browser's own name, then go to the page that shows it."""
    _part("post", _NOTICE)(
        key=key,
        data={
            "address": address,
            "body": dict(body),
            "path": then,
            "failed": t("live.unreachable"),
            "once": token_hex(8),
        },
    )


def _target(towards: tuple[Stop, Beat] | None) -> dict[str, str] | None:
    return None if towards is None else {"stop": towards[0].id, "beat": towards[1]}


def _nothing() -> None:
    """A trigger needs somebody to call; the new run of the fragment is what it is for."""
