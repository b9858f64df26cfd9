"""Reading before showing: the switch, and what waits in the console to be published or discarded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.words import plain
from content.catalogue import t, tn
from state.domain.moderating import discard, publish, switch, waiting

if TYPE_CHECKING:
    from components.notices import Act
    from state.domain.cafe import Cafe

# What is read at once: « publish these » publishes what was drawn, and nothing that came since.
_AT_ONCE = 12
_HEIGHT = 300


def moderation_switch(cafe: Cafe, act: Act, *, key: str) -> None:
    """Whether what people write waits; as a button that says what it does, so that others may change it meanwhile."""
    st.button(
        t("read_first.stop" if cafe.moderated else "read_first.start"),
        key=f"{key}-switch",
        help=t("read_first.help"),
        on_click=act,
        args=(partial(switch, on=not cafe.moderated),),
        disabled=cafe.closed,
    )


def moderation_queue(cafe: Cafe, act: Act, *, key: str) -> None:
    """What waits, the oldest first; nothing is drawn where nothing waits and nothing will."""
    pieces = waiting(cafe)
    if not pieces and not cafe.moderated:
        return
    with st.container(border=True, key=key):
        st.markdown(f"**{tn('unread.count', len(pieces))}**")
        if not pieces:
            return
        seen = pieces[:_AT_ONCE]
        with st.container(height=_HEIGHT if len(seen) > _AT_ONCE // 2 else "content", border=False):
            for one in seen:
                words, gestures = st.columns([5, 4], vertical_alignment="center")
                words.text(one.text)
                if one.question != cafe.stop_id and (stop := cafe.programme.stop(one.question)) and stop.prompt:
                    words.caption(plain(stop.prompt.prompt))
                with gestures, st.container(horizontal=True, gap="xsmall"):
                    for name, decide in (("publish", publish), ("discard", discard)):
                        st.button(
                            t(f"moderation.{name}"),
                            key=f"{key}-{name}-{one.question}-{one.note or one.author}",
                            # Read aloud, a button says of which text it is.
                            help=t(f"moderation.{name}_this", text=plain(one.text)),
                            on_click=act,
                            args=(partial(decide, pieces=(one,)),),
                        )
        with st.container(horizontal=True, gap="small"):
            for name, decide in (("publish", publish), ("discard", discard)):
                st.button(
                    tn(f"unread.{name}", len(seen)),
                    key=f"{key}-{name}-all",
                    type="primary" if name == "publish" else "tertiary",
                    on_click=act,
                    args=(partial(decide, pieces=seen),),
                )
