"""Files that can only be written whole, sent in parts: small ones stay in memory, large ones go by the disk."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_IN_MEMORY_BYTES = 4 * 1024 * 1024
_PART_BYTES = 64 * 1024


def parts_of(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """What `write` writes, once the first part is asked for."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as file:
        write(cast("IO[bytes]", file))
        file.seek(0)
        while part := file.read(_PART_BYTES):
            yield part
