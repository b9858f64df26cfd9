"""Placement: statements to which each person answers by going to one side of the room, or of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Choice, Model, Slug, Text, Twinless
from content.prompts import Sides

if TYPE_CHECKING:
    from content.prompts import Scene

AGREE, DISAGREE = "d-accord", "pas-d-accord"


class Statement(Model):
    """Something to agree with or not; `lead` helps the facilitator ask why."""

    id: Slug
    prompt: Text
    lead: str = ""


Statements = Annotated[tuple[Statement, ...], Twinless]


class Placement(Activity):
    kind: Literal["placement"] = "placement"
    agree: Text
    disagree: Text
    items: Statements = Field(min_length=1, max_length=40)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        choices = (Choice(id=AGREE, label=self.agree), Choice(id=DISAGREE, label=self.disagree))
        return tuple(
            Sides(id=item.id, prompt=item.prompt, lead=item.lead, choices=choices, moves=True) for item in self.items
        )
