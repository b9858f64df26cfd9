"""The closing: what people take away, in words and from 1 to 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Twinless
from content.prompts import OpenQuestion, Poll, Scale

if TYPE_CHECKING:
    from content.prompts import Scene

Item = Annotated[OpenQuestion | Scale | Poll, Field(discriminator="kind")]


class Closing(Activity):
    kind: Literal["closing"] = "closing"
    items: Annotated[tuple[Item, ...], Twinless] = Field(min_length=1, max_length=10)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return self.items
