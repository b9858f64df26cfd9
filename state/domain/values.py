"""What an answer is made of: one text for each kind of question, checked before it is kept and read back after.

A choice is its id; several are ids between commas; words stand one a line; a card is its id, then the reason from the
second line on; a suggestion of one's own has an empty first line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from content.prompts import Board, CardPick, DonePrompt, Hunt, MultipleChoice, OneChoice, Ordering, Suggestion, Written
from state.domain import errors
from state.domain.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content.prompts import Prompt

DONE = "fini"


def valid_value(prompt: Prompt | None, value: str) -> str:
    """The answer in the one form that is kept.

    Raises:
        UnknownQuestion: nothing of the kind is asked here.
        NotAChoice, TooMany, TextEmpty, TextTooLong
    """
    value = value.replace("\r\n", "\n")
    match prompt:
        case OneChoice():
            return _known(value, (choice.id for choice in prompt.choices))
        case MultipleChoice():
            return _several(prompt, value)
        case Suggestion():
            return _suggestion(prompt, value)
        case Written():
            return clean(value, limit=prompt.max_length, lines=True)
        case Hunt():
            return _words(prompt, value)
        case CardPick():
            card, _, why = value.partition("\n")
            _known(card, (one.id for one in prompt.cards))
            return f"{card}\n{clean(why, limit=prompt.max_length, lines=True)}" if why.strip() else card
        case Ordering():
            return _order(prompt, value)
        case DonePrompt():
            return _known(value, (DONE,))
        case Board() | None:
            raise errors.UnknownQuestion
        case _:
            assert_never(prompt)


def picked(value: str) -> tuple[str, ...]:
    """The ids of several choices, or of an order."""
    return tuple(value.split(",")) if value else ()


def words(value: str) -> tuple[str, ...]:
    return tuple(value.split("\n"))


def choice_and_text(value: str) -> tuple[str, str]:
    """The choice and the text beside it, either of which may be empty."""
    choice, _, text = value.partition("\n")
    return choice, text


def said(prompt: Prompt | None, value: str) -> str:
    """An answer as people read it."""
    match prompt:
        case OneChoice():
            return _label(prompt.choices, value)
        case MultipleChoice():
            return ", ".join(_label(prompt.choices, one) for one in picked(value))
        case Ordering():
            return " > ".join(_label(prompt.entries, one) for one in picked(value))
        case Suggestion():
            choice, own = choice_and_text(value)
            return own or _label(prompt.choices, choice)
        case CardPick():
            card, why = choice_and_text(value)
            label = _label(prompt.cards, card)
            return f"{label}\n{why}" if why else label
        case Hunt():
            return ", ".join(words(value))
        case _:
            return value


def written(prompt: Prompt | None, value: str) -> str:
    """What of an answer was typed rather than chosen; empty where nothing was."""
    match prompt:
        case Written() | Hunt():
            return value
        case Suggestion() | CardPick():
            return choice_and_text(value)[1]
        case _:
            return ""


def _label(entries: Iterable[object], wanted: str) -> str:
    return next((one.label for one in entries if getattr(one, "id", "") == wanted), wanted)  # type: ignore[attr-defined]


def _known(value: str, ids: Iterable[str]) -> str:
    if value not in set(ids):
        raise errors.NotAChoice
    return value


def _several(prompt: MultipleChoice, value: str) -> str:
    ids = [choice.id for choice in prompt.choices]
    given = set(picked(value))
    if not given <= set(ids):
        raise errors.NotAChoice
    if prompt.most is not None and len(given) > prompt.most:
        raise errors.TooMany(limit=prompt.most)
    return ",".join(one for one in ids if one in given)


def _suggestion(prompt: Suggestion, value: str) -> str:
    choice, own = choice_and_text(value)
    if not own:
        return _known(choice, (one.id for one in prompt.choices))
    text = clean(own, limit=prompt.max_length)
    # Whoever types what is suggested means the suggestion.
    same = next((one.id for one in prompt.choices if folded(one.label) == folded(text)), None)
    return same or f"\n{text}"


def _words(prompt: Hunt, value: str) -> str:
    if not value.strip():
        raise errors.TextEmpty
    lines = [line for line in value.split("\n") if line.strip()]
    if len(lines) > prompt.most:
        raise errors.TooMany(limit=prompt.most)
    cleaned = [clean(line, limit=prompt.max_length) for line in lines]
    return "\n".join(
        {folded(word): word for word in reversed(cleaned)}[key] for key in dict.fromkeys(map(folded, cleaned))
    )


def _order(prompt: Ordering, value: str) -> str:
    given = picked(value)
    if sorted(given) != sorted(entry.id for entry in prompt.entries):
        raise errors.NotAChoice
    return value
