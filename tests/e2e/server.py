"""The real app in a process of its own, which a test may stop, kill and start again on the same port and data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from typing import IO

ROOT = Path(__file__).parents[2]
# A name, over plain HTTP, as in a meeting room: what browsers keep for secure pages is missing there too.
# The browser is told that it means this machine.
HOST = "cafe.test"
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


class Server:
    """`streamlit run app.py` on a free port, under the path `base`, over the data in `folder`.

    `environment` is what else it is told.
    """

    def __init__(self, folder: Path, *, base: str = "") -> None:
        self.port = free_port()
        self._base = f"/{base}" if base else ""
        self.log = folder / "app.log"
        self.environment: dict[str, str] = {}
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Return once the app says that it is well."""
        options = ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        options += ["--server.baseUrlPath", self._base] if self._base else []
        self._output = self.log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *options],
            cwd=ROOT,
            env={
                **os.environ,
                "COMPTOIR_DATA": str(self._data),
                "STREAMLIT_LOGGER_ENABLE_RICH": "false",
                **self.environment,
            },
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + _START_SECONDS
        while not self._well():
            assert self._process.poll() is None, f"the app ended by itself:\n{self.said}"
            assert time.monotonic() < deadline, f"the app did not start:\n{self.said}"
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask it to end, as a service manager does; it must do so by itself, whoever is still connected."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the app was still there {_STOP_SECONDS:g} s after SIGTERM:\n{self.said}") from None
        finally:
            self._close_output()

    def kill(self) -> None:
        """As a power cut does: no goodbye."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None
        self._close_output()

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def said(self) -> str:
        """Everything that it wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _well(self) -> bool:
        with (
            suppress(URLError, OSError),
            urlopen(f"http://127.0.0.1:{self.port}{self._base}/api/health", timeout=5) as reply,
        ):
            return bool(reply.status == 200)
        return False

    def _close_output(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
