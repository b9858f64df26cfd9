"""How a café's files are called: names that any system takes."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from content.catalogue import t

if TYPE_CHECKING:
    from state.domain.cafe import Cafe


def file_name(cafe: Cafe, ending: str) -> str:
    """A file name that any system takes, made of the title and the day; a rehearsal's says what it is."""
    plain = unicodedata.normalize("NFKD", cafe.title).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain.lower()).split()
    kind = t("rehearsal.file") if cafe.plan.rehearsal else "cafe"
    return f"{'-'.join([kind, *words])[:60].rstrip('-')}-{day_of(cafe)}.{ending}"


def day_of(cafe: Cafe) -> str:
    """The day a café was held, or made where it never began, as ISO 8601 writes it (UTC)."""
    return datetime.fromtimestamp(held_at(cafe), UTC).strftime("%Y-%m-%d")


def held_at(cafe: Cafe) -> float:
    """When a café began, or was made where it never did: seconds since 1970, UTC."""
    return cafe.created_at if cafe.started_at is None else cafe.started_at
