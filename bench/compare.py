"""How long comparing 500 cafés takes the server: `python -m bench.compare`.

A dozen cafés are played by simulated people, one for each formula; 500 are then kept with their figures, under other
titles, dates and organisers. Their histories are short, for a view must not read them.
"""

from __future__ import annotations

import asyncio
import json
import random
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
from state.domain.events import CafeClosed, CafeCreated, Moved, Record
from state.domain.folding import apply, begin, fold
from state.domain.summarising import summarise
from state.identity import Identity, Keyring, hash_token
from state.live import Hub
from state.session import Comptoir, install
from state.settings import Settings
from state.stores.tinydb_store import TinyDBStore
from state.summaries import Kept, Summaries

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
TOKEN = "le-lien-de-qui-compare"
_WAYS = ("question", "time", "talk", "overruns")


def summaries(cafes: int, chance: random.Random) -> Iterator[Summary]:
    """Figures of so many cafés, three days apart."""
    pack = default_pack()
    played = [summarise(fold(play(formula, chance))) for formula in pack.formulas.values() for _ in range(2)]
    for number in range(cafes):
        yield replace(
            played[number % len(played)],
            title=f"Café numéro {number + 1}",
            at=_START + number * 3 * _DAY,
            organiser=chance.choice(_ORGANISERS),
        )


def play(formula: Formula, chance: random.Random, *, title: str = "", at: float = _START) -> list[Record]:
    """The history of a café from its first welcome to its end, everybody answering what is asked."""
    pack = default_pack()
    choices = {choice.id: choice.options[0].id for choice in formula.choices}
    plan = make_plan(pack, formula, choices, formula.minutes[1])
    code = "".join(chance.choices("ACDEFGHJKMNPQRTWXY", k=6))
    played = _Play(CafeCreated(title or formula.name, code, plan, hash_token(TOKEN), ""), at)
    crowd = gather(chance.randint(*_PEOPLE), chance)
    for one in crowd:
        played.ask(
            partial(decisions.join, person=one.id, pseudonym=one.pseudonym, level=one.level, place=one.place), at
        )
    for stop in played.cafe.programme.stops[1:-1]:
        played.ask(partial(decisions.go_to, stop_id=stop.id), at)
        done = [(at + wait, deed) for one in crowd for wait, deed in deeds(played.cafe, stop, one, chance)]
        for moment, deed in sorted(done, key=lambda one: one[0]):
            played.ask(deed, moment)
        at += chance.uniform(20, 200)
        played.ask(partial(decisions.go_to, stop_id=stop.id, beat="reveal"), at)
    played.ask(decisions.close, at)
    return played.records


class _Play:
    def __init__(self, created: CafeCreated, at: float) -> None:
        self.records = [Record(1, at, created)]
        self.cafe = begin(self.records[0])

    def ask(self, decide: Callable[[Cafe], Iterable[Event]], at: float) -> None:
        try:
            events = tuple(decide(self.cafe))
        except Refusal:
            return
        for event in events:
            self.records.append(Record(self.cafe.version + 1, at, event))
            self.cafe = apply(self.cafe, self.records[-1])


def measure_compare(cafes: int = 500) -> Figures:
    """Seconds of the server for one visit of the page over so many cafés, the slowest of its ways of comparing.

    `compare_500_s` is the first visit of a process, which reads every summary from the disk; the others are of later
    ones, by way of comparing. Importing what pages draw with is left out: the application does it before it serves.
    """
    with _served(cafes) as served:
        _visit("question")
        later = {way: _visit(way) for way in _WAYS}
        served.summaries = Summaries(served.settings.data / "summaries", served.hub.store, _nobody_plays)
        first = _visit("question")
    return {
        "cafes": cafes,
        "compare_500_s": round(max(first, *later.values()), 3),
        "first_visit_s": round(first, 3),
        "later_visits_s": {way: round(seconds, 3) for way, seconds in later.items()},
    }


def _visit(way: str) -> float:
    """Open the page, ask for a way of comparing, and time that last run."""
    page = AppTest.from_file(_ROUTER, default_timeout=60.0)
    page.context["url"] = "https://cafe.exemple.fr"
    page.run()
    page.switch_page("compare.py")
    page.session_state["compare-way"] = way
    begins = time.perf_counter()
    page.run()
    seconds = time.perf_counter() - begins
    if page.exception:
        raise RuntimeError(page.exception[0].message)
    return seconds


class _Holder(Identity):
    """A browser that holds the links of every café: AppTest has no cookies."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        super().__init__("un secret de mesure, assez long pour signer")
        self._tokens = tokens

    def keyring(self, cookies: Mapping[str, str]) -> Keyring:
        del cookies
        return Keyring(self._tokens)


@contextmanager
def _served(cafes: int) -> Iterator[Comptoir]:
    """The application over so many cafés, in a folder of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-") as folder:
        data = Path(folder)
        store = TinyDBStore(data / "cafes")
        try:
            ids = [f"cafe{number:08d}" for number in range(cafes)]
            tokens = dict.fromkeys(ids, TOKEN)
            settings = Settings(data, "", "un secret de mesure, assez long pour signer")
            hub = Hub(store, render=render_view)
            application = Comptoir(hub, _Holder(tokens), default_pack(), settings, loop)
            _fill(application, ids)
            install(application)
            yield application
        finally:
            install(None)
            store.close()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


def _fill(served: Comptoir, ids: Iterable[str]) -> None:
    """Short histories, and the figures of long ones, at the same version."""
    pack = default_pack()
    formula = next(iter(pack.formulas.values()))
    plan = make_plan(pack, formula, {one.id: one.options[0].id for one in formula.choices}, formula.minutes[1])
    chance = random.Random(1)
    ids = list(ids)
    for cafe_id, summary in zip(ids, summaries(len(ids), chance), strict=True):
        created = CafeCreated(summary.title, cafe_id[-6:], plan, hash_token(TOKEN), "")
        events: tuple[Event, ...] = (created, Moved("merci"), CafeClosed())
        records = [Record(seq, summary.at or _START, event) for seq, event in enumerate(events, 1)]
        served.hub.store.append(cafe_id, records).result()
        served.summaries.write(Kept(cafe_id, len(records), (hash_token(TOKEN),), summary))


def _nobody_plays(cafe_id: str) -> Cafe:
    raise LookupError(cafe_id)


if __name__ == "__main__":
    print(json.dumps({**measure_compare(), "machine": machine()}, ensure_ascii=False))
