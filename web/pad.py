"""The script of the phones' pad, as a file that browsers keep: compressed, and named by what it holds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from components.pad.script import pad_script, script_path
from web.guards import BadRequest
from web.middleware.encodings import Encoding, compress, preferred

if TYPE_CHECKING:
    from starlette.requests import Request

_HEADERS = {"Cache-Control": "public, immutable, max-age=31536000", "Vary": "Accept-Encoding"}


async def send_script(request: Request) -> Response:
    """The script as it is now: an address of another content leads nowhere."""
    if not script_path().endswith(f"/{request.path_params['name']}"):
        raise BadRequest(404, "error.no-route")
    encoding = preferred(request.headers.get("accept-encoding", "").encode())
    headers = _HEADERS if encoding is None else {**_HEADERS, "Content-Encoding": encoding}
    return Response(_compressed(encoding), media_type="text/javascript", headers=headers)


@cache
def _compressed(encoding: Encoding | None) -> bytes:
    script = pad_script().encode()
    return script if encoding is None else compress(script, encoding)
