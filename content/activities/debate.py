"""A debate: a position before, arguments on both sides, a position after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.activities.placement import AGREE, DISAGREE, Statements
from content.base import Choice, Text
from content.prompts import Board, Sides

if TYPE_CHECKING:
    from content.prompts import Scene


class Debate(Activity):
    """`agree` and `disagree` name the two sides of every statement."""

    kind: Literal["debate"] = "debate"
    agree: Text = "D’accord"
    disagree: Text = "Pas d’accord"
    argue: Text = "Quels arguments, de chaque côté ?"
    items: Statements = Field(min_length=1, max_length=20)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        sides = (Choice(id=AGREE, label=self.agree), Choice(id=DISAGREE, label=self.disagree))
        scenes: list[Scene] = []
        for item in self.items:
            before = f"{item.id}-avant"
            scenes += (
                Sides(id=before, item=item.id, moment="before", prompt=item.prompt, lead=item.lead, choices=sides),
                Board(
                    id=f"{item.id}-arguments",
                    item=item.id,
                    moment="arguments",
                    prompt=item.prompt,
                    lead=item.lead,
                    columns=sides,
                    votes=True,
                    most=10,
                    max_length=140,
                ),
                Sides(
                    id=f"{item.id}-apres",
                    item=item.id,
                    moment="after",
                    prompt=item.prompt,
                    choices=sides,
                    earlier=before,
                ),
            )
        return tuple(scenes)
