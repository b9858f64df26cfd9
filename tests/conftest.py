"""What every kind of test shares: the application, served in memory on an event loop of its own."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from components.pad import render_view
from content.loader import default_pack
from state.identity import Identity, Keyring
from state.live import Hub
from state.session import Comptoir, install
from state.settings import Settings
from tests.state.stores_that_fail import FailingStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# A machine that does something else meanwhile is no reason to fail.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SECRET = "le secret des tests, assez long pour signer"


class CarriedIdentity(Identity):
    """Reads the cookies of `jar`: a page run by AppTest has no browser to send any. Signatures are checked as ever."""

    def __init__(self, secret: str) -> None:
        super().__init__(secret)
        self.jar: dict[str, str] = {}

    def person(self, cookies: Mapping[str, str], cafe: str) -> str | None:
        del cookies
        return super().person(self.jar, cafe)

    def keyring(self, cookies: Mapping[str, str]) -> Keyring:
        del cookies
        return super().keyring(self.jar)

    def carnet(self, cookies: Mapping[str, str]) -> str | None:
        del cookies
        return super().carnet(self.jar)

    def offered_carnet(self, cookies: Mapping[str, str]) -> str | None:
        del cookies
        return super().offered_carnet(self.jar)

    def logged_in(self, cookies: Mapping[str, str]) -> bool:
        del cookies
        return super().logged_in(self.jar)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in a thread, as the server's is for the pages."""
    running = asyncio.new_event_loop()
    thread = threading.Thread(target=running.run_forever, name="the server's loop", daemon=True)
    thread.start()
    yield running
    running.call_soon_threadsafe(running.stop)
    thread.join()
    running.close()


@pytest.fixture
def identity() -> CarriedIdentity:
    return CarriedIdentity(SECRET)


@pytest.fixture
def failing() -> list[Exception]:
    """Errors that the store will answer to the next appends."""
    return []


@pytest.fixture
def served(
    loop: asyncio.AbstractEventLoop, identity: CarriedIdentity, failing: list[Exception], tmp_path: Path
) -> Iterator[Comptoir]:
    """The application, over a store in memory, installed for as long as the test lasts."""
    store = FailingStore()
    store.append_errors = failing
    hub = Hub(store, render=render_view)
    application = Comptoir(hub, identity, default_pack(), Settings(tmp_path, "https://cafe.exemple.fr", SECRET), loop)
    install(application)
    yield application
    install(None)
    loop.call_soon_threadsafe(hub.drain)
    asyncio.run_coroutine_threadsafe(application.rehearsals.stop(), loop).result()
