"""A report as one HTML file: its style and its charts are in it, and it asks nothing of any network."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from components.look import FONT, LIGHT
from components.pictures import picture
from content.catalogue import LANGUAGE, t
from state.exports.xml_text import visible

if TYPE_CHECKING:
    from jinja2 import Template

    from components.pictures import Drawn
    from components.report.blocks import Report


def as_html(report: Report) -> bytes:
    """HTML in UTF-8. Every text is escaped by the template; a chart is an image, in which nothing runs."""
    page = _template().render(
        report=report,
        language=LANGUAGE,
        colours=LIGHT,
        font=FONT,
        chart=_chart,
        words={"kicker": t("report.kicker"), "texts": t("report.texts")},
    )
    return visible(page).encode()


def _chart(drawn: Drawn) -> str:
    return f"data:image/svg+xml;base64,{b64encode(picture(drawn, None, form='svg')).decode()}"


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html.j2")
