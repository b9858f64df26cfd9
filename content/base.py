"""What every model of content is written with: texts, ids and addresses in one form, and no unknown key."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError


def _shortest_first(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise PydanticCustomError("shortest_first", "the smallest number comes first")
    return span


def _refuse_twins(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise PydanticCustomError("twins", "two entries have the id {id}", {"id": entry.id})
        seen.add(entry.id)
    return entries


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"\\]+$", max_length=500)]
Minutes = Annotated[
    tuple[Annotated[int, Field(ge=0, le=240)], Annotated[int, Field(ge=0, le=240)]],
    AfterValidator(_shortest_first),
]
Span = AfterValidator(_shortest_first)
Twinless = AfterValidator(_refuse_twins)


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Link(Model):
    label: Text
    url: Url


class Choice(Model):
    id: Slug
    label: Text
