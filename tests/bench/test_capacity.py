"""Costs come from differences, and needs from costs and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.capacity import Seen, costs_between, measure_room, report
from bench.crowds import Costs, simulate

FREE = Costs(0, 0, 0, 0, 0, 0, (5, 20), 0, 0, 0, 0, 0)
SMALL = Seen(5, 200_000_000, 300_000, 0.05, 1_500_000, 0.1, 0.002, 0.6, 10, 10, 5, 9_000, 2_500)


def room(people: int) -> Seen:
    """A room where everything costs the same to each: 10 ms to come in, 0.3 MB, 5 ms an answer, 55 ms a click."""
    return replace(
        SMALL,
        people=people,
        rss_people=300_000 * people,
        cpu_join=0.05 + 0.01 * people,
        cpu_idle_per_second=0.001 + 0.0002 * people,
        answers=2 * people,
        cpu_rounds=0.55 + 0.005 * 2 * people,
    )


def test_costs_are_what_more_people_spend_more() -> None:
    costs = costs_between(room(5), room(20))
    assert costs.join_cpu == pytest.approx(0.01)
    assert costs.idle_cpu == pytest.approx(0.005 / 20)
    assert costs.person_bytes == pytest.approx(300_000)
    assert costs.answer_cpu == pytest.approx(0.005)
    assert costs.move_cpu == pytest.approx(0.055)


def test_noise_makes_nothing_cost_less_than_nothing() -> None:
    costs = costs_between(replace(room(5), cpu_join=9.0, rss_people=10**9), room(20))
    assert (costs.join_cpu, costs.person_bytes) == (0, 0)


def test_people_who_cost_nothing_need_one_process() -> None:
    need = simulate(FREE, 10_000, 20)
    assert (need.processes, need.worst_cores, need.cafes) == (1, 0, 500)


def test_each_cost_is_counted() -> None:
    """Everybody comes in and answers; what it costs is as many times what one costs."""
    at_rest = simulate(replace(FREE, idle_cpu=0.001), 10_000, 20)
    assert at_rest.rest_cores == pytest.approx(10)
    assert at_rest.worst_cores == pytest.approx(10)
    assert at_rest.processes in {20, 21}
    answering = simulate(replace(FREE, answer_cpu=0.01), 10_000, 20)
    assert answering.worst_cores == pytest.approx(0.01 * answering.worst_answers)
    assert answering.first == "processor"
    arriving = simulate(replace(FREE, join_cpu=0.01), 10_000, 20)
    assert arriving.first == "arrivals"
    heavy = simulate(replace(FREE, person_bytes=1e6), 10_000, 20)
    assert (heavy.memory_bytes, heavy.processes, heavy.first) == (1e10, 5, "memory")


def test_twice_the_people_need_about_twice_as_much() -> None:
    costs = costs_between(room(5), room(20))
    one, two = (simulate(costs, people, 20) for people in (20_000, 40_000))
    assert two.worst_cores / one.worst_cores == pytest.approx(2, rel=0.1)
    assert two.cafes == 2 * one.cafes


def test_nothing_is_told_of_sizes_that_were_not_measured() -> None:
    with pytest.raises(ValueError, match="not measured"):
        simulate(FREE, 1_000, 300)


def test_a_last_cafe_may_be_smaller() -> None:
    assert simulate(FREE, 21, 20).cafes == 2


def test_a_small_room_is_really_measured() -> None:
    seen = measure_room(3)
    assert seen.answers == 6
    assert 0 < seen.writes <= seen.answers + seen.moves + 10
    assert min(seen.cpu_rounds, seen.cpu_join, seen.disk_bytes, seen.stream_bytes) > 0
    assert 50e6 < seen.rss_start < 1e9


def test_the_report_has_every_need() -> None:
    seen = [room(5), room(20)]
    costs = costs_between(*seen)
    table = report(seen, costs, [simulate(costs, people, 20) for people in (1_000, 100_000)])
    assert "| 1,000 | 20 |" in table
    assert "| 100,000 | 20 |" in table
