"""The panel of levels: each person puts a dot beside novice, averti or expert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from content.activities.activity import Activity
from content.prompts import LevelChoice, Levels

if TYPE_CHECKING:
    from content.prompts import Scene


class Panel(Activity):
    kind: Literal["panel"] = "panel"
    lead: str = ""
    choices: Levels

    @property
    def size(self) -> int:
        return len(self.choices)

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        return (LevelChoice(id="niveau", prompt=self.intro, lead=self.lead, choices=self.choices),)
