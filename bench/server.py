"""A Streamlit app in a process of its own: started on a free port, watched through /proc, stopped like a service."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

ROOT = Path(__file__).parents[1]
HOST = "localhost"
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_SETTLE_SECONDS = 300.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Server:
    """`streamlit run SCRIPT`, ready to answer inside the `with`."""

    def __init__(
        self,
        script: Path,
        *,
        log: Path,
        cwd: Path = ROOT,
        environment: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.port = _free_port()
        self._log = log
        self._environment = {**os.environ, **(environment or {})}
        self._cwd = cwd
        self._command = [
            *(sys.executable, "-m", "streamlit", "run", str(script)),
            *("--server.port", str(self.port), "--server.address", "127.0.0.1"),
            *options,
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._output = self._log.open("wb")
        self._process = subprocess.Popen(
            self._command, cwd=self._cwd, env=self._environment, stdout=self._output, stderr=subprocess.STDOUT
        )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if error is not None:
            error.add_note(f"The app said:\n{self._last_words()}")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """As a service manager does: a signal, patience, then force."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._output is not None:
            self._output.close()
            self._output = None

    def cpu_seconds(self) -> float:
        """Processor time of the app and its children so far, in user and in kernel mode."""
        return sum(_cpu_seconds(pid) for pid in _tree(self.pid))

    def rss_bytes(self) -> int:
        return sum(_rss_bytes(pid) for pid in _tree(self.pid))

    def _wait_until_healthy(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _START_SECONDS
        while not self._healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the app did not start:\n{self._last_words()}")
            time.sleep(0.05)
        # The first start ever compresses static files in a process beside: that is not what is measured.
        deadline = time.monotonic() + _SETTLE_SECONDS
        while len(_tree(self.pid)) > 1 and time.monotonic() < deadline:
            time.sleep(0.1)

    def _last_words(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-2_000:]

    def _healthy(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=2) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False


def machine_cpu_seconds() -> float:
    """Processor time that the whole machine has spent on anything, on all cores, what its host took included."""
    fields = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, irq, softirq, steal = map(int, fields)
    return (user + nice + system + irq + softirq + steal) / _TICKS


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tree(root: int) -> list[int]:
    """A process and all its descendants that are alive."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, ()))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command's name: state, parent, …; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _rss_bytes(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[21]) * _PAGE if fields else 0
