"""What a person can be asked, whatever the activity: the handful of kinds of question that a phone knows to draw."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from content.base import Choice, Link, Model, Slug, Text, Twinless

LEVEL_IDS = ("novice", "averti", "expert")
SCALE = ("1", "2", "3", "4", "5")


def _is_a_choice(right: str, info: ValidationInfo) -> str:
    known = [choice.id for choice in info.data.get("choices", ())]
    if known and right not in known:
        facts = {"name": right, "known": ", ".join(known)}
        raise PydanticCustomError("not_a_choice", "{name} is not one of {known}", facts)
    return right


def _named(*ids: str) -> AfterValidator:
    def check(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if tuple(choice.id for choice in choices) != ids:
            raise PydanticCustomError("not_levels", "the levels are {known}", {"known": ", ".join(ids)})
        return choices

    return AfterValidator(check)


Choices = Annotated[tuple[Choice, ...], Twinless]
Levels = Annotated[Choices, Field(min_length=3, max_length=3), _named(*LEVEL_IDS)]
Right = Annotated[Slug, AfterValidator(_is_a_choice)]


class Asked(Model):
    """One thing that people are asked. `lead` is for the facilitator; `explanation` is for all, once revealed.

    `item` names the entry of its activity that this belongs to, where one entry asks several things in a row
    (a statement, before and after its debate), and `moment` which of them this is.
    """

    gathers: ClassVar[bool] = True  # the room's answers are worth showing before moving on
    live: ClassVar[bool] = False  # and are shown as they come
    stays_open: ClassVar[bool] = False  # showing them does not end the vote

    id: Slug
    prompt: Text
    explanation: str = ""
    lead: str = ""
    item: str = ""
    moment: Literal["", "before", "arguments", "after", "guess", "portrait", "board"] = ""


class OneChoice(Asked):
    """One answer among several, none of them right."""

    choices: Choices = Field(min_length=2, max_length=10)


class SingleChoice(OneChoice):
    """One answer among several; `right` lists every choice that counts as right, and is never empty."""

    kind: Literal["single_choice"] = "single_choice"
    right: tuple[Right, ...] = Field(min_length=1)
    explanation: Text


class Poll(OneChoice):
    """The room looks at itself: one answer among several, none of them right."""

    kind: Literal["poll"] = "poll"


class Sides(OneChoice):
    """Two sides to choose between, drawn as two zones that fill with people.

    With `moves`, the zones fill before everybody's eyes and people may change sides after talking; without,
    a position is kept for oneself until it is shown. `earlier` is the same question asked before a debate.
    """

    kind: Literal["sides"] = "sides"
    choices: Choices = Field(min_length=2, max_length=2)
    moves: bool = False
    earlier: str = ""


class LevelChoice(OneChoice):
    """Novice, averti or expert: answering also says it of oneself."""

    live: ClassVar[bool] = True
    stays_open: ClassVar[bool] = True

    kind: Literal["level"] = "level"
    choices: Levels


class Scale(OneChoice):
    """From 1 to 5; `lowest` and `highest` say what the ends mean."""

    kind: Literal["scale"] = "scale"
    lowest: Text
    highest: Text
    choices: Annotated[Choices, _named(*SCALE)] = ()

    @model_validator(mode="before")
    @classmethod
    def _number(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "choices" in data:
            return data
        ends = {SCALE[0]: data.get("lowest"), SCALE[-1]: data.get("highest")}
        labels = {step: f"{step} · {ends[step]}" if ends.get(step) else step for step in SCALE}
        return {**data, "choices": [{"id": step, "label": label} for step, label in labels.items()]}


class MultipleChoice(Asked):
    """Several answers at once, `most` at the most; `right` lists all that are right, and is empty for a poll."""

    kind: Literal["multiple_choice"] = "multiple_choice"
    choices: Choices = Field(min_length=2, max_length=12)
    right: tuple[Right, ...] = ()
    most: Annotated[int, Field(ge=1, le=12)] | None = None


class Suggestion(Asked):
    """One of the suggestions, or a short text of one's own; what most people say is kept for all."""

    live: ClassVar[bool] = True

    kind: Literal["suggestion"] = "suggestion"
    choices: Choices = Field(default=(), max_length=8)
    max_length: Annotated[int, Field(ge=10, le=80)] = 40


class Written(Asked):
    """A short text from each person; nobody is right or wrong."""

    max_length: Annotated[int, Field(ge=20, le=500)] = 140


class OpenQuestion(Written):
    """`explanation` is shown when revealed; with `cloud`, the words that come back are drawn large."""

    kind: Literal["open"] = "open"
    cloud: bool = False


class Definition(Written):
    """A word to define. `earlier` is the same word asked before learning about it: once revealed, the reference
    (`explanation`) stands beside what was written before and after.
    """

    kind: Literal["definition"] = "definition"
    earlier: str = ""


class Target(Model):
    """Something to guess; `accepts` lists other ways to write it."""

    id: Slug
    label: Text
    accepts: tuple[Text, ...] = ()


class Hunt(Asked):
    """Words to guess together: each person proposes some, `most` at the most, and those found light up for all."""

    live: ClassVar[bool] = True

    kind: Literal["hunt"] = "hunt"
    targets: Annotated[tuple[Target, ...], Twinless] = Field(min_length=1, max_length=12)
    most: Annotated[int, Field(ge=1, le=12)] = 5
    max_length: Annotated[int, Field(ge=10, le=60)] = 30


class Card(Model):
    """A card to pick. `picture` names a drawing of the pack, `alt` says what it shows, `text` tells about it."""

    id: Slug
    label: Text
    text: str = ""
    picture: Slug | None = None
    alt: str = ""


class CardPick(Asked):
    """One card, and why; several people may pick the same. With `turns`, the word then goes round."""

    kind: Literal["card"] = "card"
    cards: Annotated[tuple[Card, ...], Twinless] = Field(min_length=2, max_length=24)
    why: Text
    turns: bool = True
    max_length: Annotated[int, Field(ge=20, le=300)] = 200


class Entry(Model):
    """Something to put in its place; `date` and `detail` are told with the right order."""

    id: Slug
    label: Text
    date: str = ""
    detail: str = ""


class Ordering(Asked):
    """Put entries in order; they are given in the right one."""

    kind: Literal["ordering"] = "ordering"
    entries: Annotated[tuple[Entry, ...], Twinless] = Field(min_length=3, max_length=10)


Paint = Literal["blue", "pink", "yellow", "green"]


class Colour(Model):
    """A colour of sticky notes, and what it stands for."""

    id: Slug
    label: Text
    paint: Paint


class Board(Asked):
    """Notes to stick in columns, each of one of the `colours` if there are any, with `votes` to back one another's.

    A person may stick `most` notes, of `max_length` characters.
    """

    live: ClassVar[bool] = True

    kind: Literal["board"] = "board"
    columns: Choices = Field(min_length=2, max_length=8)
    colours: Annotated[tuple[Colour, ...], Twinless] = Field(default=(), max_length=4)
    votes: bool = False
    examples: tuple[Text, ...] = ()
    most: Annotated[int, Field(ge=1, le=100)] = 30
    max_length: Annotated[int, Field(ge=20, le=200)] = 100


class DonePrompt(Asked):
    """A single button by which each person says that they have finished."""

    gathers: ClassVar[bool] = False

    kind: Literal["done"] = "done"


class Slide(Model):
    """Something to look at and to talk about: nothing is asked. `figure` is a picture drawn by the application."""

    kind: Literal["slide"] = "slide"
    id: Slug
    title: Text
    body: Text
    points: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    figure: Literal["", "zeros", "growth", "five-v", "fair"] = ""
    lead: str = ""
    item: str = ""


ChoiceQuestion = OneChoice
Prompt = (
    SingleChoice
    | Poll
    | Sides
    | LevelChoice
    | Scale
    | MultipleChoice
    | Suggestion
    | OpenQuestion
    | Definition
    | Hunt
    | CardPick
    | Ordering
    | Board
    | DonePrompt
)
Scene = Prompt | Slide
Question = Annotated[
    SingleChoice | Poll | Scale | MultipleChoice | OpenQuestion | Hunt | Ordering, Field(discriminator="kind")
]


def right_of(prompt: Prompt | None) -> tuple[str, ...]:
    """The choices that count as right; empty where none does."""
    return prompt.right if isinstance(prompt, SingleChoice | MultipleChoice) else ()


def countable(prompt: Prompt | None) -> tuple[Choice, ...]:
    """What a show of hands can count."""
    match prompt:
        case OneChoice() | MultipleChoice() | Suggestion():
            return prompt.choices
        case CardPick():
            return tuple(Choice(id=card.id, label=card.label) for card in prompt.cards)
        case _:
            return ()
