"""Figures from samples: percentiles, ratios, and the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Figures = dict[str, Any]


def percentile(samples: Sequence[float], share: float) -> float:
    """The value under which `share` (0 to 1) of the samples stand, between neighbours where it falls between.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.5
    """
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def spread(seconds: Sequence[float]) -> Figures:
    """p50, p95, p99 and the longest, in milliseconds."""
    return {
        "p50": milliseconds(percentile(seconds, 0.5)),
        "p95": milliseconds(percentile(seconds, 0.95)),
        "p99": milliseconds(percentile(seconds, 0.99)),
        "max": milliseconds(max(seconds)),
    }


def whole(counts: Sequence[float]) -> Figures:
    """p50, p95 and the most, of things that are counted."""
    return {"p50": round(percentile(counts, 0.5)), "p95": round(percentile(counts, 0.95)), "max": round(max(counts))}


def milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 1)


def ratios(ours: Figures, theirs: Figures) -> Figures:
    """How many times more the baseline takes, for each figure that both have."""
    found: Figures = {}
    for name, mine in ours.items():
        other = theirs.get(name)
        if isinstance(mine, dict) and isinstance(other, dict):
            found[name] = ratios(mine, other)
        elif name not in _NOT_COMPARED and _is_figure(mine) and _is_figure(other) and mine:
            found[name] = round(other / mine, 1)
    return {name: ratio for name, ratio in found.items() if ratio != {}}


_NOT_COMPARED = {"participants", "acknowledged", "stored", "clicks", "rounds", "others_cpu_percent"}


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def machine() -> Figures:
    return {
        "cores": os.cpu_count(),
        "cpu": _cpu_name(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "streamlit": version("streamlit"),
    }


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
