"""The campaigns: what each is called, what is promised of it, at which size, and how its figures read."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.figures import Figures


@dataclass(frozen=True, slots=True)
class Campaign:
    """`whole` is how many of its `unit` are promised, `short` how many fit among the tests."""

    name: str
    what: str
    target: str
    unit: str
    whole: int
    short: int
    tell: Callable[[Figures], str]

    def run(self, n: int) -> Figures:
        # Each imports what it drives with: a browser for one, the whole app for another.
        figures: Figures = import_module(f"tests.reliability.{self.name}").run(n)
        return figures

    def command(self, n: int) -> str:
        return f"python -m tests.reliability {self.name} --n {n}"


def _kills(found: Figures) -> str:
    return (
        f"{found['acknowledged']} answers acknowledged by {found['clients']} clients ({found['sent_again']} sent "
        f"again after a cut): {found['lost']} lost, {found['doubled']} doubled, {found['damaged']} cafés damaged"
    )


def _power(found: Figures) -> str:
    return (
        f"{found['power_cuts']} power cuts after {found['steps']} steps ({found['writes']} writes, {found['syncs']} "
        f"syncs, {found['renames']} renames): {found['reopened_right']} reopened with all that was acknowledged"
    )


def _full(found: Figures) -> str:
    full, errors = found["disk_full"], found["errors"]
    if not full["times"]:
        real = f"no real full disk ({full['told']})"
    else:
        real = (
            f"disk full {full['times']} times: {full['refused']} answers refused, {full['lost']} lost, "
            f"{full['kept_though_refused']} kept though refused, said in the console {full['console_told']} times, "
            f"recovered {full['recovered']} times"
        )
    return (
        f"{real}; {errors['refused']} writes refused by injected errors: {errors['lost']} lost, "
        f"{errors['kept_though_refused']} kept though refused, {errors['not_told']} untold"
    )


def _damage(found: Figures) -> str:
    return (
        f"{found['detected_told_given_back']} set aside, told and given back; "
        f"{found['detected_told_kept_for_a_backup']} set aside and told, nothing of them readable and no backup given; "
        f"{found['like_a_crash']} journals cut short, which nothing tells from a crash and which are served up to the "
        f"cut; wrong: {found['wrong'] or 'none'}; the other cafés were served each time"
    )


def _machine(found: Figures) -> str:
    stores = [name for name, figures in found.items() if isinstance(figures, dict) and "runs" in figures]
    parts = (f"{found[name]['runs']} over {name} ({found[name]['gestures']} gestures)" for name in stores)
    return f"{', '.join(parts)}: {len(found['differences'])} differences"


def _bad_inputs(found: Figures) -> str:
    return (
        f"{found['inputs']} inputs of {len(found['families'])} families: {found['crashes']} crashes, "
        f"{found['scripts_run']} scripts run on {found['pages_looked_at']} pages, {found['live_formulas']} live "
        f"formulas in {found['cells']} cells of {found['files']} files, {found['stack_traces']} stack traces, "
        f"{found['leaks']} leaks"
    )


def _herd(found: Figures) -> str:
    return (
        f"{found['phones']} phones in within {found['join_seconds']} s, cut at once, all back in "
        f"{found['all_back_seconds']} s: {found['identities_lost']} identities and {found['answers_lost']} answers lost"
    )


def _crowd(found: Figures) -> str:
    return (
        f"{found['joined']} of {found['people']} people in, answers: {found['answered']} by status, p95 "
        f"{found['vote_to_ack_ms']['p95']} ms; {found['guesses_looked_at']} of {found['guesses']} guesses looked at, "
        f"{found['guessed_right']} right; flood: {found['flood']} by status, {found['streams_refused']} streams refused"
    )


def _soak(found: Figures) -> str:
    growth = found["memory_mb_per_hour"]
    said = "too short for a slope" if growth is None else f"{growth} MB an hour after warm-up"
    judged = "" if found["growth_judged"] else " (too short to be judged)"
    return (
        f"{found['minutes']} min, {found['phones']} phones, {found['cafes']} cafés, {found['answers']} answers: "
        f"{len(found['errors'])} errors; memory {said}{judged}; files {found['files'][0]} → {found['files'][1]}, "
        f"threads {found['threads'][0]} → {found['threads'][1]}"
    )


CAMPAIGNS = (
    Campaign(
        "kills", "random `kill -9` of the app while 50 clients write", "0 lost, 0 doubled", "kills", 500, 3, _kills
    ),
    Campaign(
        "power", "what was not synced is dropped, after every write, sync and rename", "always reopens, 0 lost",
        "things done", 300, 25, _power,
    ),
    Campaign(
        "full", "a full disk, then errors at every call", "not acknowledged, told, data intact, recovers",
        "refused writes", 500, 60, _full,
    ),
    Campaign(
        "damage", "truncations and flipped bits", "detected, told, others served, given back",
        "damages", 1000, 40, _damage,
    ),
    Campaign(
        "machine", "the live app against a model, every store", "0 differences", "runs", 10_000, 40, _machine
    ),
    Campaign(
        "bad_inputs", "every family of bad inputs against the running app",
        "0 crash, 0 script run, 0 live formula, 0 stack trace, 0 leak", "inputs", 20_000, 700, _bad_inputs,
    ),
    Campaign("herd", "all come, all drop at once, all come back", "0 lost, all back in 10 s", "phones", 300, 20, _herd),
    Campaign(
        "crowd", "one address: people, and somebody who guesses and floods", "people served, attacker slowed",
        "people", 100, 10, _crowd,
    ),
    Campaign(
        "soak", "100 phones, cafés opening and closing", "0 errors, < 1 MB an hour, files and threads flat",
        "minutes", 55, 0, _soak,
    ),
)  # fmt: skip
