"""A browser for pages: it holds cookies, opens a page with its address, and reads what is there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Keyring, screen_token
from tests.state.cafes import TOKEN, created

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.domain.events import CafeCreated
    from state.live import Room
    from state.session import Comptoir
    from tests.conftest import CarriedIdentity
    from tests.state.cafes import Decision

ROUTER = Path(__file__).parents[2] / "pages" / "router.py"
CAFE = "cafe00000001"
URL = "https://cafe.exemple.fr"
_SECONDS = 20.0


class Visitor:
    """`served` is the application that the pages find."""

    def __init__(self, served: Comptoir, identity: CarriedIdentity, loop: asyncio.AbstractEventLoop) -> None:
        self.served = served
        self._identity = identity
        self._loop = loop

    def make(self, event: CafeCreated | None = None, cafe_id: str = CAFE) -> Room:
        """A café of the small plan, or of another."""
        making = self.served.hub.create(cafe_id, event or created())
        return asyncio.run_coroutine_threadsafe(making, self._loop).result(_SECONDS)

    def do(self, *asked: Decision) -> Cafe:
        for decide in asked:
            self.served.do(CAFE, decide)
        return self.cafe

    @property
    def cafe(self) -> Cafe:
        return self.served.room(CAFE).cafe

    def hold_console(self, cafe_id: str = CAFE, token: str = TOKEN) -> None:
        self._hold(self._keyring.with_facilitator(cafe_id, token))

    def hold_screen(self, cafe_id: str = CAFE, token: str = TOKEN) -> None:
        self._hold(self._keyring.with_screen(cafe_id, screen_token(token)))

    def become_somebody(self) -> str:
        """Take a person's cookie, and say who that is in the café."""
        self._identity.jar[PERSON_COOKIE] = self._identity.new_person_cookie()
        person = self._identity.person({}, CAFE)
        assert person is not None
        return person

    def open(self, page: str, **query: str) -> AppTest:
        """Open a page; nothing on it may have gone wrong."""
        browser = AppTest.from_file(ROUTER, default_timeout=_SECONDS)
        browser.context["url"] = URL
        if page != "home.py":
            browser.run()
            browser.switch_page(page)
        browser.query_params.update(query)
        return fine(browser.run())

    @property
    def _keyring(self) -> Keyring:
        return self._identity.keyring({})

    def _hold(self, keyring: Keyring) -> None:
        self._identity.jar[KEYRING_COOKIE] = self._identity.keyring_cookie(keyring)


def fine(page: AppTest) -> AppTest:
    assert not page.exception, [error.message for error in page.exception]
    return page


def press(page: AppTest, key: str) -> AppTest:
    """Press a button, and see the page as it then is."""
    return fine(page.button(key=key).click().run())


def links(page: AppTest) -> list[str]:
    """The labels of the links to other pages."""
    return [element.proto.label for element in page.get("page_link")]


def words(page: AppTest) -> str:
    """All the sentences of a page, whatever draws them."""
    kinds = (page.title, page.header, page.subheader, page.markdown, page.text, page.caption, page.info, page.warning)
    found = [element.value for kind in (*kinds, page.error, page.success) for element in kind]
    return "\n".join(map(str, found))
