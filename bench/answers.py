"""What a phone answers, in the right form for every kind of input that a view can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from state.domain.values import DONE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    View = dict[str, Any]

# One person in so many has a suggestion of their own.
_OWN = 4


@dataclass(frozen=True, slots=True)
class Sticker:
    """A note that a phone will stick."""

    text: str
    column: str
    colour: str | None


def answer_to(view: View, number: int, chance: random.Random) -> str:
    """The answer of one phone.

    Raises:
        LookupError: an unknown kind of input, or one that takes notes.
    """
    return _ANSWERS[view["kind"]](view, number, chance)


def stickers(view: View, number: int, count: int, chance: random.Random) -> list[Sticker]:
    """The notes of one phone, each somewhere on the board."""
    return [
        Sticker(
            f"Téléphone {number}, note {place} : ce que ce moment de la journée laisse",
            chance.choice(view["columns"])["id"],
            chance.choice(view["colours"])["id"] if view["colours"] else None,
        )
        for place in range(1, count + 1)
    ]


def _choice(view: View, number: int, chance: random.Random) -> str:
    if view.get("own") and (not view["choices"] or number % _OWN == 0):
        return f"\nL’idée du tél. {number}"
    return str(chance.choice(view["choices"])["id"])


def _several(view: View, _number: int, chance: random.Random) -> str:
    ids = [choice["id"] for choice in view["choices"]]
    most = min(view.get("most") or len(ids), len(ids))
    picked = set(chance.sample(ids, chance.randint(1, most)))
    return ",".join(one for one in ids if one in picked)


def _hunt(view: View, number: int, _chance: random.Random) -> str:
    return "\n".join(("volume", f"mot {number}", "vitesse")[: view["most"]])


def _card(view: View, number: int, chance: random.Random) -> str:
    return f"{chance.choice(view['cards'])['id']}\nParce que le téléphone {number} s’y reconnaît"


def _order(view: View, _number: int, chance: random.Random) -> str:
    ids = [entry["id"] for entry in view["entries"]]
    return ",".join(chance.sample(ids, len(ids)))


def _text(_view: View, number: int, _chance: random.Random) -> str:
    return f"Une idée du téléphone {number}"


def _done(_view: View, _number: int, _chance: random.Random) -> str:
    return DONE


_ANSWERS: dict[str, Callable[[View, int, random.Random], str]] = {
    "choice": _choice,
    "several": _several,
    "hunt": _hunt,
    "card": _card,
    "order": _order,
    "text": _text,
    "done": _done,
}


def shared_out(notes: int, phones: int, most: int) -> Sequence[int]:
    """How many notes each phone sticks: as many as they may, at least one each.

    >>> shared_out(5, 3, 30)
    [2, 2, 1]
    >>> shared_out(1, 3, 30)
    [1, 1, 1]
    """
    each, more = divmod(notes, phones)
    return [min(most, max(1, each + (number < more))) for number in range(phones)]
