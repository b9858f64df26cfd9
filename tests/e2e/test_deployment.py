"""The app as it is hosted: under a path, behind nginx with TLS, and stopped by its supervisor under load."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from state.domain.events import Record
from state.domain.folding import fold
from state.stores.tinydb_store import TinyDBStore
from tests.e2e.nginx import NAME, Nginx
from tests.e2e.server import Server
from tests.state.cafes import CODE, ONE, created, goes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAFE = "cafe00000001"
API = f"/cafe/api/cafes/{CAFE}"
HERE = f"https://{NAME}"
SPOKEN = [Subprotocol("streamlit")]


def keep_a_cafe(data: Path) -> None:
    """A café that is at its first question."""
    with closing(TinyDBStore(data / "cafes")) as store:
        first = Record(1, time.time(), created())
        moves = [Record(seq, time.time(), event) for seq, event in enumerate(goes(ONE)(fold([first])), 2)]
        store.append(CAFE, [first, *moves]).result(10)


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Server]:
    keep_a_cafe(tmp_path / "data")
    server = Server(tmp_path, base="cafe")
    server.environment = {"COMPTOIR_PUBLIC_URL": f"{HERE}/cafe", "COMPTOIR_METRICS_TOKEN": "t" * 32}
    server.start()
    yield server
    server.stop()


@pytest.fixture
def nginx(hosted: Server, tmp_path: Path) -> Iterator[Nginx]:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with Nginx(folder, hosted.port) as one:
        yield one


@contextmanager
def phone(base: str, nginx: Nginx | None = None) -> Iterator[httpx.Client]:
    verify = ssl.create_default_context(cafile=str(nginx.certificate)) if nginx else True
    headers = {"Host": NAME, "Origin": HERE}
    with httpx.Client(base_url=base, verify=verify, headers=headers, timeout=10) as one:
        yield one


class Ear:
    """Reads a stream in a thread: each line, and when it came."""

    def __init__(self, client: httpx.Client) -> None:
        self.lines: queue.Queue[tuple[float, str]] = queue.Queue()
        self.over = threading.Event()
        self._client = client
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            # At the end of a test the client leaves before its stream does.
            with (
                suppress(httpx.HTTPError, httpx.StreamError),
                self._client.stream("GET", f"{API}/stream", timeout=30) as answer,
            ):
                for line in answer.iter_lines():
                    self.lines.put((time.monotonic(), line))
        finally:
            self.over.set()

    def hears(self, words: str, seconds: float = 5.0) -> float:
        """When a line with these words came."""
        deadline = time.monotonic() + seconds
        while True:
            when, line = self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            if words in line:
                return when


def join(client: httpx.Client, name: str) -> str:
    """Follow the QR's link and enter; gives the page that it leads to."""
    link = client.get(f"/cafe/c/{CODE}")
    assert link.status_code == 303
    assert link.headers["location"].startswith("/cafe/")
    cookie = link.headers["set-cookie"]
    assert "Secure" in cookie
    assert "path=/cafe/" in cookie.replace("Path=", "path=")
    # The client asks by an address, where cookies of a name would not go.
    client.headers["Cookie"] = cookie.partition(";")[0]
    answer = client.post(f"{API}/join", json={"pseudonym": name, "level": None, "place": None})
    assert answer.status_code == 200, answer.text
    return link.headers["location"]


def answer(client: httpx.Client, value: str, key: str) -> httpx.Response:
    return client.post(f"{API}/answers", json={"question": ONE, "value": value, "key": key})


def test_a_phone_goes_its_whole_way_through_nginx(nginx: Nginx) -> None:
    with phone(f"https://127.0.0.1:{nginx.port}", nginx) as ada:
        page = ada.get(join(ada, "Ada"))
        assert page.status_code == 200
        assert "/cafe/static/" in page.text or "./static/" in page.text
        ear = Ear(ada)
        ear.hears("event: view")
        # Another comes in: what this changes of the view is told four times a second at the most.
        with phone(f"https://127.0.0.1:{nginx.port}", nginx) as bob:
            join(bob, "Bob")
            assert answer(bob, "a", "k1").json()["value"] == "a"
        assert answer(ada, "b", "k1").status_code == 200
        asked = time.monotonic()
        # A beat comes every four seconds: three that come four seconds apart were kept by nobody.
        beats = [ear.hears("event: beat", 9) for _ in range(2)]
        assert beats[0] - asked < 5
        assert 3 < beats[1] - beats[0] < 5
        assert ada.get("/cafe/metrics", headers={"Authorization": f"Bearer {'t' * 32}"}).status_code == 404


def test_what_happens_reaches_a_phone_within_a_second(nginx: Nginx) -> None:
    base = f"https://127.0.0.1:{nginx.port}"
    with phone(base, nginx) as ada:
        join(ada, "Ada")
        ear = Ear(ada)
        ear.hears("event: view")
        renamed = time.monotonic()
        assert ada.post(f"{API}/join", json={"pseudonym": "Zoé", "level": None, "place": None}).status_code == 200
        assert ear.hears("event: me") - renamed < 1


def test_the_console_has_its_websocket_through_nginx(nginx: Nginx) -> None:
    trusted = ssl.create_default_context(cafile=str(nginx.certificate))
    raw = socket.create_connection(("127.0.0.1", nginx.port))
    address = f"wss://{NAME}/cafe/_stcore/stream"
    with connect(address, sock=raw, ssl=trusted, origin=Origin(HERE), subprotocols=SPOKEN) as opened:
        assert opened.response is not None
        assert opened.response.status_code == 101
    elsewhere = socket.create_connection(("127.0.0.1", nginx.port))
    with (
        pytest.raises(Exception, match=r"4403|403"),
        connect(
            address, sock=elsewhere, ssl=trusted, origin=Origin("https://ailleurs.exemple"), subprotocols=SPOKEN
        ) as refused,
    ):
        refused.recv(5)


def test_stopping_loses_nothing_and_keeps_nobody(hosted: Server, tmp_path: Path) -> None:
    """Phones answer without end, one reads nothing, one sends a body that never ends: it is over within ten seconds."""
    acknowledged: list[str] = []
    with phone(f"http://127.0.0.1:{hosted.port}") as ada:
        join(ada, "Ada")
        ear = Ear(ada)
        ear.hears("event: view")
        slow = socket.create_connection(("127.0.0.1", hosted.port))
        slow.sendall(
            f"POST {API}/answers HTTP/1.1\r\nHost: {NAME}\r\nOrigin: {HERE}\r\n"
            f"Cookie: {ada.headers['Cookie']}\r\nContent-Length: 1000\r\n\r\n{{".encode()
        )
        stop = threading.Event()

        def press() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                key = f"k{number}"
                try:
                    if answer(ada, "ab"[number % 2], key).status_code == 200:
                        acknowledged.append(key)
                except httpx.TransportError:
                    return
                time.sleep(0.4)

        pressing = threading.Thread(target=press)
        pressing.start()
        while not acknowledged:
            time.sleep(0.05)
        began = time.monotonic()
        hosted.stop()
        assert time.monotonic() - began < 10
        stop.set()
        pressing.join()
        slow.close()
        assert ear.over.wait(2)
        said = [line for _, line in ear.lines.queue]
        assert [line for line in said if line.startswith("retry: ")][-1] != "retry: 1500"
    with closing(TinyDBStore(tmp_path / "data" / "cafes")) as store:
        kept = {getattr(record.event, "key", "") for record in store.load(CAFE)}
    assert set(acknowledged) <= kept
