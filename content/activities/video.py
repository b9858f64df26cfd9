"""Watching a video together, or each on one's own screen; everybody says when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from content.activities.activity import Activity
from content.base import Slug
from content.prompts import DonePrompt

if TYPE_CHECKING:
    from content.prompts import Scene


class Viewing(Activity):
    """`part` of a step names one part of the video, counted from 1; without, it is watched whole."""

    PARTS: ClassVar[tuple[str, ...]] = ("", *(str(number) for number in range(1, 11)))

    kind: Literal["video"] = "video"
    video: Slug

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (DonePrompt(id="fin", prompt=self.intro),)
