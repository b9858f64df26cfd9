"""What a step asks of people, as lines to print: each question, its choices, its answer and how to talk about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from content.catalogue import t
from content.prompts import (
    Board,
    CardPick,
    DonePrompt,
    Hunt,
    MultipleChoice,
    OneChoice,
    Ordering,
    Slide,
    Suggestion,
    right_of,
)

if TYPE_CHECKING:
    from content.plan import PlannedStep
    from content.prompts import Prompt, Scene


@dataclass(frozen=True, slots=True)
class Line:
    """Something to choose, to find or to put in order. `more` is what the facilitator tells about it."""

    label: str
    right: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class PrintedScene:
    """`moment` says which of several times the same thing is asked; with `ordered`, the choices come in that order."""

    title: str
    moment: str = ""
    body: str = ""
    choices: tuple[Line, ...] = ()
    ordered: bool = False
    explanation: str = ""
    lead: str = ""


def printed_scenes(step: PlannedStep) -> list[dict[str, Any]]:
    """The scenes of a step; the same question asked before and after a debate is printed once.

    To say that one has watched a video is no question of its own.
    """
    printed: list[PrintedScene] = []
    last = ""
    for scene in step.scenes:
        if isinstance(scene, DonePrompt) and scene.prompt == step.activity.intro:
            continue
        one = _printed(scene)
        if printed and scene.item and (scene.item, one.title) == (last, printed[-1].title):
            printed[-1] = _both(printed[-1], one)
        else:
            printed.append(one)
        last = scene.item
    return [asdict(one) for one in printed]


def _both(one: PrintedScene, again: PrintedScene) -> PrintedScene:
    return replace(
        one,
        moment=" · ".join(filter(None, [one.moment, again.moment])),
        choices=one.choices or again.choices,
        explanation=one.explanation or again.explanation,
        lead=one.lead or again.lead,
    )


def _printed(scene: Scene) -> PrintedScene:
    if isinstance(scene, Slide):
        lines = (*map(Line, scene.points), *(Line(link.label, more=link.url) for link in scene.links))
        return PrintedScene(scene.title, body=scene.body, choices=lines, lead=scene.lead)
    return PrintedScene(
        scene.prompt,
        moment=t(f"moment.{scene.moment}") if scene.moment else "",
        body=scene.why if isinstance(scene, CardPick) else "",
        choices=_lines(scene),
        ordered=isinstance(scene, Ordering),
        explanation=scene.explanation,
        lead=scene.lead,
    )


def _lines(prompt: Prompt) -> tuple[Line, ...]:
    match prompt:
        case OneChoice() | MultipleChoice() | Suggestion():
            return tuple(Line(choice.label, right=choice.id in right_of(prompt)) for choice in prompt.choices)
        case Hunt():
            return tuple(Line(target.label, more=", ".join(target.accepts)) for target in prompt.targets)
        case CardPick():
            return tuple(Line(card.label, more=card.text) for card in prompt.cards)
        case Ordering():
            return tuple(
                Line(entry.label, more=" · ".join(filter(None, [entry.date, entry.detail]))) for entry in prompt.entries
            )
        case Board():
            colours = (Line(colour.label, more=t(f"paint.{colour.paint}")) for colour in prompt.colours)
            return (*(Line(column.label) for column in prompt.columns), *colours)
        case _:
            return ()
