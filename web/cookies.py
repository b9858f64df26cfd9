"""Setting a cookie as all of ours are: for this app alone, out of reach of scripts, only by TLS where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from state.identity import CARNET_COOKIE, LOGIN_COOKIE, PREVIOUS_COOKIE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from state.session import Comptoir
    from state.settings import Settings

CARNET_SECONDS = 400 * 24 * 3600
KEYRING_SECONDS = 400 * 24 * 3600


def put_cookie(response: Response, settings: Settings, name: str, value: str, *, seconds: int, path: str) -> None:
    """Have the browser hold a cookie for so many `seconds` under `path`; 0 takes it away."""
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=settings.https)


def hold_carnet(
    response: Response,
    comptoir: Comptoir,
    cookies: Mapping[str, str],
    secret: str,
    *,
    path: str,
    seconds: int = CARNET_SECONDS,
) -> None:
    """Have the browser that sends these cookies hold a carnet; it stays logged in only if a login gave it.

    One that it held before is remembered, unless logging in again gives it back: nobody loses sight of their cafés.
    """
    identity, settings = comptoir.identity, comptoir.settings
    held = identity.carnet(cookies)
    if held is not None and held != secret and not identity.logged_in(cookies):
        put_cookie(
            response, settings, PREVIOUS_COOKIE, identity.previous_cookie(held), seconds=CARNET_SECONDS, path=path
        )
    put_cookie(response, settings, CARNET_COOKIE, identity.carnet_cookie(secret), seconds=seconds, path=path)
    if LOGIN_COOKIE in cookies:
        put_cookie(response, settings, LOGIN_COOKIE, "", seconds=0, path=path)


def drop_carnet(response: Response, comptoir: Comptoir, cookies: Mapping[str, str], *, path: str) -> None:
    """Have the browser hold its carnet no more; one that it held before a login is there again."""
    identity, settings = comptoir.identity, comptoir.settings
    before = identity.previous_carnet(cookies) if identity.logged_in(cookies) else None
    if before is None:
        put_cookie(response, settings, CARNET_COOKIE, "", seconds=0, path=path)
    else:
        put_cookie(response, settings, CARNET_COOKIE, identity.carnet_cookie(before), seconds=CARNET_SECONDS, path=path)
    for name in (PREVIOUS_COOKIE, LOGIN_COOKIE):
        put_cookie(response, settings, name, "", seconds=0, path=path)
