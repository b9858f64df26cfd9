"""Simulated participants: who they are, how long they hesitate, what they do at a stop. Chance is given to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING
from zlib import crc32

from content.catalogue import t
from content.prompts import (
    Board,
    CardPick,
    Definition,
    DonePrompt,
    Hunt,
    LevelChoice,
    MultipleChoice,
    OneChoice,
    OpenQuestion,
    Ordering,
    Scale,
    Sides,
    SingleChoice,
    Suggestion,
    Written,
)
from state.domain import decisions, notes
from state.domain.events import LEVELS
from state.domain.values import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from random import Random

    from content.base import Choice
    from content.prompts import Card, Entry, Prompt
    from state.domain.cafe import Cafe
    from state.domain.events import Event, Level, Place
    from state.domain.programme import Stop

    Deed = Callable[[Cafe], Iterable[Event]]

_LATE = 0.15
_ON_TIME_SECONDS, _LATE_SECONDS = (1.0, 20.0), (25.0, 120.0)
_LEVELS: tuple[Level | None, ...] = ("novice", "averti", "expert", None)
_LEVEL_SHARES = (4, 4, 2, 1)
_PLACES: tuple[Place | None, ...] = ("room", "remote", None)
_PLACE_SHARES = (7, 2, 1)
_NAMELESS = 0.1
# How often somebody knows, by level.
_KNOWS: dict[Level | None, float] = {"novice": 0.55, "averti": 0.7, "expert": 0.9, None: 0.6}
_ANSWERS = 0.93
_THINKS_AGAIN = 0.08
_CHANGES_SIDES = 0.18
_OWN_WORDS = 0.1
_NOTES_STUCK = (0, 1, 1, 2, 3)
_NOTES_BACKED = (0, 1, 2, 3)
_SCALE_SHARES = (1, 2, 5, 8, 6)
# Seconds, for half of the people; the others are spread around.
_SECONDS: dict[type, float] = {
    Ordering: 16.0,
    CardPick: 14.0,
    OpenQuestion: 14.0,
    Definition: 16.0,
    Hunt: 12.0,
    Suggestion: 8.0,
    MultipleChoice: 9.0,
    DonePrompt: 14.0,
    Board: 14.0,
}
_SECONDS_TO_CHOOSE = 5.0
_QUICKEST, _SLOWEST = 1.0, 75.0


@dataclass(frozen=True, slots=True)
class Extra:
    """A simulated participant. `arrives` is in seconds after the beginning; `pace` multiplies their hesitations."""

    id: str
    pseudonym: str
    level: Level | None
    place: Place | None
    arrives: float
    pace: float


def gather(people: int, chance: Random) -> tuple[Extra, ...]:
    """So many people, in the order in which they arrive: most at once, some late."""
    late = max(1, round(people * _LATE))
    moments = [chance.uniform(*_LATE_SECONDS) for _ in range(late)]
    moments += [chance.triangular(*_ON_TIME_SECONDS, _ON_TIME_SECONDS[1] / 4) for _ in range(people - late)]
    names = chance.sample(_names(people), people)
    return tuple(
        Extra(
            id=f"extra-{number}",
            pseudonym="" if chance.random() < _NAMELESS else names[number],
            level=chance.choices(_LEVELS, _LEVEL_SHARES)[0],
            place=chance.choices(_PLACES, _PLACE_SHARES)[0],
            arrives=moment,
            pace=chance.uniform(0.7, 1.6),
        )
        for number, moment in enumerate(sorted(moments))
    )


def deeds(cafe: Cafe, stop: Stop, extra: Extra, chance: Random) -> Iterator[tuple[float, Deed]]:
    """What somebody will do about the question of a stop, each with how many seconds from now; often nothing."""
    prompt = stop.prompt
    if prompt is None:
        return
    wait = partial(_hesitation, prompt, extra, chance)
    if isinstance(prompt, Board):
        yield from _on_a_board(cafe, stop, prompt, extra, chance)
        return
    if extra.id in cafe.answers.get(stop.id, {}):
        talked = stop.can_change_sides and cafe.round(stop.id).revealed
        if chance.random() < (_CHANGES_SIDES if talked else _THINKS_AGAIN):
            yield wait(), partial(_answers, stop=stop, extra=extra, chance=chance)
    elif chance.random() < _ANSWERS:
        first = wait()
        yield first, partial(_answers, stop=stop, extra=extra, chance=chance)
        if chance.random() < _THINKS_AGAIN:
            yield first + wait(), partial(_answers, stop=stop, extra=extra, chance=chance)


def _hesitation(prompt: Prompt, extra: Extra, chance: Random) -> float:
    typical = _SECONDS.get(type(prompt), _SECONDS_TO_CHOOSE)
    return min(max(chance.lognormvariate(log(typical), 0.5) * extra.pace, _QUICKEST), _SLOWEST)


def _answers(cafe: Cafe, *, stop: Stop, extra: Extra, chance: Random) -> Iterable[Event]:
    value = _value(cafe, stop, extra, chance)
    return decisions.answer(cafe, extra.id, question=stop.id, value=value, key=f"{chance.getrandbits(64):016x}")


def _value(cafe: Cafe, stop: Stop, extra: Extra, chance: Random) -> str:
    match stop.prompt:
        case OneChoice() as prompt:
            value = _choice(cafe, stop, prompt, extra, chance)
        case MultipleChoice() as prompt:
            value = _several(prompt, extra, chance)
        case Suggestion() as prompt:
            value = _suggestion(prompt, chance)
        case OpenQuestion(cloud=True) as prompt:
            value = _written(t("rehearsal.words"), prompt.max_length, chance)
        case Written() as prompt:
            texts = t("rehearsal.definitions") if isinstance(prompt, Definition) else t("rehearsal.opinions")
            told = {answer.value for answer in cafe.answers.get(stop.id, {}).values()}
            value = _written(texts, prompt.max_length, chance, told)
        case Hunt() as prompt:
            value = _guesses(prompt, extra, chance)
        case CardPick() as prompt:
            why = _written(t("rehearsal.reasons"), prompt.max_length, chance)
            value = f"{_liked(prompt.id, _ids(prompt.cards), chance)}\n{why}"
        case Ordering() as prompt:
            value = _order(prompt, extra, chance)
        case _:
            value = DONE
    return value


def _choice(cafe: Cafe, stop: Stop, prompt: OneChoice, extra: Extra, chance: Random) -> str:
    match prompt:
        case SingleChoice():
            wrong = [choice.id for choice in prompt.choices if choice.id not in prompt.right]
            knows = not wrong or chance.random() < _KNOWS[extra.level]
            return chance.choice(prompt.right) if knows else _liked(prompt.id, wrong, chance)
        case LevelChoice():
            return extra.level or chance.choice(LEVELS)
        case Scale():
            return chance.choices(_ids(prompt.choices), _SCALE_SHARES)[0]
        case Sides():
            return _side(cafe, stop, prompt, extra, chance)
        case _:
            return _liked(prompt.id, _ids(prompt.choices), chance)


def _side(cafe: Cafe, stop: Stop, prompt: Sides, extra: Extra, chance: Random) -> str:
    """Where one was, or where one was before the debate, unless one has changed one's mind since."""
    ids = _ids(prompt.choices)
    mine = cafe.answers.get(stop.id, {}).get(extra.id)
    if mine is not None:
        return next(one for one in ids if one != mine.value)
    before = cafe.programme.earlier(stop)
    was = cafe.answers.get(before.id, {}).get(extra.id) if before else None
    if was is not None and was.value in ids:
        return was.value if chance.random() > _CHANGES_SIDES else next(one for one in ids if one != was.value)
    return _liked(prompt.id, _ids(prompt.choices), chance)


def _several(prompt: MultipleChoice, extra: Extra, chance: Random) -> str:
    ids = _ids(prompt.choices)
    most = min(prompt.most or len(ids), len(ids))
    if not prompt.right:
        return ",".join(chance.sample(ids, chance.randint(1, min(most, 3))))
    knows = _KNOWS[extra.level]
    picked = [one for one in ids if chance.random() < (knows if one in prompt.right else (1 - knows) / 2)]
    return ",".join(picked[:most] or [chance.choice(ids)])


def _suggestion(prompt: Suggestion, chance: Random) -> str:
    if prompt.choices and chance.random() > _OWN_WORDS:
        return _liked(prompt.id, _ids(prompt.choices), chance)
    return f"\n{_written(t('rehearsal.ideas'), prompt.max_length, chance)}"


def _guesses(prompt: Hunt, extra: Extra, chance: Random) -> str:
    found = [target.label for target in prompt.targets if chance.random() < _KNOWS[extra.level] / 2]
    tried = [*found, _written(t("rehearsal.words"), prompt.max_length, chance)]
    fitting = [word for word in tried if len(word) <= prompt.max_length]
    return "\n".join(fitting[: prompt.most])


def _order(prompt: Ordering, extra: Extra, chance: Random) -> str:
    """The right order, but for some neighbours that change places."""
    ids = _ids(prompt.entries)
    for place in range(len(ids) - 1):
        if chance.random() > _KNOWS[extra.level]:
            ids[place], ids[place + 1] = ids[place + 1], ids[place]
    return ",".join(ids)


def _on_a_board(cafe: Cafe, stop: Stop, board: Board, extra: Extra, chance: Random) -> Iterator[tuple[float, Deed]]:
    wait = partial(_hesitation, board, extra, chance)
    stuck = chance.choice(_NOTES_STUCK) if not notes.notes_by(cafe, stop.id, extra.id) else 0
    backed = chance.choice(_NOTES_BACKED) if board.votes else 0
    moments = list(accumulate(wait() for _ in range(stuck + backed)))
    for number, moment in enumerate(moments):
        deed = _sticks if number < stuck else _backs
        yield moment, partial(deed, stop=stop, board=board, extra=extra, chance=chance)


def _sticks(cafe: Cafe, *, stop: Stop, board: Board, extra: Extra, chance: Random) -> Iterable[Event]:
    columns = _ids(board.columns)
    column = chance.choice(columns)
    texts = t("rehearsal.notes")
    told = {note.text for note in cafe.notes.get(stop.id, {}).values()}
    if board.votes:
        # Whoever argues mostly does so on the side that they took.
        before = cafe.programme.before(stop.id)
        mine = cafe.answers.get(before.id, {}).get(extra.id) if before else None
        if mine is not None and mine.value in columns and chance.random() < _KNOWS["averti"]:
            column = mine.value
        texts = t("rehearsal.arguments_for") if column == columns[0] else t("rehearsal.arguments_against")
    return notes.post(
        cafe,
        stop.id,
        f"{chance.getrandbits(64):016x}",
        author=extra.id,
        text=_written("\n".join([texts, *board.examples]), board.max_length, chance, told),
        column=column,
        colour=chance.choice(board.colours).id if board.colours else None,
    )


def _backs(cafe: Cafe, *, stop: Stop, board: Board, extra: Extra, chance: Random) -> Iterable[Event]:
    del board
    others = [
        note.id
        for note in cafe.notes.get(stop.id, {}).values()
        if note.author != extra.id
        and extra.id not in note.backers
        and not (note.hidden or note.withdrawn or note.under)
    ]
    return notes.back(cafe, stop.id, chance.choice(others), person=extra.id, backed=True) if others else ()


def _liked(question: str, ids: Sequence[str], chance: Random) -> str:
    """One of the choices; the room likes some of them better, and always the same ones."""
    return chance.choices(ids, [1 + crc32(f"{question}/{one}".encode()) % 5 for one in ids])[0]


def _ids(entries: Iterable[Choice | Card | Entry]) -> list[str]:
    return [entry.id for entry in entries]


def _written(texts: str, limit: int, chance: Random, told: Collection[str] = ()) -> str:
    """One of the texts, which stand one a line, that is short enough; the beginning of one where none is.

    What was not `told` yet is told first.
    """
    lines = texts.split("\n")
    fitting = [line for line in lines if len(line) <= limit] or lines
    return chance.choice([line for line in fitting if line not in told] or fitting)[:limit].strip()


def _names(people: int) -> list[str]:
    """First names, told apart by an initial where there are more people than names."""
    first = t("rehearsal.names").split("\n")
    initials = ["", *(f" {letter}." for letter in "BCDFGLMPRSTV")]
    names = [f"{name}{initial}" for initial in initials for name in first]
    return names[: max(people, len(first))]


__all__ = ["Deed", "Extra", "deeds", "gather"]
