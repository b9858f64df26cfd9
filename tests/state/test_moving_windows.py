"""The tries that count are those of the last seconds, of whoever made them; whoever is gone is forgotten."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state.moving_windows import MovingWindows

LIMIT, SECONDS = 3, 10


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 7), st.integers(1, 2))))
def test_what_counts_is_what_was_tried_in_the_last_seconds(
    clock: list[float], steps: list[tuple[str, float, int]]
) -> None:
    windows, tried = MovingWindows(), {who: list[float]() for who in "abc"}
    for who, waited, amount in steps:
        clock[0] += waited
        counting = [at for at in tried[who] if at > clock[0] - SECONDS]
        allowed = len(counting) + amount <= LIMIT
        assert windows.acquire_entry(who, LIMIT, SECONDS, amount) is allowed
        if allowed:
            tried[who] += [clock[0]] * amount
            counting += [clock[0]] * amount
        assert windows.get_moving_window(who, LIMIT, SECONDS) == ((counting or [clock[0]])[0], len(counting))


def test_whoever_has_not_tried_for_long_is_forgotten(clock: list[float]) -> None:
    windows = MovingWindows()
    for n in range(500):
        windows.acquire_entry(f"someone {n}", LIMIT, SECONDS)
    clock[0] += SECONDS
    for _ in range(300):
        windows.acquire_entry("one", LIMIT, SECONDS)
    assert set(windows._windows) == {"one"}


def test_trying_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = MovingWindows()
    windows.timer.join()

    def refuse(_: threading.Thread) -> None:
        pytest.fail("a thread was started")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    for n in range(100):
        windows.acquire_entry(f"someone {n}", LIMIT, SECONDS)
