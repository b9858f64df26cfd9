"""Cafés being played: one room per café in this process, through which every change and every stream goes.

A room is an actor on the event loop. It decides what is asked of it one thing after another, keeps what follows
in one append for all that arrived meanwhile, and only then acknowledges and tells the phones.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from hmac import compare_digest
from typing import TYPE_CHECKING

from state.domain.door import MOST_CODES
from state.domain.events import (
    Answered,
    AnswersErased,
    AnyEvent,
    CafeCreated,
    Event,
    Joined,
    NoteBacked,
    NoteFlagged,
    NoteHidden,
    NoteMerged,
    NoteMoved,
    NotePosted,
    NoteShown,
    NoteSplit,
    NoteWithdrawn,
    PresenceCounted,
    ProfileChanged,
    Readmitted,
    Record,
    Removed,
    Renamed,
    TextHidden,
    TextShown,
    WordsStruck,
)
from state.domain.folding import apply, fold
from state.identity import later_code
from state.ports import Conflict, StoreError, UnknownCafe

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping

    from state.domain.cafe import Cafe
    from state.ports import Store

    Decision = Callable[[Cafe], Iterable[Event]]
    _Asked = tuple[Decision, str, asyncio.Future[Cafe]]

HEARTBEAT_SECONDS = 4.0
WAKE_SECONDS = 0.25
STREAMS_PER_PERSON = 8
_IDLE_SECONDS = 900.0
# What participants do, many at once. Who says their level by answering changes their profile.
_BY_MANY = (Answered, Joined, NotePosted, NoteMoved, NoteWithdrawn, NoteBacked, ProfileChanged, PresenceCounted)
# What tells that the history before it is no longer the same.
_AFTER_REWRITING = (AnswersErased, WordsStruck)
# How long a decision is taken again where others keep writing first.
_CONTENTION_SECONDS = 8.0
_RETRY = b"retry: 1500\n\n"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """A view ready for the wire. `id` is the café's version when the view last changed, `at` when it was made here."""

    id: int
    body: bytes
    at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def wire(self) -> bytes:
        return b"id: %d\nevent: view\ndata: %b\n\n" % (self.id, self.body)


class Room:
    """One café, live. Everything here runs on the event loop; other threads go through `Comptoir`."""

    def __init__(
        self,
        cafe_id: str,
        cafe: Cafe,
        store: Store,
        *,
        render: Callable[[Cafe], bytes],
        clock: Callable[[], float],
    ) -> None:
        self.id = cafe_id
        self.cafe = cafe
        self.frame = Frame(cafe.version, render(cafe))
        self.connected: Counter[str] = Counter()
        self.used_at = time.monotonic()
        self._store = store
        self._render = render
        self._clock = clock
        self._queue: list[_Asked] = []
        self._writer: asyncio.Task[None] | None = None
        self._phones = asyncio.Event()
        self._watchers = asyncio.Event()
        self.refuses_writes = False
        self._late_frame: asyncio.TimerHandle | None = None
        self._personal: Counter[str] = Counter()
        self._untold = False
        self._beats = 0
        self._pulse = 0
        self._streams = 0
        self._watching = 0
        self.ended = False
        # Held by whoever writes to the café's history, or puts another in its place.
        self.writing = asyncio.Lock()

    @property
    def idle(self) -> bool:
        return not self._streams and not self._queue and time.monotonic() - self.used_at > _IDLE_SECONDS

    @property
    def version_mark(self) -> str:
        """What a console or a screen has seen when it has drawn the room as it is."""
        return f"{self.cafe.version}.{self._pulse}"

    @property
    def watched(self) -> bool:
        """Whether a console or a screen is open on this room."""
        return self._watching > 0

    async def news(self, seen: str) -> None:
        """Wait until the room is no longer what `version_mark` said, or until the next heartbeat."""
        if self.version_mark == seen and not self.ended:
            await self._watchers.wait()

    async def submit(self, decide: Decision, *, by: str = "") -> Cafe:
        """Decide on the café as it will then be, and return the café once what followed is on disk.

        `by` says which of those who facilitate asks for it.

        Raises:
            Refusal: the decision said no; nothing changed.
            StoreError: it could not be kept; nothing changed.
        """
        self.used_at = time.monotonic()
        future: asyncio.Future[Cafe] = asyncio.get_running_loop().create_future()
        self._queue.append((decide, by, future))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await future

    async def _write(self) -> None:
        try:
            while self._queue:
                batch, self._queue = self._queue, []
                async with self.writing:
                    await self._write_batch(batch)
        finally:
            self._writer = None

    async def _write_batch(self, batch: list[_Asked]) -> None:
        """Decide, keep and acknowledge; where another process wrote first, decide again on what it wrote."""
        patience = time.monotonic() + _CONTENTION_SECONDS
        while batch := await self._try_batch(batch, last=time.monotonic() > patience):
            pass

    async def _try_batch(self, batch: list[_Asked], *, last: bool) -> list[_Asked]:
        """What is to be decided again: nothing, the `last` time."""
        state = self.cafe
        records: list[Record] = []
        decided: list[tuple[_Asked, Cafe]] = []
        now = self._clock()
        for asked in batch:
            decide, by, future = asked
            try:
                state, more = _decided(state, decide, now, by)
            except Exception as error:  # noqa: BLE001 - handed to whoever asked, who must not wait for ever
                _fail(future, error)
                continue
            records += more
            decided.append((asked, state))
        if records:
            try:
                await asyncio.wrap_future(self._store.append(self.id, records))
            except Exception as error:  # noqa: BLE001 - whatever broke, nobody may wait for ever
                recovered = False
                try:
                    recovered = await self._recover(error, len(records))
                finally:
                    if last or not recovered:
                        for (_, _, future), _ in decided:
                            _fail(future, error)
                return [asked for asked, _ in decided] if recovered and not last else []
            self.cafe = state
            self.refuses_writes = False
            self._publish(records)
        for (_, _, future), result in decided:
            if not future.done():
                future.set_result(result)
        return []

    async def catch_up(self, seq: int) -> None:
        """Go on with what another process wrote, up to `seq` at least.

        Raises:
            StoreError
        """
        async with self.writing:
            if seq > self.cafe.version:
                await self._take_news()

    async def _take_news(self) -> None:
        news = await asyncio.to_thread(self._store.load_after, self.id, self.cafe.version)
        if any(isinstance(record.event, _AFTER_REWRITING) for record in news):
            # What this process knows of before is no longer what is kept.
            records = await asyncio.to_thread(self._store.load, self.id)
            news = records[self.cafe.version :]
            self.cafe = fold(records)
        else:
            self.cafe = reduce(apply, news, self.cafe)
        if news:
            self._publish(list(news))

    def take(self, cafe: Cafe) -> None:
        """Go on with the café as it is now kept, once another history was put in the place of its own.

        Phones are told by the next event only: a view is known by its version, and this one has not changed.
        """
        self.cafe = cafe
        self._wake_watchers()

    async def _recover(self, error: Exception, lost: int) -> bool:
        """Where somebody else wrote to this café, take what it wrote and give True; else say that a write failed."""
        before = self.cafe.version
        if isinstance(error, Conflict):
            try:
                await self._take_news()
            except StoreError as unreadable:
                log.warning("café %s: cannot be read again (%s)", self.id, type(unreadable).__name__)
            else:
                self._send_frame()
        if self.cafe.version > before:
            return True
        log.warning("café %s: %d events not kept (%s)", self.id, lost, type(error).__name__)
        self.refuses_writes = not isinstance(error, Conflict)
        self._wake_watchers()
        return False

    def _publish(self, records: list[Record]) -> None:
        if all(isinstance(record.event, PresenceCounted) for record in records):
            # Kept for the review: nobody's view shows it.
            return
        for record in records:
            if (person := _concerned(self.cafe, record.event)) is not None:
                self._personal[person] += 1
                self._untold = True
        self._wake_watchers()
        if any(not isinstance(record.event, _BY_MANY) for record in records):
            self._send_frame()
        elif self._late_frame is None:
            # What many people do at once changes a phone's view little by little: four times a second is enough.
            self._late_frame = asyncio.get_running_loop().call_later(WAKE_SECONDS, self._send_frame)

    def _send_frame(self) -> None:
        if self._late_frame is not None:
            self._late_frame.cancel()
            self._late_frame = None
        body = self._render(self.cafe)
        changed = body != self.frame.body
        if changed:
            self.frame = Frame(self.cafe.version, body)
        if changed or self._untold:
            self._untold = False
            _wake(self._phones)

    def _wake_watchers(self) -> None:
        self._pulse += 1
        _wake(self._watchers)

    def end_streams(self) -> None:
        """Have every stream finish; phones come back by themselves, here or to another process."""
        self.ended = True
        self.beat()

    def beat(self) -> None:
        """Let every stream say that it is alive."""
        self._beats += 1
        _wake(self._phones)
        _wake(self._watchers)

    async def phone_stream(self, person: str, last_id: int | None) -> AsyncGenerator[bytes, None]:
        """Frames for one phone: the view when it changes, a word when something concerns this person alone.

        Ends at once where the person has `STREAMS_PER_PERSON` already.
        """
        if self.connected[person] >= STREAMS_PER_PERSON:
            return
        self.enter(person)
        try:
            yield _RETRY + self._beat()
            sent, told, beats = last_id, self._personal[person], self._beats
            while not self.ended:
                frame = self.frame
                if frame.id != sent:
                    sent = frame.id
                    yield frame.wire
                elif self._personal[person] != told:
                    told = self._personal[person]
                    yield b"event: me\ndata: %d\n\n" % told
                elif self._beats != beats:
                    beats = self._beats
                    yield self._beat()
                else:
                    await self._phones.wait()
        finally:
            self.leave(person)

    def _beat(self) -> bytes:
        """A sign of life that tells the server's time, in milliseconds: phones count down by it, not by their own."""
        return b"event: beat\ndata: %d\n\n" % (1000 * self._clock())

    async def watcher_stream(self) -> AsyncGenerator[bytes, None]:
        """Version numbers for a console or a screen, at most one every `WAKE_SECONDS`."""
        self._streams += 1
        self._watching += 1
        try:
            yield _RETRY
            sent = -1
            while not self.ended:
                if self._pulse != sent:
                    sent = self._pulse
                    yield b"id: %d\nevent: version\ndata: %d.%d\n\n" % (
                        self.cafe.version,
                        self.cafe.version,
                        sent,
                    )
                    await asyncio.sleep(WAKE_SECONDS)
                else:
                    await self._watchers.wait()
                    if self._pulse == sent:
                        yield self._beat()
        finally:
            self._streams -= 1
            self._watching -= 1
            self.used_at = time.monotonic()

    def enter(self, person: str) -> None:
        """A phone of this person's is there, until it leaves."""
        self._streams += 1
        self.connected[person] += 1
        self._wake_watchers()

    def leave(self, person: str) -> None:
        self._streams -= 1
        self.connected[person] -= 1
        if self.connected[person] <= 0:
            del self.connected[person]
        self.used_at = time.monotonic()
        self._wake_watchers()


class Hub:
    """The rooms of this process, opened when somebody comes and let go when nobody does."""

    def __init__(
        self, store: Store, *, render: Callable[[Cafe], bytes], clock: Callable[[], float] = time.time
    ) -> None:
        self.store = store
        self._render = render
        self._clock = clock
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._codes: dict[str, str] = {}
        # Codes that cafés may have after their first: which one a café has is in its own history alone.
        self._later: dict[str, list[str]] = {}
        for cafe_id, record in store.first_records().items():
            if isinstance(record.event, CafeCreated):
                self._index(cafe_id, record.event)

    def learn(self, cafe_id: str, first: Record) -> None:
        """Another process made a café: its code leads there from here too."""
        if isinstance(first.event, CafeCreated) and self._codes.get(first.event.code) != cafe_id:
            self._index(cafe_id, first.event)

    def _index(self, cafe_id: str, created: CafeCreated) -> None:
        self._codes[created.code] = cafe_id
        for turn in range(1, MOST_CODES + 1):
            self._later.setdefault(later_code(created.facilitator_hash, turn), []).append(cafe_id)

    def cafe_with_code(self, code: str) -> str | None:
        """The café that had this code first, whether it has it still or not."""
        return self._codes.get(code)

    def is_free(self, code: str) -> bool:
        """Whether no café has this code, had it first, or may have it later."""
        return code not in self._codes and code not in self._later

    def later_codes(self, cafe_id: str, facilitator_hash: str) -> Iterator[tuple[int, str]]:
        """The codes that a café may have after its first, each with its turn, without those that others may have."""
        for turn in range(1, MOST_CODES + 1):
            code = later_code(facilitator_hash, turn)
            if code not in self._codes and self._later.get(code) == [cafe_id]:
                yield turn, code

    async def cafe_of(self, code: str) -> str | None:
        """The café that people come into by this code, now."""
        first = self._codes.get(code)
        for cafe_id in [*([first] if first else []), *self._later.get(code, [])]:
            try:
                cafe = (await self.room(cafe_id)).cafe
            except UnknownCafe:
                continue
            except StoreError:
                # The page says what happened to this café.
                return cafe_id
            if compare_digest(cafe.code, code):
                return cafe_id
        return None

    @property
    def codes(self) -> Mapping[str, str]:
        return self._codes

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms that are open now."""
        return tuple(self._rooms.values())

    async def create(self, cafe_id: str, created: CafeCreated) -> Room:
        """Keep a new café and open its room.

        Raises:
            StoreError
        """
        record = Record(1, self._clock(), created)
        await asyncio.wrap_future(self.store.append(cafe_id, [record]))
        self._index(cafe_id, created)
        return self._open(cafe_id, fold([record]))

    def open_room(self, cafe_id: str) -> Room | None:
        """The room of a café where somebody came lately."""
        return self._rooms.get(cafe_id)

    async def room(self, cafe_id: str) -> Room:
        """The room of a café, read from the store the first time.

        Raises:
            UnknownCafe, Damaged
        """
        if (room := self._rooms.get(cafe_id)) is not None:
            return room
        if (opening := self._opening.get(cafe_id)) is None:
            opening = self._opening[cafe_id] = asyncio.create_task(self._load(cafe_id))
            opening.add_done_callback(lambda _: self._opening.pop(cafe_id, None))
        # Shielded: whoever leaves first must not take the room from those who wait beside them.
        return await asyncio.shield(opening)

    async def _load(self, cafe_id: str) -> Room:
        records = await asyncio.to_thread(self.store.load, cafe_id)
        if not isinstance(records[0].event, CafeCreated):
            # The history of a carnet: nobody's café.
            raise UnknownCafe(cafe_id)
        return self._open(cafe_id, fold(records))

    def _open(self, cafe_id: str, cafe: Cafe) -> Room:
        room = Room(cafe_id, cafe, self.store, render=self._render, clock=self._clock)
        self._rooms[cafe_id] = room
        return room

    def let_go(self, cafe_id: str) -> None:
        """A café is no more: its code leads nowhere, and whoever is there hears no more of it."""
        self._codes = {code: known for code, known in self._codes.items() if known != cafe_id}
        if (room := self._rooms.pop(cafe_id, None)) is not None:
            room.end_streams()

    def drain(self) -> None:
        """End every stream: the process is about to stop."""
        for room in self._rooms.values():
            room.end_streams()

    async def keep_alive(self) -> None:
        """Send heartbeats, and let go of rooms where nothing happens, until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for cafe_id, room in list(self._rooms.items()):
                if room.idle:
                    del self._rooms[cafe_id]
                else:
                    room.beat()


def _decided(cafe: Cafe, decide: Decision, now: float, by: str) -> tuple[Cafe, list[Record]]:
    """The café after a decision, and the records that lead there: all of them, or an exception and none."""
    records: list[Record] = []
    for event in decide(cafe):
        record = Record(cafe.version + 1, now, event, by)
        cafe = apply(cafe, record)
        records.append(record)
    return cafe, records


def _concerned(cafe: Cafe, event: AnyEvent) -> str | None:
    """The one person whose own phone shows something else after this, besides what it did itself."""
    match event:
        case ProfileChanged() | Renamed() | Removed() | Readmitted() | AnswersErased() | TextHidden() | TextShown():
            guest = cafe.participants[event.participant]
            return guest.host or guest.id
        case NoteHidden() | NoteShown() | NoteFlagged() | NoteMerged() | NoteSplit() | NoteMoved(by_facilitator=True):
            author = cafe.notes[event.question][event.note].author
            return cafe.participants[author].host or author if author else None
        case _:
            return None


def _wake(event: asyncio.Event) -> None:
    """Wake everybody who waits now; whoever waits later waits for the next time."""
    event.set()
    event.clear()


def _fail(future: asyncio.Future[Cafe], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


__all__ = ["HEARTBEAT_SECONDS", "STREAMS_PER_PERSON", "WAKE_SECONDS", "Frame", "Hub", "Room"]
