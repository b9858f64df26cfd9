"""What every request that changes something passes: same origin, small JSON body, answers in plain sentences."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from content.catalogue import t
from state.domain import errors
from state.ports import StoreError, UnknownCafe
from web.origins import host_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

BODY_LIMIT = 16 * 1024
_BODY_SECONDS = 10.0
_STATUS: dict[type[errors.Refusal], int] = {
    errors.LoginRequired: 401,
    errors.NotHere: 403,
    errors.SentAway: 403,
    errors.UnknownQuestion: 404,
    errors.TextEmpty: 422,
    errors.TextTooLong: 422,
    errors.NotAChoice: 422,
    errors.PseudonymReserved: 422,
    errors.RoomFull: 429,
    errors.BoardFull: 429,
    errors.TooMany: 422,
    errors.NotYours: 403,
    errors.UnknownNote: 404,
    errors.NotAnAddress: 422,
    errors.FilmRefused: 415,
    errors.FilmTooLarge: 413,
    errors.TooFast: 429,
    errors.RoomLocked: 403,
}

log = logging.getLogger(__name__)


class BadRequest(Exception):
    """The request itself is refused; `message` names the sentence of the catalogue."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def answering(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turn every refusal and fault of a handler into a sentence and a status."""

    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except BadRequest as error:
            return problem(error.status, error.message.rsplit(".", 1)[-1], t(error.message))
        except errors.Refusal as refusal:
            return refused(refusal)
        except UnknownCafe:
            return problem(404, "unknown-cafe", t("error.unknown-cafe"))
        except StoreError as error:
            log.warning("%s: %s", request.scope["path"].rsplit("/", 1)[-1], type(error).__name__)
            return problem(503, "not-kept", t("error.not-kept"))

    return answered


def refused(refusal: errors.Refusal) -> JSONResponse:
    """A refusal as an answer; one that time cures says when to ask again."""
    answer = problem(_STATUS.get(type(refusal), 409), refusal.code, refusal_sentence(refusal))
    if isinstance(refusal, errors.TooFast):
        answer.headers["Retry-After"] = str(refusal.details["seconds"])
    return answer


def where(request: Request) -> str:
    """The address that a request comes from, as the server knows it (behind a proxy: `FORWARDED_ALLOW_IPS`)."""
    return request.client.host if request.client else ""


class Problem(JSONResponse):
    """A refusal or a fault, in a sentence; `code` is its kind."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__({"code": code, "message": message}, status, headers={"Cache-Control": "no-store"})
        self.code = code


def problem(status: int, code: str, message: str) -> Problem:
    return Problem(status, code, message)


def refusal_sentence(refusal: errors.Refusal) -> str:
    return t(f"refusal.{refusal.code}", **refusal.details)


def require_same_origin(request: Request, public_url: str) -> None:
    """Refuse what another site sends in somebody's name.

    Raises:
        BadRequest
    """
    origin = request.headers.get("origin")
    if origin is None:
        # Every browser names the origin of a POST; what does not must at least say that it is the same site.
        if request.headers.get("sec-fetch-site") == "same-origin":
            return
        raise BadRequest(403, "error.origin")
    host = host_of(origin)
    known = {request.headers.get("host", ""), host_of(public_url)} - {""}
    if host not in known:
        raise BadRequest(403, "error.origin")


async def read_body(request: Request, *, most: int, too_large: str, seconds: float = _BODY_SECONDS) -> bytes:
    """A body of `most` bytes at the most; `too_large` names what to say of a larger one.

    Raises:
        BadRequest: too long, too slow, or cut.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise BadRequest(413, too_large)
    except ClientDisconnect:
        raise BadRequest(400, "error.malformed") from None
    except TimeoutError:
        raise BadRequest(408, "error.too-slow") from None
    return bytes(body)


async def read_json(request: Request) -> dict[str, Any]:
    """The object that a small body holds.

    Raises:
        BadRequest: too long, too slow, not JSON, or not an object.
    """
    body = await read_body(request, most=BODY_LIMIT, too_large="error.too-large")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "error.malformed") from None
    if not isinstance(value, dict):
        raise BadRequest(400, "error.malformed")
    return value


def text_field(body: dict[str, Any], name: str, *, longest: int = BODY_LIMIT) -> str:
    """A field that must be a text.

    Raises:
        BadRequest
    """
    value = body.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise BadRequest(400, "error.malformed")
    return value


def optional_text_field(body: dict[str, Any], name: str) -> str | None:
    return None if body.get(name) is None else text_field(body, name)
