"""The projector's screen: what the room looks at, and nothing that is not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.activities import views_of
from components.browser import fit_screen, wake_on_news
from components.drawing import one_at_a_time
from components.invitation import address_for_phones
from components.stage import countdown, join_strip, lobby, message, question, rehearsal_frame
from components.words import base_path
from content.catalogue import t, tn
from content.prompts import DonePrompt
from state.domain.cafe import END, LOBBY
from state.domain.tallies.choices import answered

if TYPE_CHECKING:
    from state.domain.cafe import Cafe, Stop
    from state.live import Room


def projection(room: Room, *, key: str, seen: Cafe | None = None) -> None:
    """Draw what the room looks at; `seen` takes the place of the café as it is, to show what it will look like."""
    cafe = seen or room.cafe
    wake_on_news(f"{base_path()}/api/cafes/{room.id}/watch", room.version_mark, key=f"{key}-wake")
    fit_screen(key=f"{key}-fit")
    with one_at_a_time:
        _whole(room, cafe, key=key)
    if cafe.plan.rehearsal:
        rehearsal_frame(key=f"{key}-rehearsal")


def _whole(room: Room, cafe: Cafe, *, key: str) -> None:
    base = address_for_phones().base
    if cafe.closed or cafe.stop_id == END:
        message(t("pad.end.title"), t("pad.end.thanks"), key=f"{key}-end")
        return
    if cafe.stop_id == LOBBY:
        here = sum(1 for one in cafe.present if room.connected[one.host or one.id] > 0)
        lobby(cafe, base, connected=here, key=f"{key}-lobby")
        return
    _stop(cafe, cafe.stop, key=key)
    join_strip(cafe, base, key=f"{key}-strip")


def _stop(cafe: Cafe, stop: Stop, *, key: str) -> None:
    if stop.prompt is not None:
        # Choices stand in what is shown of the room, once it is shown.
        question(
            stop, answered=_answered(cafe, stop), with_choices=not cafe.round(stop.id).shown, key=f"{key}-question"
        )
    views_of(stop).screen(cafe, stop, key)
    timer = cafe.timer if cafe.timer is not None and cafe.timer.stop == stop.id else None
    countdown(
        step_ends=cafe.step_ends_at,
        timer=(timer.ends_at, timer.seconds) if timer else None,
        key=f"{key}-countdown",
    )


def _answered(cafe: Cafe, stop: Stop) -> str:
    message_id = "people.finished_of" if isinstance(stop.prompt, DonePrompt) else "people.answered_of"
    return tn(message_id, answered(cafe, stop.id), present=len(cafe.present))
