"""Browser tests: the real app, a real browser, and at the end of each test nothing that should not have happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.e2e.browsing import launch
from tests.e2e.people import House
from tests.e2e.server import Server

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


# For one module at a time: Playwright keeps an event loop running, which would disturb other tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app for all the tests that leave it standing."""
    yield from _served(tmp_path_factory.mktemp("app"))


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """An app for this test alone, which may kill it."""
    yield from _served(tmp_path)


@pytest.fixture
def house(server: Server, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    yield from _watched(House(browser, server.port), server, request, tmp_path)


@pytest.fixture
def own_house(own_server: Server, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    yield from _watched(House(browser, own_server.port), own_server, request, tmp_path)


def _served(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    server.start()
    yield server
    server.stop()


def _watched(house: House, server: Server, request: pytest.FixtureRequest, folder: Path) -> Iterator[House]:
    before = len(server.said)
    yield house
    if request.node.stash.get(_FAILED, False):
        _photograph(house, folder)
    problems = house.empty()
    written = server.said[before:]
    assert "Traceback" not in written, written
    assert problems == []


def _photograph(house: House, folder: Path) -> None:
    """What everybody had before their eyes when a test failed."""
    for number, person in enumerate(house.people, start=1):
        picture = folder / f"{number}-{type(person).__name__.lower()}.png"
        try:
            person.page.screenshot(path=picture)
        except Error as error:
            print(f"{picture.name}: {error}")  # noqa: T201 - shown beside the failure
        else:
            print(picture)  # noqa: T201 - same
