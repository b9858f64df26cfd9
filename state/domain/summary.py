"""What is kept of a café to compare it with others: figures and the words of its programme, no text of anybody's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from content.prompts import Ordering, countable, right_of
from state.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.programme import Stop

_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class ChoiceFigures:
    """How many people gave a choice, on phones and by raised hands."""

    label: str
    count: int
    hands: int
    right: bool

    @property
    def people(self) -> int:
        return self.count + self.hands


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What became of one question that was asked.

    `key` is the same in every café where the same activity asks the same words. `answered` people answered on phones,
    `hands` others raised theirs; `right` of `answered` are right, and None where nothing is. `texts` and `notes` were
    written, those that were hidden left out. `half_seconds` went by from the first vote until half of those present
    had given their last answer; None where they did not. `moved` of `both` changed sides while they talked.
    """

    key: str
    kind: str
    prompt: str
    moment: str
    choices: tuple[ChoiceFigures, ...]
    answered: int
    hands: int
    right: int | None
    texts: int
    notes: int
    half_seconds: float | None
    moved: int
    both: int


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What became of one step that was played: an activity, or one `part` of it where it has several.

    `planned` is the length that its programme gave it, `spent` what it took, in seconds; `spent` is None while it is
    being played. Of those present, `took_part` answered at least once, `wrote` a text or a note of their own, and
    `voiced` did that, or were given the word. `asks` says whether there was anything to answer, `writes` to write.
    """

    activity: str
    part: str
    title: str
    kind: str
    course: str
    planned: float
    spent: float | None
    took_part: int
    wrote: int
    voiced: int
    asks: bool
    writes: bool
    questions: tuple[QuestionFigures, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One café. `at` is when it began, in seconds since 1970; None where it has not begun.

    `created_at` is when it was made. `people` came, and were not removed; `levels` and `places` count those who said
    theirs.
    """

    title: str
    at: float | None
    formula: str
    formula_name: str
    organiser: str
    place: str
    trial: bool
    rehearsal: bool
    closed: bool
    created_at: float
    people: int
    levels: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    steps: tuple[StepFigures, ...] = ()


def mentions(summary: Summary, text: str) -> bool:
    """Whether each word that somebody looks for stands in what a café is called; cases and accents aside."""
    words = folded(f"{summary.title} {summary.formula_name} {summary.organiser} {summary.place}")
    return all(word in words for word in folded(text).split())


_ADAPTER: TypeAdapter[Summary] = TypeAdapter(Summary)


def summary_to_data(summary: Summary) -> dict[str, object]:
    """The summary as plain data that JSON can carry."""
    data: dict[str, object] = _ADAPTER.dump_python(summary, mode="json")
    return data


def summary_from_data(data: object) -> Summary:
    """The summary that `summary_to_data` wrote.

    Raises:
        ValueError: it is not one.
    """
    return _ADAPTER.validate_python(data)


def question_key(stop: Stop) -> str:
    """What tells a question from all others: its activity, its words, its choices and which of them are right.

    Neither its step nor its place in the programme count: they change from one café to the next.

    Raises:
        TypeError: the stop asks nothing.
    """
    if stop.prompt is None or stop.step is None:
        raise TypeError(stop.id)
    prompt = stop.prompt
    choices = prompt.entries if isinstance(prompt, Ordering) else countable(prompt)
    words: Mapping[str, object] = {
        "activity": stop.step.activity.id,
        "kind": prompt.kind,
        "moment": prompt.moment,
        "prompt": prompt.prompt,
        "choices": [(choice.id, choice.label) for choice in choices],
        "right": sorted(right_of(prompt)),
    }
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:_KEY_LENGTH]
