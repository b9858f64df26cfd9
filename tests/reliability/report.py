"""Figures as they were measured: a table for whoever ran them, and the page that keeps them (`docs/reliability.md`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reliability.campaigns import CAMPAIGNS

if TYPE_CHECKING:
    from bench.figures import Figures

_HEAD = """# What the app withstands

Written by `python -m tests.reliability report FILE` from what `make reliability` measured; not by hand. What each
campaign does, and what it cannot show: `docs/decisions/0030-measure-what-it-withstands.md`, and `tests/reliability/`.

`make reliability` runs the whole in under an hour: the soak beside all the others. `make test` runs a short form of
each. A size smaller than the promised one is said in its row.

"""


def verdict(figures: Figures, n: int, whole: int) -> str:
    held = "holds" if figures["holds"] else "**does not hold**"
    if figures["holds"] and not figures.get("growth_judged", True):
        held = "no errors; growth not judged"
    return held if n >= whole else f"{held}, at a smaller size than the {whole} promised"


def table(report: Figures) -> str:
    """One line for each campaign that was run."""
    lines = [
        f"{one.name:<11}{found['n']:>7} {one.unit:<15}{found['seconds']:>6} s  "
        f"{verdict(found['figures'], found['n'], one.whole)}\n           {one.tell(found['figures'])}"
        for one in CAMPAIGNS
        if (found := report["campaigns"].get(one.name))
    ]
    return "\n".join(lines)


def page(report: Figures) -> str:
    machine = report["machine"]
    where = f"{machine['cores']} cores ({machine['cpu']}), {machine['system']}"
    lines = [
        _HEAD,
        f"Measured on {report['measured']}, {where}, Python {machine['python']}, Streamlit {machine['streamlit']}.\n\n",
        "| figure | how | target | measured | verdict | took | command |\n|---|---|---|---|---|---|---|\n",
    ]
    for one in CAMPAIGNS:
        if (found := report["campaigns"].get(one.name)) is None:
            lines.append(
                f"| {one.name} | {one.what} | {one.target} | not measured | | | `{one.command(one.whole)}` |\n"
            )
            continue
        figures, n = found["figures"], found["n"]
        lines.append(
            f"| {one.name} | {n} {one.unit}: {one.what} | {one.target} | {one.tell(figures)} | "
            f"{verdict(figures, n, one.whole)} | {found['seconds']} s | `{one.command(n)}` |\n"
        )
    return "".join(lines)
