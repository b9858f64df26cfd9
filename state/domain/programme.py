"""A plan laid out in stops: the places in a café where the room can be, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from content.prompts import Board, DonePrompt, LevelChoice, Sides, Slide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.plan import Plan, PlannedStep
    from content.prompts import Prompt, Scene

LOBBY = "accueil"
END = "merci"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in the programme: the lobby, a scene of a step, a step that has none, or the end.

    `question` is the id that answers are kept under: step and scene, so that it is unique in the café. `number` of
    `count` is the entry of the activity that the scene belongs to; a debate asks three things about one statement.
    """

    id: str
    step: PlannedStep | None = None
    scene: Scene | None = None
    number: int = 0
    count: int = 0

    @property
    def prompt(self) -> Prompt | None:
        return None if isinstance(self.scene, Slide) else self.scene

    @property
    def slide(self) -> Slide | None:
        return self.scene if isinstance(self.scene, Slide) else None

    @property
    def question(self) -> str | None:
        return self.id if self.prompt else None

    @property
    def has_results(self) -> bool:
        """Whether the room's answers are worth showing."""
        return self.prompt is not None and self.prompt.gathers

    @property
    def has_reveal(self) -> bool:
        """Whether there is more to see of a question once it has been asked: its results, its answer, the talk."""
        match self.prompt:
            case None | DonePrompt() | LevelChoice():
                return False
            case Board():
                return bool(self.prompt.colours)
            case _:
                return True

    @property
    def is_live(self) -> bool:
        """Whether the room sees the answers as they come."""
        return self.prompt is not None and (self.prompt.live or self.can_change_sides)

    @property
    def can_change_sides(self) -> bool:
        return isinstance(self.prompt, Sides) and self.prompt.moves

    @property
    def stays_open(self) -> bool:
        """Whether people may still answer while all there is to see is shown."""
        return self.prompt is not None and (self.prompt.stays_open or self.can_change_sides)


class Programme:
    """The stops of a plan, in order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        stops = [Stop(LOBBY)]
        for step in plan.steps:
            stops += _stops_of(step) or [Stop(step.id, step)]
        self.stops: tuple[Stop, ...] = (*stops, Stop(END))

    @cached_property
    def index(self) -> Mapping[str, int]:
        return {stop.id: index for index, stop in enumerate(self.stops)}

    def stop(self, stop_id: str) -> Stop | None:
        index = self.index.get(stop_id)
        return None if index is None else self.stops[index]

    def after(self, stop_id: str) -> Stop | None:
        index = self.index[stop_id] + 1
        return self.stops[index] if index < len(self.stops) else None

    def before(self, stop_id: str) -> Stop | None:
        index = self.index[stop_id] - 1
        return self.stops[index] if index >= 0 else None

    @property
    def questions(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.prompt)

    def stops_of(self, step_id: str) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.step is not None and stop.step.id == step_id)

    def earlier(self, stop: Stop) -> Stop | None:
        """The same question asked before a debate, or before learning: in this step, or in one of its activity."""
        name = getattr(stop.prompt, "earlier", "")
        if not name or stop.step is None:
            return None
        before = self.stops[: self.index[stop.id]]
        return next(
            (
                one
                for one in reversed(before)
                if one.step is not None
                and one.step.activity.id == stop.step.activity.id
                and one.scene is not None
                and one.scene.id == name
            ),
            None,
        )


def _stops_of(step: PlannedStep) -> list[Stop]:
    scenes = step.scenes
    items = list(dict.fromkeys(_item(scene) for scene in scenes))
    return [Stop(f"{step.id}/{scene.id}", step, scene, items.index(_item(scene)) + 1, len(items)) for scene in scenes]


def _item(scene: Scene) -> str:
    return scene.item or scene.id
