"""The one door to the live cafés: pages (script threads) and routes (event loop) come through here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from content.plan import FEWEST_SIMULATED, MOST_SIMULATED, rehearsal_plan, trial_plan
from state.budgets import CREATIONS, Budgets
from state.carnets import Carnets
from state.domain.composing import describe
from state.domain.decisions import choose_video
from state.domain.door import change_code
from state.domain.errors import LinkRevoked, LoginRequired, NoCarnet, NotAChoice, OwnerOnly, Refusal
from state.domain.events import OWNER, CafeCreated, Details, Record
from state.domain.folding import begin
from state.domain.helping import doors, invite, while_helping
from state.domain.text import TITLE_LENGTH, clean
from state.films import Films
from state.forgetting import erase_cafe
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
from state.rehearsal import Rehearsals
from state.rights import RIGHTS
from state.summaries import Summaries

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from content.plan import Plan
    from content.schema import Pack
    from state.domain.cafe import Cafe
    from state.domain.carnet import Carnet
    from state.domain.carnet_events import CarnetEvent
    from state.domain.events import Event
    from state.live import Hub, Room
    from state.ports import Health
    from state.rights import Action, Role
    from state.settings import Settings

T = TypeVar("T")
_PATIENCE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class NewCafe:
    """A café just made. `token` opens the console, and is not kept anywhere but in the facilitator's link."""

    id: str
    token: str


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Somebody who facilitates: `by` is `OWNER` or a helper's id, `token` the secret that says so."""

    by: str
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
        self.rehearsals = Rehearsals()
        self.carnets = Carnets(hub)
        self.summaries = Summaries(settings.data / "summaries", hub.store, lambda cafe_id: self.room(cafe_id).cafe)
        self.budgets = Budgets()
        self._loop = loop

    # From script threads

    def create(
        self,
        plan: Plan,
        *,
        title: str,
        cookies: Mapping[str, str],
        details: Details | None = None,
        where: str | None = None,
    ) -> NewCafe:
        """Make a café for whoever's browser sends these cookies. `where` is the address that it is asked from.

        Raises:
            LoginRequired
            TextEmpty, TextTooLong: the title.
            TooFast: too many were made from there.
            StoreError
        """
        if where is not None:
            self.budgets.spend("create", CREATIONS, where)
        return self._wait(self.found(plan, title=title, cookies=cookies, details=details))

    async def found(
        self, plan: Plan, *, title: str, cookies: Mapping[str, str], details: Details | None = None
    ) -> NewCafe:
        """As `create`, on the application's own loop. Raises: as `describe` too, where there are details."""
        if not self.may_make(cookies):
            raise LoginRequired
        name = clean(title, limit=TITLE_LENGTH)
        token = new_token()
        code = new_code()
        while not self.hub.is_free(code):
            code = new_code()
        cafe_id = new_cafe_id()
        created = CafeCreated(name, code, plan, hash_token(token), hash_token(screen_token(token)))
        wanted = details or Details()
        # Refused before anything is made, where it would be.
        describe(begin(Record(1, 0.0, created)), title=name, details=wanted)
        # What is made to try things out is no café that took place: it stays out of the carnet.
        carnet = None if plan.trial else self.identity.carnet(cookies)
        if carnet is not None:
            await self.carnets.note(carnet, cafe_id)
        room = await self.hub.create(cafe_id, created)
        await room.submit(partial(describe, title=name, details=wanted))
        if carnet is not None:
            await self.carnets.let_in(carnet, cafe_id, OWNER)
        return NewCafe(cafe_id, token)

    def try_out(self, activity: str, *, cookies: Mapping[str, str], where: str | None = None) -> NewCafe:
        """Make a café to try one activity alone.

        Raises:
            LoginRequired
            KeyError: there is no such activity.
            TooFast: too many were made from `where`.
            StoreError
        """
        plan = trial_plan(self.pack, activity)
        return self.create(plan, title=plan.formula_name[:TITLE_LENGTH], cookies=cookies, where=where)

    def rehearse(self, cafe_id: str, *, people: int, cookies: Mapping[str, str]) -> NewCafe:
        """Make a rehearsal of a café: another one with the same programme, where so many simulated people come.

        Raises:
            LoginRequired
            NotAChoice: fewer than `FEWEST_SIMULATED` people, or more than `MOST_SIMULATED`.
            UnknownCafe, StoreError
        """
        if not FEWEST_SIMULATED <= people <= MOST_SIMULATED:
            raise NotAChoice
        cafe = self.room(cafe_id).cafe
        made = self.create(rehearsal_plan(cafe.plan, people), title=cafe.title, cookies=cookies, details=cafe.details)
        for step in cafe.plan.steps:
            if step.video is not None and (source := cafe.videos.get(step.id)) is not None:
                file = self.films.lend(cafe_id, source.file, made.id) if source.file else None
                self.do(made.id, partial(choose_video, step_id=step.id, url=source.url or "", file=file))
        self.fill(made.id)
        return made

    def fill(self, cafe_id: str) -> None:
        """Have the simulated people of a rehearsal come, where they are not there already.

        Raises:
            UnknownCafe, StoreError
        """

        async def start() -> None:
            self.rehearsals.start(await self.hub.room(cafe_id))

        self._wait(start())

    def room(self, cafe_id: str) -> Room:
        """The room of a café, to look at.

        Raises:
            UnknownCafe, Damaged
        """
        return self._wait(self.hub.room(cafe_id))

    def invite_helper(self, cafe_id: str, name: str, *, by: str) -> str:
        """Let somebody facilitate a café too; gives the secret of their link, which is not kept anywhere.

        Raises:
            TextEmpty, TextTooLong, TooMany, StoreError
        """
        token = new_token()
        helper = partial(
            invite,
            helper=new_cafe_id(),
            name=name,
            facilitator_hash=hash_token(token),
            screen_hash=hash_token(screen_token(token)),
        )
        self.do(cafe_id, helper, by=by)
        return token

    def carnet(self, cookies: Mapping[str, str]) -> Carnet | None:
        """The carnet that a browser holds, if it holds one.

        Raises:
            StoreError
        """
        secret = self.identity.carnet(cookies)
        return None if secret is None else self.carnet_of(secret)

    def carnet_of(self, secret: str) -> Carnet:
        """The carnet of a secret. Raises: StoreError."""
        return self._wait(self.carnets.of(secret))

    def in_carnet(self, cookies: Mapping[str, str], decide: Callable[[Carnet], Iterable[CarnetEvent]]) -> None:
        """Have something decided about the carnet that a browser holds, and kept.

        Raises:
            NoCarnet, Refusal, StoreError
        """
        secret = self.identity.carnet(cookies)
        if secret is None:
            raise NoCarnet
        self._wait(self.carnets.submit(secret, decide))

    def enter_in_carnet(self, cookies: Mapping[str, str], cafe_id: str) -> None:
        """Put a café that a browser facilitates in the carnet that it holds.

        Raises:
            NoCarnet, LinkRevoked, TooMany, UnknownCafe, StoreError
        """
        secret = self.identity.carnet(cookies)
        if secret is None:
            raise NoCarnet
        holder = self.facilitator(self.identity.keyring(cookies), cafe_id, self.room(cafe_id).cafe)
        if holder is None:
            raise LinkRevoked
        self._wait(self.carnets.enter(secret, cafe_id, holder.by))

    def change_code(self, cafe_id: str, *, by: str) -> None:
        """Give a café another code: the one before leads nowhere any more.

        Raises:
            TooMany: it had as many as may be.
            UnknownCafe, StoreError
        """
        self.do(
            cafe_id,
            lambda cafe: change_code(cafe, self.hub.later_codes(cafe_id, cafe.code_seed)),
            by=by,
        )

    def do(self, cafe_id: str, decide: Callable[[Cafe], Iterable[Event]], *, by: str = "") -> Cafe:
        """Have something decided and kept; returns the café as it then is. `by` is who facilitates, if they ask.

        Raises:
            Refusal, StoreError
        """

        async def submit() -> Cafe:
            room = await self.hub.room(cafe_id)
            return await room.submit(partial(while_helping, decide=decide, by=by), by=by)

        cafe = self._wait(submit())
        if cafe.closed:
            self.summaries.keep(cafe_id, cafe)
        return cafe

    def erase(self, cafe_id: str, *, by: str) -> None:
        """Leave nothing of a café: only who made it may ask for that.

        Raises:
            OwnerOnly, UnknownCafe, StoreError
        """
        if by != OWNER:
            raise OwnerOnly
        self._wait(erase_cafe(self.hub, self.films, cafe_id))
        # After the history: nothing can then bring the summary back.
        self.summaries.forget(cafe_id)

    def health(self) -> Health:
        return self.hub.store.check()

    # From anywhere

    def may_make(self, cookies: Mapping[str, str]) -> bool:
        """Whether a browser may make cafés: any, unless this instance wants people to log in first."""
        provider = self.settings.provider
        return provider is None or not provider.required or self.identity.logged_in(cookies)

    async def find(self, typed_code: str) -> str | None:
        """The id of the café that a code, however typed, leads to."""
        code = tidy_code(typed_code)
        return await self.hub.cafe_of(code) if code.isascii() and len(code) == CODE_LENGTH else None

    def facilitator(self, keyring: Keyring, cafe_id: str, cafe: Cafe) -> Facilitator | None:
        """Who of those who facilitate holds this browser, if anybody does."""
        found = (
            Facilitator(door.holder, token)
            for token in keyring.tokens(cafe_id)
            for door in doors(cafe)
            if token_matches(token, door.facilitator_hash)
        )
        # Whoever holds the owner's link besides a helper's is the owner.
        return min(found, key=lambda one: one.by != OWNER, default=None)

    def still_facilitates(self, keyring: Keyring, cafe_id: str, cafe: Cafe, *, by: str) -> None:
        """Raises: LinkRevoked, where a browser does not facilitate as `by` any more."""
        who = self.facilitator(keyring, cafe_id, cafe)
        if who is None or who.by != by:
            raise LinkRevoked

    def roles(self, cookies: Mapping[str, str], cafe_id: str, cafe: Cafe) -> frozenset[Role]:
        """All that a browser is in a café, by what it holds."""
        roles: set[Role] = {"visitor"}
        keyring = self.identity.keyring(cookies)
        if (who := self.facilitator(keyring, cafe_id, cafe)) is not None:
            roles.add("owner" if who.by == OWNER else "helper")
        token = keyring.screen.get(cafe_id)
        if token is not None and any(token_matches(token, door.screen_hash) for door in doors(cafe)):
            roles.add("screen")
        person = self.identity.person(cookies, cafe_id)
        if person is not None:
            roles.add("cookie")
            if (known := cafe.participants.get(person)) is not None and not known.removed:
                roles.add("present")
        return frozenset(roles)

    def may(self, action: Action, cookies: Mapping[str, str], cafe_id: str, cafe: Cafe) -> bool:
        """Whether a browser may do something in a café, by the table of rights."""
        return not RIGHTS[action].isdisjoint(self.roles(cookies, cafe_id, cafe))

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
