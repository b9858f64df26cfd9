"""What every activity has in common: a title, a sentence to begin with, what helps, and the scenes it unfolds into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from content.base import Model, Slug, Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from content.prompts import Scene


class Activity(Model):
    """`terms` and `resources` name glossary entries and resources that help whoever facilitates it.

    Each kind of activity is a subclass with a `kind` of its own, in the module of that name; the views stand under
    the same name in `components.activities`.
    """

    PARTS: ClassVar[tuple[str, ...]] = ()

    kind: str
    id: Slug
    title: Text
    intro: Text
    terms: tuple[Slug, ...] = ()
    resources: tuple[Slug, ...] = ()

    @property
    def entries(self) -> tuple[Any, ...]:
        """What it is made of, each with an `id`; a step may keep only some of them. Empty where it is one thing."""
        return tuple(getattr(self, "items", ()))

    @property
    def size(self) -> int:
        """How many entries it has, for the inventory."""
        return len(self.entries) or 1

    def keeping(self, ids: Collection[str]) -> Self:
        """The same activity with only some of its entries."""
        return self.model_copy(update={"items": tuple(entry for entry in self.entries if entry.id in ids)})

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        """What people are shown and asked, in order; `part` is one of `PARTS` where there are any."""
        raise NotImplementedError
