"""The shape of content: every pack file is validated here, and unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=500)]
Minutes = tuple[Annotated[int, Field(ge=0, le=240)], Annotated[int, Field(ge=0, le=240)]]

CourseName = Literal["tasse", "cafe", "chocolat", "sucre"]
COURSES: tuple[CourseName, ...] = ("tasse", "cafe", "chocolat", "sucre")
Audience = Literal["novice", "averti", "mixte"]
Theme = Literal["data", "ia"]
Setting = Literal["room", "hybrid", "remote"]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Link(Model):
    label: Text
    url: Url


class Choice(Model):
    id: Slug
    label: Text


class SingleChoice(Model):
    """One answer among several; `right` lists every choice that counts as right, and is never empty."""

    kind: Literal["single_choice"] = "single_choice"
    id: Slug
    prompt: Text
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=10)
    right: tuple[Slug, ...] = Field(min_length=1)
    explanation: Text
    lead: str = ""

    @model_validator(mode="after")
    def _right_answers_are_choices(self) -> Self:
        known = [choice.id for choice in self.choices]
        if len(set(known)) != len(known):
            raise ValueError("two choices share an id: give each its own")
        if unknown := [right for right in self.right if right not in known]:
            raise ValueError(f"right answer {unknown[0]!r} is not a choice: use one of {', '.join(known)}")
        return self


class OpenQuestion(Model):
    """A short text from each person; nobody is right or wrong. `explanation` is shown when revealed."""

    kind: Literal["open"] = "open"
    id: Slug
    prompt: Text
    max_length: Annotated[int, Field(ge=20, le=500)] = 140
    explanation: str = ""
    lead: str = ""


class DonePrompt(Model):
    """A single button by which each person says that they have finished."""

    kind: Literal["done"] = "done"
    id: Slug
    prompt: Text
    lead: str = ""


Question = Annotated[SingleChoice | OpenQuestion, Field(discriminator="kind")]
Prompt = SingleChoice | OpenQuestion | DonePrompt


class Quiz(Model):
    """Questions played one by one. `choices` at this level are shared by the questions that have none."""

    kind: Literal["quiz"] = "quiz"
    id: Slug
    title: Text
    intro: Text
    choices: tuple[Choice, ...] = ()
    items: tuple[Question, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="before")
    @classmethod
    def _share_choices(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not data.get("choices") or not isinstance(data.get("items"), list | tuple):
            return data
        items = [
            {"choices": data["choices"], **item}
            if isinstance(item, dict) and item.get("kind", "single_choice") == "single_choice"
            else item
            for item in data["items"]
        ]
        return {**data, "items": items}

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        _refuse_twins("question", [item.id for item in self.items])
        return self


class Viewing(Model):
    """Watching a video together, or each on one's own screen; everybody says when it is over."""

    kind: Literal["video"] = "video"
    id: Slug
    title: Text
    intro: Text
    video: Slug


class Opening(Model):
    """The end of a café: somewhere to go next, and thanks."""

    kind: Literal["opening"] = "opening"
    id: Slug
    title: Text
    intro: Text
    links: tuple[Link, ...] = ()


Activity = Annotated[Quiz | Viewing | Opening, Field(discriminator="kind")]


class Example(Model):
    text: Text
    url: Url | None = None


class Video(Model):
    """A video of the series: what it is for, what it explains, where to read on. `seconds` where known."""

    id: Slug
    title: Text
    summary: Text
    seconds: Annotated[int, Field(ge=1, le=7200)] | None = None
    parts: Annotated[int, Field(ge=1, le=10)] = 1
    objectives: tuple[Text, ...] = Field(min_length=1)
    notions: tuple[Text, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()
    resources: tuple[Link, ...] = ()
    url: Url


class ChoiceOption(Model):
    id: Slug
    label: Text


class FormulaChoice(Model):
    """Something the facilitator picks when preparing: this video or that one."""

    id: Slug
    prompt: Text
    options: tuple[ChoiceOption, ...] = Field(min_length=2)


class FormulaStep(Model):
    """`minutes` is the shortest and the longest this step may last; `when` keeps it for some choices only."""

    id: Slug
    course: CourseName
    activity: Slug
    minutes: Minutes
    when: dict[Slug, Slug] = Field(default_factory=dict)
    notes: tuple[Text, ...] = Field(min_length=1)
    tips: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _shortest_first(self) -> Self:
        if self.minutes[0] > self.minutes[1]:
            raise ValueError("minutes must give the shortest length first")
        return self


class Formula(Model):
    id: Slug
    name: Text
    summary: Text
    sugar: bool | None = None
    audience: Audience
    minutes: Minutes
    people: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=1000)]]
    material: tuple[Text, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    settings: tuple[Setting, ...] = Field(min_length=1)
    choices: tuple[FormulaChoice, ...] = ()
    steps: tuple[FormulaStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _steps_are_sound(self) -> Self:
        _refuse_twins("step", [step.id for step in self.steps])
        offered = {choice.id: {option.id for option in choice.options} for choice in self.choices}
        for step in self.steps:
            for choice, option in step.when.items():
                if option not in offered.get(choice, set()):
                    raise ValueError(f"step {step.id!r} depends on {choice}={option}, which no choice offers")
        return self


class Tip(Model):
    """Advice for the facilitator, shown at the step where it helps."""

    id: Slug
    title: Text
    body: Text


class Term(Model):
    """A glossary entry."""

    id: Slug
    term: Text
    definition: Text
    url: Url | None = None


class Resource(Model):
    """Something to read, watch or play. `video` names the video it goes with, if any."""

    id: Slug
    title: Text
    group: Literal["video", "animation", "ia", "jeu", "chatbot", "outil", "communaute"]
    video: Slug | None = None
    description: str = ""
    url: Url | None = None


class Pack(Model):
    """A whole content pack, every reference inside it checked."""

    id: Slug
    language: Literal["fr", "en"]
    title: Text
    credit: Text
    formulas: dict[Slug, Formula]
    activities: dict[Slug, Activity]
    videos: dict[Slug, Video]
    tips: dict[Slug, Tip]
    glossary: dict[Slug, Term]
    resources: dict[Slug, Resource]


def prompts_of(activity: Activity) -> tuple[Prompt, ...]:
    """What an activity asks of each person, in order; empty where people only watch or talk."""
    match activity:
        case Quiz():
            return activity.items
        case Viewing():
            return (DonePrompt(id="fin", prompt=activity.intro),)
        case Opening():
            return ()


def _refuse_twins(what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"two {what}s have the id {one!r}: give each its own")
        seen.add(one)
