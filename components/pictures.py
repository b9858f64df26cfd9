"""Charts saved as pictures, PNG and SVG, with their title and how many people they tell of: to be read anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from components.look import LIGHT
from components.selected import selected_words
from content.catalogue import day, t, tn
from state.domain.tallies.choices import answered
from state.exports.naming import file_name
from state.exports.xml_text import visible

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

Form = Literal["png", "svg"]
_FORMS: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml"}
_WIDTH = 640
_TITLE_LETTERS = 70


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as it was drawn: its Vega-Lite text, its data by name, its height in pixels, what it says in words."""

    shape: str
    data: dict[str, list[dict[str, Any]]]
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture says above the chart, and the name of its file, without an ending."""

    title: str
    people: str
    source: str
    file: str


def caption(cafe: Cafe, *, title: str, people: str, name: str) -> Caption:
    """A picture tells which café it comes from, when that was, and of whom alone it tells where it does."""
    stem = file_name(cafe, "png").removesuffix(".png")
    began = cafe.created_at if cafe.started_at is None else cafe.started_at
    only = t("story.only", who=who) if (who := selected_words()) else ""
    return Caption(title, " ".join(filter(None, [people, only])), f"{cafe.title} · {day(began)}", f"{stem}-{name}")


def save_question(drawn: Drawn, cafe: Cafe, stop: Stop) -> None:
    assert stop.prompt is not None
    people = tn("people.answered", answered(cafe, stop.id))
    name = stop.id.replace("/", "-")
    save_buttons(drawn, caption(cafe, title=stop.prompt.prompt, people=people, name=name), key=f"save-{stop.id}")


def save_buttons(drawn: Drawn, told: Caption, *, key: str) -> None:
    """Two buttons; a picture is made when one is pressed."""
    with st.container(horizontal=True, gap="small"):
        for form, mime in _FORMS.items():
            st.download_button(
                t(f"story.save_{form}"),
                partial(picture, drawn, told, form=form),
                f"{told.file}.{form}",
                mime,
                key=f"{key}-{form}",
                on_click="ignore",
                type="tertiary",
            )


def picture(drawn: Drawn, told: Caption | None, *, form: Form) -> bytes:
    """The chart on paper, as a file. It is drawn on this machine and fetches nothing.

    Without `told`, what it is stands beside it.
    """
    # It holds a whole engine of 80 MB, which most of the time nobody needs.
    import vl_convert  # noqa: PLC0415

    spec: dict[str, Any] = {
        **json.loads(drawn.shape),
        "datasets": drawn.data,
        "width": _WIDTH,
        "height": drawn.height,
        "background": LIGHT.paper,
        "padding": 16,
    }
    if told is not None:
        spec["title"] = {
            "text": wrap(told.title, _TITLE_LETTERS),
            "subtitle": [told.people, told.source],
            "anchor": "start",
            "frame": "bounds",
            "color": LIGHT.ink,
            "subtitleColor": LIGHT.ink,
            "fontSize": 16,
            "subtitleFontSize": 13,
            "offset": 12,
        }
    text = json.dumps(_drawable(spec))
    if form == "svg":
        return vl_convert.vegalite_to_svg(text, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_png(text, scale=2, allowed_base_urls=[])


def _drawable(value: Any) -> Any:
    """The same with no sign that a picture cannot hold: one control character would abort the whole process."""
    match value:
        case str():
            return visible(value)
        case dict():
            return {key: _drawable(one) for key, one in value.items()}
        case list():
            return [_drawable(one) for one in value]
        case _:
            return value
