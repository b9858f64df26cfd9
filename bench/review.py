"""How long a review takes to open: the script run of its page, in this process, for a café made in memory.

AppTest runs the page's own script, router and all, and writes its messages as the server does. What a server adds is
the network. Nothing of the page was drawn before the first opening, so that no chart is ready made.
"""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from components.activities import warm_up
from components.pad import render_view
from content.activities.quiz import Quiz
from content.base import Choice
from content.loader import default_pack
from content.plan import Plan, PlannedStep
from content.prompts import OpenQuestion, Poll, SingleChoice
from state.domain.events import LEVELS, PLACES, Answered, CafeCreated, Joined, Moved, Record, VoteOpened
from state.domain.folding import fold
from state.identity import Identity, Keyring, hash_token, screen_token
from state.live import Hub
from state.session import Comptoir, install
from state.settings import Settings
from state.stores.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.figures import Figures
    from state.domain.events import Event

PEOPLE, QUESTIONS = 300, 40
_ID, _TOKEN, _SECRET = "cafe00000001", "le-lien-de-la-mesure", "un secret qui ne sert qu'à mesurer la vitesse"
_ROUTER = Path(__file__).parents[1] / "pages" / "router.py"
_STEPS = 4


class _Facilitates(Identity):
    """AppTest has no cookies: this browser holds the café's link."""

    def keyring(self, cookies: Mapping[str, str]) -> Keyring:
        del cookies
        return Keyring().with_facilitator(_ID, _TOKEN)


def measure_review(*, people: int = PEOPLE, questions: int = QUESTIONS) -> Figures:
    """Seconds to open the review: the first time, then again."""
    warm_up()
    records = [
        Record(seq, 1_750_000_000.0 + seq / 20, event) for seq, event in enumerate(_events(people, questions), 1)
    ]
    store = MemoryStore()
    store.append(_ID, records[:1]).result()
    store.append(_ID, records[1:]).result()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with TemporaryDirectory() as folder:
        hub = Hub(store, render=render_view)
        install(Comptoir(hub, _Facilitates(_SECRET), default_pack(), Settings(Path(folder), "", _SECRET), loop))
        hub._open(_ID, fold(records))  # noqa: SLF001 - reading a journal is measured elsewhere
        page = AppTest.from_file(_ROUTER, default_timeout=60.0)
        page.context["url"] = "http://localhost:8501"
        page.run()
        page.switch_page("results.py")
        page.query_params["cafe"] = _ID
        first, again = _seconds(page), _seconds(page)
        if page.exception:
            raise RuntimeError("the review could not be drawn")
        install(None)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    return {"review_s": first, "review_again_s": again, "people": people, "questions": questions}


def _seconds(page: AppTest) -> float:
    begun = time.perf_counter()
    page.run()
    return round(time.perf_counter() - begun, 3)


def _events(people: int, questions: int) -> Iterator[Event]:
    steps = tuple(_step(number, questions // _STEPS) for number in range(_STEPS))
    plan = Plan(formula="mesure", formula_name="Mesure", choices={}, steps=steps)
    yield CafeCreated("Un grand café", "ACDEFG", plan, hash_token(_TOKEN), hash_token(screen_token(_TOKEN)))
    for one in range(people):
        yield Joined(f"p{one}", None, LEVELS[one % 3], PLACES[one % 2])
    for step in steps:
        for scene in step.scenes:
            stop = f"{step.id}/{scene.id}"
            yield Moved(stop)
            yield VoteOpened(stop)
            for one in range(people):
                said = f"mot{one % 50} et autre chose {one}" if isinstance(scene, OpenQuestion) else "abcd"[one % 4]
                yield Answered(stop, f"p{one}", said, f"{one} {stop}")


def _step(number: int, questions: int) -> PlannedStep:
    """Quiz questions for most; a poll and a question to write an answer to in each step."""
    items = [
        SingleChoice(
            id=f"q{one}",
            prompt=f"Question {one} de l'étape {number} ?",
            choices=_choices(f"{number}.{one}"),
            right=("a",),
            explanation="Oui.",
        )
        for one in range(questions - 2)
    ]
    more = [
        Poll(id="avis", prompt="Votre avis ?", choices=_choices(f"{number}")),
        OpenQuestion(id="mots", prompt="Vos mots ?", cloud=True),
    ]
    quiz = Quiz(id=f"jeu{number}", title=f"Jeu {number}", intro="On joue.", items=(*items, *more))
    return PlannedStep(id=f"etape{number}", course="tasse", minutes=10, activity=quiz, notes=("Note.",))


def _choices(which: str) -> tuple[Choice, ...]:
    """No two questions have the same answers: a chart made for one is not ready for another."""
    return tuple(Choice(id=name, label=f"Réponse {name} à la question {which}") for name in "abcd")
