"""A talk: things to look at, with a question here and there so that it is no lecture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Twinless
from content.prompts import Hunt, MultipleChoice, OpenQuestion, Poll, Scale, SingleChoice, Slide

if TYPE_CHECKING:
    from content.prompts import Scene

Item = Annotated[
    Slide | SingleChoice | Poll | MultipleChoice | OpenQuestion | Hunt | Scale, Field(discriminator="kind")
]


class Talk(Activity):
    kind: Literal["talk"] = "talk"
    items: Annotated[tuple[Item, ...], Twinless] = Field(min_length=1, max_length=20)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return self.items
