"""The bench measures what it says; how fast things are is not tested."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bench.__main__ import parse
from bench.answers import answer_to
from bench.compare import measure_compare
from bench.figures import percentile, ratios, spread
from bench.live import measure_live
from bench.play import Scenario
from bench.report import kinds_table, live_table, review_table
from bench.review import measure_review
from content.activities import KINDS
from content.loader import default_pack


@pytest.mark.parametrize(
    ("samples", "share", "expected"),
    [
        ([7.0], 0.95, 7.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.5),
        ([4.0, 1.0, 3.0, 2.0], 0.0, 1.0),
        ([4.0, 1.0, 3.0, 2.0], 1.0, 4.0),
        ([float(number) for number in range(101)], 0.95, 95.0),
    ],
)
def test_percentile_stands_between_neighbours(samples: list[float], share: float, expected: float) -> None:
    assert percentile(samples, share) == pytest.approx(expected)


def test_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 0.5)


def test_spread_is_in_milliseconds() -> None:
    assert spread([0.001, 0.001, 0.001]) == {"p50": 1.0, "p95": 1.0, "p99": 1.0, "max": 1.0}


def test_ratios_compare_what_both_have_and_leave_counts_alone() -> None:
    ours = {"participants": 20, "acks_ms": {"p95": 2.0}, "idle": 0.5, "only_ours": 3}
    theirs = {"participants": 20, "acks_ms": {"p95": 9.0}, "idle": 16.0}
    assert ratios(ours, theirs) == {"acks_ms": {"p95": 4.5}, "idle": 32.0}


def test_without_arguments_everything_is_measured() -> None:
    options = parse([])
    assert (options.what, options.json) == ("everything", False)


def test_live_takes_its_room_from_the_command_line() -> None:
    options = parse(["live", "--participants", "300", "--baseline", "polling", "--json"])
    assert (options.what, options.participants, options.baseline, options.json) == ("live", 300, "polling", True)


def test_an_activity_is_named_by_its_kind_or_its_id() -> None:
    pack = default_pack()
    for kind in KINDS:
        assert pack.activities[parse(["live", "--activity", kind]).activity].kind == kind
    assert parse(["live", "--activity", "madonna"]).activity == "madonna"


@pytest.mark.parametrize(
    "view",
    [
        {"kind": "choice", "choices": [{"id": "a"}, {"id": "b"}]},
        {"kind": "choice", "choices": [], "own": 40},
        {"kind": "several", "choices": [{"id": "a"}, {"id": "b"}], "most": 1},
        {"kind": "hunt", "most": 5},
        {"kind": "card", "cards": [{"id": "a"}]},
        {"kind": "order", "entries": [{"id": "a"}, {"id": "b"}]},
        {"kind": "text"},
        {"kind": "done"},
    ],
    ids=lambda view: view["kind"],
)
def test_every_kind_of_input_has_an_answer(view: dict[str, Any]) -> None:
    assert answer_to(view, 4, random.Random(1)).strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ["live", "--participants", "0"],
        ["live", "--baseline", "none"],
        ["live", "--rounds", "many"],
        ["live", "--activity", "siesta"],
        ["live", "--notes", "0"],
    ],
)
def test_nonsense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["live", "phone"])
def test_each_part_has_its_own_json(what: str) -> None:
    assert parse([what, "--json"]).json
    assert not parse([what]).json


OPENING = ["live", "--activity", "opening"]


def test_a_small_room_played_over_the_wire_loses_nothing() -> None:
    scenario = Scenario(3, rounds=2, impatient_rounds=1, vote_seconds=0.3, idle_seconds=0.5)
    figures = measure_live(scenario)
    for name in ("phase_to_phone_ms", "vote_to_ack_ms"):
        assert set(figures[name]) >= {"p50", "p95", "max"}
        assert 0 < figures[name]["p50"] <= figures[name]["p95"] <= figures[name]["max"]
    assert figures["participants"] == 3
    assert figures["acknowledged"] == figures["stored"]
    assert 2 * 3 <= figures["acknowledged"] <= 3 * 3
    assert figures["acknowledged"] + figures["refused_after_close"] == 3 * 3
    assert figures["last_vote_to_console_ms"] > 0
    assert figures["rss_mb"] > 0
    assert figures["idle_cpu_percent"] >= 0
    assert figures["cut_streams"] == 0
    assert "3 phones" in live_table(figures)


def test_a_board_is_played_note_by_note() -> None:
    scenario = Scenario(
        3, rounds=5, impatient_rounds=1, vote_seconds=0.3, idle_seconds=0.1, activity="journee-d-agent", notes=20
    )
    figures = measure_live(scenario)
    assert (figures["activity"], figures["kind"]) == ("journee-d-agent", "board")
    assert 20 <= figures["notes"] <= 20 + 3
    assert figures["acknowledged"] == figures["stored"] == 4 * 3 + figures["notes"]
    assert figures["bytes_per_change"]["max"] > 0
    assert "journee-d-agent" in live_table(figures)
    assert "board" in kinds_table([figures])


def test_what_asks_nothing_is_measured_by_its_clicks() -> None:
    figures = measure_live(
        Scenario(2, rounds=1, impatient_rounds=1, idle_seconds=0.1, activity=parse(OPENING).activity)
    )
    assert figures["phase_to_phone_ms"]["max"] > 0
    assert figures["vote_to_ack_ms"] is None
    assert figures["acknowledged"] == figures["stored"] == 0
    assert "opening" in kinds_table([figures])


def test_a_review_is_measured_on_a_cafe_made_in_memory() -> None:
    figures = measure_review(people=6, questions=12)
    assert (figures["people"], figures["questions"]) == (6, 12)
    assert figures["review_s"] > 0
    assert "≤ 1.0 s" in review_table(figures)


def test_a_few_cafes_are_compared_and_timed() -> None:
    figures = measure_compare(5)
    assert figures["cafes"] == 5
    assert set(figures["later_visits_s"]) == {"question", "time", "talk", "overruns"}
    assert 0 < max(figures["later_visits_s"].values()) <= figures["compare_500_s"]
