"""A snapshot is a plain TinyDB file, one record a line, that ends with the checksum of all before it."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from state.domain.events import decode, encode
from state.stores.quarantine import Broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.stores.disk import Disk

TABLE = "records"
_SEAL = b', "seal": {"1": {"crc32": "%08x"}}}\n'
_SEAL_LENGTH = len(_SEAL % 0)
_ENTRY = re.compile(rb'"(\d+)": (\{.*\})')


class SealedStorage(Storage):
    """Reads `path`, writes `draft`: the draft takes the place of the file when `publish_draft` says so, at once."""

    def __init__(self, path: Path, draft: Path, disk: Disk) -> None:
        self._path = path
        self._draft = draft
        self._disk = disk

    def read(self) -> dict[str, dict[str, Any]] | None:
        """What the file holds, or None if there is none.

        Raises:
            Broken, OSError
        """
        data = read_sealed(self._path)
        if data is None:
            return None
        try:
            tables: dict[str, dict[str, Any]] = json.loads(data + b"}")
        except ValueError:
            raise Broken("the snapshot is sealed, but not as ours are") from None
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        tables = ", ".join(f"{json.dumps(name)}: {_lines(table)}" for name, table in data.items())
        body = f"{{{tables}".encode()
        self._disk.save(self._draft, body + _SEAL % zlib.crc32(body))


@dataclass(frozen=True, slots=True)
class Ends:
    """The first record of a snapshot, encoded, and the `seq` of its last."""

    first: bytes
    last: int


def ends(path: Path) -> Ends | None:
    """What a snapshot begins and ends with, its seal checked but its records not read; None if there is no file.

    Raises:
        Broken, OSError
    """
    data = read_sealed(path)
    if data is None:
        return None
    lines = data.split(b"\n", 2)
    last = data[data.rfind(b"\n", 0, -2) + 1 : -2]
    first_entry = _ENTRY.fullmatch(lines[1].removesuffix(b",")) if len(lines) > 1 else None
    last_entry = _ENTRY.fullmatch(last)
    if first_entry is None or last_entry is None:
        raise Broken("the snapshot is sealed, but not as ours are")
    return Ends(first_entry[2], int(last_entry[1]))


def read_sealed(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    body, seal = data[:-_SEAL_LENGTH], data[-_SEAL_LENGTH:]
    if seal != _SEAL % zlib.crc32(body):
        raise Broken("the seal of the snapshot does not match")
    return body


def read_records(storage: Storage) -> list[Record]:
    """The records of a snapshot, in order from 1; none if there is no file.

    Raises:
        Broken, OSError
    """
    with TinyDB(storage=lambda: storage) as database:
        documents = list(database.table(TABLE))
    records = [decode_record(json.dumps(document)) for document in documents]
    for seq, (document, record) in enumerate(zip(documents, records, strict=True), start=1):
        if not seq == document.doc_id == record.seq:
            raise Broken(f"record {record.seq} of the snapshot is not in its place")
    return records


def draft_snapshot(storage: Storage, added: Iterable[tuple[int, bytes]]) -> None:
    """Write the draft of a snapshot: encoded records, by `seq`, are added to those that it has.

    Raises:
        Broken, OSError
    """
    with TinyDB(storage=lambda: storage) as database:
        database.table(TABLE).insert_multiple(Document(json.loads(record), doc_id=seq) for seq, record in added)


def draft_whole(storage: Storage, records: Sequence[Record]) -> None:
    """Write the draft of a snapshot that holds these records and no others.

    Raises:
        OSError
    """
    storage.write({TABLE: {str(record.seq): json.loads(encode(record)) for record in records}})


def decode_record(text: bytes | str) -> Record:
    try:
        return decode(text)
    except ValueError:
        # Without its cause, which quotes what people wrote.
        raise Broken("a record cannot be read") from None


def _lines(table: dict[str, Any]) -> str:
    entries = ",\n".join(f'"{key}": {json.dumps(document, ensure_ascii=False)}' for key, document in table.items())
    return f"{{\n{entries}\n}}"
