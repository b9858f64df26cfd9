"""Who may see a page: each function gives what the page needs, or says what to do instead and stops the run."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from content.catalogue import t
from state.domain.previewing import previewed
from state.ports import Damaged, StoreError, UnknownCafe
from state.session import comptoir

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.identity import Keyring
    from state.live import Room
    from state.summaries import Found


@dataclass(frozen=True, slots=True)
class Console:
    """A facilitator's seat; `token` is the secret of their link, `by` who they are among those who facilitate."""

    room: Room
    token: str
    by: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant's seat; `person` is who their cookie says they are."""

    room: Room
    person: str


@dataclass(frozen=True, slots=True)
class MyCafes:
    """A facilitator's cafés, the newest first, and how many could not be read."""

    rooms: tuple[Room, ...]
    unreadable: int


def keyring() -> Keyring:
    return comptoir().identity.keyring(st.context.cookies)


def facilitated_room() -> Console:
    room = _room()
    held = keyring()
    by = comptoir().facilitator(held, room.id, room.cafe)
    if by is None:
        _stop(t("gate.no_console"))
    return Console(room, held.facilitator[room.id], by)


def previewed_cafe(room: Room) -> Cafe | None:
    """The café as it would be at the stop that the address asks to see; None where it asks for the café as it is."""
    stop = st.query_params.get("apercu", "")
    if not stop:
        return None
    if not comptoir().facilitates(keyring(), room.id, room.cafe):
        _stop(t("gate.no_console"))
    try:
        return previewed(room.cafe, stop, told=st.query_params.get("montre") == "1", now=time.time())
    except KeyError:
        _stop(t("preview.gone"))


def previews() -> bool:
    """Whether the address asks to see what is to come, and not the café as it is."""
    return bool(st.query_params.get("apercu", ""))


def open_room() -> Room:
    """The room that the address names, whoever asks: what is shown of it depends on who they are."""
    return _room()


def watched_room() -> Room:
    room = _room()
    if not comptoir().may_watch(keyring(), room.id, room.cafe):
        _stop(t("gate.no_screen"))
    return room


def seat() -> Seat:
    room = _room()
    person = comptoir().identity.person(st.context.cookies, room.id)
    if person is None:
        _stop(t("gate.no_cookie", code=room.cafe.code))
    return Seat(room, person)


def my_cafes() -> MyCafes:
    """The cafés that this browser holds the secret link of."""
    held = keyring()
    rooms: list[Room] = []
    unreadable = 0
    for cafe_id in held.facilitator:
        try:
            room = comptoir().room(cafe_id)
        except UnknownCafe:
            continue
        except (StoreError, TimeoutError):
            unreadable += 1
            continue
        if comptoir().facilitates(held, cafe_id, room.cafe):
            rooms.append(room)
    return MyCafes(tuple(sorted(rooms, key=lambda room: room.cafe.created_at, reverse=True)), unreadable)


def my_figures() -> Found:
    """What is kept of the figures of the cafés that this browser holds the secret link of."""
    return comptoir().summaries.held_with(keyring().facilitator)


def _room() -> Room:
    try:
        return comptoir().room(st.query_params.get("cafe", ""))
    except UnknownCafe:
        _stop(t("gate.unknown_cafe"))
    except Damaged:
        _stop(t("gate.damaged"))
    except (StoreError, TimeoutError):
        _stop(t("gate.slow"))


def _stop(sentence: str) -> NoReturn:
    st.title(t("app.name"))
    st.info(sentence)
    st.page_link("home.py", label=t("nav.home"))
    st.stop()
