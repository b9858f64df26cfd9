"""The app's routes alone, over a store in memory, and browsers that visit them on the same loop."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from starlette.applications import Starlette

from components.pad import render_view
from content.loader import default_pack
from state.identity import KEYRING_COOKIE, PERSON_COOKIE, Identity, Keyring, screen_token
from state.live import Hub, Room
from state.session import Comptoir
from state.settings import Settings
from tests.state.cafes import TOKEN, created
from tests.state.stores_that_fail import FailingStore
from web.routes import routes

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.types import Message

    from state.domain.cafe import Cafe
    from state.domain.events import CafeCreated
    from tests.state.cafes import Decision

HOST = "cafe.exemple.fr"
HERE = f"https://{HOST}"
CAFE = "cafe00000001"
API = f"/api/cafes/{CAFE}"
SECRET = "le secret des tests, assez long pour signer"
PATIENCE = 5.0


class Site:
    """One application; `room` is that of its café."""

    def __init__(self, room: Room, comptoir: Comptoir, base: str) -> None:
        self.room = room
        self.comptoir = comptoir
        self.identity = comptoir.identity
        self.app = Starlette(routes=routes(lambda: comptoir, base))

    @property
    def store(self) -> FailingStore:
        store = self.comptoir.hub.store
        assert isinstance(store, FailingStore)
        return store

    @property
    def cafe(self) -> Cafe:
        return self.room.cafe

    def browser(self, **cookies: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=HERE, cookies=cookies, headers={"Origin": HERE}
        )

    def somebody(self) -> httpx.AsyncClient:
        """A browser with a person's cookie, who has not entered yet."""
        return self.browser(**{PERSON_COOKIE: self.identity.new_person_cookie()})

    async def participant(self, **profile: str) -> httpx.AsyncClient:
        one = self.somebody()
        assert (await one.post(f"{API}/join", json=profile)).status_code == 200
        return one

    def screen(self, token: str) -> httpx.AsyncClient:
        ring = Keyring().with_screen(CAFE, screen_token(token))
        return self.browser(**{KEYRING_COOKIE: self.identity.keyring_cookie(ring)})

    def facilitator(self, token: str) -> httpx.AsyncClient:
        return self.browser(**{KEYRING_COOKIE: self.identity.keyring_cookie(Keyring().with_facilitator(CAFE, token))})

    def person(self, browser: httpx.AsyncClient) -> str:
        person = self.identity.person(dict(browser.cookies), CAFE)
        assert person is not None
        return person

    async def do(self, *asked: Decision) -> Cafe:
        for decide in asked:
            await self.room.submit(decide)
        return self.cafe

    def listen(self, browser: httpx.AsyncClient, path: str = f"{API}/stream", **headers: str) -> Stream:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        return Stream(self.app, path, {"cookie": cookies, "host": HOST, **headers})


def held_by(site: Site) -> dict[str, str | None]:
    """What a browser may hold as its keyring, by the name of the case."""
    screen = screen_token(TOKEN)
    other = Keyring().with_facilitator("cafe00000002", TOKEN).with_screen("cafe00000002", screen)
    wrong = Keyring().with_facilitator(CAFE, screen).with_screen(CAFE, TOKEN)
    return {
        "nothing": None,
        "forged": "forged",
        "person's cookie": site.identity.new_person_cookie(),
        "another café's links": site.identity.keyring_cookie(other),
        "links exchanged": site.identity.keyring_cookie(wrong),
        "the screen's link": site.identity.keyring_cookie(Keyring().with_screen(CAFE, screen)),
        "the facilitator's link": site.identity.keyring_cookie(Keyring().with_facilitator(CAFE, TOKEN)),
    }


def refused(answer: httpx.Response, status: int, code: str) -> None:
    """It is, and says why in a sentence that a person can read."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert len(body["message"]) > 10
    assert body["message"].endswith((".", "…"))
    assert set(body) == {"code", "message"}
    assert answer.headers["cache-control"] == "no-store"


def visit(
    scenario: Callable[[Site], Coroutine[Any, Any, None]],
    *,
    public_url: str = HERE,
    base: str = "",
    event: CafeCreated | None = None,
    data: Path | None = None,
) -> None:
    """Run a scenario on a site of its own, with one café just made; `data` is where files that are brought are kept."""

    async def visited() -> None:
        hub = Hub(FailingStore(), render=render_view)
        room = await hub.create(CAFE, event or created())
        settings = Settings(data or Path(os.devnull), public_url, SECRET)
        comptoir = Comptoir(hub, Identity(SECRET), default_pack(), settings, asyncio.get_running_loop())
        async with asyncio.timeout(4 * PATIENCE):
            await scenario(Site(room, comptoir, base))

    asyncio.run(visited())


@dataclass
class Event:
    """One event of a stream, as a browser's EventSource reads it."""

    name: str = ""
    id: str = ""
    data: str = ""


@dataclass
class Stream:
    """A stream being read. `status` is None until the answer begins; nothing is lost of what came."""

    app: Starlette
    path: str
    headers: dict[str, str]
    status: int | None = None
    answer: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    over: bool = False

    def __post_init__(self) -> None:
        self._left = asyncio.Event()
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in self.headers.items()],
        }
        await self.app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.answer = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")
            self.over = not message.get("more_body", False)
        self._news.set()
        self._news.clear()

    @property
    def events(self) -> list[Event]:
        blocks = self.body.decode().split("\n\n")[:-1]
        found = []
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.split("\n"))
            if "event" in fields:
                found.append(Event(fields["event"], fields.get("id", ""), fields["data"]))
        return found

    def named(self, name: str) -> list[Event]:
        return [event for event in self.events if event.name == name]

    @property
    def view(self) -> Any:
        return json.loads(self.named("view")[-1].data)

    async def until(self, holds: Callable[[Stream], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds(self):
                await self._news.wait()

    async def leave(self) -> None:
        """Close the tab, and wait until the server has noticed."""
        self._left.set()
        async with asyncio.timeout(PATIENCE):
            with suppress(asyncio.CancelledError):
                await self._task
