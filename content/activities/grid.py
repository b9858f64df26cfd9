"""A grid of criteria: explained one by one, then checked against something that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Choice, Model, Slug, Text, Twinless
from content.prompts import MultipleChoice, Slide

if TYPE_CHECKING:
    from content.prompts import Scene


class Criterion(Model):
    id: Slug
    label: Text
    detail: Text


class Grid(Activity):
    """`question` asks which criteria something fulfils; nobody is right or wrong."""

    kind: Literal["grid"] = "grid"
    question: Text
    explanation: str = ""
    lead: str = ""
    figure: Literal["", "fair"] = ""
    items: Annotated[tuple[Criterion, ...], Twinless] = Field(min_length=2, max_length=10)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (
            Slide(
                id="criteres",
                title=self.title,
                body=self.intro,
                points=tuple(f"{item.label} : {item.detail}" for item in self.items),
                figure=self.figure,
                lead=self.lead,
            ),
            MultipleChoice(
                id="grille",
                prompt=self.question,
                explanation=self.explanation,
                choices=tuple(Choice(id=item.id, label=item.label) for item in self.items),
            ),
        )
