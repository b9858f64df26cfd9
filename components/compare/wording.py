"""Figures of a comparison, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.words import plain
from content.catalogue import t

if TYPE_CHECKING:
    from collections.abc import Iterable


def percent(share: float) -> str:
    return t("chart.percent", share=round(100 * share))


def decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def signed_minutes(minutes: float) -> str:
    whole = round(minutes)
    return t("compare.minutes", minutes=f"+{whole}" if whole > 0 else f"\u2212{-whole}" if whole < 0 else "0")


def intervals(rows: Iterable[Any]) -> list[str]:
    """Each row's interval, from its `low` to its `high`, shares from 0 to 1."""
    return [t("compare.from_to", low=round(100 * row.low), high=round(100 * row.high)) for row in rows]


def marked(choice: str, *, right: bool) -> str:
    return f"✓ {choice}" if right else choice


def plain_all(texts: Iterable[str]) -> list[str]:
    return [plain(text) for text in texts]
