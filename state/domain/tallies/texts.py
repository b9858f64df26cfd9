"""What people wrote: walls of texts, words that come back, suggestions, and words that were guessed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.prompts import Hunt, Suggestion
from state.domain.text import folded
from state.domain.values import choice_and_text, words, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SHORTEST_WORD = 3
# Words that say nothing by themselves.
_SAID_TOO_OFTEN = """
    alors and apres aucun aucune aujourd aussi autre autres aux avant avec avez avoir avons beaucoup bien car ceci
    cela celle celles celui ces cest cet cette ceux chaque chez comme comment dans des desormais deux donc dont elle
    elles encore entre est est-ce etaient etais etait etant ete etes etre eux faire fait faut font for fut hui ici
    ils jai jamais les leur leurs lors lui mais meme memes mes mieux moi moins mon non nos notre nous ont oui par
    parce parfois pas peu peut peuvent plus plutot pour pourquoi pouvait presque puis quand que quel quelle quelles
    quelque quelques quels qui quoi rien sans sera ses seulement soi sommes son sont sous souvent sur surtout tant
    tel telle tellement tes the toi ton toujours tous tout toute toutes tres trop une uns vais vers voici voila vos
    votre vous
"""
_EMPTY_WORDS = frozenset(_SAID_TOO_OFTEN.split())


@dataclass(frozen=True, slots=True)
class WallText:
    participant: str
    text: str
    at: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how many people wrote it, in the form most of them gave it."""

    text: str
    people: int


@dataclass(frozen=True, slots=True)
class Found:
    """Something to guess: how many people found it; nobody yet where it is 0."""

    id: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class HuntTally:
    """What was found, and the other words that were tried, the most frequent first."""

    targets: tuple[Found, ...]
    others: tuple[Word, ...]

    @property
    def found(self) -> int:
        return sum(1 for target in self.targets if target.people)


def wall(cafe: Cafe, stop: Stop, *, with_hidden: bool = False) -> tuple[WallText, ...]:
    """The texts given to a question, or typed beside a choice, oldest first."""
    texts = (
        WallText(person, text, answer.at, answer.hidden)
        for person, answer in cafe.counted(stop.id).items()
        if (with_hidden or not answer.hidden) and (text := written(stop.prompt, answer.value))
    )
    return tuple(sorted(texts, key=lambda text: (text.at, text.participant)))


def cloud(texts: Iterable[str], *, most: int = 40) -> tuple[Word, ...]:
    """Words that say something, each counted once a text, the most frequent first; accents and case do not count."""
    people: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        seen: dict[str, str] = {}
        for word in _WORD.findall(text):
            key = folded(word)
            if len(key) >= _SHORTEST_WORD and key not in _EMPTY_WORDS and not key.isdigit():
                seen.setdefault(key, word.lower())
        people.update(seen.keys())
        for key, word in seen.items():
            forms.setdefault(key, Counter())[word] += 1
    ordered = sorted(people, key=lambda key: (-people[key], key))[:most]
    return tuple(Word(forms[key].most_common(1)[0][0], people[key]) for key in ordered)


def suggestions(cafe: Cafe, stop: Stop) -> tuple[Word, ...]:
    """What was suggested for a question, ready-made or typed, with how many people said it, the most frequent first.

    Raises:
        TypeError: the stop asks something else.
    """
    if not isinstance(stop.prompt, Suggestion):
        raise TypeError(stop.id)
    labels = {choice.id: choice.label for choice in stop.prompt.choices}
    people: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for answer in cafe.counted(stop.id).values():
        choice, own = choice_and_text(answer.value)
        if own and answer.hidden:
            continue
        text = own or labels.get(choice, choice)
        key = folded(text)
        shown.setdefault(key, text)
        people[key] += 1
    for choice, count in cafe.hands.get(stop.id, {}).items():
        key = folded(labels[choice])
        shown.setdefault(key, labels[choice])
        people[key] += count
    return tuple(Word(shown[key], people[key]) for key in sorted(people, key=lambda key: (-people[key], key)))


def hunt(cafe: Cafe, stop: Stop) -> HuntTally:
    """Which words were found, whatever their case, accents or plural.

    Raises:
        TypeError: the stop asks something else.
    """
    if not isinstance(stop.prompt, Hunt):
        raise TypeError(stop.id)
    known = _known(stop.prompt)
    found: Counter[str] = Counter()
    others: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for answer in cafe.counted(stop.id).values():
        mine = {_bare(word): word for word in words(answer.value)}
        found.update({known[word] for word in mine if word in known})
        if not answer.hidden:
            for key, word in mine.items():
                if key not in known:
                    shown.setdefault(key, word)
                    others[key] += 1
    return HuntTally(
        targets=tuple(Found(target.id, target.label, found[target.id]) for target in stop.prompt.targets),
        others=tuple(Word(shown[key], others[key]) for key in sorted(others, key=lambda key: (-others[key], key))),
    )


def found_by(prompt: Hunt, value: str) -> tuple[str, ...]:
    """The targets that an answer finds, by their labels: nothing of how they were written."""
    known = _known(prompt)
    ids = {known[bare] for word in words(value) if (bare := _bare(word)) in known}
    return tuple(target.label for target in prompt.targets if target.id in ids)


def _known(prompt: Hunt) -> dict[str, str]:
    """The id of each target, by every way to write it."""
    return {_bare(form): target.id for target in prompt.targets for form in (target.label, *target.accepts)}


def _bare(word: str) -> str:
    """A word without case, accents, article, sign or plural."""
    text = re.sub(r"^(?:(?:la|le|les|l|un|une|des|du|de|d)[\s'\u2019]+)+", "", folded(word).strip())
    text = re.sub(r"[^\w]+", "", text) or word
    return text.removesuffix("s") if len(text) > _SHORTEST_WORD else text
