"""What the bench compares with: the same vote as a minimal Streamlit page that asks the server again every second.

One process-wide object behind a lock, nothing on disk. `?role=host` has the button that moves everybody on.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import uuid4

import pandas as pd
import streamlit as st

CHOICES = ("Ma donnée", "Madonna", "Les deux")


@dataclass(slots=True)
class Poll:
    """`votes` holds, for each step, what each phone chose."""

    step: int = 0
    votes: dict[int, dict[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def move(self) -> None:
        with self.lock:
            self.step += 1

    def vote(self, step: int, phone: str, choice: str) -> None:
        with self.lock:
            self.votes.setdefault(step, {})[phone] = choice

    def mine(self, step: int, phone: str) -> str | None:
        with self.lock:
            return self.votes.get(step, {}).get(phone)

    def counts(self, step: int) -> dict[str, int]:
        with self.lock:
            given = list(self.votes.get(step, {}).values())
        return {choice: given.count(choice) for choice in CHOICES}

    @property
    def stored(self) -> int:
        with self.lock:
            return sum(len(given) for given in self.votes.values())


@st.cache_resource
def poll() -> Poll:
    return Poll()


@st.fragment(run_every="1s")
def phone(me: str) -> None:
    step = poll().step
    st.subheader(f"Étape {step}")
    for number, choice in enumerate(CHOICES):
        st.button(choice, key=f"vote-{number}", on_click=poll().vote, args=(step, me, choice))
    if (kept := poll().mine(step, me)) is not None:
        st.text(f"Réponse {step} gardée : {kept}")


@st.fragment(run_every="1s")
def host() -> None:
    st.button("Suivant", key="next", on_click=poll().move)
    step = poll().step
    counts = poll().counts(step)
    st.subheader(f"Étape {step}")
    st.text(f"Étape {step} : {sum(counts.values())} réponses")
    st.bar_chart(pd.DataFrame({"choix": list(counts), "personnes": list(counts.values())}), x="choix", y="personnes")
    st.text(f"En tout : {poll().stored} réponses")


if st.query_params.get("role") == "host":
    host()
else:
    if "me" not in st.session_state:
        st.session_state["me"] = uuid4().hex
    phone(st.session_state["me"])
