"""A whole café played: at each of its stops, people answer, stick notes, raise hands, and something of it is hidden.

What each says is unlike anything else, so that it can be looked for wherever it should or should not be.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from content.prompts import countable
from state.domain import decisions, notes
from state.domain.values import DONE, choice_and_text
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    AFTER_LEARNING_TOO,
    AGREE,
    ARGUMENTS,
    ASKED,
    BEFORE_DEBATE,
    BEFORE_LEARNING,
    BEFORE_LEARNING_TOO,
    BLUE,
    BOARD,
    BREAK,
    CARD,
    CRITERIA,
    DISAGREE,
    GREEN,
    GRID,
    HUNT,
    LEVEL,
    MORNING,
    ORDER,
    PLACED,
    PLACED_TOO,
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
    answers,
    argues,
    goes,
    joins,
    posts,
    whole_cafe,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Beat
    from state.domain.programme import Stop
    from tests.state.cafes import Decision

# Dan is removed once he has answered: nothing of his counts.
PEOPLE = ("ada", "bob", "cyd", "dan")
NAMES = {"ada": "Ada-du-quai", "bob": "Bob-du-pont", "cyd": "Cyd-du-lac", "dan": "Dan-du-bois"}
ENTRANCE = (
    joins("ada", pseudonym=NAMES["ada"], level="novice", place="room"),
    joins("bob", pseudonym=NAMES["bob"], level="novice", place="room"),
    joins("cyd", pseudonym=NAMES["cyd"], level="novice", place="remote"),
    joins("dan", pseudonym=NAMES["dan"], level="expert", place="room"),
)

# What Ada, Bob, Cyd and Dan answer. Cyd's texts are then hidden.
GIVEN: Mapping[str, tuple[str, str, str, str]] = {
    LEVEL: ("novice", "novice", "expert", "averti"),
    PLACED: (AGREE, AGREE, DISAGREE, AGREE),
    PLACED_TOO: (DISAGREE, AGREE, AGREE, AGREE),
    CARD: ("hal\nvu d’Ada", "hal\nvu de Bob", "skynet\nhonte de Cyd", "autre\nbruit de Dan"),
    TALKED: ("oui", "oui", "non", "oui"),
    BEFORE_LEARNING: ("avant d’Ada", "avant de Bob", "honte de Cyd", "bruit de Dan"),
    BEFORE_LEARNING_TOO: ("avant d’Ada", "avant de Bob", "honte de Cyd", "bruit de Dan"),
    WATCHED: (DONE, DONE, DONE, DONE),
    ASKED: ("mot d’Ada", "mot de Bob", "honte de Cyd", "bruit de Dan"),
    HUNT: ("volumes\nessai d’Ada", "la diversité\nessai d’Ada", "vitesse\nhonte de Cyd", "bruit de Dan"),
    SEVERAL: ("a,c", "a", "b,d", "a,c"),
    USES: ("lire,publier", "lire", "lire", "publier"),
    AFTER_LEARNING: ("après d’Ada", "après de Bob", "honte de Cyd", "bruit de Dan"),
    AFTER_LEARNING_TOO: ("après d’Ada", "après de Bob", "honte de Cyd", "bruit de Dan"),
    ORDER: (
        "turing,dartmouth,deep-blue", "dartmouth,turing,deep-blue", "deep-blue,dartmouth,turing",
        "turing,dartmouth,deep-blue",
    ),
    GRID: ("facile", "facile,accessible", "facile", "accessible"),
    BEFORE_DEBATE: (AGREE, AGREE, DISAGREE, DISAGREE),
    AFTER_DEBATE: (DISAGREE, AGREE, DISAGREE, AGREE),
    PORTRAIT: ("camille", "camille", "\nhonte de Cyd", "\nbruit de Dan"),
    TRADE: ("\nmétier d’Ada", "\nmétier d’Ada", "\nhonte de Cyd", "\nbruit de Dan"),
    PREFERRED: ("premiere\nvu d’Ada", "premiere\nvu de Bob", "seconde\nhonte de Cyd", "seconde\nbruit de Dan"),
    RETAINED: ("partage d’Ada", "partage de Bob", "honte de Cyd", "bruit de Dan"),
    RATED: ("5", "4", "3", "1"),
}  # fmt: skip
HIDDEN, REMOVED = "honte de Cyd", "bruit de Dan"

# Notes: a twin under another, one flagged, one hidden, one taken back, one of somebody removed, one noted by hand.
STUCK: Mapping[str, tuple[Decision, ...]] = {
    BOARD: (
        posts("ada", "n1", "badge d’Ada", MORNING, BLUE),
        posts("bob", "n2", "badge de Bob", MORNING, BLUE),
        posts("bob", "n3", "plan de Bob", BREAK, GREEN),
        posts("cyd", "n4", HIDDEN, BREAK, BLUE),
        posts("cyd", "n5", "regret de Cyd", BREAK, BLUE),
        posts("dan", "n6", REMOVED, BREAK, GREEN),
        posts(None, "n7", "dit tout haut", BREAK, GREEN),
        partial(notes.merge, question=BOARD, note="n2", into="n1"),
        partial(notes.flag, question=BOARD, note="n3", flagged=True),
        partial(notes.hide, question=BOARD, note="n4"),
        partial(notes.withdraw, question=BOARD, note="n5", person="cyd"),
    ),
    ARGUMENTS: (
        argues("ada", "n1", "argument d’Ada"),
        argues("bob", "n2", "argument de Bob", DISAGREE),
        argues("cyd", "n3", HIDDEN),
        argues("dan", "n4", REMOVED),
        partial(notes.hide, question=ARGUMENTS, note="n3"),
        partial(notes.back, question=ARGUMENTS, note="n2", person="ada", backed=True),
        partial(notes.back, question=ARGUMENTS, note="n2", person="cyd", backed=True),
    ),
}
SUMMARIES: Mapping[str, str] = {
    PORTRAIT: "Prénom retenu",
    AFTER_DEBATE: "Synthèse du débat",
    AFTER_LEARNING: "Synthèse des mots",
}
# Three hands are raised for the first thing that can be counted.
HANDS = 3

# Every stop of the whole café between the lobby and the end, and those that ask something.
WHOLE = tuple(stop.id for stop in whole_cafe().programme.stops[1:-1])
ASKING = tuple(stop.id for stop in whole_cafe().programme.questions)
STILL = (SLIDE, CRITERIA, TRIED, THANKS)


def happens_at(stop: Stop) -> tuple[Decision, ...]:
    """What people do at a stop, once it is asked."""
    if stop.prompt is None:
        return ()
    done: list[Decision] = [partial(decisions.readmit, person="dan")]
    done += [answers(person, stop.id, value) for person, value in zip(PEOPLE, GIVEN.get(stop.id, ()), strict=False)]
    done += STUCK.get(stop.id, ())
    if HIDDEN in GIVEN.get(stop.id, ("", "", ""))[2]:
        done.append(partial(decisions.hide_text, question=stop.id, person="cyd"))
    if choices := countable(stop.prompt):
        done.append(partial(decisions.count_hands, question=stop.id, counts={choices[0].id: HANDS}))
    if stop.id in SUMMARIES:
        done.append(partial(decisions.write_summary, question=stop.id, text=SUMMARIES[stop.id]))
    return (*done, partial(decisions.remove, person="dan"))


def whole_day(*, until: str | None = None, last: Beat = "reveal") -> list[Decision]:
    """Everything from the entrance on, each question asked, answered and revealed, as far as a stop at some beat."""
    done: list[Decision] = list(ENTRANCE)
    for stop in whole_cafe().programme.stops[1:-1]:
        done += [goes(stop.id), *happens_at(stop)]
        if stop.id == until:
            done += [goes(stop.id, "reveal")] if last == "reveal" else []
            break
        done.append(goes(stop.id, "reveal"))
    return done


def typed_at(stop: str) -> set[str]:
    """What Ada and Bob typed at a stop, or chose where they typed nothing."""
    return {choice_and_text(value)[1] or value for value in GIVEN.get(stop, ())[:2]}
