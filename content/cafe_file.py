"""A café as one file, to keep, to send and to start again from: TOML, with steps written as packs write activities.

The format has a number: a file of a later one is refused with a sentence, never read in part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import tomli_w
from pydantic import Field, ValidationError

from content.base import Model, Text, Twinless
from content.checks import lists_have_no_twins
from content.documents import Document, parse_document
from content.editing import MOST_STEPS
from content.plan import LOBBY_AND_END, Plan, PlannedStep
from content.problems import PackError, near, problem, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from content.problems import Problem

FORMAT = 1
MOST_BYTES = 1_000_000


class CafeFile(Model):
    """`minutes`, `place`, `organiser` and `address` are as in a café's details."""

    format: Literal[1]
    title: Annotated[Text, Field(max_length=80)]
    formula: str = "sur-mesure"
    formula_name: Text
    minutes: Annotated[int, Field(ge=5, le=480)] | None = None
    place: Annotated[str, Field(max_length=200)] = ""
    organiser: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(pattern=r"^(https?://[^\s<>\"\\]+)?$", max_length=500)] = ""
    steps: Annotated[tuple[PlannedStep, ...], Twinless] = Field(min_length=1, max_length=MOST_STEPS)

    @property
    def plan(self) -> Plan:
        return Plan(formula=self.formula, formula_name=self.formula_name, choices={}, steps=self.steps)


def write_cafe(title: str, plan: Plan, details: Mapping[str, Any]) -> bytes:
    """The file of a café; `details` are those of `CafeFile`, those that are empty left out."""
    data = {
        "format": FORMAT,
        "title": title,
        "formula": plan.formula,
        "formula_name": plan.formula_name,
        **{name: value for name, value in details.items() if value},
        "steps": [_without_defaults(step.model_dump(mode="json")) for step in plan.steps],
    }
    return tomli_w.dumps(data, multiline_strings=False).encode()


def read_cafe(file: str, data: bytes, *, pictures: Mapping[str, str]) -> CafeFile:
    """What a file holds; `pictures` are the drawings that there are.

    Raises:
        PackError: anything is wrong; all the problems are in it.
    """
    raw, problems = parse_document(file, data)
    if raw is None:
        raise PackError(problems)
    twins = list(lists_have_no_twins([Document(file, raw, None)]))
    try:
        cafe = CafeFile.model_validate(raw)
    except ValidationError as invalid:
        raise PackError([*translate(file, raw, invalid), *twins]) from None
    if found := [*twins, *_dangling(file, cafe, pictures)]:
        raise PackError(found)
    return cafe


def _dangling(file: str, cafe: CafeFile, pictures: Mapping[str, str]) -> Iterator[Problem]:
    for number, step in enumerate(cafe.steps):
        if step.id in LOBBY_AND_END:
            yield problem(file, f"steps[{number}].id", "taken_id", name=step.id)
        if step.part not in (step.activity.PARTS or ("",)):
            known = ", ".join(step.activity.PARTS)
            yield problem(file, f"steps[{number}].part", "unknown_part", name=step.part, known=known)
        for rank, entry in enumerate(step.activity.entries):
            name = getattr(entry, "picture", None)
            if name is not None and name not in pictures:
                where = f"steps[{number}].activity.items[{rank}].picture"
                yield problem(file, where, "unknown_pictures", name=name, near=", ".join(near(name, list(pictures))))


def _without_defaults(value: Any) -> Any:
    """TOML has no word for nothing: what is None is left out."""
    if isinstance(value, dict):
        return {name: _without_defaults(one) for name, one in value.items() if one is not None}
    return [_without_defaults(one) for one in value] if isinstance(value, list) else value
