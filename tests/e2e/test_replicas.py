"""Two processes of the real app on one database: a phone joins by one, answers by the other, and loses nothing."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from state.domain.events import Record
from state.domain.folding import fold
from state.stores.postgres.store import PostgresStore
from tests.e2e.server import Server
from tests.postgres import database
from tests.state.cafes import CODE, ONE, created, goes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CAFE = "cafe00000001"


@pytest.fixture
def address() -> Iterator[str]:
    with database() as url:
        yield url


@pytest.fixture
def replicas(address: str, tmp_path: Path) -> Iterator[list[Server]]:
    servers = []
    for name in "ab":
        (tmp_path / name).mkdir()
        server = Server(tmp_path / name)
        server.environment = {"DATABASE_URL": address, "COMPTOIR_SECRET": "le même secret pour tous les processus"}
        servers.append(server)
        server.start()
    yield servers
    for server in servers:
        server.stop()


def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "too late"
        time.sleep(0.02)


def test_a_phone_goes_from_one_process_to_the_other_and_loses_nothing(replicas: list[Server], address: str) -> None:
    here, there = (f"http://127.0.0.1:{server.port}" for server in replicas)
    with closing(PostgresStore(address)) as store, httpx.Client() as phone:
        store.append(CAFE, [Record(1, 1_750_000_000.0, created())]).result(10)
        until(lambda: CAFE in phone.get(f"{here}/c/{CODE}").headers.get("location", ""))

        def post(base: str, what: str, **body: object) -> httpx.Response:
            return phone.post(f"{base}/api/cafes/{CAFE}/{what}", json=body, headers={"Origin": base})

        # The cookie was given by one process; the other takes it.
        assert post(there, "join", pseudonym="Zoé", level=None, place=None).status_code == 200
        begun = fold(store.load(CAFE))
        moves = [Record(seq, 1_750_000_001.0, event) for seq, event in enumerate(goes(ONE)(begun), begun.version + 1)]
        store.append(CAFE, moves).result(10)
        until(lambda: ONE in phone.get(f"{here}/api/cafes/{CAFE}/state").text)

        ended = threading.Event()
        heard: list[str] = []

        def listen() -> None:
            with phone.stream("GET", f"{here}/api/cafes/{CAFE}/stream", timeout=30) as stream:
                heard.extend(stream.iter_lines())
            ended.set()

        threading.Thread(target=listen, daemon=True).start()
        assert post(there, "answers", question=ONE, value="a", key="cle-1").status_code == 200
        until(lambda: '"a"' in phone.get(f"{here}/api/cafes/{CAFE}/state").text)
        began = time.monotonic()
        replicas[0].stop()
        assert time.monotonic() - began < 10
        assert ended.wait(2)
        assert any(line.startswith("retry:") for line in heard)
        # Delivered again, elsewhere: acknowledged, and kept once.
        assert post(there, "answers", question=ONE, value="a", key="cle-1").status_code == 200
        assert len(fold(store.load(CAFE)).counted(ONE)) == 1
