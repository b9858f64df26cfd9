"""How people are called on screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.catalogue import t

if TYPE_CHECKING:
    from state.domain.cafe import Participant


def name_of(participant: Participant) -> str:
    """Their pseudonym, or a number for whoever gave none."""
    return participant.pseudonym or t("people.anonymous", number=participant.number)
