"""Steps put by from one café to the next, in the carnet of whoever facilitates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.gate import keyring
from components.notices import fresh_id, notify, typed
from content.catalogue import t
from state.domain.carnet import drop_step, keep_step
from state.domain.errors import Refusal
from state.domain.text import TITLE_LENGTH
from state.ports import StoreError
from state.session import comptoir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from content.plan import PlannedStep
    from state.domain.carnet import Carnet, KeptStep
    from state.domain.carnet_events import CarnetEvent


def kept_steps() -> Mapping[str, KeptStep]:
    """The steps in the carnets of this browser, by id; none where it holds no carnet, or none that can be read."""
    try:
        return {name: one for secret in keyring().carnets for name, one in comptoir().carnet_of(secret).steps.items()}
    except (StoreError, TimeoutError):
        return {}


def keep_step_form(step: PlannedStep, *, key: str) -> None:
    """Put a step by under a name."""
    name = f"{key}-name-{step.id}"

    def keep() -> None:
        if _have(partial(keep_step, step_id=fresh_id(), name=typed(name), step=step)):
            notify(t("shelf.kept"))

    with st.popover(t("shelf.keep")):
        if comptoir().identity.carnet(st.context.cookies) is None:
            st.write(t("shelf.without"))
            st.page_link("results.py", label=t("nav.results"))
            return
        st.write(t("shelf.what"))
        st.text_input(t("shelf.name"), step.activity.title[:TITLE_LENGTH], max_chars=TITLE_LENGTH, key=name)
        st.button(t("shelf.do_keep"), key=f"{key}-keep", on_click=keep)


def drop_kept_step(step_id: str) -> None:
    _have(partial(drop_step, step_id=step_id))


def _have(decide: Callable[[Carnet], Iterable[CarnetEvent]]) -> bool:
    """Have something decided about the carnet; leave a notice where it could not be."""
    try:
        comptoir().in_carnet(st.context.cookies, decide)
    except Refusal as refusal:
        notify(t(f"refusal.{refusal.code}", **refusal.details))
    except (StoreError, TimeoutError):
        notify(t("error.not-kept"))
    else:
        return True
    return False
