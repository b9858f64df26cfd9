"""The shape of content: every pack file is validated here, and unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
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


def _is_a_choice(right: str, info: ValidationInfo) -> str:
    known = [choice.id for choice in info.data.get("choices", ())]
    if known and right not in known:
        facts = {"name": right, "known": ", ".join(known)}
        raise PydanticCustomError("not_a_choice", "{name} is not one of {known}", facts)
    return right


def _is_offered(step: FormulaStep, info: ValidationInfo) -> FormulaStep:
    if "choices" in info.data:
        offered = {(choice.id, option.id) for choice in info.data["choices"] for option in choice.options}
        for choice, option in step.when.items():
            if (choice, option) not in offered:
                facts = {"choice": choice, "option": option}
                raise PydanticCustomError("not_offered", "no choice offers {choice} = {option}", facts)
    return step


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"\\]+$", max_length=500)]
Minutes = Annotated[
    tuple[Annotated[int, Field(ge=0, le=240)], Annotated[int, Field(ge=0, le=240)]],
    AfterValidator(_shortest_first),
]
Twinless = AfterValidator(_refuse_twins)

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
    choices: Annotated[tuple[Choice, ...], Twinless] = Field(min_length=2, max_length=10)
    right: tuple[Annotated[Slug, AfterValidator(_is_a_choice)], ...] = Field(min_length=1)
    explanation: Text
    lead: str = ""


class Poll(Model):
    """One answer among several, none of them right: the room looks at itself."""

    kind: Literal["poll"] = "poll"
    id: Slug
    prompt: Text
    choices: Annotated[tuple[Choice, ...], Twinless] = Field(min_length=2, max_length=10)
    explanation: str = ""
    lead: str = ""

    @property
    def right(self) -> tuple[str, ...]:
        return ()


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


ChoiceQuestion = SingleChoice | Poll
Question = Annotated[SingleChoice | Poll | OpenQuestion, Field(discriminator="kind")]
Prompt = SingleChoice | Poll | OpenQuestion | DonePrompt


class Quiz(Model):
    """Questions played one by one. `choices` at this level are shared by the questions that have none."""

    kind: Literal["quiz"] = "quiz"
    id: Slug
    title: Text
    intro: Text
    choices: tuple[Choice, ...] = ()
    items: Annotated[tuple[Question, ...], Twinless] = Field(min_length=1, max_length=40)

    @model_validator(mode="before")
    @classmethod
    def _share_choices(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not data.get("choices") or not isinstance(data.get("items"), list | tuple):
            return data
        items = [
            {"choices": data["choices"], **item}
            if isinstance(item, dict) and item.get("kind", "single_choice") in {"single_choice", "poll"}
            else item
            for item in data["items"]
        ]
        return {**data, "items": items}


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
    options: Annotated[tuple[ChoiceOption, ...], Twinless] = Field(min_length=2)


class FormulaStep(Model):
    """`minutes` is the shortest and the longest this step may last; `when` keeps it for some choices only."""

    id: Slug
    course: CourseName
    activity: Slug
    minutes: Minutes
    when: dict[Slug, Slug] = Field(default_factory=dict)
    notes: tuple[Text, ...] = Field(min_length=1)
    tips: tuple[Slug, ...] = ()


class Formula(Model):
    id: Slug
    name: Text
    summary: Text
    sugar: bool | None = None
    audience: Audience
    minutes: Minutes
    people: Annotated[
        tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=1000)]], AfterValidator(_shortest_first)
    ]
    material: tuple[Text, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    settings: tuple[Setting, ...] = Field(min_length=1)
    choices: Annotated[tuple[FormulaChoice, ...], Twinless] = ()
    steps: Annotated[tuple[Annotated[FormulaStep, AfterValidator(_is_offered)], ...], Twinless] = Field(min_length=1)


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
