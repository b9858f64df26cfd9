"""A report as a tagged PDF, in the template that the other documents share their looks with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.pictures import picture
from components.printing.press import press
from content.catalogue import t

if TYPE_CHECKING:
    from components.report.blocks import Block, Report


def as_pdf(report: Report) -> bytes:
    """PDF/UA-1, in French."""
    charts: dict[str, str] = {}
    data = {
        "title": report.title,
        "warning": report.warning,
        "facts": [{"label": name, "text": fact} for name, fact in report.facts],
        "blocks": [_block(block, charts) for block in report.blocks],
        "words": {"kicker": t("report.kicker"), "texts": t("report.texts")},
    }
    return press("report", data, charts)


def _block(block: Block, charts: dict[str, str]) -> dict[str, Any]:
    """What the template reads; its chart goes to `charts`, under the name that the template knows it by."""
    chart = None
    if block.chart is not None:
        name = f"chart-{len(charts)}.svg"
        charts[name] = picture(block.chart, None, form="svg").decode()
        chart = {"file": name, "alt": block.chart.alt}
    return {
        "title": block.title,
        "lines": block.lines,
        "chart": chart,
        "tables": [{"caption": one.caption, "columns": one.columns, "rows": one.rows} for one in block.tables],
        "texts": block.texts,
        "under": [_block(one, charts) for one in block.under],
    }
