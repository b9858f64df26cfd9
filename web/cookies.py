"""Setting a cookie as all of ours are: for this app alone, out of reach of scripts, only by TLS where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response

    from state.settings import Settings


def put_cookie(response: Response, settings: Settings, name: str, value: str, *, seconds: int, path: str) -> None:
    """Have the browser hold a cookie for so many `seconds` under `path`; 0 takes it away."""
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=settings.https)
