"""Words defined twice: before learning about them, and after, beside the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from content.activities.activity import Activity
from content.base import Model, Slug, Text, Twinless
from content.prompts import Definition

if TYPE_CHECKING:
    from content.prompts import Scene

BEFORE, AFTER = "avant", "apres"


class Word(Model):
    """A word to define, and its reference definition."""

    id: Slug
    prompt: Text
    reference: Text
    lead: str = ""


class Definitions(Activity):
    """The part `avant` takes definitions and says nothing of them; `apres` takes them again, then reveals."""

    PARTS: ClassVar[tuple[str, ...]] = (BEFORE, AFTER)

    kind: Literal["definitions"] = "definitions"
    items: Annotated[tuple[Word, ...], Twinless] = Field(min_length=1, max_length=12)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        after = part == AFTER
        return tuple(
            Definition(
                id=item.id,
                prompt=item.prompt,
                lead=item.lead,
                max_length=200,
                moment="after" if after else "before",
                explanation=item.reference if after else "",
                earlier=item.id if after else "",
            )
            for item in self.items
        )
