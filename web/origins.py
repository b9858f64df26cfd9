"""Reading an `Origin`, which anybody may have written."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host and port of an address, or an empty text where it has none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
