"""An event read back is the event that was kept, whatever people wrote in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.events import Answered, Joined, Record, decode, encode
from tests.state.domain.strategies import KINDS, RECORDS, events_of

if TYPE_CHECKING:
    from state.domain.events import AnyEvent


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_of_each_kind_comes_back_as_it_was(kind: type[AnyEvent], data: st.DataObject) -> None:
    record = Record(7, 1_750_000_000.25, data.draw(events_of(kind)))
    assert decode(encode(record)) == record


@given(RECORDS)
def test_a_record_is_one_line(record: Record) -> None:
    assert b"\n" not in encode(record)
    assert b"\r" not in encode(record)
    assert decode(encode(record)) == record


def test_every_kind_has_its_own_name() -> None:
    names = [kind.__dataclass_fields__["kind"].default for kind in KINDS]
    assert len(set(names)) == len(KINDS)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "exploded"},
        {"kind": None},
        {"level": "guru"},
        {"place": "moon"},
        {"participant": 3},
        {"participant": None},
        {"pseudonym": ["a"]},
    ],
    ids=str,
)
def test_an_event_that_makes_no_sense_is_not_read(change: dict[str, object]) -> None:
    line = json.loads(encode(Record(2, 0.0, Joined("p", None, "novice", "room"))))
    line["event"] |= change
    with pytest.raises(ValueError, match="validation error"):
        decode(json.dumps(line))


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"null", b"{", b'{"seq":1}', b"\xff", b"1e308"])
def test_what_is_no_record_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        decode(line)


@pytest.mark.parametrize("missing", ["seq", "at", "event"])
def test_a_record_lacking_a_part_is_refused(missing: str) -> None:
    line = json.loads(encode(Record(2, 0.0, Answered("q", "p", "v", "k"))))
    del line[missing]
    with pytest.raises(ValueError, match="validation error"):
        decode(json.dumps(line))
