"""A quiz: questions played one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from content.activities.activity import Activity
from content.base import Choice, Model, Slug, Text, Twinless
from content.prompts import Hunt, Question, Target

if TYPE_CHECKING:
    from collections.abc import Collection

    from content.prompts import Scene


class Guess(Model):
    """After an open question, something of its answer for the room to guess, word by word. `item` is the question."""

    item: Slug
    prompt: Text
    targets: Annotated[tuple[Target, ...], Twinless] = Field(min_length=1, max_length=12)
    explanation: Text

    def hunt(self) -> Hunt:
        return Hunt(
            id=f"{self.item}-devinette",
            prompt=self.prompt,
            targets=self.targets,
            explanation=self.explanation,
            most=len(self.targets),
            item=self.item,
            moment="guess",
        )


def _follows_an_item(guess: Guess, info: ValidationInfo) -> Guess:
    known = [item.id for item in info.data.get("items", ())]
    if known and guess.item not in known:
        raise PydanticCustomError(
            "not_an_entry", "{name} is not one of {known}", {"name": guess.item, "known": ", ".join(known)}
        )
    return guess


class Quiz(Activity):
    """`choices` at this level are shared by the questions that have none; `then` follows some of them."""

    kind: Literal["quiz"] = "quiz"
    choices: tuple[Choice, ...] = ()
    items: Annotated[tuple[Question, ...], Twinless] = Field(min_length=1, max_length=40)
    then: tuple[Annotated[Guess, AfterValidator(_follows_an_item)], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _share_choices(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not data.get("choices") or not isinstance(data.get("items"), list | tuple):
            return data
        shared = {"single_choice", "multiple_choice", "poll"}
        items = [
            {"choices": data["choices"], **item}
            if isinstance(item, dict) and item.get("kind", "single_choice") in shared
            else item
            for item in data["items"]
        ]
        return {**data, "items": items}

    def keeping(self, ids: Collection[str]) -> Self:
        kept = super().keeping(ids)
        return kept.model_copy(update={"then": tuple(guess for guess in self.then if guess.item in ids)})

    def scenes(self, part: str = "") -> tuple[Scene, ...]:
        scenes: list[Scene] = []
        for item in self.items:
            scenes += (item, *(guess.hunt() for guess in self.then if guess.item == item.id))
        return tuple(scenes)
