"""Fields that are kept as they are typed, and show what others change meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable


def follow(key: str, value: object) -> None:
    """Have the field `key` show what is kept, where that changed since it was last shown.

    What somebody is typing stays: only a change made elsewhere, to this very value, takes its place.
    """
    seen = f"{key}-seen"
    if seen in st.session_state and st.session_state[seen] == value:
        st.session_state.setdefault(key, value)
        return
    st.session_state[seen] = value
    # Kept without the spaces at its ends: showing it so would move the cursor of whoever goes on typing.
    if _trimmed(st.session_state.get(key)) != value:
        st.session_state[key] = value


def held(key: str, first: dict[str, Any]) -> dict[str, Any]:
    """What a part of the page remembers between two runs, to be changed in place; it begins as `first`."""
    kept: dict[str, Any] = st.session_state.setdefault(key, first)
    return kept


def in_field(key: str) -> Any:
    """What a field holds, for a callback: the run that drew it may be older."""
    return st.session_state[key]


def saver(key: str, save: Callable[[Any], None]) -> Callable[[], None]:
    """A callback that hands over what the field holds."""
    return lambda: save(in_field(key))


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
