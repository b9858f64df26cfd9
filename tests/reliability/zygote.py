"""A process that has imported the app, and forks it: five hundred starts then fit in minutes.

What is forked runs `streamlit run app.py` as the command line does, from its first line.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from contextlib import suppress

import altair  # noqa: F401, ICN001
import pandas  # noqa: F401, ICN001
import streamlit.web.bootstrap  # noqa: F401
import uvicorn
from streamlit.web import cli

import web.middleware
import web.routes  # noqa: F401
from content.loader import default_pack
from state.stores import tinydb_store  # noqa: F401

assert uvicorn


def serve(port: str, data: str, log: str) -> None:
    """Become the app."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ |= {"COMPTOIR_DATA": data, "STREAMLIT_LOGGER_ENABLE_RICH": "false"}
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.argv = ["streamlit", "run", "app.py", "--server.port", port, "--server.address", "127.0.0.1"]
    cli.main()


def main() -> None:
    default_pack()
    # Whoever dies is reaped by the system: a killed process is gone at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "only a process of one thread may be forked"
    print("ready", flush=True)
    pid = 0
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            serve(*line.rstrip("\n").split("\t"))
            os._exit(0)
        print(pid, flush=True)
    # A campaign that ended in the middle leaves nothing behind.
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
