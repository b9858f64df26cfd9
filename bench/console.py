"""Streamlit's own protocol, spoken as its front end speaks it: one tab, and the facilitator who clicks in it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyarrow as pa  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from bench.wire import Address, Browser, Listener
from content.catalogue import tn

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element

Seen = Callable[["Element", float], None]
PATIENCE_SECONDS = 30.0
_SAYING = {"alert", "exception", "heading", "text"}
_PLACEHOLDER = "PLACEHOLDER_AUTH_TOKEN"
_JOIN_LINK = re.compile(r"/c/([A-Z0-9]{6})\b")
_SCREEN_LINK = re.compile(r"/projeter/\w+/\w+")


@dataclass(slots=True)
class Widget:
    """Where an event of a widget goes: its id, and the fragment that it stands in."""

    id: str
    fragment: str


class Tab:
    """One browser tab on a page of a Streamlit app.

    Sends what the front end sends (a whole run, a click, a component's trigger, a fragment's timer), and keeps what
    it keeps: widgets by their key, components' data by their name, messages that the server may then only name.
    """

    def __init__(self, socket: ClientConnection, path: str, address: Address) -> None:
        url = urlsplit(path)
        self._socket = socket
        self._page = url.path.strip("/")
        self._query = url.query
        self._url = f"{address.origin}{path}"
        self._hash = ""
        self._cache: dict[str, ForwardMsg] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._pump: asyncio.Task[None] | None = None
        self._next_run: asyncio.Future[float] | None = None
        self.widgets: dict[str, Widget] = {}
        self.components: dict[str, tuple[Widget, str]] = {}
        self.said: deque[str] = deque(maxlen=10)
        self.on_element: Seen | None = None
        self.runs = 0
        self.heard_at = 0.0

    @classmethod
    async def open(cls, browser: Browser, path: str) -> Tab:
        address = browser.address
        socket = await connect(
            f"ws://{address.host}:{address.port}/_stcore/stream",
            origin=Origin(address.origin),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(_PLACEHOLDER)],
            additional_headers={"Cookie": browser.cookie_header} if browser.cookies else None,
            compression=None,
            ping_interval=None,
            max_size=None,
            open_timeout=PATIENCE_SECONDS,
        )
        return cls(socket, path, address)

    async def first_run(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Run the page as a first visit does, and read until the script has finished."""
        await self.rerun()
        async with asyncio.timeout(patience):
            while not self._take(await self._socket.recv()):
                pass

    def stay(self) -> None:
        """Read what comes from now on, until closed."""
        self._pump = asyncio.create_task(self._read())

    async def rerun(self, *states: WidgetState, fragment: str = "", timer: bool = False) -> float:
        """Ask for a run; gives the moment it was asked."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._hash
        state.page_name = "" if self._hash else self._page
        state.fragment_id = fragment
        state.is_auto_rerun = timer
        state.widget_states.widgets.extend(states)
        state.cached_message_hashes.extend(self._cache)
        context = state.context_info
        context.timezone, context.timezone_offset, context.locale = "Europe/Paris", -60, "fr-FR"
        context.url, context.color_scheme = self._url, "light"
        raw = message.SerializeToString()
        sent = time.perf_counter()
        await self._socket.send(raw)
        return sent

    async def click(self, key: str) -> float:
        """Press the button with this key; gives the moment it was pressed."""
        button = self.widgets[key]
        return await self.rerun(WidgetState(id=button.id, trigger_value=True), fragment=button.fragment)

    async def trigger(self, component: str, event: str, value: object) -> float:
        """What `setTriggerValue(event, value)` sends from a component."""
        widget, _ = self.components[component]
        state = WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{widget.id}__events",
            json_trigger_value=json.dumps([{"event": event, "value": value}], separators=(",", ":")),
        )
        return await self.rerun(state, fragment=widget.fragment)

    def next_run(self) -> asyncio.Future[float]:
        """The moment when a run next finishes, counted from this call."""
        self._next_run = asyncio.get_running_loop().create_future()
        return self._next_run

    def component(self, name: str) -> Any:
        """The data that a component was last given."""
        if name not in self.components:
            raise RuntimeError(f"no {name} on {self._url}; the page says {list(self.said)}")
        # A part may be given nothing: it then carries no JSON.
        return json.loads(self.components[name][1] or "{}")

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing has come for so long."""
        while True:
            left = self.heard_at + seconds - time.perf_counter()
            if left <= 0:
                return
            await asyncio.sleep(left)

    async def close(self) -> None:
        for task in (*self._timers.values(), *([self._pump] if self._pump else ())):
            task.cancel()
        await self._socket.close()

    async def _read(self) -> None:
        try:
            while True:
                self._take(await self._socket.recv())
        except ConnectionClosed:
            return

    def _take(self, raw: str | bytes) -> bool:
        """Take in one message; tells whether it ends a run."""
        now = self.heard_at = time.perf_counter()
        assert isinstance(raw, bytes)
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            known = self._cache[message.ref_hash]
            kind = "delta"
            self._delta(known, now)
        elif kind == "delta":
            if message.metadata.cacheable:
                self._cache[message.hash] = message
            self._delta(message, now)
        elif kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "script_finished":
            self.runs += 1
            if self._next_run is not None and not self._next_run.done():
                self._next_run.set_result(now)
            return True
        return False

    def _delta(self, message: ForwardMsg, now: float) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element, fragment = message.delta.new_element, message.delta.fragment_id
        kind = element.WhichOneof("type")
        if kind == "bidi_component":
            component = element.bidi_component
            # Read when somebody asks: the phones are timed on the same loop.
            self.components[component.component_name] = (Widget(component.id, fragment), component.json)
        elif kind == "button":
            self.widgets[_user_key(element.button.id)] = Widget(element.button.id, fragment)
        elif kind in _SAYING:
            self.said.append(f"{kind}: {str(getattr(element, kind)).strip()[:200]}")
        if self.on_element is not None:
            self.on_element(element, now)

    def _start_timer(self, fragment: str, seconds: float) -> None:
        if fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(self._repeat(fragment, seconds))

    async def _repeat(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self.rerun(fragment=fragment, timer=True)


class Awake:
    """A page held open beside the stream that wakes it, as the console and the projector's screen are."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.redraws = 0
        self._tab: Tab | None = None
        self._news: Listener | None = None
        self._seen = ""
        self._waking: set[asyncio.Task[float]] = set()
        self._expected: _Expected | None = None

    @property
    def tab(self) -> Tab:
        assert self._tab is not None
        return self._tab

    async def open(self, link: str) -> str:
        """Follow a secret link to the page that it opens; gives that page's path."""
        path, _ = await self.browser.follow(link)
        self._tab = await Tab.open(self.browser, path)
        self._tab.on_element = self._look
        await self._tab.first_run()
        self._tab.stay()
        news = self._tab.component("comptoir.wake")["address"]
        self._news = await self.browser.listen(news, self._hear)
        return path

    def expect(self, *sentences: str) -> asyncio.Future[float]:
        """The moment when the page has been redrawn with each sentence: see `_words`."""
        self._expected = _Expected(set(sentences), asyncio.get_running_loop().create_future())
        return self._expected.drawn

    @property
    def missing(self) -> set[str]:
        """What is expected and has not been drawn."""
        return self._expected.missing if self._expected is not None else set()

    async def close(self) -> None:
        if self._news is not None:
            self._news.close()
        if self._tab is not None:
            await self._tab.close()
        self.browser.close()

    def look(self, element: Element) -> None:
        """Called with every element that is drawn."""

    def _look(self, element: Element, now: float) -> None:
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and element.bidi_component.component_name == "comptoir.wake":
            self._seen = json.loads(element.bidi_component.json)["seen"]
        if self._expected is not None:
            self._expected.note(_words(element), now)
        self.look(element)

    def _hear(self, event: bytes, data: bytes, _when: float) -> None:
        """As components/parts/wake.js does: a version not seen yet runs the fragment again."""
        version = data.decode()
        if event != b"version" or version == self._seen:
            return
        self._seen = version
        self.redraws += 1
        waking = asyncio.create_task(self.tab.trigger("comptoir.wake", "version", version))
        self._waking.add(waking)
        waking.add_done_callback(self._waking.discard)


class _Expected:
    def __init__(self, sentences: set[str], drawn: asyncio.Future[float]) -> None:
        self.drawn = drawn
        self.missing = sentences

    def note(self, text: str, now: float) -> None:
        self.missing = {sentence for sentence in self.missing if sentence not in text}
        if not self.missing and not self.drawn.done():
            self.drawn.set_result(now)


class Facilitator(Awake):
    """Prepares a café in a browser, then holds its console open."""

    def __init__(self, address: Address) -> None:
        super().__init__(Browser(address))
        self.cafe = ""
        self.code = ""
        self._leaving: tuple[tuple[str, str], asyncio.Future[None]] | None = None
        self.screen_link = ""

    @property
    def following(self) -> tuple[str, str]:
        """Where « next » leads from what is drawn: stop and beat; empty words at the end."""
        return self._towards("next")

    @property
    def preceding(self) -> tuple[str, str]:
        """Where « previous » leads from what is drawn; empty words at the beginning."""
        return self._towards("previous")

    def _towards(self, way: str) -> tuple[str, str]:
        target = self.tab.component("comptoir.clicker")[way] or {"stop": "", "beat": ""}
        return target["stop"], target["beat"]

    def moved(self) -> asyncio.Future[None]:
        """Done once « next » leads elsewhere than now: a person looks before clicking again."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._leaving = (self.following, future)
        return future

    async def prepare(self, activity: str = "") -> None:
        """Make a café on the page that does, of one activity alone if it is named, and open its console."""
        page, button = ("/activites", f"try-{activity}") if activity else ("/preparer", "prepare-create")
        path, _ = await self.browser.follow(page)
        tab = await Tab.open(self.browser, path)
        await tab.first_run()
        tab.stay()
        finished = tab.next_run()
        await tab.click(button)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await finished
        secret = tab.component("comptoir.leave")["path"]
        await tab.close()
        path = await self.open(secret)
        self.cafe = path.partition("cafe=")[2]
        if not self.code or not self.screen_link:
            raise RuntimeError("the console shows no links")

    async def next(self) -> float:
        return await self.tab.click("next")

    async def previous(self) -> float:
        return await self.tab.click("previous")

    def look(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and self._leaving is not None:
            before, future = self._leaving
            if self.following != before and not future.done():
                future.set_result(None)
        if kind != "code":
            return
        if found := _JOIN_LINK.search(element.code.code_text):
            self.code = found[1]
        if found := _SCREEN_LINK.search(element.code.code_text):
            self.screen_link = found[0]


def _words(element: Element) -> str:
    """What an element says to whoever waits for a sentence: its text, a chart's description, how many notes."""
    match element.WhichOneof("type"):
        case "vega_lite_chart":
            words = element.vega_lite_chart.alt
        case "markdown":
            words = element.markdown.body
        case "heading":
            words = element.heading.body
        case "dataframe":
            rows = pa.ipc.open_stream(element.dataframe.arrow_data.data).read_all().num_rows
            words = tn("people.notes", rows)
        case "bidi_component" if element.bidi_component.component_name == "comptoir.stage":
            data = json.loads(element.bidi_component.json)
            words = data.get("answered", "")
            if data["block"] == "board":
                words = tn("people.notes", sum(note["times"] for column in data["columns"] for note in column["notes"]))
        case _:
            words = ""
    return words


def _user_key(widget_id: str) -> str:
    """`$$ID-<hash>-<key>`: the key that the page gave."""
    return widget_id.split("-", 2)[-1]
