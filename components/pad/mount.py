"""Mounting the pad on a Streamlit page: the page's script runs once a visit, the pad then lives on its own."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.courses import DRAWINGS
from components.pad.script import loader, pad_script
from components.pad.view import MOST_SEATS
from components.words import base_path
from content.catalogue import t
from state.domain.events import LEVELS, PLACES
from state.domain.text import PSEUDONYM_LENGTH

if TYPE_CHECKING:
    from components.pad.view import Snapshot

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pad listens and speaks: paths on the app's own origin."""

    stream: str
    answers: str
    notes: str
    join: str
    pseudonym: str
    state: str
    erase: str
    films: str
    pictures: str
    data: str


def addresses(base: str, cafe_id: str) -> Addresses:
    """The pad's addresses for one café, under the app's base path."""
    cafe = f"{base}/api/cafes/{cafe_id}"
    return Addresses(
        stream=f"{cafe}/stream",
        answers=f"{cafe}/answers",
        notes=f"{cafe}/notes",
        join=f"{cafe}/join",
        pseudonym=f"{cafe}/pseudonym",
        state=f"{cafe}/state",
        erase=f"{cafe}/erase",
        films=f"{base}/api/films/{cafe_id}",
        pictures=f"{base}/api/pictures",
        data=f"{base}/vos-donnees",
    )


@cache
def _component() -> Any:
    return st.components.v2.component(
        "comptoir.pad",
        html='<div class="pad" lang="fr"></div>',
        css=(_FOLDER / "pad.css").read_text(encoding="utf-8"),
        js=loader(base_path()),
    )


@cache
def _labels() -> dict[str, str]:
    """The words that the pad's scripts use, whose names they give as `labels.name`."""
    return {name: t(f"pad.{name}") for name in sorted(set(re.findall(r"\blabels\.(\w+)", pad_script())))} | {
        name: t(f"pad.{name}") for name in ("level", "place")
    }


def pad(cafe_id: str, start: Snapshot, addresses: Addresses, *, key: str, preview: bool = False) -> None:
    """Show the pad, starting from a snapshot; it needs no further run of the page.

    A `preview` listens to nothing and sends nothing.
    """
    _component()(
        key=key,
        data={
            "cafe": cafe_id,
            "preview": preview,
            "start": asdict(start),
            "addresses": asdict(addresses),
            "labels": _labels(),
            "drawings": DRAWINGS,
            "profile": {
                "limit": PSEUDONYM_LENGTH,
                "seats": MOST_SEATS,
                "levels": [{"id": level, "label": t(f"level.{level}")} for level in LEVELS],
                "places": [{"id": place, "label": t(f"place.{place}")} for place in PLACES],
            },
        },
    )
