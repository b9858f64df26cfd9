"""The real app in a process of its own, which a campaign kills and starts again on the same port and data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from urllib.error import URLError
from urllib.request import urlopen

from bench.wire import Address
from tests.e2e.server import ROOT, free_port

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0


class App:
    """`start` returns once it answers. Its data are in `folder / "data"`, what it says in `folder / "app.log"`."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.log = folder / "app.log"
        self.address = Address("127.0.0.1", free_port())
        self.pid = 0
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear("ready")

    @property
    def store(self) -> Path:
        return self.data / "cafes"

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def alive(self) -> bool:
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return True
        return False

    def start(self) -> None:
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(f"{self.address.port}\t{self.data}\t{self.log}\n")
        self._zygote.stdin.flush()
        self.pid = int(self._hear())
        deadline = time.monotonic() + _START_SECONDS
        while self.get("/api/health") == 0:
            assert self.alive, f"the app ended by itself:\n{self.said[-3000:]}"
            assert time.monotonic() < deadline, f"the app did not start:\n{self.said[-3000:]}"
            time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut does to a process: no goodbye."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait_until_gone()

    def stop(self) -> None:
        if self.pid and self.alive:
            os.kill(self.pid, signal.SIGTERM)
            self._wait_until_gone()

    def get(self, path: str) -> int:
        """The status of an answer; 0 where there is none."""
        try:
            with urlopen(f"{self.address.origin}{path}", timeout=5) as reply:
                return int(reply.status)
        except URLError as error:
            return int(getattr(error, "code", 0))
        except OSError:
            return 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        assert self._zygote.stdin is not None
        self._zygote.stdin.close()
        self._zygote.wait(_STOP_SECONDS)

    def _hear(self, expected: str = "") -> str:
        assert self._zygote.stdout is not None
        line = self._zygote.stdout.readline().strip()
        assert line == expected or (line and not expected), "the process that forks the app has ended"
        return line

    def _wait_until_gone(self) -> None:
        deadline = time.monotonic() + _STOP_SECONDS
        while self.alive:
            assert time.monotonic() < deadline, "the app does not end"
            time.sleep(0.005)
        self.pid = 0
