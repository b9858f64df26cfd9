"""Mounting the pad on a Streamlit page: the page's script runs once a visit, the pad then lives on its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from content.catalogue import t
from state.domain.events import LEVELS, PLACES
from state.domain.text import PSEUDONYM_LENGTH

if TYPE_CHECKING:
    from components.pad.view import Snapshot

_FOLDER = Path(__file__).parent
_LABELS = (
    "before", "before_text", "body_empty", "cancel", "chars_left", "chars_over", "closed", "closed_unanswered", "done",
    "done_kept", "done_thanks", "edit_profile", "enter", "join_title", "kept", "kept_text", "late", "level",
    "link_new_tab", "live_lost", "offline", "place", "pseudonym", "pseudonym_hint", "removed", "right",
    "right_mine", "save", "send", "send_again", "sending", "texts", "waiting", "you",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pad listens and speaks: paths on the app's own origin."""

    stream: str
    answers: str
    join: str
    state: str


@cache
def _component() -> Any:
    return st.components.v2.component(
        "comptoir.pad",
        html='<div class="pad" lang="fr"></div>',
        css=(_FOLDER / "pad.css").read_text(encoding="utf-8"),
        js=(_FOLDER / "pad.js").read_text(encoding="utf-8"),
    )


def pad(cafe_id: str, start: Snapshot, addresses: Addresses, *, key: str) -> None:
    """Show the pad, starting from a snapshot; it needs no further run of the page."""
    _component()(
        key=key,
        data={
            "cafe": cafe_id,
            "start": asdict(start),
            "addresses": asdict(addresses),
            "labels": {name: t(f"pad.{name}") for name in _LABELS},
            "profile": {
                "limit": PSEUDONYM_LENGTH,
                "levels": [{"id": level, "label": t(f"level.{level}")} for level in LEVELS],
                "places": [{"id": place, "label": t(f"place.{place}")} for place in PLACES],
            },
        },
    )
