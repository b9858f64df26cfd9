"""A phone's stream brings the view as it changes, starts again where it stopped, and leaves no ghost behind."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest

from state.domain import decisions, notes
from state.identity import PERSON_COOKIE
from state.live import STREAMS_PER_PERSON
from tests.state.cafes import (
    BLUE,
    BOARD,
    BREAK,
    FREE,
    ONE,
    TOKEN,
    TWO,
    WORDS,
    answers,
    created,
    goes,
    joins,
    posts,
    whole_plan,
)
from tests.web.site import API, PATIENCE, Event, Site, visit


def test_a_stream_is_an_event_stream_that_nothing_keeps_or_holds_back() -> None:
    async def scenario(site: Site) -> None:
        stream = site.listen(await site.participant())
        await stream.until(lambda heard: heard.named("view"))
        assert stream.status == 200
        assert stream.answer["content-type"].startswith("text/event-stream")
        assert "no-store" in stream.answer["cache-control"]
        assert "no-transform" in stream.answer["cache-control"]
        assert stream.answer["x-accel-buffering"] == "no"
        assert "content-length" not in stream.answer
        assert stream.body.startswith(b"retry: ")
        await stream.leave()

    visit(scenario)


def test_the_first_view_is_the_one_of_now() -> None:
    async def scenario(site: Site) -> None:
        await site.do(goes(ONE))
        stream = site.listen(await site.participant())
        await stream.until(lambda heard: heard.named("view"))
        assert (stream.view["question"], stream.named("view")[0].id) == (ONE, str(site.room.frame.id))
        await stream.leave()

    visit(scenario)


def test_a_move_is_a_new_view_and_a_beat_is_a_sign_of_life() -> None:
    async def scenario(site: Site) -> None:
        stream = site.listen(await site.participant())
        await stream.until(lambda heard: heard.named("view"))
        site.room.beat()
        await stream.until(lambda heard: heard.named("beat"))
        await site.do(goes(TWO))
        await stream.until(lambda heard: len(heard.named("view")) == 2)
        assert stream.view["question"] == TWO
        await stream.leave()

    visit(scenario)


def test_a_sign_of_life_tells_the_servers_time_in_milliseconds() -> None:
    async def scenario(site: Site) -> None:
        phone, screen = site.listen(await site.participant()), site.listen(site.facilitator(TOKEN), f"{API}/watch")
        await phone.until(lambda heard: heard.named("beat"))
        await screen.until(lambda heard: heard.named("version"))
        async with asyncio.timeout(PATIENCE):
            while not screen.named("beat"):  # a screen that has just been woken is not listening yet
                site.room.beat()
                await asyncio.sleep(0.01)
        for stream in (phone, screen):
            assert abs(int(stream.named("beat")[-1].data) / 1000 - time.time()) < 60
            await stream.leave()

    visit(scenario)


def test_a_phone_that_comes_back_is_sent_only_what_it_missed() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        first = site.listen(ada)
        await first.until(lambda heard: heard.named("view"))
        await first.leave()
        last = first.named("view")[-1].id
        back = site.listen(ada, last_event_id=last)
        await back.until(lambda heard: heard.body)
        site.room.beat()
        await back.until(lambda heard: heard.named("beat"))
        assert back.named("view") == []
        await back.leave()
        await site.do(goes(ONE))
        again = site.listen(ada, last_event_id=last)
        await again.until(lambda heard: heard.named("view"))
        assert again.view["question"] == ONE
        await again.leave()

    visit(scenario)


@pytest.mark.parametrize(
    "last", ["", "x", "-1", "1e9", "٣", "9" * 16, "9" * 10_000, "0x1", "null"], ids=lambda one: ascii(one)[:12]
)
def test_a_place_that_makes_no_sense_is_the_beginning(last: str) -> None:
    async def scenario(site: Site) -> None:
        stream = site.listen(await site.participant(), last_event_id=last)
        await stream.until(lambda heard: heard.named("view"))
        await stream.leave()

    visit(scenario)


def test_hostile_texts_cannot_break_a_stream_into_other_events() -> None:
    hostile = "a\n\nevent: view\ndata: {}\r\rid: 9\n\n\u2028\x85"

    async def scenario(site: Site) -> None:
        ada = await site.participant(pseudonym=hostile[:20])
        await site.do(goes(FREE), answers(site.person(ada), FREE, "a\n\nevent: me\n\n"))
        stream = site.listen(ada)
        await site.do(partial(decisions.show_results, question=FREE))
        await stream.until(lambda heard: b'"texts"' in heard.body)
        assert {event.name for event in stream.events} <= {"view", "beat", "me"}
        assert stream.view["results"]["texts"] == ["a\n\nevent: me"]
        assert stream.named("me") == []
        await stream.leave()

    visit(scenario, event=created(hostile))


def test_whoever_leaves_is_no_longer_counted() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        streams = [site.listen(ada) for _ in range(3)]
        for stream in streams:
            await stream.until(lambda heard: heard.named("view"))
        assert site.room.connected[site.person(ada)] == 3
        for stream in streams:
            await stream.leave()
        assert site.person(ada) not in site.room.connected

    visit(scenario)


def test_one_person_opens_few_streams_and_keeps_the_others_places() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        streams = []
        for _ in range(STREAMS_PER_PERSON):
            streams.append(site.listen(ada))
            await streams[-1].until(lambda heard: heard.named("view"))
        for _ in range(20):
            refused = await ada.get(f"{API}/stream")
            assert (refused.status_code, refused.json()["code"]) == (429, "too-many-streams")
        other = site.listen(bob)
        await other.until(lambda heard: heard.named("view"))
        await streams.pop().leave()
        again = site.listen(ada)
        await again.until(lambda heard: heard.named("view"))
        for stream in (*streams, other, again):
            await stream.leave()

    visit(scenario)


def test_a_thousand_streams_opened_at_once_by_one_person_are_refused_but_a_few() -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        streams = [site.listen(ada) for _ in range(1000)]
        async with asyncio.timeout(5):
            await asyncio.gather(*(stream.until(lambda heard: heard.status) for stream in streams))
        assert site.room.connected[site.person(ada)] <= STREAMS_PER_PERSON
        assert {stream.status for stream in streams} <= {200, 429}
        for stream in streams:
            await stream.leave()

    visit(scenario)


def test_draining_ends_the_streams_and_lets_the_server_stop() -> None:
    async def scenario(site: Site) -> None:
        stream = site.listen(await site.participant())
        screen = site.listen(site.facilitator(TOKEN), f"{API}/watch")
        await stream.until(lambda heard: heard.named("view"))
        await screen.until(lambda heard: heard.named("version"))
        site.comptoir.hub.drain()
        await stream.until(lambda heard: heard.over)
        await screen.until(lambda heard: heard.over)

    visit(scenario)


def test_a_console_is_woken_by_version_numbers_only() -> None:
    async def scenario(site: Site) -> None:
        console = site.listen(site.facilitator(TOKEN), f"{API}/watch")
        await console.until(lambda heard: heard.named("version"))
        await site.do(joins("ada", pseudonym="Ada"), goes(WORDS), answers("ada", WORDS, "bonjour"))
        await console.until(lambda heard: heard.events[-1].data == site.room.version_mark)
        assert b"Ada" not in console.body
        assert b"bonjour" not in console.body
        assert all(isinstance(event, Event) and event.name in {"version", "beat"} for event in console.events)
        assert all(set(event.data) <= set("0123456789.") for event in console.events)
        await console.leave()

    visit(scenario)


def test_news_of_one_person_reaches_that_person() -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        hers, his = site.listen(ada), site.listen(bob)
        for stream in (hers, his):
            await stream.until(lambda heard: heard.named("view"))
        await site.do(partial(decisions.rename, person=site.person(ada), pseudonym="Renommée"))
        await hers.until(lambda heard: heard.named("me"))
        assert his.named("me") == []
        assert (await ada.get(f"{API}/state")).json()["me"]["name"] == "Renommée"
        for stream in (hers, his):
            assert "Renommée".encode() not in stream.body
            await stream.leave()

    visit(scenario)


@pytest.mark.parametrize(
    "decide",
    [
        partial(notes.hide, note="n1"),
        partial(notes.flag, note="n1", flagged=True),
        partial(notes.move, note="n1", column=BREAK, colour=BLUE),
        partial(notes.merge, note="n1", into="n2"),
    ],
    ids=["hide", "flag", "move", "merge"],
)
def test_what_the_facilitator_does_with_a_note_reaches_its_author_alone(decide: partial[tuple[object, ...]]) -> None:
    async def scenario(site: Site) -> None:
        ada, bob = await site.participant(), await site.participant()
        stuck = (posts(site.person(ada), "n1", "à Ada"), posts(site.person(bob), "n2", "à Bob"))
        await site.do(goes(BOARD), *stuck)
        hers, his = site.listen(ada), site.listen(bob)
        for stream in (hers, his):
            await stream.until(lambda heard: heard.named("view"))
        await site.do(partial(decide, question=BOARD))  # type: ignore[arg-type]
        await hers.until(lambda heard: heard.named("me"))
        assert his.named("me") == []
        for stream in (hers, his):
            assert "à Ada".encode() not in stream.body
            await stream.leave()

    visit(scenario, event=created(plan=whole_plan()))


def test_a_stream_needs_no_more_than_a_signed_cookie() -> None:
    async def scenario(site: Site) -> None:
        somebody = site.browser(**{PERSON_COOKIE: site.identity.new_person_cookie()})
        stream = site.listen(somebody)
        await stream.until(lambda heard: heard.named("view"))
        assert site.cafe.participants == {}
        await stream.leave()

    visit(scenario)
