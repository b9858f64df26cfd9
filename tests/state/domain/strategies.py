"""Events of every kind, with any text and any number that JSON can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from state.domain import carnet_events, events
from tests.state.cafes import small_plan, whole_plan

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from state.domain.events import AnyEvent

KINDS: tuple[type[AnyEvent], ...] = get_args(events.AnyEvent)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_FIELDS = {
    "title": TEXT,
    "code": TEXT,
    "plan": st.sampled_from([small_plan(), whole_plan()]),
    "facilitator_hash": TEXT,
    "screen_hash": TEXT,
    "participant": TEXT,
    "pseudonym": st.none() | TEXT,
    "level": st.none() | st.sampled_from(events.LEVELS),
    "place": st.none() | st.sampled_from(events.PLACES),
    "stop": TEXT,
    "question": TEXT,
    "value": TEXT,
    "key": TEXT,
    "host": st.none() | TEXT,
    "note": TEXT,
    "author": st.none() | TEXT,
    "text": TEXT,
    "column": TEXT,
    "colour": st.none() | TEXT,
    "by_facilitator": st.booleans(),
    "flagged": st.booleans(),
    "on": st.booleans(),
    "carnets": st.lists(TEXT, max_size=2).map(tuple),
    "backed": st.booleans(),
    "into": TEXT,
    "counts": st.dictionaries(TEXT, st.integers(0, 1000), max_size=4),
    "by": st.none() | st.sampled_from(["place", "level"]),
    "seconds": st.integers(1, 5400),
    "turn": st.integers(1, 12),
    "step": TEXT,
    "url": st.none() | TEXT,
    "file": st.none() | TEXT,
    "helper": TEXT,
    "carnet": TEXT,
    "holder": TEXT,
    "cafe": TEXT,
    "id": TEXT,
    "name": TEXT,
    "details": st.builds(events.Details, TEXT, st.none() | st.integers(5, 480), TEXT, TEXT, TEXT, st.booleans()),
    "order": st.lists(TEXT, max_size=5).map(tuple),
    "room": st.integers(0, 1000),
    "remote": st.integers(0, 1000),
    "unknown": st.integers(0, 1000),
    "changed": st.lists(st.sampled_from(small_plan().steps), max_size=2).map(tuple),
}
# Where a name means something else than everywhere.
_FIELDS_OF: dict[type[AnyEvent], dict[str, SearchStrategy[Any]]] = {
    events.Registered: {"level": st.sampled_from(events.LEVELS)},
    carnet_events.StepKept: {"step": st.sampled_from(small_plan().steps)},
}


def events_of(kind: type[AnyEvent]) -> SearchStrategy[AnyEvent]:
    names = [name for name in kind.__dataclass_fields__ if name != "kind"]
    fields = _FIELDS | _FIELDS_OF.get(kind, {})
    return st.builds(kind, **{name: fields[name] for name in names})


OF_A_CAFE: SearchStrategy[AnyEvent] = st.one_of([events_of(kind) for kind in get_args(events.Event)])
ANY_EVENT: SearchStrategy[AnyEvent] = st.one_of([events_of(kind) for kind in KINDS])
RECORDS = st.builds(
    events.Record, st.integers(1, 2**53), st.floats(allow_nan=False, allow_infinity=False), ANY_EVENT, TEXT
)
