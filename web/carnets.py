"""Which carnet a browser holds: only a click on a page of ours changes it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from components.words import base_path
from content.catalogue import t
from state.domain.errors import NoCarnet
from state.identity import CARNET_COOKIE, OFFER_COOKIE, new_token
from state.ports import StoreError
from web.cookies import CARNET_SECONDS, drop_carnet, hold_carnet, put_cookie
from web.guards import BadRequest, problem, read_json, require_same_origin, text_field

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir

_NO_STORE = {"Cache-Control": "no-store"}

log = logging.getLogger(__name__)


class Carnets:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def change_carnet(self, request: Request) -> Response:
        """`action`: `make` a carnet with the cafés of this browser, `open` the one that was offered, `leave` it.

        Or `renew` it: all that it holds is then in another, and its link opens nothing.
        """
        require_same_origin(request, self._comptoir.settings.public_url)
        action = text_field(await read_json(request), "action")
        match action:
            case "make":
                return await self._make(request)
            case "open":
                return self._open(request)
            case "renew":
                return await self._renew(request)
            case "leave":
                response = JSONResponse({}, headers=_NO_STORE)
                drop_carnet(response, self._comptoir, request.cookies, path=f"{base_path()}/")
                return response
            case _:
                raise BadRequest(400, "error.malformed")

    async def _make(self, request: Request) -> Response:
        identity = self._comptoir.identity
        response = JSONResponse({}, headers=_NO_STORE)
        if identity.carnet(request.cookies) is not None:
            # Two clicks make one carnet.
            return response
        secret = new_token()
        keyring = identity.keyring(request.cookies)
        for cafe_id in keyring.facilitator:
            try:
                cafe = (await self._comptoir.hub.room(cafe_id)).cafe
                if (holder := self._comptoir.facilitator(keyring, cafe_id, cafe)) is not None and not cafe.plan.trial:
                    await self._comptoir.carnets.enter(secret, cafe_id, holder.by)
            except StoreError as error:
                # One that cannot be read today can be put in later, from the list.
                log.warning("a café is not put in a carnet: %s", type(error).__name__)
        hold_carnet(response, self._comptoir, request.cookies, secret, path=f"{base_path()}/")
        return response

    async def _renew(self, request: Request) -> Response:
        identity, carnets = self._comptoir.identity, self._comptoir.carnets
        old = identity.carnet(request.cookies)
        if old is None:
            raise NoCarnet
        if identity.logged_in(request.cookies):
            # Logging in gives the same carnet every time: another would be lost at the next login.
            raise BadRequest(409, "error.carnet-login")
        if (await carnets.of(old)).retired:
            raise BadRequest(410, "error.carnet-retired")
        secret = new_token()
        await carnets.renew(old, secret)
        response: Response = JSONResponse({}, headers=_NO_STORE)
        try:
            await carnets.retire(old)
        except StoreError as error:
            log.warning("a carnet is not wholly retired: %s", type(error).__name__)
            response = problem(503, "carnet-half", t("error.carnet-half"))
        settings, path = self._comptoir.settings, f"{base_path()}/"
        put_cookie(response, settings, CARNET_COOKIE, identity.carnet_cookie(secret), seconds=CARNET_SECONDS, path=path)
        return response

    def _open(self, request: Request) -> Response:
        identity = self._comptoir.identity
        secret = identity.offered_carnet(request.cookies)
        if secret is None:
            raise BadRequest(410, "error.carnet-offer")
        response = JSONResponse({}, headers=_NO_STORE)
        path = f"{base_path()}/"
        hold_carnet(response, self._comptoir, request.cookies, secret, path=path)
        put_cookie(response, self._comptoir.settings, OFFER_COOKIE, "", seconds=0, path=path)
        return response
