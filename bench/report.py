"""Figures as tables, beside what we promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.figures import Figures


_CALM_PERCENT = 15.0


@dataclass(frozen=True, slots=True)
class Row:
    """A figure by its path in the report, how it reads, and what is promised: always, or for so many phones."""

    path: str
    label: str
    unit: str
    always: float | None = None
    promised: Mapping[int, float] | None = None

    def target(self, participants: int = 0) -> float | None:
        return (self.promised or {}).get(participants, self.always)


LIVE = (
    Row("phase_to_phone_ms.p50", "click → phones, half of them", "ms"),
    Row("phase_to_phone_ms.p95", "click → phones, 95 %", "ms", promised={20: 60, 300: 100}),
    Row("phase_to_phone_ms.max", "click → phones, the last", "ms"),
    Row("phase_while_voting_ms.p95", "click while they vote → phones, 95 %", "ms"),
    Row("event_to_phone_ms.p95", "event decided → phones, 95 %", "ms"),
    Row("phase_to_screen_ms.p95", "click → projector redrawn, 95 %", "ms"),
    Row("vote_to_ack_ms.p50", "vote → acknowledged, half of them", "ms"),
    Row("vote_to_ack_ms.p95", "vote → acknowledged, 95 %", "ms", promised={20: 15, 300: 40}),
    Row("vote_to_ack_ms.max", "vote → acknowledged, the slowest", "ms"),
    Row("flood_to_ack_ms.p95", "a board filled in 2 s: note → kept, 95 %", "ms"),
    Row("last_vote_to_console_ms", "last vote → console, the slowest round", "ms", always=500),
    Row("last_vote_to_screen_ms", "last vote → projector, the slowest round", "ms"),
    Row("last_vote_to_phone_ms.p95", "last vote → phones, where they see it, 95 %", "ms"),
    Row("notes", "notes stuck", ""),
    Row("bytes_per_change.p95", "a change on a phone's stream, 95 %", "bytes"),
    Row("kb_per_phone", "all changes, for one phone", "kB"),
    Row("idle_cpu_percent", "processor at rest", "% of a core", promised={20: 3, 100: 3, 300: 3}),
    Row("busy_cpu_percent", "processor while playing", "% of a core"),
    Row("rss_mb", "memory", "MB"),
    Row("join_s", "everybody in, ten at a time", "s"),
    Row("acknowledged", "answers acknowledged", ""),
    Row("stored", "answers found in the store's files", ""),
)

# A column for each of these, in the table of all kinds.
_OF_KINDS = (
    ("phase_to_phone_ms.p95", "click → phones"),
    ("vote_to_ack_ms.p95", "→ kept"),
    ("last_vote_to_console_ms", "→ console"),
    ("last_vote_to_screen_ms", "→ projector"),
    ("last_vote_to_phone_ms.p95", "→ phones"),
    ("bytes_per_change.max", "bytes a change"),
    ("kb_per_phone", "kB a phone"),
    ("notes", "notes"),
    ("stored", "kept"),
    ("others_cpu_percent", "others %"),
)

PHONE = (
    Row("first_visit_br_kb", "first visit, Brotli", "kB", always=1_200),
    Row("first_visit_gzip_kb", "first visit, gzip", "kB", always=1_400),
    Row("plain_kb", "the same for a bare Streamlit page", "kB"),
    Row("first_visit_requests", "requests of a first visit", ""),
    Row("first_visit_s", "link → ready to join", "s"),
    Row("joined_s", "join tapped → choices", "s"),
    Row("repeat_visit_s", "coming back → choices", "s"),
    Row("repeat_visit_kb", "coming back", "kB"),
    Row("pad_kb", "the pad itself, Brotli", "kB"),
    Row("slow.first_visit_br_s", "slow phone and network: link → ready, Brotli", "s"),
    Row("slow.first_visit_gzip_s", "slow phone and network: link → ready, gzip", "s"),
    Row("slow.repeat_visit_s", "slow phone and network: coming back", "s"),
)


REVIEW = (
    Row("review_s", "a review opens, the first time", "s", always=1.0),
    Row("review_again_s", "the same, again", "s"),
    Row("compare_500_s", "500 cafés are compared, the slowest visit", "s", always=2.0),
    Row("csv_million_s", "a million answers as CSV", "s", always=15.0),
    Row("csv_peak_mb", "memory of what writes them, at the most", "MB", always=300),
)


def live_table(figures: Figures) -> str:
    people = figures["participants"]
    columns = ["", "measured", "target"]
    if "baseline" in figures:
        columns += ["polling", "times"]
    rows = []
    for row in LIVE:
        value = _at(figures, row.path)
        if value is None:
            continue
        cells = [f"{row.label}", _said(value, row.unit), _target(row, value, people)]
        if "baseline" in figures:
            cells += [_said(_at(figures["baseline"], row.path), row.unit), _times(_at(figures["ratios"], row.path))]
        rows.append(cells)
    title = f"{people} phones, a console and a projector"
    if "activity" in figures:
        title += f", {figures['kind']} ({figures['activity']})"
    if (others := figures["others_cpu_percent"]) > _CALM_PERCENT:
        title += f" (disturbed: other processes took {others} % of a core)"
    return f"{title}\n{_table(columns, rows)}"


def kinds_table(rooms: Sequence[Figures]) -> str:
    """Every kind of activity, one a line, beside what we promise; times in milliseconds."""
    people = rooms[0]["participants"]
    rows_by_path = {row.path: row for row in LIVE}
    rows = []
    for figures in rooms:
        cells = [figures["kind"]]
        for path, _ in _OF_KINDS:
            value, row = _at(figures, path), rows_by_path.get(path)
            target = row.target(people) if row else None
            missed = value is not None and target is not None and value > target
            cells.append(_said(value, "✗" if missed else ""))
        rows.append(cells)
    targets = [rows_by_path[path].target(people) if path in rows_by_path else None for path, _ in _OF_KINDS]
    rows.append(["target", *("" if target is None else f"≤ {target:,}" for target in targets)])
    return f"{people} phones, by kind of activity: 95 % of cases, or the slowest round, in ms\n" + _table(
        ["", *(label for _, label in _OF_KINDS)], rows
    )


def phone_table(figures: Figures) -> str:
    rows = [
        [row.label, _said(value, row.unit), _target(row, value)]
        for row in PHONE
        if (value := _at(figures, row.path)) is not None
    ]
    return f"A phone's visits\n{_table(['', 'measured', 'target'], rows)}"


def review_table(figures: Figures) -> str:
    rows = [
        [row.label, _said(value, row.unit), _target(row, value)]
        for row in REVIEW
        if (value := _at(figures, row.path)) is not None
    ]
    title = f"Past cafés: a review of {figures['people']} people × {figures['questions']} questions"
    return f"{title}\n{_table(['', 'measured', 'target'], rows)}"


def machine_line(machine: Figures) -> str:
    return (
        f"On {machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python {machine['python']}, "
        f"Streamlit {machine['streamlit']}; what plays the phones runs on the same cores."
    )


def _at(figures: Figures, path: str) -> Any:
    value: Any = figures
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _said(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:,} {unit}".strip()


def _target(row: Row, value: float, participants: int = 0) -> str:
    target = row.target(participants)
    if target is None:
        return ""
    return f"≤ {target:,} {row.unit} {'✓' if value <= target else '✗ missed'}"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"× {ratio:g}"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[place]) for line in (columns, *rows)) for place in range(len(columns))]
    lines = []
    for line in (columns, ["─" * width for width in widths], *rows):
        first, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        lines.append("  ".join([first, *others]).rstrip())
    return "\n".join(lines)
