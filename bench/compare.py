"""How long comparing 500 cafés takes the server: `python -m bench.compare`.

A dozen cafés are played by simulated people, one for each formula; 500 are then kept with their figures, under other
titles, dates and organisers. Their histories are short, for a view must not read them.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from bench.figures import machine
from components.pad import render_view
from content.loader import default_pack
from content.plan import make_plan
from state.crowd import deeds, gather
from state.domain import decisions
from state.domain.errors import Refusal
from state.domain.events import CafeCreated, CafeClosed, Moved, Record
from state.domain.folding import apply, begin
from state.domain.summarising import summarise
from state.identity import KEYRING_COOKIE, Identity, Keyring, hash_token
from state.live import Hub
from state.session import Comptoir, comptoir, install
from state.settings import Settings
from state.stores.tinydb_store import TinyDBStore
from state.summaries import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bench.figures import Figures
    from content.schema import Formula
    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from state.domain.summary import Summary

_ROUTER = Path(__file__).parents[1] / "pages" / "router.py"
_DAY = 86_400.0
_START = 1_700_000_000.0
_PEOPLE = (6, 45)
_ORGANISERS = ("", "Mission données", "Direction du numérique", "Le réseau des bibliothèques", "Préfecture")
_TOKEN = "le-lien-de-qui-compare"  # noqa: S105 - opens made-up cafés
_WAYS = ("question", "time", "talk", "overruns")


def summaries(cafes: int, chance: random.Random) -> Iterator[Summary]:
    """Figures of so many cafés, three days apart."""
    pack = default_pack()
    played = [summarise(_played(formula, chance)) for formula in pack.formulas.values() for _ in range(2)]
    for number in range(cafes):
        yield replace(
            played[number % len(played)],
            title=f"Café numéro {number + 1}",
            at=_START + number * 3 * _DAY,
            organiser=chance.choice(_ORGANISERS),
        )


def _played(formula: Formula, chance: random.Random) -> Cafe:
    """A café from its first welcome to its end, everybody answering what is asked."""
    pack = default_pack()
    choices = {choice.id: choice.options[0].id for choice in formula.choices}
    plan = make_plan(pack, formula, choices, formula.minutes[1])
    cafe = begin(Record(1, _START, CafeCreated(formula.name, "ACDEFG", plan, "", "")))
    crowd = gather(chance.randint(*_PEOPLE), chance)
    for one in crowd:
        join = partial(decisions.join, person=one.id, pseudonym=one.pseudonym, level=one.level, place=one.place)
        cafe = _after(cafe, join, _START)
    now = _START
    for stop in cafe.programme.stops[1:-1]:
        cafe = _after(cafe, partial(decisions.go_to, stop_id=stop.id), now)
        done = [(now + wait, deed) for one in crowd for wait, deed in deeds(cafe, stop, one, chance)]
        for moment, deed in sorted(done, key=lambda one: one[0]):
            cafe = _after(cafe, deed, moment)
        now += chance.uniform(60, 240)
        cafe = _after(cafe, partial(decisions.go_to, stop_id=stop.id, beat="reveal"), now)
    return _after(cafe, decisions.close, now)


def _after(cafe: Cafe, decide: Callable[[Cafe], Iterable[Event]], at: float) -> Cafe:
    try:
        events = tuple(decide(cafe))
    except Refusal:
        return cafe
    for event in events:
        cafe = apply(cafe, Record(cafe.version + 1, at, event))
    return cafe
