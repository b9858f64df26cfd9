"""Logging in and out: people go to the provider and come back to the carnet that is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse

from state.identity import LOGIN_COOKIE, LOGIN_SECONDS, personal_carnet
from web.cookies import drop_carnet, hold_carnet, put_cookie
from web.provider import NotLoggedIn

if TYPE_CHECKING:
    from starlette.responses import Response

    from state.session import Comptoir
    from state.settings import Provider
    from web.provider import Doors

# What must come back from the provider is kept in the browser that left for it, for as long as logging in may take.
_UNDER_WAY_COOKIE = "comptoir_connexion_en_cours"
_UNDER_WAY_SECONDS = 600
# By which the provider knows whom to log out. It holds what the provider says of somebody: no page is sent it.
_TOKEN_COOKIE = "comptoir_connexion_jeton"  # noqa: S105 - the name of a cookie
_LONGEST_COOKIE = 3800
# Where people may ask to be led once they are logged in.
_PAGES = ("", "en-un-coup-d-oeil", "preparer", "activites", "bilan", "comparer", "pour-aller-plus-loin", "a-propos")
_NO_STORE = {"Cache-Control": "no-store"}


class Login:
    """Handlers bound to the application, to its provider, and to the path it is served under."""

    def __init__(self, comptoir: Comptoir, provider: Provider, doors: Doors, base: str) -> None:
        self._comptoir = comptoir
        self._provider = provider
        self._doors = doors
        self._base = base
        self._under_way = URLSafeTimedSerializer(comptoir.settings.secret, salt="login under way")

    async def leave(self, request: Request) -> Response:
        """`/connexion`: leads to the provider; `vers` names the page to come back to."""
        wanted = request.query_params.get("vers", "")
        session: dict[str, Any] = {}
        try:
            response = await self._doors.way_in(
                _holding(session, request), f"{self._comptoir.settings.public_url}/connexion/retour"
            )
        except NotLoggedIn as error:
            return self._home(error.why)
        response.headers.update(_NO_STORE)
        kept = self._under_way.dumps({"session": session, "page": wanted if wanted in _PAGES else ""})
        self._set(response, _UNDER_WAY_COOKIE, str(kept), _UNDER_WAY_SECONDS, "/connexion")
        return response

    async def come_back(self, request: Request) -> Response:
        """`/connexion/retour`: gives the browser that left the carnet of the person who comes back, once."""
        try:
            left = self._under_way.loads(request.cookies.get(_UNDER_WAY_COOKIE, ""), max_age=_UNDER_WAY_SECONDS)
            somebody = await self._doors.who_came(_holding(left["session"], request))
        except BadSignature:
            response = self._home("expired")
        except NotLoggedIn as error:
            response = self._home(error.why)
        else:
            response = self._to(left["page"])
            secret = personal_carnet(self._provider.key, self._provider.issuer, somebody.subject)
            hold_carnet(response, self._comptoir, request.cookies, secret, path=f"{self._base}/", seconds=LOGIN_SECONDS)
            self._set(response, LOGIN_COOKIE, self._comptoir.identity.login_cookie(secret), LOGIN_SECONDS)
            if len(somebody.id_token) <= _LONGEST_COOKIE:
                self._set(response, _TOKEN_COOKIE, somebody.id_token, LOGIN_SECONDS, "/deconnexion")
        self._drop(response, _UNDER_WAY_COOKIE, "/connexion")
        return response

    async def log_out(self, request: Request) -> Response:
        """`/deconnexion`: takes the carnet out of this browser, then logs out of the provider, which leads back."""
        if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
            # Another site may not log anybody out; the provider, which leads back here, has nothing to take away.
            return self._home("closed") if LOGIN_COOKIE not in request.cookies else self._to("")
        if not self._comptoir.identity.logged_in(request.cookies):
            return self._home("closed")
        elsewhere = await self._doors.way_out(
            f"{self._comptoir.settings.public_url}/deconnexion", request.cookies.get(_TOKEN_COOKIE, "")
        )
        response = RedirectResponse(elsewhere, 303, headers=_NO_STORE) if elsewhere else self._home("closed")
        drop_carnet(response, self._comptoir, request.cookies, path=f"{self._base}/")
        self._drop(response, _TOKEN_COOKIE, "/deconnexion")
        return response

    def _home(self, what: str) -> Response:
        return self._to(f"?connexion={what}")

    def _to(self, page: str) -> Response:
        return RedirectResponse(f"{self._base}/{page}", 303, headers=_NO_STORE)

    def _set(self, response: Response, name: str, value: str, seconds: int, path: str = "/") -> None:
        put_cookie(response, self._comptoir.settings, name, value, seconds=seconds, path=f"{self._base}{path}")

    def _drop(self, response: Response, name: str, path: str = "/") -> None:
        self._set(response, name, "", 0, path)


def _holding(session: dict[str, Any], request: Request) -> Request:
    """The same request with a session of its own: Streamlit's would be kept for weeks, and by every page."""
    return Request({**request.scope, "session": session})
