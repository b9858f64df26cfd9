"""Comparing answers elsewhere: the room goes to a site, comes back, and says what it preferred and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Choice, Link, Text, Twinless
from content.prompts import Card, CardPick, Slide

if TYPE_CHECKING:
    from content.prompts import Scene


class Comparison(Activity):
    """`link` is where to go, `tasks` what to try there, `question` what is asked on coming back."""

    kind: Literal["comparison"] = "comparison"
    link: Link
    tasks: tuple[Text, ...] = Field(min_length=1, max_length=8)
    question: Text
    why: Text
    lead: str = ""
    choices: Annotated[tuple[Choice, ...], Twinless] = Field(min_length=2, max_length=6)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (
            Slide(
                id="essayer", title=self.title, body=self.intro, points=self.tasks, links=(self.link,), lead=self.lead
            ),
            CardPick(
                id="preference",
                prompt=self.question,
                why=self.why,
                lead=self.lead,
                cards=tuple(Card(id=choice.id, label=choice.label) for choice in self.choices),
            ),
        )
