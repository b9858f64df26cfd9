"""A timeline: events told in order, after each person has tried to put them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Text, Twinless
from content.prompts import Entry, Ordering

if TYPE_CHECKING:
    from content.prompts import Scene


class Timeline(Activity):
    """`items` are in the right order; `question` asks for it."""

    kind: Literal["timeline"] = "timeline"
    question: Text
    explanation: Text
    lead: str = ""
    items: Annotated[tuple[Entry, ...], Twinless] = Field(min_length=3, max_length=10)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (
            Ordering(
                id="frise", prompt=self.question, explanation=self.explanation, lead=self.lead, entries=self.items
            ),
        )
