"""What people wrote and nobody hid: read through by the facilitator before any of it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from content.prompts import Board
from state.domain.tallies.boards import seen
from state.domain.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe, Stop


class Text(NamedTuple):
    """`key` names one text of the café, as long as nobody changes it."""

    key: str
    stop: Stop
    question: str
    text: str


def texts_of(cafe: Cafe) -> Iterator[Text]:
    """Each text once, question by question, in the order of the alphabet: it says nothing of who wrote it."""
    for stop in cafe.programme.questions:
        assert stop.prompt is not None
        for text in texts_of_question(cafe, stop):
            yield Text(f"{stop.id} {text}", stop, stop.prompt.prompt, text)


def texts_of_question(cafe: Cafe, stop: Stop) -> list[str]:
    """Each text of a question once, in the order of the alphabet."""
    return sorted(set(_texts(cafe, stop)) - {""}, key=str.casefold)


def _texts(cafe: Cafe, stop: Stop) -> Iterator[str]:
    for answer in cafe.counted(stop.id).values():
        if not answer.hidden:
            yield written(stop.prompt, answer.value)
    if isinstance(stop.prompt, Board):
        for note in seen(cafe, stop.id):
            yield note.text
