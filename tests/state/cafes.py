"""Cafés to test with: a small plan of a few stops, a whole one with every kind of activity, and short ways to play."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from content.activities.opening import Opening
from content.activities.quiz import Quiz
from content.activities.video import Viewing
from content.base import Choice, Link
from content.plan import Plan, PlannedStep
from content.prompts import OpenQuestion, Poll, SingleChoice
from content.schema import Video
from state.domain import decisions, notes
from state.domain.events import CafeCreated, Event, Record
from state.domain.folding import apply, begin
from state.identity import hash_token, screen_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from state.domain.cafe import Beat, Cafe
    from state.domain.programme import Stop

    Decision = Callable[[Cafe], Iterable[Event]]

START = 1_750_000_000.0
TOKEN = "le-lien-de-la-personne-qui-anime"
CODE = "ACDEFG"

ONE = "tasse/une-bonne"
TWO = "tasse/deux-bonnes"
FILM = "cafe/fin"
WORDS = "chocolat/vos-mots"
FREE = "chocolat/libre"
OPENING = "sucre"
POLL = "chocolat/sondage"
QUESTIONS = (ONE, TWO, FILM, WORDS, FREE, POLL)
STOPS = ("accueil", *QUESTIONS, OPENING, "merci")
LIMIT = 20

NOTE = "Note que seule la personne qui anime peut lire."
LEAD = "Relance réservée à la console."
EXPLANATIONS = {
    ONE: "Explication de la première.",
    TWO: "Explication de la deuxième.",
    WORDS: "Explication des mots.",
}


def small_plan(*, labels: tuple[str, str, str] = ("Alpha", "Bêta", "Gamma"), title: str = "Le jeu") -> Plan:
    """A quiz of two questions, a video, two open questions and a poll (the first alone explains), an opening."""
    choices = tuple(Choice(id=name, label=label) for name, label in zip("abc", labels, strict=True))
    one = SingleChoice(
        id="une-bonne", prompt="Laquelle ?", choices=choices, right=("a",), explanation=EXPLANATIONS[ONE], lead=LEAD
    )
    two = SingleChoice(
        id="deux-bonnes", prompt="Lesquelles ?", choices=choices, right=("b", "c"), explanation=EXPLANATIONS[TWO]
    )
    words = OpenQuestion(id="vos-mots", prompt="Vos mots ?", max_length=LIMIT, explanation=EXPLANATIONS[WORDS])
    free = OpenQuestion(id="libre", prompt="Autre chose ?", max_length=LIMIT)
    poll = Poll(id="sondage", prompt="Et vous ?", choices=choices)
    film = Video(
        id="film", title="Film", summary="Court.", objectives=("Voir",), notions=("Une",), url="https://v.fr/1"
    )
    link = Link(label="Suite", url="https://suite.fr")
    return Plan(
        formula="petite",
        formula_name="Petite formule",
        choices={},
        steps=(
            _step("tasse", 5, Quiz(id="jeu", title=title, intro="On joue.", items=(one, two))),
            _step("cafe", 10, Viewing(id="voir", title="La vidéo", intro="On regarde.", video="film"), film),
            _step("chocolat", 3, Quiz(id="debat", title="Le débat", intro="On parle.", items=(words, free, poll))),
            _step("sucre", 2, Opening(id="suite", title="Et après", intro="À vous.", links=(link,))),
        ),
    )


def _step(course: str, minutes: int, activity: Quiz | Viewing | Opening, video: Video | None = None) -> PlannedStep:
    facts = {"id": course, "course": course, "minutes": minutes, "activity": activity, "video": video, "notes": (NOTE,)}
    return PlannedStep.model_validate(facts)


# A plan with every kind of activity: where the room can be in it, and what may be said there.
LEVEL = "niveaux/niveau"
PLACED, PLACED_TOO = "placement/partout", "placement/gratuites"
CARD = "cartes/carte"
SLIDE, TALKED = "expose/zettaoctets", "expose/memoire"
BEFORE_LEARNING, BEFORE_LEARNING_TOO = "definir/donnee", "definir/format"
WATCHED = "film/fin"
ASKED, HUNT, SEVERAL, USES = "questions/big-data", "questions/big-data-devinette", "questions/cv", "questions/usages"
AFTER_LEARNING, AFTER_LEARNING_TOO = "redefinir/donnee", "redefinir/format"
ORDER = "frise/frise"
CRITERIA, GRID = "fair/criteres", "fair/grille"
BEFORE_DEBATE, ARGUMENTS, AFTER_DEBATE = "debat/gratuit-avant", "debat/gratuit-arguments", "debat/gratuit-apres"
PORTRAIT, TRADE, BOARD = "journee/prenom", "journee/metier", "journee/panneau"
TRIED, PREFERRED = "comparaison/essayer", "comparaison/preference"
RETAINED, RATED = "bilan/retenu", "bilan/note"
THANKS = "fin"

AGREE, DISAGREE = "d-accord", "pas-d-accord"
MORNING, BREAK = "trajet", "pause"
BLUE, GREEN = "personnelle", "ouverte"
REFERENCE = "Une définition de référence."


@cache
def whole_plan() -> Plan:
    """Every kind of activity, five minutes each; the courses come in order."""
    raw = tomllib.loads((Path(__file__).parent / "whole_plan.toml").read_text(encoding="utf-8"))
    return Plan.model_validate({**raw, "steps": [{"minutes": 5, "notes": [NOTE], **step} for step in raw["steps"]]})


def whole_cafe() -> Cafe:
    """A café with every kind of activity, nobody has come to yet."""
    return begun(created(plan=whole_plan()))


def stop_at(cafe: Cafe, stop: str) -> Stop:
    return cafe.programme.stops[cafe.programme.index[stop]]


def created(
    title: str = "Café de test", *, code: str = CODE, token: str = TOKEN, plan: Plan | None = None
) -> CafeCreated:
    return CafeCreated(title, code, plan or small_plan(), hash_token(token), hash_token(screen_token(token)))


def begun(event: CafeCreated | None = None) -> Cafe:
    """A café nobody has come to yet."""
    return begin(Record(1, START, event or created()))


def after(cafe: Cafe, *events: Event, at: float | None = None) -> Cafe:
    """The café once these events have happened: a second apart, or all at `at`."""
    for event in events:
        when = START + cafe.version if at is None else at
        cafe = apply(cafe, Record(cafe.version + 1, when, event))
    return cafe


def play(cafe: Cafe, *asked: Decision) -> Cafe:
    """The café once all this was asked of it, one thing after another."""
    for decide in asked:
        cafe = after(cafe, *decide(cafe))
    return cafe


def joins(person: str, pseudonym: str = "", level: str | None = None, place: str | None = None) -> Decision:
    return partial(decisions.join, person=person, pseudonym=pseudonym, level=level, place=place)


def answers(person: str, question: str, value: str, key: str | None = None) -> Decision:
    key = f"{person} {question} {value}" if key is None else key
    return partial(decisions.answer, person=person, question=question, value=value, key=key)


def goes(stop: str, beat: Beat | None = None) -> Decision:
    return partial(decisions.go_to, stop_id=stop, beat=beat)


def posts(
    person: str | None, note: str, text: str = "Mon badge", column: str = MORNING, colour: str | None = BLUE,
    question: str = BOARD,
) -> Decision:  # fmt: skip
    """Somebody, or the facilitator, sticks a note."""
    return partial(notes.post, question=question, note=note, author=person, text=text, column=column, colour=colour)


def argues(person: str | None, note: str, text: str = "Parce que", side: str = AGREE) -> Decision:
    """Somebody, or the facilitator, sticks an argument in the debate."""
    return posts(person, note, text, side, None, ARGUMENTS)
