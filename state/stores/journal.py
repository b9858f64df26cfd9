"""A journal is a file of lines, each written in one go and durable before the next is begun.

So a crash leaves at most one line unfinished, the last. A bad line anywhere else, or a last line that has all its
bytes but not its checksum, was kept once and has changed since: that is damage, not a crash.

    crc32 length first count record<TAB>record…<LF>

`first` is the `seq` of the first record; the checksum covers all that follows it. JSON escapes TAB, LF and NUL.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from state.stores.quarantine import Broken

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = re.compile(rb"([0-9a-f]{8}) (([1-9]\d{0,9}) ([1-9]\d{0,15}) ([1-9]\d{0,9}) )")
_ZEROS = re.compile(rb"\0+")
_SECTOR = 512
_LONGEST_HEAD = 8 + 10 + 16 + 10 + 4


@dataclass(frozen=True, slots=True)
class Line:
    """Encoded records that were written together."""

    first: int
    records: tuple[bytes, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.records) - 1


@dataclass(frozen=True, slots=True)
class Scan:
    """What a journal holds. `length` is that of its good lines, in bytes; what follows them was left unfinished."""

    lines: tuple[Line, ...]
    length: int


def write_line(first: int, records: Sequence[bytes]) -> bytes:
    payload = b"\t".join(records)
    rest = b"%d %d %d %b" % (len(payload), first, len(records), payload)
    return b"%08x %b\n" % (zlib.crc32(rest), rest)


def scan(data: bytes) -> Scan:
    """Read a journal.

    Raises:
        Broken: a line that was once good is not any more.
    """
    lines: list[Line] = []
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        line = None if end < 0 else _line(data[start:end])
        if line is None:
            if _unfinished(data, start):
                break
            raise Broken(f"bad line at byte {start} of the journal")
        lines.append(line)
        start = end + 1
    return Scan(tuple(lines), start)


def sound_lines(data: bytes) -> tuple[Line, ...]:
    """The lines before the first bad one, whatever it is and whatever follows it."""
    lines: list[Line] = []
    for text in data.split(b"\n")[:-1]:
        if (line := _line(text)) is None:
            break
        lines.append(line)
    return tuple(lines)


def following(lines: Sequence[Line], snapshot: int) -> int:
    """The `seq` that lines end on, after a snapshot that ends on `snapshot` and may hold some of them.

    Raises:
        Broken: a record is missing, or there twice.
    """
    last = snapshot
    for line in lines:
        if line.last <= snapshot:
            continue
        if line.first != last + 1 and not (last == snapshot and line.first <= snapshot):
            raise Broken(f"record {line.first} comes after {last}")
        last = line.last
    return last


def _line(text: bytes) -> Line | None:
    head = _HEAD.match(text)
    if head is None or int(head[1], 16) != zlib.crc32(text[head.start(2) :]):
        return None
    payload = text[head.end() :]
    records = tuple(payload.split(b"\t"))
    if len(payload) != int(head[3]) or len(records) != int(head[5]):
        return None
    return Line(int(head[4]), records)


def _unfinished(data: bytes, start: int) -> bool:
    """Whether a crash explains the bad line at `start`: it stops short, or blocks of it never left the cache."""
    tail = data[start:]
    if b"\n" in tail[:-1]:
        return False
    head = _HEAD.match(tail)
    announced = head.end() + int(head[3]) + 1 if head else _LONGEST_HEAD
    stops_short = len(tail) < announced and not tail.endswith(b"\n")
    return stops_short or _zeroed(data, start)


def _zeroed(data: bytes, start: int) -> bool:
    """Whether there are zeros from `start` on, in whole sectors as a disk would leave them."""
    runs = [run.span() for run in _ZEROS.finditer(data, start)]
    return bool(runs) and all(
        (first == start or first % _SECTOR == 0) and (end == len(data) or end % _SECTOR == 0) for first, end in runs
    )
