"""Cards: each person picks one, says why, and the word goes round. With pictures, it is a photolangage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Text, Twinless
from content.prompts import Card, CardPick

if TYPE_CHECKING:
    from content.prompts import Scene


class Cards(Activity):
    """`why` is what is asked of the card that was picked."""

    kind: Literal["cards"] = "cards"
    why: Text
    lead: str = ""
    items: Annotated[tuple[Card, ...], Twinless] = Field(min_length=2, max_length=24)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (CardPick(id="carte", prompt=self.intro, why=self.why, lead=self.lead, cards=self.items),)
