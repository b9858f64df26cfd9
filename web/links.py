"""The links that people follow: each sets a signed cookie and leads to a page; none changes a café."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse

from state.identity import KEYRING_COOKIE, PERSON_COOKIE
from state.ports import StoreError, UnknownCafe

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir

# The facilitator's pages of one café.
_FACILITATED = ("console", "composer", "telecommande")
_PERSON_SECONDS = 30 * 24 * 3600
_KEYRING_SECONDS = 400 * 24 * 3600


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
        cafe_id = self._comptoir.find(typed)
        if cafe_id is None:
            return self._to(f"?code={quote(typed[:20])}")
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

    async def _unlock(self, request: Request, page: str) -> Response:
        cafe_id, token = request.path_params["cafe"], request.path_params["token"]
        keyring = self._comptoir.identity.keyring(request.cookies)
        keyring = keyring.with_screen(cafe_id, token) if page == "ecran" else keyring.with_facilitator(cafe_id, token)
        try:
            cafe = (await self._comptoir.hub.room(cafe_id)).cafe
        except UnknownCafe:
            return self._to("?lien=inconnu")
        except StoreError:
            # The page says what happened to this café.
            return self._to(f"{page}?cafe={cafe_id}")
        opens = self._comptoir.may_watch if page == "ecran" else self._comptoir.facilitates
        if not opens(keyring, cafe_id, cafe):
            return self._to("?lien=inconnu")
        response = self._to(f"{page}?cafe={cafe_id}")
        self._set(response, KEYRING_COOKIE, self._comptoir.identity.keyring_cookie(keyring), _KEYRING_SECONDS)
        return response

    def _to(self, page: str) -> Response:
        return RedirectResponse(f"{self._base}/{page}", 303, headers={"Cache-Control": "no-store"})

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=f"{self._base}/",
            httponly=True,
            samesite="lax",
            secure=self._comptoir.settings.https,
        )
