"""Having kept histories forget: what one person gave, what everybody wrote once its time is over, a whole café."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import reduce
from typing import TYPE_CHECKING

from state.domain.events import AnswersErased, CafeCreated, WordsStruck
from state.domain.folding import fold
from state.domain.forgetting import DAY_SECONDS, gave_something, struck, to_strike, without
from state.ports import NotKept, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from state.domain.cafe import Cafe
    from state.domain.events import Record
    from state.films import Films
    from state.live import Hub, Room
    from state.ports import Change

_EVERY_SECONDS = 86_400.0

log = logging.getLogger(__name__)


async def erase_answers(hub: Hub, room: Room, people: Sequence[str]) -> Cafe:
    """Take out of a café, on disk as well, all that these people gave; they are still there, without a name.

    Raises:
        StoreError: it could not be done, or not wholly; asking again finishes it.
    """
    giving = [person for person in people if gave_something(room.cafe, person)]
    if not giving:
        return room.cafe

    def change(records: Sequence[Record]) -> Sequence[Record]:
        return reduce(without, giving, records)

    await _rewrite(hub, room, change)
    return await room.submit(lambda _: [AnswersErased(person) for person in giving])


async def erase_cafe(hub: Hub, films: Films, cafe_id: str) -> None:
    """Leave nothing of a café: its history, its videos, its room, its code.

    Raises:
        UnknownCafe
        StoreError: it could not be done, or not wholly; ask again.
    """
    room = await hub.room(cafe_id)
    async with room.writing:
        try:
            await asyncio.to_thread(films.forget_all, cafe_id)
        except OSError as error:
            raise NotKept("its videos could not be removed") from error
        await asyncio.to_thread(hub.store.erase, cafe_id)
        hub.let_go(cafe_id)


async def strike_daily(hub: Hub, *, days: int, clock: Callable[[], float] = time.time) -> None:
    """Now and every day, strike what people wrote in cafés whose time is over; until cancelled."""
    while True:
        await strike_due(hub, days=days, now=clock())
        await asyncio.sleep(_EVERY_SECONDS)


async def strike_due(hub: Hub, *, days: int, now: float) -> None:
    """Strike what people wrote wherever it has been kept for so many days. `now` is seconds since 1970, UTC.

    Damaged files cannot be struck: they go as many days after they were set aside.
    """
    firsts = await asyncio.to_thread(hub.store.first_records)
    for cafe_id in [cafe_id for cafe_id, first in firsts.items() if isinstance(first.event, CafeCreated)]:
        try:
            await _strike(hub, cafe_id, now=now, days=days)
        except Exception as error:  # noqa: BLE001 - one café must not have the others' words kept for ever
            log.warning("café %s: nothing struck (%s)", cafe_id, type(error).__name__)
    try:
        await asyncio.to_thread(hub.store.clear_damaged, before=now - days * DAY_SECONDS)
    except StoreError as error:
        log.warning("damaged files are kept a day more (%s)", type(error).__name__)


async def _strike(hub: Hub, cafe_id: str, *, now: float, days: int) -> None:
    records = await asyncio.to_thread(hub.store.load, cafe_id)
    if not await asyncio.to_thread(to_strike, records, now=now, days=days):
        return
    room = await hub.room(cafe_id)
    await _rewrite(hub, room, struck)
    await room.submit(lambda _: [WordsStruck()])
    log.info("café %s: what people wrote was struck", cafe_id)


async def _rewrite(hub: Hub, room: Room, change: Change) -> None:
    async with room.writing:
        await asyncio.to_thread(hub.store.rewrite, room.id, change)
        records = await asyncio.to_thread(hub.store.load, room.id)
        room.take(await asyncio.to_thread(fold, records))
