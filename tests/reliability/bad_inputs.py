"""Bad inputs of every family, against the running app's routes, sockets, pages and files.

What comes back must be a sentence or a page: no fault, no stack trace, nothing that is not revealed. What was kept is
then looked at in a browser (phone, console, screen, review), where nothing may run, and in every file that leaves.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import uvloop
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from content.cafe_file import write_cafe
from state.domain import decisions
from state.identity import KEYRING_COOKIE, PERSON_COOKIE, hash_token, screen_token
from state.stores.tinydb_store import TinyDBStore
from tests.reliability import hostile, looking
from tests.reliability.rooms import Phone, Plain, code_of, history, id_of
from tests.reliability.serving import App
from tests.state.cafes import (
    BLUE,
    BOARD,
    EXPLANATIONS,
    LEAD,
    MORNING,
    NOTE,
    ONE,
    REFERENCE,
    RETAINED,
    TOKEN,
    WORDS,
    goes,
    small_plan,
    whole_plan,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.figures import Figures
    from bench.wire import Listener, Reply

WALL, NOTES, QUIZ, OVER = range(4)
PEOPLE = 60
_AT_ONCE = 16
_SECRETS = [one.encode() for one in (NOTE, LEAD, REFERENCE, TOKEN, hash_token(TOKEN), *EXPLANATIONS.values())]
_SECRETS += [json.dumps(one.decode()).strip('"').encode() for one in _SECRETS]
_TRACES = (b"Traceback (most recent", b'File "/', b".py:", b'.py\\", line')
_ACTIONS = ("stream", "watch", "state", "pseudonym", "join", "answers", "erase", "notes", "exports/x", "films/x")
_EXPORTS = ("tableur.csv", "donnees.csv", "tableur.xlsx", "tableur.ods", "archive.json", "donnees-ouvertes.zip")
_PAGES = ("", "console", "ecran", "participer", "inscription", "bilan", "composer", "comparer", "preparer")


def run(n: int, seed: int = 20_261_124) -> Figures:
    """`n` inputs in all."""
    with tempfile.TemporaryDirectory(prefix="comptoir-bad-inputs-") as name, App(Path(name)) as app:
        _write(app.store)
        app.start()
        campaign = _Campaign(app, random.Random(seed))
        uvloop.run(campaign.run(n))
        alive = app.alive and app.get("/api/health") == 200
        files = asyncio.run(looking.at_files(app, (WALL, NOTES, QUIZ)))
        seen = looking.in_a_browser(app, WALL, NOTES)
        logged = _faults_in(app.said)
        app.stop()
    found: Figures = {
        "inputs": campaign.sent.total(),
        "families": dict(sorted(campaign.sent.items())),
        "statuses": {str(status): count for status, count in sorted(campaign.statuses.items())},
        "crashes": campaign.crashes + (not alive),
        "faults": sum(count for status, count in campaign.statuses.items() if status >= 500),
        "stack_traces": campaign.traces,
        "leaks": campaign.leaks,
        "faults_in_the_log": logged,
        "texts_kept": campaign.kept,
        **files,
        **seen,
        "examples": campaign.examples,
    }
    wrong = ("crashes", "faults", "stack_traces", "leaks", "faults_in_the_log", "live_formulas", "scripts_run")
    found["holds"] = not any(found[name] for name in wrong) and found["inputs"] >= n
    return found


def _faults_in(log: str) -> int:
    """Traces in what the app wrote; that a message on its socket is no protobuf, Streamlit writes with one."""
    lines = log.splitlines()
    return sum(
        ("Traceback" in line and "Error deserializing back message" not in before) or '"trace"' in line
        for before, line in zip(["", *lines], lines, strict=False)
    )


def _write(folder: Path) -> None:
    store = TinyDBStore(folder)
    show = lambda cafe: decisions.show_results(cafe, RETAINED)  # noqa: E731 - one of four, read side by side
    for number, asked, plan in (
        (WALL, (goes(RETAINED), show), whole_plan()),
        (NOTES, (goes(BOARD),), whole_plan()),
        (QUIZ, (goes(ONE),), small_plan()),
        (OVER, (goes(ONE), decisions.close), small_plan()),
    ):
        store.append(id_of(number), history(number, *asked, plan=plan)).result(10)
    store.close()


class _Campaign:
    def __init__(self, app: App, chance: random.Random) -> None:
        self._app = app
        self._chance = chance
        self._file = write_cafe("Venu d’ailleurs", small_plan(), {"place": "Salle Condorcet", "minutes": 45}).decode()
        self.sent: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.crashes = self.traces = self.leaks = self.kept = 0
        self.examples: list[str] = []
        self._keys = 0

    async def run(self, n: int) -> None:
        people = {number: await self._people(number) for number in (WALL, NOTES, QUIZ)}
        heard = await self._listen(people[QUIZ][0])
        self._families: dict[str, Callable[[Phone], Awaitable[Reply]]] = {
            **{family: self._text_of(family) for family in hostile.TEXT_FAMILIES},
            "answers": self._answer,
            "identity": self._identity,
            "rights": self._rights,
            "codes": self._code,
            "protocol": self._protocol,
            "files": self._file_of_a_cafe,
            "pages": self._page,
        }
        names = list(self._families)
        turns = iter(range(n))

        async def work(hand: int) -> None:
            for turn in turns:
                family = names[turn % len(names)]
                room = people[self._chance.choice((WALL, NOTES, QUIZ))]
                # Each hand has people of its own: a connection carries one request at a time.
                await self._send(family, self._chance.choice(room[hand::_AT_ONCE]))

        await asyncio.gather(*(work(hand) for hand in range(_AT_ONCE)))
        for _ in range(max(1, n // 100)):
            await self._garbage_on_a_socket()
        heard[0].close()
        for phone in (one for room in people.values() for one in room):
            phone.browser.close()

    async def _people(self, number: int) -> list[Phone]:
        phones = [Phone(self._app.address, one) for one in range(PEOPLE)]
        for phone in phones:
            assert (await phone.come_in(number)).status == 200
        return phones

    async def _listen(self, phone: Phone) -> tuple[Listener]:
        """Everything that a participant's stream carries is looked at as well."""

        def hear(_: bytes, data: bytes, __: float) -> None:
            self.leaks += any(secret in data for secret in _SECRETS)

        return (await phone.browser.listen(f"/api/cafes/{phone.cafe}/stream", hear),)

    async def _send(self, family: str, phone: Phone) -> None:
        self.sent[family] += 1
        try:
            async with asyncio.timeout(30):
                reply = await self._families[family](phone)
        except (OSError, TimeoutError, ValueError) as error:
            self._crashed(family, error)
            phone.browser.close()
            return
        self.statuses[reply.status] += 1
        self._judge(family, reply)

    def _crashed(self, family: str, error: Exception) -> None:
        if self._app.alive and isinstance(error, ConnectionResetError):
            # The server hangs up on what is no HTTP.
            self.statuses[0] += 1
            return
        self.crashes += 1
        self.examples.append(f"{family}: {type(error).__name__} {error}"[:200])

    def _judge(self, family: str, reply: Reply) -> None:
        trace = (
            any(one in reply.body for one in _TRACES)
            and b"javascript" not in dict(reply.headers).get("content-type", "").encode()
        )
        leak = any(secret in reply.body for secret in _SECRETS)
        self.traces += trace
        self.leaks += leak
        if trace or leak or reply.status >= 500:
            self.examples.append(f"{family}: {reply.status} {reply.body[:200]!r}")

    # One input of each family

    def _text_of(self, family: str) -> Callable[[Phone], Awaitable[Reply]]:
        async def send(phone: Phone) -> Reply:
            self._keys += 1
            text = hostile.text(family, self._chance)
            kind = self._chance.randrange(3)
            if kind == 0:
                reply = await self._post(phone, "join", {"pseudonym": text})
            elif phone.cafe == id_of(NOTES):
                note = {"question": BOARD, "note": f"n{self._keys}", "action": "post", "text": text}
                reply = await self._post(phone, "notes", {**note, "column": MORNING, "colour": BLUE})
            else:
                question = RETAINED if phone.cafe == id_of(WALL) else ONE
                reply = await self._post(
                    phone, "answers", {"question": question, "value": text, "key": f"t{self._keys}"}
                )
            self.kept += reply.status == 200
            return reply

        return send

    async def _post(self, phone: Phone, action: str, fields: dict[str, object]) -> Reply:
        return await phone.browser.post(f"/api/cafes/{phone.cafe}/{action}", hostile.body(fields))

    async def _answer(self, phone: Phone) -> Reply:
        cafe = id_of(self._chance.choice((WALL, NOTES, QUIZ, OVER, 7)))
        action = self._chance.choice(("answers", "answers", "notes", "join"))
        data = hostile.answer(self._chance, (ONE, WORDS, RETAINED, BOARD, "nulle/part"))
        return await phone.browser.post(f"/api/cafes/{cafe}/{action}", data)

    async def _identity(self, phone: Phone) -> Reply:
        other = Plain(self._app.address)
        name = self._chance.choice((PERSON_COOKIE, KEYRING_COOKIE))
        other.cookies[name] = hostile.cookie(self._chance, phone.browser.cookies[PERSON_COOKIE])
        action = self._chance.choice(("state", "watch", "pseudonym", "exports/tableur.csv", "join", "answers"))
        try:
            if action in {"join", "answers"}:
                return await other.post(f"/api/cafes/{phone.cafe}/{action}", b'{"pseudonym": "moi"}')
            return await other.get(f"/api/cafes/{phone.cafe}/{action}")
        finally:
            other.close()

    async def _rights(self, phone: Phone) -> Reply:
        """What only a facilitator may do or read, asked by a participant."""
        secret = self._chance.choice((screen_token(TOKEN), TOKEN[:-1], TOKEN.upper(), hash_token(TOKEN)))
        path = self._chance.choice(
            (
                f"/api/cafes/{phone.cafe}/watch",
                *(f"/api/cafes/{phone.cafe}/exports/{name}?noms=1" for name in _EXPORTS),
                f"/animer/{phone.cafe}/{secret}",
                f"/projeter/{phone.cafe}/{quote(TOKEN[::-1])}",
                f"/api/films/{phone.cafe}/{'a' * 32}.mp4",
                f"/api/films/{phone.cafe}/..%2f..%2fcookie-secret",
                f"/media/..%2f..%2fdata%2fcafes%2f{phone.cafe}.journal",
            )
        )
        # Links are guessed from everywhere, or the limits would be all there is to see.
        return await phone.browser.get(path, **{"X-Forwarded-For": self._somewhere()})

    async def _code(self, _: Phone) -> Reply:
        guesser = Plain(self._app.address)
        try:
            typed = hostile.code(self._chance, code_of(QUIZ)).encode("utf-8", "replace")
            link = self._chance.choice(("c", "i"))
            return await guesser.get(f"/{link}/{quote(typed, safe='')}", **{"X-Forwarded-For": self._somewhere()})
        finally:
            guesser.close()

    async def _protocol(self, phone: Phone) -> Reply:
        path = f"/api/cafes/{phone.cafe}"
        match self._chance.randrange(6):
            case 0:
                origin = self._chance.choice(
                    ("http://pwned.test", "null", "", "file://", "http://127.0.0.1.pwned.test")
                )
                head = phone.browser.head("POST", f"{path}/join", {"Origin": origin, "Content-Length": "2"})
                return await phone.browser._send(head + b"{}")
            case 1:
                action = self._chance.choice(_ACTIONS)
                return await phone.browser.post(f"{path}/{action}", hostile.malformed(self._chance))
            case 2:
                many = "&".join(f"since={self._chance.randrange(10**9)}" for _ in range(200))
                return await phone.browser.get(f"{path}/state?{many}&x={'x' * self._chance.choice((10, 10_000))}")
            case 3:
                headers = {"Host": "pwned.test", "Origin": "http://pwned.test", "Content-Length": "2"}
                lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                return await phone.browser._send(
                    f"POST {path}/join HTTP/1.1\r\n{lines}Cookie: {phone.browser.cookie_header}\r\n\r\n{{}}".encode()
                )
            case 4:
                method = self._chance.choice(("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"))
                head = phone.browser.head(method, f"{path}/{self._chance.choice(_ACTIONS)}", {"Content-Length": "0"})
                return await phone.browser._send(head)
            case _:
                last = self._chance.choice(("-1", "9" * 30, "nan", "٣", "1;drop"))
                return await phone.browser.get(f"{path}/state", **{"Last-Event-ID": quote(last)})

    async def _file_of_a_cafe(self, phone: Phone) -> Reply:
        data = hostile.toml(self._chance, self._file)
        headers = {
            "Origin": self._app.address.origin,
            "Content-Length": str(len(data)),
            "X-Forwarded-For": self._somewhere(),
            # What is refused before it is read leaves its body on the way: the connection ends there.
            "Connection": "close",
        }
        path = self._chance.choice(("/api/cafes", "/api/cafes", "/api/cafes", f"/api/cafes/{phone.cafe}/films/cafe"))
        other = Plain(self._app.address)
        other.cookies = dict(phone.browser.cookies)
        try:
            return await other._send(other.head("PUT", path, headers) + data)
        finally:
            other.close()

    async def _page(self, phone: Phone) -> Reply:
        """Pages are asked with anything in their address; the upload route with anything at all."""
        if self._chance.random() < 0.2:
            head = {"Origin": self._app.address.origin, "Content-Length": "4"}
            path = f"/_stcore/upload_file/{self._chance.randrange(10**6)}/{self._chance.randrange(10**6)}"
            return await phone.browser._send(phone.browser.head("PUT", path, head) + b"abcd")
        family = self._chance.choice(hostile.TEXT_FAMILIES)
        typed = quote(hostile.text(family, self._chance)[:500].encode("utf-8", "replace"), safe="")
        page = self._chance.choice(_PAGES)
        path = self._chance.choice((f"/{page}?cafe={typed}", f"/{page}?code={typed}", f"/{typed}", f"/{page}/{typed}"))
        return await phone.browser.get(path)

    async def _garbage_on_a_socket(self) -> None:
        """Streamlit's own socket takes protobuf messages: it is sent what is none, too much, or for another page."""
        self.sent["socket"] += 1
        address = self._app.address
        try:
            async with connect(
                f"ws://{address.host}:{address.port}/_stcore/stream",
                origin=Origin(address.origin),
                subprotocols=[Subprotocol("streamlit")],
                open_timeout=10,
            ) as socket:
                for _ in range(3):
                    await socket.send(self._chance.randbytes(self._chance.randint(0, 2_000)))
                async with asyncio.timeout(0.2):
                    while True:
                        said = await socket.recv()
                        self.traces += any(one in said for one in _TRACES[:1] if isinstance(said, bytes))
        except (ConnectionClosed, TimeoutError):
            pass
        except OSError as error:
            self._crashed("socket", error)

    def _somewhere(self) -> str:
        return ".".join(str(self._chance.randrange(1, 255)) for _ in range(4))
