"""Each kind of activity on the console, on the screen and afterwards: while asked, with answers, once revealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from content.activities import KINDS
from content.catalogue import t, tn
from tests.components.crowd import ENTRANCE, HANDS, HIDDEN, NAMES, REMOVED, SUMMARIES, happens_at, whole_day
from tests.components.reading import charts, parts
from tests.pages.visitor import CAFE, fine, said
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    ARGUMENTS,
    ASKED,
    BEFORE_DEBATE,
    BEFORE_LEARNING,
    BOARD,
    CARD,
    CRITERIA,
    GRID,
    HUNT,
    LEAD,
    LEVEL,
    NOTE,
    ORDER,
    PLACED,
    PORTRAIT,
    PREFERRED,
    RATED,
    RETAINED,
    SEVERAL,
    SLIDE,
    TALKED,
    THANKS,
    TRADE,
    TRIED,
    USES,
    WATCHED,
    created,
    goes,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.domain.programme import Stop
    from tests.pages.visitor import Visitor

STOPS_OF = {
    kind: [stop for stop in whole_cafe().programme.stops if stop.step and stop.step.activity.kind == kind]
    for kind in KINDS
}


@dataclass(frozen=True)
class Seen:
    """What is found of a stop once it is revealed, in words; `asked` are the screen's own blocks until then."""

    console: tuple[str, ...]
    screen: tuple[str, ...]
    review: tuple[str, ...]
    asked: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


def seen(console: list[str], screen: list[str], review: list[str], asked: str = "", shown: str = "") -> Seen:
    return Seen(tuple(console), tuple(screen), tuple(review), frozenset(asked.split()), frozenset(shown.split()))


HANDS_TOO = f"{tn('people.answered', 3)} {tn('people.hands', HANDS)} : "
OUI = f"{HANDS_TOO}Oui 5, Non 1."
SIDES = f"{HANDS_TOO}D’accord 5, Pas d’accord 1."
ZONES = [tn("people.came", 5), tn("people.came", 1)]
MOVED = f"{tn('sides.changed', 1, both=3)} {tn('sides.moved', 1, side='Pas d’accord')}."
SHIFTED = (
    f"Avant : D’accord {2 + HANDS} {t('chart.of_which_hands', hands=HANDS)}, Pas d’accord 1; "
    f"Après : D’accord {1 + HANDS} {t('chart.of_which_hands', hands=HANDS)}, Pas d’accord 2."
)
FOUND = tn("people.found", 3, total=3)
ORDERED = f"{tn('people.answered', 3)} · {tn('people.perfect', 1)}"
NOTES = "Le trajet : Donnée personnelle 2, Donnée ouverte 0; La pause : Donnée personnelle 0, Donnée ouverte 2."
WHO = f"{SUMMARIES[PORTRAIT]} · métier d’Ada"
LEVELS = f"{HANDS_TOO}Novice 5, Averti 0, Expert 1."
PLACES = f"{HANDS_TOO}Plutôt d’accord 5, Plutôt pas d’accord 1."
RETAINED_NAME = t("results.retained", text=SUMMARIES[PORTRAIT])
MEAN = t("chart.mean", mean="2,5")
TWO = tn("people.answered", 2)

EXPECTED: dict[str, Seen] = {
    LEVEL: seen([LEVELS, "Souriez", LEAD], ["Novice", *ZONES], [LEVELS], "zones", "zones"),
    PLACED: seen(
        [PLACES, t("sides.nobody_moved"), LEAD],
        ["Plutôt d’accord", *ZONES, t("screen.why"), t("sides.nobody_moved")],
        [PLACES, t("sides.nobody_moved")],
        "zones",
        "zones",
    ),
    CARD: seen(
        [
            "Skynet 4, HAL 2.",
            t("console.picked", name=NAMES["ada"], card="HAL"),
            "vu d’Ada",
            t("console.call", name=NAMES["ada"]),
            LEAD,
        ],
        ["Un œil rouge.", "/api/pictures/hal", tn("people.picked", 4), NAMES["bob"]],
        [HANDS_TOO[:-3], "Skynet 4, HAL 2.", "HAL", "vu d’Ada", "vu de Bob"],
        "mosaic",
        "mosaic",
    ),
    SLIDE: seen(
        ["64 zettaoctets", "En 2020.", "Un 1 suivi de vingt et un 0.", LEAD],
        ["64 zettaoctets", "En 2020.", "La source", t("figure.zeros")],
        [],
        "message number",
        "message number",
    ),
    TALKED: seen([OUI], [OUI], [OUI]),
    BEFORE_LEARNING: seen(
        ["avant d’Ada", "avant de Bob", LEAD], ["avant d’Ada", "avant de Bob"], ["avant d’Ada", TWO], "", "wall"
    ),
    WATCHED: seen(
        [
            tn("people.finished_of", 3, present=3),
            t("console.pauses"),
            "0:30",
            "Et vous ?",
            t("console.video_source"),
            t("learn.objectives"),
        ],
        [tn("people.finished_of", 3, present=3), t("learn.objectives")],
        [tn("people.finished_of", 3, present=3)],
        "explanation",
        "explanation",
    ),
    ASKED: seen(
        ["mot d’Ada", "Une définition de référence.", "Big data", "Beaucoup de données.", "À lire", LEAD],
        ["mot d’Ada", "mot de Bob", t("screen.reference"), "Une définition de référence."],
        ["mot d’Ada", "mot de Bob", "Une définition de référence."],
        "",
        "wall explanation",
    ),
    HUNT: seen(
        [FOUND, "✓ Volume · ✓ Variété · ✓ Vitesse", "essai d’Ada", "Volume, variété, vitesse."],
        [FOUND, "Volume", "Variété", "Vitesse", "essai d’Ada", "Volume, variété, vitesse."],
        [FOUND, "Volume 1, Variété 1, Vitesse 1.", t("results.tried", words="essai d’Ada 2")],
        "hunt",
        "hunt explanation",
    ),
    SEVERAL: seen(
        [f"{HANDS_TOO}✓ A 5, B 1, ✓ C 1, D 1.", "A et C."],
        [f"{HANDS_TOO}✓ A 5, B 1, ✓ C 1, D 1.", f"✓ A{t('screen.and')}✓ C", "A et C."],
        [f"{HANDS_TOO}✓ A 5, B 1, ✓ C 1, D 1.", "A et C."],
        "",
        "explanation",
    ),
    USES: seen(
        [f"{HANDS_TOO}Lire 6, Publier 1."], [f"{HANDS_TOO}Lire 6, Publier 1."], [f"{HANDS_TOO}Lire 6, Publier 1."]
    ),
    AFTER_LEARNING: seen(
        ["après d’Ada", t("definitions.before"), "avant d’Ada", "Une définition de référence.", t("console.summary")],
        [
            *(t("definitions.before"), "avant d’Ada", t("definitions.after"), "après d’Ada"),
            *(t("definitions.reference"), "Une définition de référence.", SUMMARIES[AFTER_LEARNING]),
        ],
        [
            *("après d’Ada", "Une définition de référence."),
            t("results.retained", text=SUMMARIES[AFTER_LEARNING]),
        ],
        "line wall",
        "line wall explanation",
    ),
    ORDER: seen(
        [ORDERED, "Le test de Turing 1, Dartmouth 2, Deep Blue 2.", "1950 · Le test de Turing", "2,0", LEAD],
        ["Le test de Turing", "1950", "1956", "1997", ORDERED, "Soixante ans."],
        [ORDERED, "Le test de Turing 1, Dartmouth 2, Deep Blue 2.", "1950 · Le test de Turing"],
        "timeline",
        "timeline explanation",
    ),
    CRITERIA: seen(
        ["Facile à trouver : On la trouve.", t("figure.fair_1")],
        ["La grille", "Des critères.", t("figure.fair_1"), t("figure.fair_1_text")],
        [],
        "message tiles",
        "message tiles",
    ),
    GRID: seen(
        [f"{HANDS_TOO}Facile à trouver 6, Accessible 1.", "À chacun de juger."],
        [f"{HANDS_TOO}Facile à trouver 6, Accessible 1.", t("screen.reference"), "À chacun de juger."],
        [f"{HANDS_TOO}Facile à trouver 6, Accessible 1.", "À chacun de juger."],
        "",
        "explanation",
    ),
    BEFORE_DEBATE: seen([SIDES, LEAD], [SIDES], [SIDES]),
    ARGUMENTS: seen(
        ["argument d’Ada", "argument de Bob", NAMES["bob"], t("board.votes"), LEAD],
        ["argument d’Ada", "argument de Bob", "D’accord", "Pas d’accord"],
        ["argument d’Ada", "argument de Bob", NAMES["bob"], tn("people.notes", 2)],
        "board",
        "board",
    ),
    AFTER_DEBATE: seen(
        [SHIFTED, MOVED, t("console.summary"), t("sides.to")],
        [SHIFTED, MOVED, SUMMARIES[AFTER_DEBATE]],
        [
            *(f"{HANDS_TOO}D’accord 4, Pas d’accord 2.", SHIFTED, MOVED),
            t("results.retained", text=SUMMARIES[AFTER_DEBATE]),
        ],
        "",
        "line explanation",
    ),
    PORTRAIT: seen(
        ["Camille 5.", t("console.retain")],
        ["Camille 5.", t("screen.retained"), SUMMARIES[PORTRAIT]],
        ["Camille 5.", RETAINED_NAME],
        "",
        "explanation",
    ),
    TRADE: seen(
        ["métier d’Ada 2.", t("console.retain")],
        [SUMMARIES[PORTRAIT], "métier d’Ada 2.", "métier d’Ada"],
        ["métier d’Ada 2.", t("results.retained", text="métier d’Ada")],
        "portrait",
        "portrait explanation",
    ),
    BOARD: seen(
        [
            *(NOTES, WHO, t("board.times", count=2), "badge d’Ada", t("board.flagged"), "plan de Bob"),
            *("dit tout haut", t("board.facilitator"), t("console.note_text"), LEAD),
        ],
        [WHO, NOTES],
        [NOTES, "badge d’Ada", "plan de Bob", "dit tout haut", tn("people.notes", 4)],
        "portrait board",
        "portrait",
    ),
    TRIED: seen(
        ["Comparer", "Essayez.", "Demander une recette.", LEAD],
        ["Comparer", "Demander une recette.", "Demander un poème.", "Le site"],
        [],
        "message",
        "message",
    ),
    PREFERRED: seen(
        ["La première 5, La seconde 1.", "vu d’Ada"],
        [f"{HANDS_TOO}La première 5, La seconde 1.", "vu d’Ada", "vu de Bob"],
        ["La première 5, La seconde 1.", "vu d’Ada", "vu de Bob"],
        "",
        "wall",
    ),
    RETAINED: seen(["partage d’Ada"], ["partage d’Ada", "partage de Bob"], ["partage d’Ada", "partage 2"], "", "wall"),
    RATED: seen(
        [f"{HANDS_TOO}1 · Décevant 3, 2 0, 3 1, 4 1, 5 · Parfait 1.", MEAN],
        [f"{HANDS_TOO}1 · Décevant 3, 2 0, 3 1, 4 1, 5 · Parfait 1.", MEAN],
        [f"{HANDS_TOO}1 · Décevant 3, 2 0, 3 1, 4 1, 5 · Parfait 1.", MEAN],
        "",
        "line",
    ),
    THANKS: seen(["À vous.", "La suite"], ["Et après", "À vous.", "La suite"], [], "message", "message"),
}
# What the screen never carries, and what nobody but the facilitator reads, there or afterwards.
PRIVATE = (REMOVED, "regret de Cyd")
# What the console says of those who changed sides only once the talk has begun.
LATER = {t("sides.nobody_moved")}
ALWAYS = {"question", "countdown", "strip"}


def begun(visitor: Visitor, first: Stop) -> None:
    """A café played as far as the stop before."""
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    before = visitor.cafe.programme.before(first.id)
    assert before is not None
    visitor.do(*(whole_day(until=before.id) if before.step else ENTRANCE))


def missing(wanted: tuple[str, ...], page: AppTest) -> list[str]:
    found = said(page)
    return [text for text in wanted if text not in found]


def prompt_of(stop: Stop) -> str:
    return stop.prompt.prompt if stop.prompt else ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_console_follows_each_kind_of_activity(visitor: Visitor, kind: str) -> None:
    begun(visitor, STOPS_OF[kind][0])
    page = visitor.open("host.py", cafe=CAFE)
    for stop in STOPS_OF[kind]:
        visitor.do(goes(stop.id))
        fine(page.run())
        assert not missing((prompt_of(stop), NOTE), page)
        visitor.do(*happens_at(stop))
        fine(page.run())
        wanted = EXPECTED.get(stop.id)
        assert wanted is None or not [text for text in missing(wanted.console, page) if text not in LATER]
        visitor.do(goes(stop.id, "reveal"))
        fine(page.run())
        assert wanted is None or not missing(wanted.console, page)
        assert not [text for text in PRIVATE if text in said(page)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_screen_shows_each_kind_of_activity(visitor: Visitor, kind: str) -> None:
    begun(visitor, STOPS_OF[kind][0])
    page = visitor.open("screen.py", cafe=CAFE)
    for stop in STOPS_OF[kind]:
        wanted = EXPECTED.get(stop.id)
        for done in ([goes(stop.id)], happens_at(stop)):
            visitor.do(*done)
            fine(page.run())
            assert prompt_of(stop) in said(page)
            if wanted is not None:
                assert {block["block"] for block in parts(page, "stage")} - ALWAYS == wanted.asked
                assert not charts(page) or stop.is_live
            assert not [text for text in (*PRIVATE, HIDDEN, LEAD, NOTE, "✓ A") if text in said(page)]
        visitor.do(goes(stop.id, "reveal"))
        fine(page.run())
        if wanted is not None:
            assert not missing(wanted.screen, page)
            assert {block["block"] for block in parts(page, "stage")} - ALWAYS == wanted.shown
        assert not [text for text in (*PRIVATE, HIDDEN, LEAD, NOTE) if text in said(page)]


def test_a_cafe_is_found_again_afterwards_with_all_that_was_answered(visitor: Visitor) -> None:
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    visitor.do(*whole_day())
    page = visitor.open("results.py", cafe=CAFE)
    for stop, wanted in EXPECTED.items():
        assert not missing(wanted.review, page), stop
    assert not [text for text in (*PRIVATE, HIDDEN, NOTE, LEAD) if text in said(page)]
    assert len(charts(page)) == 24


def test_a_cafe_where_everything_was_asked_and_nobody_answered_is_drawn_everywhere(visitor: Visitor) -> None:
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    console, screen = visitor.open("host.py", cafe=CAFE), visitor.open("screen.py", cafe=CAFE)
    for stop in visitor.cafe.programme.stops[1:-1]:
        visitor.do(goes(stop.id), goes(stop.id, "reveal"))
        assert prompt_of(stop) in said(fine(console.run()))
        assert prompt_of(stop) in said(fine(screen.run()))
    page = visitor.open("results.py", cafe=CAFE)
    assert not [stop.id for stop in visitor.cafe.programme.questions if prompt_of(stop) not in said(page)]


def test_every_kind_of_activity_is_looked_at() -> None:
    assert {kind for kind, stops in STOPS_OF.items() if any(stop.id in EXPECTED for stop in stops)} == set(KINDS)
