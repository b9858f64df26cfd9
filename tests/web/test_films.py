"""The facilitator's own videos: taken from them alone, whole or not at all, and played for whoever is in the café."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions
from state.domain.errors import FilmTooLarge
from state.films import LARGEST_BYTES, ROOM_BYTES, Films, Incoming
from state.identity import KEYRING_COOKIE, PERSON_COOKIE
from state.ports import NotKept
from tests.state.cafes import FILM, TOKEN, goes
from tests.web.site import API, CAFE, HERE, HOST, Site, held_by, refused, visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Coroutine
    from pathlib import Path
    from typing import Any

    import httpx
    from starlette.types import Message

    Run = Callable[[Callable[[Site], Coroutine[Any, Any, None]]], None]
    Kept = Callable[[], list[str]]

# The step of the small plan that shows a video.
STEP = "cafe"
SEND = f"{API}/films/{STEP}"
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 8
WEBM = b"\x1aE\xdf\xa3" + bytes(range(256)) * 8
MEGABYTES = LARGEST_BYTES // 1024 // 1024


@pytest.fixture
def with_films(tmp_path: Path) -> Run:
    return lambda scenario: visit(scenario, data=tmp_path)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """The files that there are, whole or not."""
    return lambda: sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def film_of(site: Site) -> str:
    name = site.cafe.videos[STEP].file
    assert name is not None
    return name


def where(site: Site) -> str:
    return f"/api/films/{CAFE}/{film_of(site)}"


# Bringing one


@pytest.mark.parametrize(("film", "kind"), [(MP4, "mp4"), (WEBM, "webm")])
def test_a_film_is_kept_and_shown_to_the_phones(with_films: Run, kept: Kept, film: bytes, kind: str) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(goes(FILM))
        answer = await site.facilitator(TOKEN).put(SEND, content=film)
        assert (answer.status_code, len(answer.json()["message"]) > 10) == (200, True)
        assert kept() == [film_of(site)]
        assert film_of(site).endswith(f".{kind}")
        view = (await ada.get(f"{API}/state")).json()["view"]
        assert (view["film"], view.get("links")) == (film_of(site), None)
        seen = await ada.get(where(site))
        assert (seen.content, seen.headers["content-type"]) == (film, f"video/{kind}")
        assert "private" in seen.headers["cache-control"]

    with_films(scenario)


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_a_film_that_arrives_in_small_parts_is_put_together(with_films: Run, size: int) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(MP4), size):
            yield MP4[start : start + size]

    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        assert (await host.put(SEND, content=parts())).status_code == 200
        assert (await host.get(where(site))).content == MP4

    with_films(scenario)


def test_another_film_takes_the_place_of_the_one_before(with_films: Run, kept: Kept) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.put(SEND, content=MP4)
        first = where(site)
        await host.put(SEND, content=WEBM)
        assert kept() == [film_of(site)]
        refused(await host.get(first), 404, "no-route")
        assert (await host.get(where(site))).content == WEBM

    with_films(scenario)


def test_films_sent_at_once_leave_one_file(with_films: Run, kept: Kept) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        answers = await asyncio.gather(*(host.put(SEND, content=MP4) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {200}
        assert kept() == [film_of(site)]

    with_films(scenario)


def test_what_no_step_shows_any_more_is_dropped_when_the_next_film_comes(with_films: Run, tmp_path: Path) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.put(SEND, content=MP4)
        first = film_of(site)
        await site.do(partial(decisions.choose_video, step_id=STEP, url="https://exemple.fr/film", file=None))
        unfinished = tmp_path / "films" / CAFE / f"{'0' * 32}.part"
        unfinished.write_bytes(b"cut")
        an_hour_ago = time.time() - 3700
        for path in (unfinished, unfinished.with_name(first)):
            os.utime(path, (an_hour_ago, an_hour_ago))
        await host.put(SEND, content=MP4)
        assert {path.name for path in unfinished.parent.iterdir()} == {film_of(site)}

    with_films(scenario)


def test_a_cafe_has_only_so_many_films(with_films: Run, tmp_path: Path) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.put(SEND, content=MP4)
        large = tmp_path / "films" / CAFE / f"{'1' * 32}.mp4"
        with large.open("wb") as file:
            file.truncate(ROOM_BYTES - LARGEST_BYTES)
        refused(await host.put(SEND, content=MP4), 409, "films-full")
        large.unlink()
        assert (await host.put(SEND, content=MP4)).status_code == 200

    with_films(scenario)


# Who may bring one


@pytest.mark.parametrize(
    ("case", "may_bring"),
    [
        ("nothing", False),
        ("forged", False),
        ("person's cookie", False),
        ("another café's links", False),
        ("links exchanged", False),
        ("the screen's link", False),
        ("the facilitator's link", True),
    ],
)
def test_only_the_facilitator_brings_a_film(with_films: Run, kept: Kept, case: str, may_bring: bool) -> None:  # noqa: FBT001
    async def scenario(site: Site) -> None:
        cookies = dict((await site.participant()).cookies)
        if (held := held_by(site)[case]) is not None:
            cookies[KEYRING_COOKIE] = held
        read: list[int] = []
        answer = await site.browser(**cookies).put(SEND, content=counted(read))
        if may_bring:
            assert answer.status_code == 200
        else:
            refused(answer, 403, "no-key")
            assert read == []
            assert site.cafe.videos == {}
        assert len(kept()) == int(may_bring)

    with_films(scenario)


async def counted(read: list[int]) -> AsyncIterator[bytes]:
    """A film, saying how many of its parts were taken."""
    for number in range(10):
        read.append(number)
        yield MP4 if number == 0 else b"\x00" * 65_536


@pytest.mark.parametrize(
    ("origin", "passes"),
    [(HERE, True), (f"http://{HOST}", True), ("https://evil.example", False), ("null", False), (None, False)],
)
def test_another_site_brings_nothing_in_the_facilitators_name(
    with_films: Run,
    kept: Kept,
    origin: str | None,
    passes: bool,  # noqa: FBT001
) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        del host.headers["Origin"]
        answer = await host.put(SEND, content=MP4, headers={} if origin is None else {"Origin": origin})
        if passes:
            assert answer.status_code == 200
        else:
            refused(answer, 403, "origin")
        assert len(kept()) == int(passes)

    with_films(scenario)


@pytest.mark.parametrize("step", ["tasse", "absente", "%2e%2e", "..%2f..%2fetc", "x" * 3000], ids=lambda one: one[:12])
def test_a_step_that_shows_no_video_takes_none(with_films: Run, kept: Kept, step: str) -> None:
    async def scenario(site: Site) -> None:
        read: list[int] = []
        answer = await site.facilitator(TOKEN).put(f"{API}/films/{step}", content=counted(read))
        assert answer.status_code in {404, 405, 409}
        assert (read, kept(), site.cafe.videos) == ([], [], {})

    with_films(scenario)


@pytest.mark.parametrize("cafe", ["inconnu", "%2e%2e", "x" * 3000], ids=lambda one: one[:12])
def test_an_unknown_cafe_takes_no_film(with_films: Run, kept: Kept, cafe: str) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        refused(await host.put(f"/api/cafes/{cafe}/films/{STEP}", content=MP4), 404, "unknown-cafe")
        refused(await host.get(f"/api/films/{cafe}/{'0' * 32}.mp4"), 404, "unknown-cafe")
        assert kept() == []

    with_films(scenario)


# What is taken for a film


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"ftyp",
        b"\x00" * 4096,
        b"<html><script>alert(1)</script>",
        b"<svg onload='alert(1)'>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"%PDF-1.7",
        b"MZ" + b"\x00" * 100,
        b"xxxftyp" + b"\x00" * 100,
    ],
    ids=lambda sent: ascii(sent[:12]),
)
def test_what_is_no_film_is_refused_and_leaves_nothing(with_films: Run, kept: Kept, sent: bytes) -> None:
    async def scenario(site: Site) -> None:
        refused(await site.facilitator(TOKEN).put(SEND, content=sent), 415, "film-refused")
        assert (kept(), site.cafe.videos) == ([], {})

    with_films(scenario)


def test_a_film_said_to_be_too_large_is_not_even_read(with_films: Run, kept: Kept) -> None:
    async def scenario(site: Site) -> None:
        read: list[int] = []
        headers = {"Content-Length": str(LARGEST_BYTES + 1)}
        answer = await site.facilitator(TOKEN).put(SEND, content=counted(read), headers=headers)
        refused(answer, 413, "film-too-large")
        assert str(MEGABYTES) in answer.json()["message"]
        assert (read, kept()) == ([], [])

    with_films(scenario)


class NearlyFull(Films):
    """Takes a hundred kilobytes before the limit is reached, so that no test writes two hundred megabytes."""

    def begin(self, cafe: str, shown: Collection[str] = ()) -> Incoming:
        incoming = super().begin(cafe, shown)
        incoming.size = LARGEST_BYTES - 100_000
        return incoming


@pytest.mark.parametrize("declared", [None, "10", "-1", "abc", "٣"])
def test_a_film_that_turns_out_to_be_too_large_leaves_nothing(
    with_films: Run, kept: Kept, tmp_path: Path, declared: str | None
) -> None:
    async def scenario(site: Site) -> None:
        site.comptoir.films = NearlyFull(tmp_path)
        headers = {} if declared is None else {b"Content-Length": declared.encode()}
        answer = await site.facilitator(TOKEN).put(SEND, content=counted([]), headers=headers)
        refused(answer, 413, "film-too-large")
        assert (kept(), site.cafe.videos) == ([], {})
        assert (await site.facilitator(TOKEN).put(SEND, content=MP4)).status_code == 200

    with_films(scenario)


def test_the_last_byte_that_fits_is_taken_and_not_one_more(tmp_path: Path) -> None:
    incoming = NearlyFull(tmp_path).begin(CAFE)
    incoming.write(MP4 + b"\x00" * (100_000 - len(MP4)))
    with pytest.raises(FilmTooLarge) as error:
        incoming.write(b"\x00")
    assert error.value.details == {"limit": MEGABYTES}
    incoming.drop()
    assert list(tmp_path.rglob("*.*")) == []


# When it goes wrong on the way


@dataclass
class CutUpload:
    """A browser that sends some of a film, then nothing more: the network is gone."""

    site: Site
    parts: list[bytes]
    status: int | None = None
    sent: list[Message] = field(default_factory=list)

    async def run(self) -> None:
        host = self.site.facilitator(TOKEN)
        cookies = "; ".join(f"{name}={value}" for name, value in host.cookies.items())
        headers = {"cookie": cookies, "host": HOST, "origin": HERE, "content-length": "1000000"}
        scope = {
            "type": "http",
            "method": "PUT",
            "path": SEND,
            "raw_path": SEND.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        await self.site.app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self.parts:
            return {"type": "http.request", "body": self.parts.pop(0), "more_body": True}
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("parts", [[], [b"\x00"], [MP4], [MP4, b"\x00" * 2_000_000]], ids=["0", "1", "2", "3"])
def test_a_cut_upload_leaves_no_file(with_films: Run, kept: Kept, parts: list[bytes]) -> None:
    async def scenario(site: Site) -> None:
        upload = CutUpload(site, list(parts))
        await upload.run()
        assert upload.sent[0]["status"] == 400
        assert (kept(), site.cafe.videos) == ([], {})

    with_films(scenario)


def test_a_film_that_stops_coming_is_left_and_keeps_nobody_waiting(
    with_films: Run, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Thirty seconds are made short: the limit is no argument of anything.
    monkeypatch.setattr("web.films._SECONDS_WITHOUT_NEWS", 0.2)

    async def stalled() -> AsyncIterator[bytes]:
        yield MP4
        await asyncio.sleep(60)

    async def scenario(site: Site) -> None:
        ada, host = await site.participant(), site.facilitator(TOKEN)
        sending = asyncio.create_task(host.put(SEND, content=stalled()))
        await asyncio.sleep(0)
        assert (await ada.get(f"{API}/state")).status_code == 200
        assert not sending.done()
        refused(await sending, 408, "too-slow")
        assert (kept(), site.cafe.videos) == ([], {})

    with_films(scenario)


class FullDisk(Films):
    """Refuses at this point: to begin, to write, or to keep."""

    def __init__(self, folder: Path, point: str) -> None:
        super().__init__(folder)
        self.point = point

    def begin(self, cafe: str, shown: Collection[str] = ()) -> Incoming:
        if self.point == "begin":
            raise OSError(28, "No space left on device", "/secret/place")
        incoming = super().begin(cafe, shown)
        return FullIncoming(incoming.path, incoming.file, point=self.point)


@dataclass(slots=True)
class FullIncoming(Incoming):
    point: str = ""

    def write(self, part: bytes) -> None:
        if self.point == "write":
            raise OSError(28, "No space left on device", "/secret/place")
        Incoming.write(self, part)

    def keep(self) -> str:
        if self.point == "keep":
            raise OSError(28, "No space left on device", "/secret/place")
        return Incoming.keep(self)


@pytest.mark.parametrize("point", ["begin", "write", "keep"])
def test_a_full_disk_is_said_and_leaves_nothing(with_films: Run, kept: Kept, tmp_path: Path, point: str) -> None:
    async def scenario(site: Site) -> None:
        site.comptoir.films = FullDisk(tmp_path, point)
        answer = await site.facilitator(TOKEN).put(SEND, content=MP4)
        refused(answer, 503, "not-kept")
        assert b"secret" not in answer.content
        assert (kept(), site.cafe.videos) == ([], {})

    with_films(scenario)


def test_a_film_that_the_cafe_could_not_keep_is_forgotten(with_films: Run, kept: Kept) -> None:
    async def scenario(site: Site) -> None:
        host = site.facilitator(TOKEN)
        await host.put(SEND, content=MP4)
        before = kept()
        site.store.append_errors = [NotKept("disk full")]
        refused(await host.put(SEND, content=WEBM), 503, "not-kept")
        # The one before is still there, and still the one that is shown.
        assert kept() == before == [film_of(site)]

    with_films(scenario)


# Who may see one


async def brought(site: Site) -> str:
    assert (await site.facilitator(TOKEN).put(SEND, content=MP4)).status_code == 200
    return where(site)


def test_whoever_is_in_the_cafe_or_watches_it_sees_its_film(with_films: Run) -> None:
    async def scenario(site: Site) -> None:
        film = await brought(site)
        for browser in (await site.participant(), site.facilitator(TOKEN), site.screen(TOKEN)):
            assert (await browser.get(film)).content == MP4

    with_films(scenario)


def test_nobody_else_sees_it(with_films: Run) -> None:
    async def scenario(site: Site) -> None:
        film = await brought(site)
        removed = await site.participant()
        await site.do(lambda cafe: decisions.remove(cafe, site.person(removed)))
        forged = site.browser(**{PERSON_COOKIE: "ImZvcmdlZCI.AAAA"})
        other = site.browser(**{KEYRING_COOKIE: held_by(site)["another café's links"] or ""})
        for browser in (site.browser(), site.somebody(), removed, forged, other):
            answer = await browser.get(film)
            refused(answer, 403, "no-key")
            assert MP4[:40] not in answer.content

    with_films(scenario)


def test_a_participant_of_another_cafe_sees_nothing_of_this_one(with_films: Run) -> None:
    async def scenario(site: Site) -> None:
        film = await brought(site)
        there = await site.comptoir.hub.create("cafe00000002", site.store.load(CAFE)[0].event)  # type: ignore[arg-type]
        bob = site.somebody()
        assert (await bob.post("/api/cafes/cafe00000002/join", json={})).status_code == 200
        refused(await bob.get(film), 403, "no-key")
        # Nor through the café that they are in: a film belongs to its own.
        refused(await bob.get(film.replace(CAFE, there.id)), 404, "no-route")

    with_films(scenario)


@pytest.mark.parametrize(
    "name",
    [
        "0" * 32 + ".mp4",
        "0" * 32 + ".part",
        "../cafe00000001.mp4",
        "..%2f..%2fcookie-secret",
        "%2e%2e%2fcookie-secret",
        "..%5c..%5cx.mp4",
        "%00.mp4",
        "x" * 3000,
        "é.mp4",
        "A" * 32 + ".MP4",
    ],
    ids=lambda one: one[:16],
)
def test_a_name_that_is_no_films_is_not_found(with_films: Run, tmp_path: Path, name: str) -> None:
    async def scenario(site: Site) -> None:
        await brought(site)
        (tmp_path / "cookie-secret").write_text("secret")
        (tmp_path / "films" / CAFE / f"{'0' * 32}.part").write_bytes(MP4)
        answer = await site.facilitator(TOKEN).get(f"/api/films/{CAFE}/{name}")
        assert answer.status_code == 404
        assert b"secret" not in answer.content

    with_films(scenario)


# Playing it


@pytest.mark.parametrize(
    ("wanted", "status", "length"),
    [
        ("bytes=0-3", 206, 4),
        ("bytes=4-", 206, len(MP4) - 4),
        ("bytes=-10", 206, 10),
        ("bytes=0-999999999", 206, len(MP4)),
        (f"bytes={len(MP4)}-", 416, None),
        ("bytes=9-3", 400, None),
        ("lignes=0-3", 400, None),
        ("bytes=x", 400, None),
    ],
)
def test_parts_of_a_film_are_given_on_demand(with_films: Run, wanted: str, status: int, length: int | None) -> None:
    async def scenario(site: Site) -> None:
        film = await brought(site)
        answer = await site.facilitator(TOKEN).get(film, headers={"Range": wanted})
        assert answer.status_code == status
        if length is not None:
            assert len(answer.content) == length
            assert answer.content in MP4
            assert answer.headers["content-range"].endswith(f"/{len(MP4)}")

    with_films(scenario)


def test_a_film_says_its_length_and_that_it_has_parts(with_films: Run) -> None:
    async def scenario(site: Site) -> None:
        answer: httpx.Response = await site.facilitator(TOKEN).head(await brought(site))
        assert (answer.status_code, answer.content) == (200, b"")
        assert (answer.headers["accept-ranges"], answer.headers["content-length"]) == ("bytes", str(len(MP4)))

    with_films(scenario)
