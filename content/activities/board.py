"""A day on a board: somebody's portrait drawn together, then sticky notes for each moment, in colours that mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Choice, Model, Slug, Text, Twinless
from content.prompts import Board, Colour, Suggestion

if TYPE_CHECKING:
    from content.prompts import Scene


class Trait(Model):
    """One line of the portrait, with suggestions to vote for or to do better than."""

    id: Slug
    prompt: Text
    choices: Annotated[tuple[Choice, ...], Twinless] = Field(default=(), max_length=8)


class Day(Activity):
    """`moments` are the columns of the board, `colours` what each colour of note stands for."""

    kind: Literal["board"] = "board"
    portrait: Annotated[tuple[Trait, ...], Twinless] = Field(default=(), max_length=6)
    question: Text
    lead: str = ""
    moments: Annotated[tuple[Choice, ...], Twinless] = Field(min_length=2, max_length=8)
    colours: Annotated[tuple[Colour, ...], Twinless] = Field(min_length=1, max_length=4)
    examples: tuple[Text, ...] = ()

    @property
    def size(self) -> int:
        return len(self.moments)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        traits = tuple(
            Suggestion(id=trait.id, prompt=trait.prompt, choices=trait.choices, moment="portrait")
            for trait in self.portrait
        )
        board = Board(
            id="panneau",
            prompt=self.question,
            lead=self.lead,
            moment="board",
            columns=self.moments,
            colours=self.colours,
            examples=self.examples,
        )
        return (*traits, board)
