"""Changing one's secret link: only a click on a page of ours does it, and this browser alone holds the new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from components.words import base_path
from state.budgets import RENEWALS
from state.domain.renewing import renew
from state.identity import KEYRING_COOKIE, carnet_id, hash_token, new_token, screen_token
from web.cookies import KEYRING_SECONDS, put_cookie
from web.guards import BadRequest, require_same_origin

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir


class Renewals:
    """Handlers bound to the application."""

    def __init__(self, comptoir: Comptoir) -> None:
        self._comptoir = comptoir

    async def renew_link(self, request: Request) -> Response:
        """Whoever facilitates gets another link, in their cookie; the one before, and its projector's, open nothing."""
        require_same_origin(request, self._comptoir.settings.public_url)
        identity = self._comptoir.identity
        room = await self._comptoir.hub.room(request.path_params["cafe"])
        keyring = identity.keyring(request.cookies)
        who = self._comptoir.facilitator(keyring, room.id, room.cafe)
        if who is None:
            raise BadRequest(403, "error.no-key")
        self._comptoir.budgets.spend("renew", RENEWALS, f"{room.id}:{who.by}")
        token = new_token()
        decide = partial(
            renew,
            holder=who.by,
            asked_with=hash_token(who.token),
            facilitator_hash=hash_token(token),
            screen_hash=hash_token(screen_token(token)),
            carnets=[carnet_id(secret) for secret in keyring.carnets],
        )
        await room.submit(decide, by=who.by)
        response = JSONResponse({}, headers={"Cache-Control": "no-store"})
        cookie = identity.keyring_cookie(keyring.with_facilitator(room.id, token))
        put_cookie(
            response,
            self._comptoir.settings,
            KEYRING_COOKIE,
            cookie,
            seconds=KEYRING_SECONDS,
            path=f"{base_path()}/",
        )
        return response
