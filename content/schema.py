"""The shape of a pack: formulas, videos and what surrounds them; unknown keys are refused everywhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from content.activities import AnyActivity
from content.base import Choice, Link, Minutes, Model, Slug, Span, Text, Twinless, Url

CourseName = Literal["tasse", "cafe", "chocolat", "sucre"]
COURSES: tuple[CourseName, ...] = ("tasse", "cafe", "chocolat", "sucre")
Audience = Literal["novice", "averti", "mixte"]
Theme = Literal["data", "ia"]
Setting = Literal["room", "hybrid", "remote"]
ResourceGroup = Literal["video", "animation", "ia", "jeu", "chatbot", "outil", "communaute"]
AUDIENCES: tuple[Audience, ...] = ("novice", "mixte", "averti")
THEMES: tuple[Theme, ...] = ("data", "ia")
SETTINGS: tuple[Setting, ...] = ("room", "hybrid", "remote")


def _listed(wanted: Any) -> Any:
    return (wanted,) if isinstance(wanted, str) else wanted


Part = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)]
Options = Annotated[tuple[Slug, ...], BeforeValidator(_listed), Field(min_length=1)]


def _is_offered(step: FormulaStep, info: ValidationInfo) -> FormulaStep:
    if "choices" in info.data:
        offered = {(choice.id, option.id) for choice in info.data["choices"] for option in choice.options}
        for choice, options in step.when.items():
            for option in options:
                if (choice, option) not in offered:
                    facts = {"choice": choice, "option": option}
                    raise PydanticCustomError("not_offered", "no choice offers {choice} = {option}", facts)
    return step


class Example(Model):
    text: Text
    url: Url | None = None


class Pause(Model):
    """A moment to freeze the picture: `at` says when, `ask` what to ask. `part` where the video has several."""

    at: Text
    ask: Text
    part: Annotated[int, Field(ge=1, le=10)] = 1


class Video(Model):
    """A video of the series: what it is for, what it explains, where to read on. `seconds` where known."""

    id: Slug
    title: Text
    summary: Text
    seconds: Annotated[int, Field(ge=1, le=7200)] | None = None
    parts: Annotated[int, Field(ge=1, le=10)] = 1
    objectives: tuple[Text, ...] = Field(min_length=1)
    notions: tuple[Text, ...] = Field(min_length=1)
    pauses: tuple[Pause, ...] = ()
    examples: tuple[Example, ...] = ()
    resources: tuple[Link, ...] = ()
    url: Url


class FormulaChoice(Model):
    """Something the facilitator picks when preparing: this video or that one."""

    id: Slug
    prompt: Text
    options: Annotated[tuple[Choice, ...], Twinless] = Field(min_length=2)


class FormulaStep(Model):
    """`minutes` is the shortest and the longest this step may last.

    `when` keeps it for some choices only, written `{choice: option}` or `{choice: [options]}`; `part` is one of the
    activity's parts; `only` keeps some of its entries.
    """

    id: Slug
    course: CourseName
    activity: Slug
    part: Part = ""
    only: tuple[Slug, ...] = ()
    minutes: Minutes
    when: dict[Slug, Options] = Field(default_factory=dict)
    notes: tuple[Text, ...] = Field(min_length=1)
    tips: tuple[Slug, ...] = ()


class Formula(Model):
    """`minutes` may be longer than what is `advised`; `checklist` is what to have done before the day.

    With `mix`, its steps are only where to begin: the facilitator takes any step of any formula.
    """

    id: Slug
    name: Text
    summary: Text
    sugar: bool | None = None
    audience: Audience
    minutes: Minutes
    advised: Annotated[int, Field(ge=5, le=240)] | None = None
    people: Annotated[tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(le=1000)]], Span]
    material: tuple[Text, ...] = Field(min_length=1)
    checklist: tuple[Text, ...] = ()
    themes: tuple[Theme, ...] = Field(min_length=1)
    settings: tuple[Setting, ...] = Field(min_length=1)
    mix: bool = False
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
    group: ResourceGroup
    video: Slug | None = None
    description: str = ""
    url: Url | None = None


class Pack(Model):
    """A whole content pack, every reference inside it checked. `pictures` are SVG texts.

    `starters` are blank activities, to be filled in by whoever composes a café.
    """

    id: Slug
    language: Literal["fr", "en"]
    title: Text
    credit: Text
    formulas: dict[Slug, Formula]
    activities: dict[Slug, AnyActivity]
    starters: dict[Slug, AnyActivity]
    videos: dict[Slug, Video]
    tips: dict[Slug, Tip]
    glossary: dict[Slug, Term]
    resources: dict[Slug, Resource]
    pictures: dict[Slug, str] = Field(default_factory=dict)
