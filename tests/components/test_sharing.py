"""What is sent to people says when, where and how to come; calendars read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from components.composer.sharing import cafe_file, calendar_file, invitation_text
from components.moments import moment_in_words
from content.cafe_file import read_cafe
from state.domain.composing import describe
from state.domain.events import Details
from tests.components.reading import HOSTILE
from tests.state.cafes import CODE, begun, play

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

JOIN = f"https://cafe.exemple.fr/c/{CODE}"
FULL = Details("2026-12-03T14:00", 45, "Salle Condorcet", "La direction", "https://visio.exemple.fr/cafe")


def events(data: bytes) -> list[Any]:
    """The events of a calendar, as any program that reads calendars has them."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def described(details: Details = FULL, title: str = "Le café de la donnée") -> Cafe:
    return play(begun(), partial(describe, title=title, details=details))


def test_the_text_says_all_that_is_known_and_nothing_that_is_not() -> None:
    text = invitation_text(described(), JOIN)
    wanted = ("Le café de la donnée", moment_in_words(FULL.starts_at), FULL.place, FULL.organiser, FULL.address, JOIN)
    assert not [one for one in (*wanted, CODE) if one not in text]
    bare = invitation_text(begun(), JOIN)
    assert len(bare.splitlines()) == 3
    assert JOIN in bare


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-12-03T14:00", "jeudi 3 décembre 2026, 14\u00a0h\u00a000"),
        ("2027-01-01T09:05", "vendredi 1er janvier 2027, 9\u00a0h\u00a005"),
        ("", ""),
    ],
)
def test_a_moment_is_told_in_french(moment: str, words: str) -> None:
    assert moment_in_words(moment) == words


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("Europe/Paris", datetime(2026, 12, 3, 13, tzinfo=UTC)),
        ("Indian/Reunion", datetime(2026, 12, 3, 10, tzinfo=UTC)),
        ("", datetime(2026, 12, 3, 14)),  # noqa: DTZ001 - a local hour
        ("nulle/part", datetime(2026, 12, 3, 14)),  # noqa: DTZ001
    ],
)
def test_a_calendar_has_the_hour_of_where_the_cafe_is(zone: str, begins: datetime) -> None:
    (event,) = events(calendar_file(described(), JOIN, zone=zone))
    assert event["dtstart"].dt == begins
    assert event["dtend"].dt == begins + timedelta(minutes=45)
    assert (event["summary"], event["location"], event["url"]) == ("Le café de la donnée", FULL.place, JOIN)
    assert CODE in event["description"]
    assert event["uid"]


def test_a_cafe_without_a_length_lasts_as_long_as_its_programme() -> None:
    details = Details(starts_at="2026-12-03T14:00")
    (event,) = events(calendar_file(described(details), JOIN, zone=""))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=20)
    assert "location" not in event


@pytest.mark.parametrize("text", [*HOSTILE, "BEGIN:VEVENT\\nSUMMARY:x", "a;b,c\\;d"])
def test_a_hostile_text_adds_nothing_to_a_calendar(text: str) -> None:
    cafe = described(Details(starts_at="2026-12-03T14:00", place=text), title=text)
    (event,) = events(calendar_file(cafe, JOIN, zone="Europe/Paris"))
    assert event["summary"] == cafe.title
    assert event["location"] == cafe.details.place


def test_the_file_of_a_cafe_holds_its_programme_and_no_date() -> None:
    file = read_cafe("cafe.toml", cafe_file(described()), pictures={})
    assert file.plan.steps == begun().plan.steps
    assert (file.title, file.place, file.minutes) == ("Le café de la donnée", FULL.place, 45)
    assert b"2026" not in cafe_file(described())
