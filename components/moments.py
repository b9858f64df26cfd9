"""Dates and hours in words."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from content.catalogue import LANGUAGE, t


def moment_in_words(starts_at: str) -> str:
    """A local date and time (`2026-12-03T14:00`) in words; empty where there is none."""
    if not starts_at:
        return ""
    begins = datetime.fromisoformat(starts_at)
    return t(
        "print.moment",
        weekday=format_datetime(begins, "EEEE", locale=LANGUAGE),
        day=t("print.first_day") if begins.day == 1 else begins.day,
        month=format_datetime(begins, "MMMM y", locale=LANGUAGE),
        hour=hour_in_words(begins),
    )


def hour_in_words(moment: datetime) -> str:
    return t("print.hour", hour=moment.hour, minutes=f"{moment.minute:02}")
