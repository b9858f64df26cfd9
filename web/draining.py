"""The end of a process: writes are finished, streams end with a word, and it is gone within ten seconds."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Callable
    from types import FrameType

    from state.live import Hub

LONGEST_SECONDS = 8.0
_CLOSING_SECONDS = 1.5
# Clients come back spread over this, in milliseconds, rather than all at once on the process next door.
_SOONEST, _LATEST = 200, 1_000

log = logging.getLogger(__name__)


class Life:
    """Whether this process was asked to stop."""

    def __init__(self) -> None:
        self.leaving = False

    async def until_leaving(self, frames: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        """A stream that, when this process leaves, ends by telling its reader to come back soon.

        One that is asked for afterwards says only that: an error would keep a browser from coming back.
        """
        async with aclosing(frames):
            if not self.leaving:
                async for frame in frames:
                    yield frame
        if self.leaving:
            yield b"retry: %d\n\n" % (_SOONEST + secrets.randbelow(_LATEST - _SOONEST))


def drain_on_signal(life: Life, hub: Hub, loop: asyncio.AbstractEventLoop, close: Callable[[], None]) -> None:
    """End the streams as soon as the server is asked to stop: it waits for open responses before its own end.

    Somebody who reads nothing, or sends without end, would keep it for ever: after `LONGEST_SECONDS` the store is
    closed (`close`) and the process ends. Nothing acknowledged is lost by that, for it is durable already.
    """

    def leave() -> None:
        life.leaving = True
        hub.drain()

    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(received: int, frame: FrameType | None, before: object = before) -> None:
            if not life.leaving:
                _end_anyway(close)
            loop.call_soon_threadsafe(leave)
            if callable(before):
                before(received, frame)

        # Outside the main thread (tests) there are no signals to catch.
        with suppress(ValueError):
            signal.signal(number, stop)


def _end_anyway(close: Callable[[], None]) -> None:
    def end() -> None:
        log.warning("still busy %g s after being asked to stop: ending", LONGEST_SECONDS)
        closing = threading.Thread(target=close, name="store-closing", daemon=True)
        closing.start()
        closing.join(_CLOSING_SECONDS)
        os._exit(0)

    timer = threading.Timer(LONGEST_SECONDS, end)
    timer.daemon = True
    timer.start()
