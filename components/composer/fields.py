"""What can be rewritten in a step, found in its models: texts, switches, lists of entries, whatever the activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from content.schema import Video

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from content.editing import Path
    from content.plan import PlannedStep

LONGEST = 2000
LONGEST_LINE = 120
_LINES = frozenset({"title", "label", "agree", "disagree", "date", "lowest", "highest", "url", "alt", "at"})
_TEXTS = frozenset(
    "intro prompt lead explanation text why question argue detail reference body ask summary".split()  # noqa: SIM905
)
_SWITCHES = frozenset({"cloud"})
_LISTS = frozenset(
    "items then choices targets cards moments colours portrait links pauses entries".split()  # noqa: SIM905
)
_TEXT_LISTS = frozenset({"points", "examples", "tasks", "accepts", "objectives", "notions"})
_TABLES = frozenset({"link"})
_OPTIONS: Mapping[str, tuple[str, ...]] = {"paint": ("blue", "pink", "yellow", "green")}

Kind = Literal["line", "text", "switch", "option", "right", "lines", "entries", "table"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to rewrite: `name` says what it is, `path` where it stands in its step.

    `value` is a text, a truth, a list of texts (`lines`), of models (`entries`), or one model (`table`). `options`
    are what may be chosen, by id: paints, or the choices that may be right.
    """

    kind: Kind
    name: str
    path: Path
    value: object
    options: tuple[tuple[str, str], ...] = ()


def fields_of(step: PlannedStep) -> tuple[Field, ...]:
    """What the people of the room will see of a step; then what only the facilitator does."""
    activity = tuple(_fields(step.activity, ("activity",), hidden=_shared(step)))
    video = tuple(_fields(step.video, ("video",))) if step.video is not None else ()
    return (*activity, *video, Field("lines", "notes", ("notes",), step.notes))


def entry_fields(entry: BaseModel, path: Path) -> tuple[Field, ...]:
    return tuple(_fields(entry, path))


def entry_name(entry: BaseModel) -> str:
    """What an entry is called in a list: its own words."""
    for name in ("prompt", "label", "title", "at", "text"):
        if isinstance(words := getattr(entry, name, None), str):
            return words
    return ""


def _shared(step: PlannedStep) -> frozenset[str]:
    # Choices that the questions of a quiz have in common are a shorthand of files: each question has its own here.
    return frozenset({"choices"}) if step.activity.kind == "quiz" else frozenset()


def _fields(model: BaseModel, path: Path, *, hidden: frozenset[str] = frozenset()) -> Iterator[Field]:
    for name in type(model).model_fields:
        kind = None if name in hidden else _kind(model, name)
        value = getattr(model, name)
        if kind in {"lines", "entries", "right"}:
            value = tuple(value)
        if kind is not None:
            yield Field(kind, name, (*path, name), value or "" if kind == "line" else value, _options(model, name))


def _kind(model: BaseModel, name: str) -> Kind | None:
    """How a value is rewritten; None for what nobody rewrites: ids, references, what follows from the rest."""
    texts: dict[str, Kind] = {
        **dict.fromkeys(_LINES, "line"),
        **dict.fromkeys(_TEXTS, "text"),
        **dict.fromkeys(_SWITCHES, "switch"),
        **dict.fromkeys(_TEXT_LISTS, "lines"),
        **dict.fromkeys(_LISTS, "entries"),
        **dict.fromkeys(_TABLES, "table"),
        **dict.fromkeys(_OPTIONS, "option"),
        "right": "right",
    }
    if name == "choices" and _numbered(model):
        return None
    # The examples of a board are texts; those of a video have addresses.
    return "entries" if name == "examples" and isinstance(model, Video) else texts.get(name)


def _options(model: BaseModel, name: str) -> tuple[tuple[str, str], ...]:
    if name == "right":
        return tuple((choice.id, choice.label) for choice in getattr(model, "choices", ()))
    return tuple((one, one) for one in _OPTIONS.get(name, ()))


def _numbered(model: BaseModel) -> bool:
    """Whether the choices say how they are numbered or named: a scale, the three levels."""
    return getattr(model, "kind", "") in {"scale", "panel", "level"}
