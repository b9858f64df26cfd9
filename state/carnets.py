"""The carnets of this process: each is found by its secret, which is kept nowhere, and changed by one at a time."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from state.domain.carnet import Carnet, apply_to_carnet, fold_carnet, note_cafe, retire, take_over
from state.domain.carnet_events import CarnetOpened
from state.domain.events import Record
from state.domain.helping import doors, enter
from state.domain.renewing import revoke_carnet
from state.identity import carnet_id, carnet_token, hash_token, screen_token
from state.ports import Conflict, UnknownCafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from state.domain.cafe import Cafe
    from state.domain.carnet_events import CarnetEvent
    from state.live import Hub

    Decision = Callable[[Carnet], Iterable[CarnetEvent]]

# Before the id of a carnet in the store: no café's id is as long.
_PREFIX = "carnet"
# So many stay in memory; the others are read again.
_AT_HAND = 500


class Carnets:
    """Everything here runs on the event loop; other threads go through `Comptoir`."""

    def __init__(self, hub: Hub, *, clock: Callable[[], float] = time.time) -> None:
        self._hub = hub
        self._clock = clock
        self._at_hand: OrderedDict[str, Carnet] = OrderedDict()
        self._writing = asyncio.Lock()

    async def of(self, secret: str) -> Carnet:
        """The carnet of a secret: an empty one where nothing was ever put in.

        Raises:
            Damaged, StoreError
        """
        name = _PREFIX + carnet_id(secret)
        if (carnet := self._at_hand.get(name)) is None:
            try:
                carnet = fold_carnet(await asyncio.to_thread(self._hub.store.load, name))
            except UnknownCafe:
                # Not remembered: whoever guesses at secrets must not fill the memory.
                return Carnet()
            self._remember(name, carnet)
        else:
            self._at_hand.move_to_end(name)
        return carnet

    async def submit(self, secret: str, decide: Decision) -> Carnet:
        """Decide on a carnet, and give it once what followed is on disk.

        Raises:
            Refusal: the decision said no; nothing changed.
            StoreError: it could not be kept; nothing changed.
        """
        name = _PREFIX + carnet_id(secret)
        async with self._writing:
            carnet = await self.of(secret)
            decided = tuple(decide(carnet))
            if not decided:
                return carnet
            records: list[Record] = []
            for event in decided if carnet.version else (CarnetOpened(), *decided):
                record = Record(carnet.version + 1, self._clock(), event)
                carnet = apply_to_carnet(carnet, record)
                records.append(record)
            try:
                await asyncio.wrap_future(self._hub.store.append(name, records))
            except Conflict:
                # Another process wrote: what it kept is read at the next asking.
                self._at_hand.pop(name, None)
                raise
            self._remember(name, carnet)
            return carnet

    async def note(self, secret: str, cafe_id: str) -> None:
        """Put a café in a carnet. Whoever holds the carnet does not facilitate it before `let_in`.

        Raises:
            TooMany, StoreError
        """
        await self.submit(secret, partial(note_cafe, cafe=cafe_id))

    async def let_in(self, secret: str, cafe_id: str, holder: str) -> None:
        """Have whoever holds a carnet facilitate a café as `holder` does: its owner, or one of its helpers.

        Raises:
            LinkRevoked, StoreError
        """
        token = carnet_token(secret, cafe_id)
        decide = partial(
            enter,
            carnet=carnet_id(secret),
            holder=holder,
            facilitator_hash=hash_token(token),
            screen_hash=hash_token(screen_token(token)),
        )
        await (await self._hub.room(cafe_id)).submit(decide)

    async def enter(self, secret: str, cafe_id: str, holder: str) -> None:
        """Put a café in a carnet for good. Raises: as `note` and `let_in`."""
        # In this order: a café that is in no list would be lost, one that is in a list and opens nothing is not.
        await self.note(secret, cafe_id)
        await self.let_in(secret, cafe_id, holder)

    async def renew(self, old: str, new: str) -> None:
        """Have a new carnet hold all that another held, and open what it opened.

        Nothing is taken from the one before: `retire` does, once whoever asked surely holds the new one.

        Raises:
            StoreError
        """
        carnet = await self.of(old)
        await self.submit(new, partial(take_over, other=carnet))
        for cafe_id in carnet.cafes:
            try:
                cafe = (await self._hub.room(cafe_id)).cafe
            except UnknownCafe:
                continue
            if (entry := cafe.carnets.get(carnet_id(old))) is not None and _stands(cafe, entry.holder):
                await self.let_in(new, cafe_id, entry.holder)

    async def retire(self, old: str) -> None:
        """Have a carnet open nothing any more. Raises: StoreError."""
        for cafe_id in (await self.of(old)).cafes:
            try:
                room = await self._hub.room(cafe_id)
            except UnknownCafe:
                continue
            await room.submit(partial(revoke_carnet, carnet=carnet_id(old)))
        await self.submit(old, retire)

    def overtaken(self, name: str, seq: int) -> None:
        """Another process may have written to the carnet kept by this name: it is read again at the next asking."""
        if (carnet := self._at_hand.get(name)) is not None and carnet.version < seq:
            del self._at_hand[name]

    def overtaken_all(self) -> None:
        """Nobody knows what others wrote meanwhile."""
        self._at_hand.clear()

    def _remember(self, name: str, carnet: Carnet) -> None:
        self._at_hand[name] = carnet
        self._at_hand.move_to_end(name)
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)


def _stands(cafe: Cafe, holder: str) -> bool:
    """Whether somebody still facilitates a café."""
    return any(door.holder == holder for door in doors(cafe))
