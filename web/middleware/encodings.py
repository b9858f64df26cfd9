"""The two encodings we offer, and which of them a client would rather have (RFC 9110, section 12.5.3)."""

import gzip
from functools import lru_cache
from typing import Literal

import brotli  # type: ignore[import-untyped]

Encoding = Literal["br", "gzip"]
ENCODINGS: tuple[Encoding, ...] = ("br", "gzip")  # the smaller comes first, and wins when a client is indifferent


@lru_cache(maxsize=256)  # browsers send a handful of values
def preferred(accept_encoding: bytes) -> Encoding | None:
    """Give the encoding of highest weight; `None` when the client would rather have the bytes as they are."""
    weights = dict(_weighted(item) for item in accept_encoding.decode("latin-1").lower().split(","))
    anything_else = weights.get("*", 0.0)
    best = max(ENCODINGS, key=lambda encoding: weights.get(encoding, anything_else))
    weight = weights.get(best, anything_else)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def compress(body: bytes, encoding: Encoding) -> bytes:
    """Compress as small as it gets: slow, for what is compressed once and sent often."""
    if encoding == "br":
        smallest: bytes = brotli.compress(body, quality=11)
        return smallest
    return gzip.compress(body, compresslevel=9, mtime=0)


def _weighted(item: str) -> tuple[str, float]:
    coding, *parameters = (part.strip() for part in item.split(";"))
    weight = next((part.removeprefix("q=") for part in parameters if part.startswith("q=")), "1")
    try:
        return coding, float(weight)
    except ValueError:
        return coding, 0.0
