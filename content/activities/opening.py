"""The end of a café: somewhere to go next, and thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from content.activities.activity import Activity
from content.base import Link

if TYPE_CHECKING:
    from content.prompts import Scene


class Opening(Activity):
    kind: Literal["opening"] = "opening"
    links: tuple[Link, ...] = ()

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return ()
