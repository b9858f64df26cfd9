"""What is written in one transaction: appends to several cafés, each under the lock of its row; another history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from state.domain.events import decode, encode
from state.ports import UnknownCafe, require_same_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from state.ports import Change
    from state.stores.committer import Append

_MAKE = "INSERT INTO cafes (id) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
# Always in the same order: two processes that write to the same cafés must not wait for one another.
_LOCK = "SELECT id, last FROM cafes WHERE id = ANY(%s) AND NOT erased ORDER BY id FOR UPDATE"
_ADD = (
    "INSERT INTO records (cafe, seq, body, key) SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[])"
)
_ADVANCE = (
    "UPDATE cafes SET last = new.last FROM unnest(%s::text[], %s::bigint[]) AS new (id, last) WHERE cafes.id = new.id"
)
_TELL = "SELECT pg_notify('comptoir', id || ' ' || last) FROM unnest(%s::text[], %s::bigint[]) AS new (id, last)"
_SAME = "SELECT body FROM records WHERE cafe = %s AND seq >= %s AND seq < %s ORDER BY seq"
_REPLACE = (
    "UPDATE records SET body = new.body, key = NULL FROM unnest(%s::bigint[], %s::text[]) AS new (seq, body) "
    "WHERE cafe = %s AND records.seq = new.seq"
)


def add(connection: Connection[Any], appends: Sequence[Append], *, again: bool) -> set[int]:
    """Write what follows; gives the places, in `appends`, of those that are kept.

    `again` says that the same was tried before, and that nobody knows how it went: what is there already is kept.

    Raises:
        psycopg.Error: nothing was written, or nobody knows.
    """
    kept: set[int] = set()
    rows: list[tuple[str, int, str, str | None]] = []
    with connection.transaction():
        if new := sorted({append.cafe for append in appends if append.first == 1}):
            connection.execute(_MAKE, [new])
        lasts: dict[str, int] = dict(
            connection.execute(_LOCK, [sorted({append.cafe for append in appends})]).fetchall()
        )
        before = dict(lasts)
        for place, append in enumerate(appends):
            last = lasts.get(append.cafe)
            if last is None:
                continue
            if append.first == last + 1:
                rows += _rows(append)
                lasts[append.cafe] = last + len(append.records)
                kept.add(place)
            elif again and append.first <= before[append.cafe] and _is_there(connection, append):
                kept.add(place)
        if rows:
            changed = sorted({row[0] for row in rows})
            advanced = [changed, [lasts[cafe] for cafe in changed]]
            connection.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])
            connection.execute(_ADVANCE, advanced)
            connection.execute(_TELL, advanced)
    return kept


def replace_history(connection: Connection[Any], cafe: str, change: Change) -> None:
    """Put what `change` makes of a history in its place.

    Raises:
        UnknownCafe, psycopg.Error
        ValueError: the change is none that a history may have, or what is kept cannot be read.
    """
    with connection.transaction():
        if not connection.execute(_LOCK, [[cafe]]).fetchall():
            raise UnknownCafe(cafe)
        kept = connection.execute("SELECT body FROM records WHERE cafe = %s ORDER BY seq", [cafe]).fetchall()
        before = [decode(body) for (body,) in kept]
        after = change(before)
        require_same_places(before, after)
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        bodies = [encode(record).decode() for record in changed]
        for body in bodies:
            decode(body)
        connection.execute(_REPLACE, [[record.seq for record in changed], bodies, cafe])


def erase_history(connection: Connection[Any], cafe: str) -> None:
    """Leave nothing of a café but its id. Raises: UnknownCafe, psycopg.Error."""
    with connection.transaction():
        if connection.execute("UPDATE cafes SET erased = true, last = 0 WHERE id = %s", [cafe]).rowcount == 0:
            raise UnknownCafe(cafe)
        connection.execute("DELETE FROM records WHERE cafe = %s", [cafe])
        connection.execute(_TELL, [[cafe], [0]])


def _rows(append: Append) -> list[tuple[str, int, str, str | None]]:
    return [
        (append.cafe, seq, body.decode(), _key(body)) for seq, body in enumerate(append.records, start=append.first)
    ]


def _key(body: bytes) -> str | None:
    event = json.loads(body)["event"]
    return f"{event['participant']} {event['key']}" if event.get("key") else None


def _is_there(connection: Connection[Any], append: Append) -> bool:
    end = append.first + len(append.records)
    there = connection.execute(_SAME, [append.cafe, append.first, end]).fetchall()
    return [body.encode() for (body,) in there] == list(append.records)
