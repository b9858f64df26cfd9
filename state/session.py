"""The one door to the live cafés: pages (script threads) and routes (event loop) come through here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from content.plan import trial_plan
from state.domain.composing import describe
from state.domain.errors import Refusal
from state.domain.events import CafeCreated, Details, Record
from state.domain.folding import begin
from state.domain.text import TITLE_LENGTH, clean
from state.films import Films
from state.identity import (
    CODE_LENGTH,
    Identity,
    Keyring,
    hash_token,
    new_cafe_id,
    new_code,
    new_token,
    screen_token,
    tidy_code,
    token_matches,
)
from state.ports import UnknownCafe

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from content.plan import Plan
    from content.schema import Pack
    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from state.live import Hub, Room
    from state.ports import Health
    from state.settings import Settings

T = TypeVar("T")
_PATIENCE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class NewCafe:
    """A café just made. `token` opens the console, and is not kept anywhere but in the facilitator's link."""

    id: str
    token: str


class Comptoir:
    """The application: what anybody may ask of it, whatever they ask it from."""

    def __init__(
        self, hub: Hub, identity: Identity, pack: Pack, settings: Settings, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.hub = hub
        self.identity = identity
        self.pack = pack
        self.settings = settings
        self.films = Films(settings.data / "films")
        self._loop = loop

    # From script threads

    def create(self, plan: Plan, *, title: str, details: Details | None = None) -> NewCafe:
        """Make a café.

        Raises:
            TextEmpty, TextTooLong: the title.
            StoreError
        """
        return self._wait(self.found(plan, title=title, details=details))

    async def found(self, plan: Plan, *, title: str, details: Details | None = None) -> NewCafe:
        """As `create`, on the application's own loop. Raises: as `describe` too, where there are details."""
        name = clean(title, limit=TITLE_LENGTH)
        token = new_token()
        code = new_code()
        while self.hub.cafe_with_code(code):
            code = new_code()
        cafe_id = new_cafe_id()
        created = CafeCreated(name, code, plan, hash_token(token), hash_token(screen_token(token)))
        wanted = details or Details()
        # Refused before anything is made, where it would be.
        describe(begin(Record(1, 0.0, created)), title=name, details=wanted)
        room = await self.hub.create(cafe_id, created)
        await room.submit(partial(describe, title=name, details=wanted))
        return NewCafe(cafe_id, token)

    def try_out(self, activity: str) -> NewCafe:
        """Make a café to try one activity alone.

        Raises:
            KeyError: there is no such activity.
            StoreError
        """
        plan = trial_plan(self.pack, activity)
        return self.create(plan, title=plan.formula_name[:TITLE_LENGTH])

    def room(self, cafe_id: str) -> Room:
        """The room of a café, to look at.

        Raises:
            UnknownCafe, Damaged
        """
        return self._wait(self.hub.room(cafe_id))

    def do(self, cafe_id: str, decide: Callable[[Cafe], Iterable[Event]]) -> Cafe:
        """Have something decided and kept; returns the café as it then is.

        Raises:
            Refusal, StoreError
        """

        async def submit() -> Cafe:
            room = await self.hub.room(cafe_id)
            return await room.submit(decide)

        return self._wait(submit())

    def health(self) -> Health:
        return self.hub.store.check()

    # From anywhere

    def find(self, typed_code: str) -> str | None:
        """The id of the café that a code, however typed, leads to."""
        code = tidy_code(typed_code)
        return self.hub.cafe_with_code(code) if len(code) == CODE_LENGTH else None

    def facilitates(self, keyring: Keyring, cafe_id: str, cafe: Cafe) -> bool:
        token = keyring.facilitator.get(cafe_id)
        return token is not None and token_matches(token, cafe.facilitator_hash)

    def may_watch(self, keyring: Keyring, cafe_id: str, cafe: Cafe) -> bool:
        """Whether a browser may see the projector's view: it holds that link, or the facilitator's."""
        token = keyring.screen.get(cafe_id)
        return (token is not None and token_matches(token, cafe.screen_hash)) or self.facilitates(
            keyring, cafe_id, cafe
        )

    def _wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(_PATIENCE_SECONDS)


class _Installed:
    comptoir: Comptoir | None = None


def install(comptoir: Comptoir | None) -> None:
    """Say which application this process serves (None when it stops)."""
    _Installed.comptoir = comptoir


def comptoir() -> Comptoir:
    if _Installed.comptoir is None:
        raise RuntimeError("no application is installed: serve it with `streamlit run app.py`")
    return _Installed.comptoir


__all__ = ["Comptoir", "NewCafe", "Refusal", "UnknownCafe", "comptoir", "install"]
