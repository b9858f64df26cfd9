"""One function a block; the drawing stands in `stage.js`, which takes texts as texts."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import streamlit as st

from components.words import people_here
from content.catalogue import t
from state.addresses import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.cafe import Cafe, Stop

_FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "comptoir.stage",
        html='<section class="stage" lang="fr"></section>',
        css=(_FOLDER / "stage.css").read_text(encoding="utf-8"),
        js=(_FOLDER / "stage.js").read_text(encoding="utf-8"),
    )


def join_address(base: str, code: str) -> str:
    return f"{base}/c/{code}"


def _join_card(base: str, code: str) -> dict[str, str]:
    address = join_address(base, code)
    return {
        "qr": qr_picture(address),
        "qrText": t("join.qr_text", address=short(address)),
        "addressLabel": t("join.address"),
        "address": short(base),
        "codeLabel": t("join.code"),
        "code": f"{code[:3]} {code[3:]}",
    }


@lru_cache(maxsize=256)
def qr_picture(address: str) -> str:
    """A QR code as an SVG address, dark on light whatever the theme, with its quiet zone."""
    return str(segno.make(address, error="m").svg_data_uri(scale=10, border=4, dark="#000", light="#fff"))


def lobby(cafe: Cafe, base: str, *, connected: int, key: str) -> None:
    """What the room sees while people arrive."""
    _component()(
        key=key,
        data={
            "block": "lobby",
            "title": cafe.title,
            "intro": t("screen.lobby.intro"),
            "people": people_here(connected),
            **_join_card(base, cafe.code),
        },
    )


def join_strip(cafe: Cafe, base: str, *, key: str) -> None:
    """The way in for latecomers, always within reach."""
    _component()(key=key, data={"block": "strip", "title": cafe.title, **_join_card(base, cafe.code)})


def question(stop: Stop, *, answered: str, with_choices: bool, key: str) -> None:
    """The question being asked, its choices unless a chart shows them, and how many have answered."""
    assert stop.step is not None
    assert stop.prompt is not None
    progress = t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else ""
    choices = [choice.label for choice in getattr(stop.prompt, "choices", ())] if with_choices else []
    _component()(
        key=key,
        data={
            "block": "question",
            "course": stop.step.course,
            "where": " · ".join(filter(None, [stop.step.activity.title, progress])),
            "prompt": stop.prompt.prompt,
            "choices": choices,
            "answered": answered,
        },
    )


def wall_of_texts(texts: Sequence[str], *, key: str) -> None:
    """Texts in notes, as large as they all fit, in pages when they are many."""
    _component()(
        key=key,
        data={
            "block": "wall",
            "texts": list(texts),
            "empty": t("screen.wall.empty"),
            "page": t("screen.wall.page"),
        },
    )


def explanation(title: str, text: str, *, key: str) -> None:
    _component()(key=key, data={"block": "explanation", "title": title, "text": text})


def message(title: str, body: str, *, course: str = "", links: Sequence[str] = (), key: str) -> None:
    _component()(
        key=key, data={"block": "message", "title": title, "body": body, "course": course, "links": list(links)}
    )
