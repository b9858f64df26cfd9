"""Everything that can happen in a café. An event is a fact: small, frozen, never rewritten once kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from content.plan import Plan

Level = Literal["novice", "averti", "expert"]
Place = Literal["room", "remote"]
LEVELS: tuple[Level, ...] = ("novice", "averti", "expert")
PLACES: tuple[Place, ...] = ("room", "remote")


@dataclass(frozen=True, slots=True)
class CafeCreated:
    """The first event of every café. The two hashes are those of its secret links; the links are not kept."""

    title: str
    code: str
    plan: Plan
    facilitator_hash: str
    screen_hash: str
    kind: Literal["cafe-created"] = "cafe-created"


@dataclass(frozen=True, slots=True)
class Joined:
    participant: str
    pseudonym: str | None
    level: Level | None
    place: Place | None
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    participant: str
    pseudonym: str | None
    level: Level | None
    place: Place | None
    kind: Literal["profile-changed"] = "profile-changed"


@dataclass(frozen=True, slots=True)
class Renamed:
    """The facilitator gave somebody another name, or none."""

    participant: str
    pseudonym: str | None
    kind: Literal["renamed"] = "renamed"


@dataclass(frozen=True, slots=True)
class Removed:
    participant: str
    kind: Literal["removed"] = "removed"


@dataclass(frozen=True, slots=True)
class Readmitted:
    participant: str
    kind: Literal["readmitted"] = "readmitted"


@dataclass(frozen=True, slots=True)
class Moved:
    stop: str
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class VoteOpened:
    question: str
    kind: Literal["vote-opened"] = "vote-opened"


@dataclass(frozen=True, slots=True)
class VoteClosed:
    question: str
    kind: Literal["vote-closed"] = "vote-closed"


@dataclass(frozen=True, slots=True)
class ResultsShown:
    question: str
    kind: Literal["results-shown"] = "results-shown"


@dataclass(frozen=True, slots=True)
class ResultsHidden:
    question: str
    kind: Literal["results-hidden"] = "results-hidden"


@dataclass(frozen=True, slots=True)
class AnswerRevealed:
    question: str
    kind: Literal["answer-revealed"] = "answer-revealed"


@dataclass(frozen=True, slots=True)
class AnswerConcealed:
    question: str
    kind: Literal["answer-concealed"] = "answer-concealed"


@dataclass(frozen=True, slots=True)
class Answered:
    """`key` is the sender's idempotency key: the same key twice is one answer."""

    question: str
    participant: str
    value: str
    key: str
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class TextHidden:
    question: str
    participant: str
    kind: Literal["text-hidden"] = "text-hidden"


@dataclass(frozen=True, slots=True)
class TextShown:
    question: str
    participant: str
    kind: Literal["text-shown"] = "text-shown"


@dataclass(frozen=True, slots=True)
class CafeClosed:
    kind: Literal["cafe-closed"] = "cafe-closed"


@dataclass(frozen=True, slots=True)
class CafeReopened:
    kind: Literal["cafe-reopened"] = "cafe-reopened"


Event = (
    CafeCreated
    | Joined
    | ProfileChanged
    | Renamed
    | Removed
    | Readmitted
    | Moved
    | VoteOpened
    | VoteClosed
    | ResultsShown
    | ResultsHidden
    | AnswerRevealed
    | AnswerConcealed
    | Answered
    | TextHidden
    | TextShown
    | CafeClosed
    | CafeReopened
)


@dataclass(frozen=True, slots=True)
class Record:
    """An event as kept: `seq` counts from 1 within its café and gives the order; `at` is seconds since 1970, UTC."""

    seq: int
    at: float
    event: Annotated[Event, Field(discriminator="kind")]


_ADAPTER: TypeAdapter[Record] = TypeAdapter(Record)


def encode(record: Record) -> bytes:
    """One line of JSON, without a line break."""
    return _ADAPTER.dump_json(record)


def decode(line: bytes | str) -> Record:
    """The record that `encode` wrote.

    Raises:
        ValueError: it is not one.
    """
    return _ADAPTER.validate_json(line)
