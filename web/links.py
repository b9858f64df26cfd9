"""The links that people follow: each sets a signed cookie and leads to a page; none changes a café."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import PlainTextResponse, RedirectResponse

from state.budgets import WRONG
from state.domain.carnet import Carnet
from state.domain.errors import TooFast
from state.identity import KEYRING_COOKIE, OFFER_COOKIE, OFFER_SECONDS, PERSON_COOKIE
from state.ports import StoreError, UnknownCafe
from web.cookies import KEYRING_SECONDS, put_cookie
from web.guards import refusal_sentence, where

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir

# The facilitator's pages of one café.
_FACILITATED = ("console", "composer", "telecommande")
_PERSON_SECONDS = 30 * 24 * 3600
_LONGEST_SECRET = 100

log = logging.getLogger(__name__)


class Links:
    """Handlers bound to the application and to the path it is served under."""

    def __init__(self, comptoir: Comptoir, base: str) -> None:
        self._comptoir = comptoir
        self._base = base

    async def join(self, request: Request) -> Response:
        """`/c/CODE`: whoever follows it becomes somebody in this café, the same one at every visit."""
        return await self._as_somebody(request, "participer")

    async def _as_somebody(self, request: Request, page: str) -> Response:
        typed = request.path_params["code"]
        cafe_id = await self._comptoir.find(typed)
        known = cafe_id is not None and self._is_no_guess(request, cafe_id)
        try:
            if cafe_id is None:
                self._guessed(request)
                return self._to(f"?code={quote(typed[:20])}")
            if not known:
                # Right or wrong, what somebody answers who guesses too much tells them nothing.
                self._comptoir.budgets.check("guess", WRONG, where(request))
        except TooFast as refusal:
            return _too_fast(refusal)
        self._comptoir.budgets.vouch(where(request), cafe_id)
        person = self._comptoir.identity.person(request.cookies, cafe_id)
        if await self._is_over_for(person, cafe_id):
            return self._to("?fini=oui")
        response = self._to(f"{page}?cafe={cafe_id}")
        if person is None:
            self._set(response, PERSON_COOKIE, self._comptoir.identity.new_person_cookie(), _PERSON_SECONDS)
        return response

    async def _is_over_for(self, person: str | None, cafe_id: str) -> bool:
        """Whether a café is closed to somebody: once it has ended, only those who were there see it again."""
        try:
            cafe = (await self._comptoir.hub.room(cafe_id)).cafe
        except StoreError:
            # The page says what happened to this café.
            return False
        return cafe.closed and person not in cafe.participants

    async def register(self, request: Request) -> Response:
        """`/i/CODE`: whoever follows it may say that they will come; they are then the same person on the day."""
        return await self._as_somebody(request, "inscription")

    async def facilitate(self, request: Request) -> Response:
        """`/animer/CAFE/SECRET`: opens one café in this browser, at its console, or where `vers` says."""
        wanted = request.query_params.get("vers", "")
        return await self._unlock(request, wanted if wanted in _FACILITATED else "console")

    async def project(self, request: Request) -> Response:
        """`/projeter/CAFE/SECRET`: opens the projector's screen of one café in this browser."""
        return await self._unlock(request, "ecran")

    async def offer_carnet(self, request: Request) -> Response:
        """`/carnet/SECRET`: a page then asks whether this browser shall take that carnet.

        Following a link alone must not change in whose carnet somebody's next cafés will be.
        """
        secret = request.path_params["secret"]
        try:
            carnet = await self._comptoir.carnets.of(secret) if len(secret) <= _LONGEST_SECRET else Carnet()
            known = carnet.version > 0 and not carnet.retired
        except StoreError as error:
            log.warning("a carnet cannot be read: %s", type(error).__name__)
            known = False
        if not known:
            return self._unknown_link(request)
        response = self._to("bilan?carnet=propose")
        self._set(response, OFFER_COOKIE, self._comptoir.identity.offer_cookie(secret), OFFER_SECONDS)
        return response

    async def _unlock(self, request: Request, page: str) -> Response:
        cafe_id, token = request.path_params["cafe"], request.path_params["token"]
        keyring = self._comptoir.identity.keyring(request.cookies)
        keyring = keyring.with_screen(cafe_id, token) if page == "ecran" else keyring.with_facilitator(cafe_id, token)
        try:
            cafe = (await self._comptoir.hub.room(cafe_id)).cafe
        except UnknownCafe:
            return self._unknown_link(request)
        except StoreError:
            # The page says what happened to this café.
            return self._to(f"{page}?cafe={cafe_id}")
        held = {KEYRING_COOKIE: self._comptoir.identity.keyring_cookie(keyring)}
        if not self._comptoir.may("watch" if page == "ecran" else "facilitate", held, cafe_id, cafe):
            return self._unknown_link(request)
        self._comptoir.budgets.vouch(where(request), cafe_id)
        response = self._to(f"{page}?cafe={cafe_id}")
        self._set(response, KEYRING_COOKIE, self._comptoir.identity.keyring_cookie(keyring), KEYRING_SECONDS)
        return response

    def _is_no_guess(self, request: Request, cafe_id: str) -> bool:
        """Whether somebody rightly in this café was at this address before, or this browser has its person's cookie.

        An office has one address: whoever guesses there slows no one down who comes to a café held there.
        """
        room = self._comptoir.hub.open_room(cafe_id)
        person = self._comptoir.identity.person(request.cookies, cafe_id)
        inside = room is not None and person is not None and person in room.cafe.participants
        return inside or self._comptoir.budgets.vouched(where(request), cafe_id)

    def _guessed(self, request: Request) -> None:
        """Raises: TooFast"""
        self._comptoir.budgets.spend("guess", WRONG, where(request))

    def _unknown_link(self, request: Request) -> Response:
        try:
            self._guessed(request)
        except TooFast as refusal:
            return _too_fast(refusal)
        return self._to("?lien=inconnu")

    def _to(self, page: str) -> Response:
        return RedirectResponse(f"{self._base}/{page}", 303, headers={"Cache-Control": "no-store"})

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        put_cookie(response, self._comptoir.settings, name, value, seconds=seconds, path=f"{self._base}/")


def _too_fast(refusal: TooFast) -> Response:
    headers = {"Cache-Control": "no-store", "Retry-After": str(refusal.details["seconds"])}
    return PlainTextResponse(refusal_sentence(refusal), 429, headers)
