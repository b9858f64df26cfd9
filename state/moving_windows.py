"""Where the times of tries are kept for `limits`: in memory, swept as they are counted, by no thread."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock

from limits.storage import MemoryStorage


@dataclass(slots=True)
class _Window:
    """When one somebody tried one something, in seconds of the monotonic clock, oldest first."""

    seconds: int
    tries: deque[float] = field(default_factory=deque)

    def forget_before(self, now: float) -> None:
        while self.tries and self.tries[0] <= now - self.seconds:
            self.tries.popleft()


class MovingWindows(MemoryStorage):
    """The moving windows of `limits`' memory, without its thread.

    The original starts a thread to sweep at nearly every try. Starting one lets go of the interpreter, which a busy app
    gets back up to 5 ms later: `docs/decisions/0020` has the figures.
    """

    def __init__(self) -> None:
        super().__init__()
        self._windows: OrderedDict[str, _Window] = OrderedDict()
        self._one_at_a_time = Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` tries; False, and none counted, when fewer are left in the last `expiry` seconds."""
        now = time.monotonic()
        with self._one_at_a_time:
            self._sweep(now)
            window = self._windows.setdefault(key, _Window(expiry))
            self._windows.move_to_end(key)
            window.forget_before(now)
            if len(window.tries) + amount > limit:
                return False
            window.tries.extend([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Give the oldest try that still counts, in seconds of the monotonic clock, and how many there are."""
        now = time.monotonic()
        with self._one_at_a_time:
            window = self._windows.get(key)
            if window is None:
                return now, 0
            window.forget_before(now)
            return (window.tries[0], len(window.tries)) if window.tries else (now, 0)

    def _sweep(self, now: float) -> None:
        """Let go of who has not tried for long: two at most each time, which is enough as one at most is added."""
        for _ in range(min(2, len(self._windows))):
            key, window = next(iter(self._windows.items()))
            window.forget_before(now)
            if not window.tries:
                del self._windows[key]
            else:
                self._windows.move_to_end(key)
