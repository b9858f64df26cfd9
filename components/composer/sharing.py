"""Telling people that there will be a café, and keeping the café itself as a file or as another café."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from icalendar import Calendar, Event

from components.invitation import address_for_phones
from components.moments import moment_in_words
from components.notices import notify, show_once, shown_once
from components.stage.blocks import join_address
from components.words import base_path
from content.cafe_file import write_cafe
from content.catalogue import t
from content.plan import plan_to_hold
from state.domain.errors import LoginRequired
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

_CALENDAR = "text/calendar"
_TOML = "application/toml"


def sharing(cafe: Cafe, *, key: str) -> None:
    """A text to paste in a mail or a chat, a file for calendars, and the café as a file."""
    join = join_address(address_for_phones().base, cafe.code)
    st.subheader(t("share.invite"), anchor=False)
    st.code(invitation_text(cafe, join), language=None, wrap_lines=True)
    if cafe.details.starts_at:
        st.download_button(
            t("share.calendar"),
            calendar_file(cafe, join, zone=st.context.timezone or ""),
            file_name=f"{t('share.calendar_file')}.ics",
            mime=_CALENDAR,
            key=f"{key}-calendar",
            on_click="ignore",
        )
    else:
        st.caption(t("share.no_date"))
    st.subheader(t("share.keep"), anchor=False)
    st.write(t("share.keep_help"))
    start_again(cafe, key=key)
    st.download_button(
        t("share.file"),
        cafe_file(cafe),
        file_name=f"{t('share.file_name')}.toml",
        mime=_TOML,
        key=f"{key}-file",
        on_click="ignore",
    )


def start_again(cafe: Cafe, *, key: str) -> None:
    """Another café with the same programme and texts, without its date, its people and what they said."""
    made = f"{key}-made"

    def make() -> None:
        try:
            new = comptoir().create(
                plan_to_hold(cafe.plan),
                title=cafe.title,
                cookies=st.context.cookies,
                details=replace(cafe.details, starts_at=""),
            )
        except LoginRequired as refusal:
            notify(t(f"refusal.{refusal.code}"))
        except (StoreError, TimeoutError):
            notify(t("error.not-kept"))
        else:
            show_once(made, f"{base_path()}/animer/{new.id}/{new.token}?vers=composer")

    path = shown_once(made)
    # Once: a double click makes no second café.
    st.button(t("share.again"), key=f"{key}-again", on_click=None if path else make, disabled=bool(path))
    if path:
        st.link_button(t("share.open_again"), path)


def invitation_text(cafe: Cafe, join: str) -> str:
    """What to paste in a mail or a chat: lines of what is known."""
    details = cafe.details
    lines = [
        t("share.text_title", title=cafe.title),
        t("share.text_when", when=moment_in_words(details.starts_at)) if details.starts_at else "",
        t("share.text_where", place=details.place) if details.place else "",
        t("share.text_far", address=details.address) if details.address else "",
        t("share.text_by", organiser=details.organiser) if details.organiser else "",
        t("share.text_cup"),
        t("share.text_register", address=join.replace("/c/", "/i/")) if details.registers else "",
        t("share.text_join", address=join, code=cafe.code),
    ]
    return "\n".join(filter(None, lines))


def calendar_file(cafe: Cafe, join: str, *, zone: str) -> bytes:
    """An iCalendar event (RFC 5545); `zone` is where the café's hour is read, by its IANA name."""
    begins = datetime.fromisoformat(cafe.details.starts_at)
    # Where the zone is not known it stays a local hour, as RFC 5545 has them too.
    with suppress(ValueError, ZoneInfoNotFoundError):
        begins = begins.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    event = Event()
    event.add("uid", f"{cafe.code}-{round(cafe.created_at)}@comptoir")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=cafe.details.minutes or cafe.plan.minutes))
    event.add("summary", cafe.title)
    event.add("description", invitation_text(cafe, join))
    event.add("url", join)
    if cafe.details.place:
        event.add("location", cafe.details.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Comptoir//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def cafe_file(cafe: Cafe) -> bytes:
    """The café as one file, without its date: it is to be held again."""
    details = {name: value for name, value in asdict(cafe.details).items() if name not in {"starts_at", "registers"}}
    return write_cafe(cafe.title, cafe.plan, details)
