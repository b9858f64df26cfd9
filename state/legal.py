"""What a host says of itself on the legal pages: texts of one line, each empty until it is set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "COMPTOIR_LEGAL_"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Legal:
    """`publisher` answers for the instance, `director` for what it publishes, `host` runs its machines.

    `contact` is where to write, of access and of personal data too: an address of any kind.
    """

    publisher: str = ""
    address: str = ""
    director: str = ""
    contact: str = ""
    host: str = ""
    host_address: str = ""


def read_legal(values: Mapping[str, str]) -> Legal:
    """Read `COMPTOIR_LEGAL_PUBLISHER`, `_ADDRESS`, `_DIRECTOR`, `_CONTACT`, `_HOST` and `_HOST_ADDRESS`.

    Raises:
        ValueError: with the name of the variable that is not one line of `LONGEST` characters at most.
    """
    told = {}
    for one in fields(Legal):
        variable = f"{PREFIX}{one.name.upper()}"
        text = values.get(variable, "").strip()
        if len(text) > LONGEST or not text.isprintable():
            raise ValueError(variable)
        told[one.name] = text
    return Legal(**told)
