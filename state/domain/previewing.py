"""A café as it would be at one of its stops, to look at: nobody is there, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from state.domain.cafe import Participant, Round

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

SOMEBODY = "apercu"


def previewed(cafe: Cafe, stop_id: str, *, told: bool, now: float) -> Cafe:
    """The café at a stop, just asked or all told, before anybody answered.

    Raises:
        KeyError: it has no such stop.
    """
    stop = cafe.programme.stops[cafe.programme.index[stop_id]]
    asked = Round(open=not told or stop.stays_open, shown=told or stop.is_live, revealed=told, asked=True)
    return replace(
        cafe,
        stop_id=stop.id,
        started_at=None,
        since=now,
        spent={},
        closed_at=None,
        rounds={stop.id: asked} if stop.prompt else {},
        participants={SOMEBODY: Participant(SOMEBODY, 1)},
        answers={},
        keys={},
        notes={},
        hands={},
        summaries={},
        speakers={},
        speaking=None,
        first={},
        timer=None,
    )
