"""Charts of a comparison, each with its words: the number of people is written on every one of them."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.compare.frames import rows_of
from components.compare.shapes import ROWS, range_shape, share_shape, time_shape
from components.compare.wording import decimal, percent, signed_minutes
from components.look import palette
from components.words import told_apart
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIZE = 13
_NAME_WIDTH = 21


def share_chart(table: pd.DataFrame, names: Sequence[str], *, told: str, key: str) -> None:
    """Bars of the shares of a table, with their intervals; `told` begins the words. `right` paints a bar otherwise."""
    colours = palette()
    lines = _wrapped(names)
    rights = table["right"] if "right" in table else [False] * len(table)
    some_right = any(rights)
    rows = [
        {
            "name": name,
            "share": row.share,
            "low": row.low,
            "high": row.high,
            "figure": percent(row.share),
            "colour": (colours.right if right else colours.muted) if some_right else colours.bar,
        }
        for name, right, row in zip(lines, rights, rows_of(table), strict=True)
    ]
    words = ", ".join(
        t(
            "compare.told",
            label=name.replace("\n", ", "),
            figure=t("chart.figure", share=round(100 * row.share), count=row.people),
        )
        for name, row in zip(names, rows_of(table), strict=True)
    )
    _draw(share_shape(_SIZE, colours), rows, height=_height(lines), alt=f"{told}. {words}.", key=key)


def time_chart(table: pd.DataFrame, values: Sequence[float], *, ticks: tuple[float, ...], key: str) -> None:
    """A line through the groups of a table, in order, the number of people over each point."""
    colours = palette()
    names = list(told_apart(dict(_numbered(table["label"]))).values())
    with_interval = "low" in table
    rows = [
        {
            "name": name,
            "value": value,
            "low": row.low if with_interval else value,
            "high": row.high if with_interval else value,
            "figure": str(row.n),
        }
        for name, value, row in zip(names, values, rows_of(table), strict=True)
    ]
    written = [percent(value) if with_interval else decimal(value) for value in values]
    words = "; ".join(
        t("compare.point", label=name, value=value, n=tn("people.picked", row.n))
        for name, value, row in zip(names, written, rows_of(table), strict=True)
    )
    _draw(time_shape(ticks, _SIZE, colours), rows, height=_SIZE * 22, alt=f"{words}.", key=key)


def range_chart(table: pd.DataFrame, *, key: str) -> None:
    """How many minutes more or less than planned: the median, and where half of the cafés are."""
    colours = palette()
    # The figure is said with the name: on a narrow phone there would be no place for it beside the points.
    names = [f"{row.label}\n{signed_minutes(row.middle)} · {tn('compare.cafes', row.cafes)}" for row in rows_of(table)]
    lines = _wrapped(names)
    rows = [
        {
            "name": line,
            "low": row.low,
            "middle": row.middle,
            "high": row.high,
            "nought": 0.0,
            "colour": colours.bar if row.middle > 0 else colours.right,
        }
        for line, row in zip(lines, rows_of(table), strict=True)
    ]
    span = (min(0.0, float(table["low"].min())), max(0.0, float(table["high"].max())))
    words = "; ".join(name.replace("\n", ", ") for name in names)
    _draw(range_shape(*span, _SIZE, colours), rows, height=_height(lines), alt=f"{words}.", key=key)


def _numbered(labels: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(number), label) for number, label in enumerate(labels)]


def _wrapped(names: Sequence[str]) -> list[str]:
    """The names of rows, on several lines, no two of them the same: a chart knows a row by its name."""
    lines = {
        number: "\n".join(part for line in name.split("\n") for part in wrap(line, _NAME_WIDTH))
        for number, name in _numbered(names)
    }
    return list(told_apart(lines).values())


def _height(lines: Sequence[str]) -> int:
    tallest = max((line.count("\n") + 1 for line in lines), default=1)
    return round(len(lines) * _SIZE * max(2.4, 1.25 * tallest + 0.8))


def _draw(shape: str, rows: list[dict[str, Any]], *, height: int, alt: str, key: str) -> None:
    spec = {**json.loads(shape), "height": height, "datasets": {ROWS: pd.DataFrame(rows)}}
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", key=key, alt=alt)
