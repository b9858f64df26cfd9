"""Sentences for the person in front of the page, kept until the next drawing: nothing goes wrong in silence."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING

import streamlit as st

from content.catalogue import t
from state.domain.errors import Refusal
from state.ports import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from state.session import Comptoir

    Decision = Callable[[Cafe], Iterable[Event]]
    Act = Callable[[Decision], None]

_KEY = "notices"


def actor(comptoir: Comptoir, cafe_id: str, by: str | None) -> Act:
    """A function that has a decision kept, and leaves a notice when it could not be.

    `by` is who of those who facilitate decides; None for a participant, who decides for themselves only.
    """
    keyring = comptoir.identity.keyring(st.context.cookies)

    def allowed(decide: Decision, cafe: Cafe) -> Iterable[Event]:
        # Asked anew for each gesture: the page may have been drawn before its link was changed or taken back.
        if by is not None:
            comptoir.still_facilitates(keyring, cafe_id, cafe, by=by)
        return decide(cafe)

    def act(decide: Decision) -> None:
        try:
            comptoir.do(cafe_id, partial(allowed, decide), by=by or "")
        except Refusal as refusal:
            notify(t(f"refusal.{refusal.code}", **refusal.details))
        except (StoreError, TimeoutError):
            notify(t("error.not-kept"))

    return act


def typed(key: str) -> str:
    """What a field holds, for a callback: the run that drew it may be older."""
    return str(st.session_state.get(key, ""))


def chosen_in(key: str) -> list[str]:
    """What is chosen in a field that takes several."""
    return [str(one) for one in st.session_state.get(key, [])]


def held_list(key: str, current: list[str]) -> list[str]:
    """A list that stays as it is while somebody chooses in it, until `renew_list`; the first that is not empty."""
    held: list[str] = st.session_state.setdefault(key, []) or current
    st.session_state[key] = held
    return held


def renew_list(key: str) -> None:
    """Take the list as it then is, at the next drawing."""
    st.session_state[key] = []


def show_once(key: str, secret: str) -> None:
    """Have a secret shown on this page, for as long as it is open: it is not kept anywhere else."""
    st.session_state[key] = secret


def shown_once(key: str) -> str:
    return str(st.session_state.get(key, ""))


def number_in(key: str) -> int:
    """The whole number that a field holds."""
    return int(st.session_state.get(key) or 0)


def fresh_id() -> str:
    """An id for something that the facilitator adds: one a click."""
    return token_hex(16)


def notify(sentence: str) -> None:
    st.session_state[_KEY] = [*st.session_state.get(_KEY, []), sentence]


def show_notices() -> None:
    for sentence in st.session_state.pop(_KEY, []):
        st.warning(sentence)


def ticked(key: str, *, default: bool = False) -> bool:
    """Whether a box is ticked, be it drawn now or not."""
    return bool(st.session_state.get(key, default))
