"""The address that phones are given: the public one, else the browser's, else this machine's on the local network."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

# An address of the range reserved for documentation: a UDP « connection » to it sends nothing, and tells which of
# this machine's own addresses faces the network.
_NOWHERE = ("192.0.2.1", 9)


@dataclass(frozen=True, slots=True)
class Address:
    """`base` has no trailing slash. `same_network` says that phones must be on the machine's own network."""

    base: str
    same_network: bool = False
    reachable: bool = True


def phone_address(public_url: str, browser_url: str, base_path: str, lan: str | None) -> Address:
    """Choose the address for the QR code.

    Args:
        public_url: the setting, or an empty text.
        browser_url: the page that the facilitator's browser shows.
        base_path: what the app is served under: empty, or `/path`.
        lan: this machine's address on its network, or None when it has none.
    """
    if public_url:
        return Address(public_url)
    parts = urlsplit(browser_url)
    if not _is_own(parts.hostname or ""):
        return Address(urlunsplit((parts.scheme or "http", parts.netloc, base_path, "", "")))
    if lan is None:
        return Address(urlunsplit((parts.scheme or "http", parts.netloc, base_path, "", "")), reachable=False)
    port = f":{parts.port}" if parts.port else ""
    host = f"[{lan}]" if ":" in lan else lan
    return Address(urlunsplit((parts.scheme or "http", f"{host}{port}", base_path, "", "")), same_network=True)


def lan_address() -> str | None:
    """This machine's address on the network it faces, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if _is_own(found) else found


def short(address: str) -> str:
    """An address as it is read aloud: without `http://`."""
    return address.removeprefix("https://").removeprefix("http://")


def _is_own(host: str) -> bool:
    """Whether a host name means « this very machine », which no phone can follow."""
    if host in {"", "localhost"} or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
