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


def keyring() -> Keyring:
    return comptoir().identity.keyring(st.context.cookies)


def address() -> str:
    """Where the browser is: for counting how often something is asked from there, never for knowing who asks."""
    return str(st.context.ip_address or "")


def facilitated_room() -> Console:
    room = _room()
    who = comptoir().facilitator(keyring(), room.id, room.cafe)
    if who is None:
        _stop(t("gate.no_console"))
    return Console(room, who.token, who.by)


def previewed_cafe(room: Room) -> Cafe | None:
    """The café as it would be at the stop that the address asks to see; None where it asks for the café as it is."""
    stop = st.query_params.get("apercu", "")
    if not stop:
        return None
    if not comptoir().may("facilitate", st.context.cookies, room.id, room.cafe):
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
    if not comptoir().may("watch", st.context.cookies, room.id, room.cafe):
        _stop(t("gate.no_screen"))
    return room


def seat() -> Seat:
    room = _room()
    person = comptoir().identity.person(st.context.cookies, room.id)
    if person is None:
        _stop(t("gate.no_cookie"))
    if room.cafe.closed and person not in room.cafe.participants:
        _stop(t("gate.over"))
    return Seat(room, person)


def my_cafes() -> Found:
    """The cafés that this browser holds, by their links or in its carnet: what is kept of their figures."""
    held = keyring()
    cafes = set(held.facilitator)
    try:
        for secret in held.carnets:
            cafes.update(comptoir().carnet_of(secret).cafes)
    except (StoreError, TimeoutError):
        # The cafés of this browser's own links stay within reach.
        st.warning(t("carnet.unreadable"))
    return comptoir().summaries.held_with({cafe: held.tokens(cafe) for cafe in cafes})


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
