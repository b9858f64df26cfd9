"""A browser for pages: it holds cookies, opens a page with its address, and reads what is there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamlit.testing.v1 import AppTest

from content.catalogue import t
from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Keyring, screen_token
from tests.components.reading import charts, parts, shown
from tests.state.cafes import TOKEN, created

if TYPE_CHECKING:
    from pandas import DataFrame

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

    def hold_cookie(self, name: str, value: str) -> None:
        self._identity.jar[name] = value

    def drop_links(self) -> None:
        """Be a browser that followed no secret link."""
        self._hold(Keyring())

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
    """The labels of the links to other pages, without those at the foot of every page to read."""
    foot = [t("nav.accessibility"), t("nav.data"), t("nav.legal")]
    labels = all_links(page)
    return labels[: -len(foot)] if labels[-len(foot) :] == foot else labels


def all_links(page: AppTest) -> list[str]:
    return [element.proto.label for element in page.get("page_link")]


def listed(page: AppTest) -> list[str]:
    """The cafés that the list of past cafés names."""
    return [shown(one.value) for one in page.subheader if one.value not in {t("carnet.title"), t("carnet.offered")}]


def words(page: AppTest) -> str:
    """All the sentences of a page, whatever draws them."""
    kinds = (page.title, page.header, page.subheader, page.markdown, page.text, page.caption, page.info, page.warning)
    found = [element.value for kind in (*kinds, page.error, page.success) for element in kind]
    return "\n".join(map(str, found))


def labels(page: AppTest) -> list[str]:
    """The labels of whatever can be opened, filled in or pressed."""
    kinds = (
        page.button, page.checkbox, page.expander, page.multiselect, page.number_input, page.radio, page.selectbox,
        page.slider, page.tabs, page.text_area, page.text_input,
    )  # fmt: skip
    return [str(one.label) for kind in kinds for one in kind] + links(page)


def read_as_markdown(page: AppTest) -> list[str]:
    """Whatever Streamlit reads as Markdown: where a person's signs must not be signs."""
    kinds = (
        page.title, page.header, page.subheader, page.markdown, page.caption, page.info, page.warning, page.error,
        page.success,
    )  # fmt: skip
    told = [str(element.value) for kind in kinds for element in kind]
    helps = [str(element.proto.help) for element in page.button]
    choices = [str(text) for radio in page.radio for text in (*radio.options, *radio.proto.captions)]
    return [*told, *labels(page), *helps, *choices, *(cell for table in page.table for cell in _cells(table.value))]


def _cells(table: DataFrame) -> list[str]:
    whole = table.reset_index()
    return [str(cell) for cell in [*whole.columns, *whole.to_numpy().ravel()]]


def said(page: AppTest) -> str:
    """All that a page says, as it is read: sentences, labels, tables, charts in words, and the projector's blocks."""
    cells = [cell for element in (*page.table, *page.dataframe) for cell in _cells(element.value)]
    blocks = [text for block in parts(page, "stage") for text in texts_in(block)]
    alts = [chart.alt for chart in charts(page)]
    whole = "\n".join([words(page), *labels(page), *cells, *blocks, *alts])
    return re.sub(r"\\(.)", r"\1", whole).replace("\u2060", "")


def texts_in(value: Any) -> list[str]:
    """The texts of a block's data, without the names of its fields."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    return [str(value)]
