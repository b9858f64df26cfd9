"""Everything that can happen in a café. An event is a fact: small, frozen, rewritten only to forget (decision 0019)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from content.plan import Plan, PlannedStep
from state.domain.carnet_events import CarnetEvent

Level = Literal["novice", "averti", "expert"]
Place = Literal["room", "remote"]
LEVELS: tuple[Level, ...] = ("novice", "averti", "expert")
PLACES: tuple[Place, ...] = ("room", "remote")
# Who made the café, among those who facilitate it.
OWNER = "owner"
GroupBy = Literal["place", "level"]


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
class Details:
    """What people need to come: `starts_at` is a local date and time, written `2026-12-03T14:00`.

    `minutes` is the time there is; `address` is where those who are far join in. With `registers`, people may say
    beforehand that they will come.
    """

    starts_at: str = ""
    minutes: int | None = None
    place: str = ""
    organiser: str = ""
    address: str = ""
    registers: bool = False


@dataclass(frozen=True, slots=True)
class DetailsWritten:
    title: str
    details: Details
    kind: Literal["details-written"] = "details-written"


@dataclass(frozen=True, slots=True)
class Composed:
    """The programme changed: its steps in their order, and those of them that are new or no longer the same."""

    order: tuple[str, ...]
    changed: tuple[PlannedStep, ...] = ()
    kind: Literal["composed"] = "composed"


@dataclass(frozen=True, slots=True)
class CompositionUndone:
    """The programme is again what it was before the last change that still counts."""

    kind: Literal["composition-undone"] = "composition-undone"


@dataclass(frozen=True, slots=True)
class HelperInvited:
    """Somebody facilitates too, by a link of their own. The two hashes are those of its secrets."""

    helper: str
    name: str
    facilitator_hash: str
    screen_hash: str
    kind: Literal["helper-invited"] = "helper-invited"


@dataclass(frozen=True, slots=True)
class HelperRevoked:
    """Their links open nothing any more."""

    helper: str
    kind: Literal["helper-revoked"] = "helper-revoked"


@dataclass(frozen=True, slots=True)
class CarnetEntered:
    """The café is in a carnet: who holds that carnet facilitates as `holder` does. The hashes are the carnet's own."""

    carnet: str
    holder: str
    facilitator_hash: str
    screen_hash: str
    kind: Literal["carnet-entered"] = "carnet-entered"


@dataclass(frozen=True, slots=True)
class CarnetRevoked:
    """Whoever holds that carnet facilitates no more by it."""

    carnet: str
    kind: Literal["carnet-revoked"] = "carnet-revoked"


@dataclass(frozen=True, slots=True)
class LinkRenewed:
    """One of those who facilitate has another link, and another for the projector: the ones before open nothing.

    Of the carnets that stood for them, only these `carnets` still do.
    """

    holder: str
    facilitator_hash: str
    screen_hash: str
    carnets: tuple[str, ...] = ()
    kind: Literal["link-renewed"] = "link-renewed"


@dataclass(frozen=True, slots=True)
class CodeChanged:
    """People come in by another code from now on: the `turn`-th after the first."""

    code: str
    turn: int
    kind: Literal["code-changed"] = "code-changed"


@dataclass(frozen=True, slots=True)
class DoorShut:
    """Nobody new comes in."""

    kind: Literal["door-shut"] = "door-shut"


@dataclass(frozen=True, slots=True)
class DoorOpened:
    kind: Literal["door-opened"] = "door-opened"


@dataclass(frozen=True, slots=True)
class ModerationSwitched:
    """From now on, what people write waits to be published by who facilitates, or it does not any more."""

    on: bool
    kind: Literal["moderation-switched"] = "moderation-switched"


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody says beforehand that they will come, and how well they know the subject."""

    participant: str
    level: Level
    kind: Literal["registered"] = "registered"


@dataclass(frozen=True, slots=True)
class Unregistered:
    participant: str
    kind: Literal["unregistered"] = "unregistered"


@dataclass(frozen=True, slots=True)
class Joined:
    """`host` is whose phone this person answers on, when it is passed round."""

    participant: str
    pseudonym: str | None
    level: Level | None
    place: Place | None
    host: str | None = None
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
class NotePosted:
    """Somebody stuck a note on a board; without an `author`, the facilitator noted it. `note` is the sender's key."""

    question: str
    note: str
    author: str | None
    text: str
    column: str
    colour: str | None = None
    kind: Literal["note-posted"] = "note-posted"


@dataclass(frozen=True, slots=True)
class NoteMoved:
    """To another column, another colour, or both."""

    question: str
    note: str
    column: str
    colour: str | None = None
    by_facilitator: bool = False
    kind: Literal["note-moved"] = "note-moved"


@dataclass(frozen=True, slots=True)
class NoteWithdrawn:
    question: str
    note: str
    kind: Literal["note-withdrawn"] = "note-withdrawn"


@dataclass(frozen=True, slots=True)
class NoteHidden:
    question: str
    note: str
    kind: Literal["note-hidden"] = "note-hidden"


@dataclass(frozen=True, slots=True)
class NoteShown:
    question: str
    note: str
    kind: Literal["note-shown"] = "note-shown"


@dataclass(frozen=True, slots=True)
class NoteFlagged:
    """A note to talk about, or no longer."""

    question: str
    note: str
    flagged: bool
    kind: Literal["note-flagged"] = "note-flagged"


@dataclass(frozen=True, slots=True)
class NoteMerged:
    """Two notes say the same: one now stands under the other."""

    question: str
    note: str
    into: str
    kind: Literal["note-merged"] = "note-merged"


@dataclass(frozen=True, slots=True)
class NoteSplit:
    """A note that was merged stands for itself again."""

    question: str
    note: str
    kind: Literal["note-split"] = "note-split"


@dataclass(frozen=True, slots=True)
class NoteBacked:
    """Somebody supports a note, or no longer."""

    question: str
    note: str
    participant: str
    backed: bool
    kind: Literal["note-backed"] = "note-backed"


@dataclass(frozen=True, slots=True)
class HandsCounted:
    """A show of hands: how many people without a phone gave each choice. Replaces what was counted before."""

    question: str
    counts: dict[str, int]
    kind: Literal["hands-counted"] = "hands-counted"


@dataclass(frozen=True, slots=True)
class ResultsSplit:
    """Results are shown by place, by level, or all together."""

    question: str
    by: GroupBy | None
    kind: Literal["results-split"] = "results-split"


@dataclass(frozen=True, slots=True)
class SummaryWritten:
    """What the room retains of a question, in the facilitator's words; empty takes it back."""

    question: str
    text: str
    kind: Literal["summary-written"] = "summary-written"


@dataclass(frozen=True, slots=True)
class SpeakerCalled:
    """The word is given to somebody, or to nobody any more."""

    question: str
    participant: str | None
    kind: Literal["speaker-called"] = "speaker-called"


@dataclass(frozen=True, slots=True)
class TimerStarted:
    """So many seconds from now for this stop. Nothing closes by itself at the end."""

    stop: str
    seconds: int
    kind: Literal["timer-started"] = "timer-started"


@dataclass(frozen=True, slots=True)
class TimerExtended:
    """More seconds, from the end of the timer, or from now where it has ended."""

    stop: str
    seconds: int
    kind: Literal["timer-extended"] = "timer-extended"


@dataclass(frozen=True, slots=True)
class TimerStopped:
    stop: str
    kind: Literal["timer-stopped"] = "timer-stopped"


@dataclass(frozen=True, slots=True)
class StepExtended:
    """A step may last so many seconds more than planned."""

    step: str
    seconds: int
    kind: Literal["step-extended"] = "step-extended"


@dataclass(frozen=True, slots=True)
class VideoChosen:
    """Where a step's video is seen: an address, or a file that was uploaded (its name in the store of files).

    With neither, it is again the pack's own.
    """

    step: str
    url: str | None = None
    file: str | None = None
    kind: Literal["video-chosen"] = "video-chosen"


@dataclass(frozen=True, slots=True)
class PresenceCounted:
    """So many people are connected, by where they said they are. It says how many, and never who."""

    room: int
    remote: int
    unknown: int
    kind: Literal["presence-counted"] = "presence-counted"


@dataclass(frozen=True, slots=True)
class CafeClosed:
    kind: Literal["cafe-closed"] = "cafe-closed"


@dataclass(frozen=True, slots=True)
class CafeReopened:
    kind: Literal["cafe-reopened"] = "cafe-reopened"


@dataclass(frozen=True, slots=True)
class Erased:
    """Something was here that somebody wanted erased. It keeps the place of what came after, and says nothing."""

    kind: Literal["erased"] = "erased"


@dataclass(frozen=True, slots=True)
class AnswersErased:
    """Somebody had all that they gave erased, from this history too."""

    participant: str
    kind: Literal["answers-erased"] = "answers-erased"


@dataclass(frozen=True, slots=True)
class WordsStruck:
    """What people wrote was struck from this history: they were told that it would not be kept longer."""

    kind: Literal["words-struck"] = "words-struck"


Event = (
    CafeCreated
    | DetailsWritten
    | Composed
    | CompositionUndone
    | HelperInvited
    | HelperRevoked
    | CarnetEntered
    | CarnetRevoked
    | LinkRenewed
    | CodeChanged
    | DoorShut
    | DoorOpened
    | ModerationSwitched
    | Registered
    | Unregistered
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
    | NotePosted
    | NoteMoved
    | NoteWithdrawn
    | NoteHidden
    | NoteShown
    | NoteFlagged
    | NoteMerged
    | NoteSplit
    | NoteBacked
    | HandsCounted
    | ResultsSplit
    | SummaryWritten
    | SpeakerCalled
    | TimerStarted
    | TimerExtended
    | TimerStopped
    | StepExtended
    | VideoChosen
    | PresenceCounted
    | CafeClosed
    | CafeReopened
    | Erased
    | AnswersErased
    | WordsStruck
)


# What a history is made of: a café's, or a carnet's.
AnyEvent = Event | CarnetEvent


@dataclass(frozen=True, slots=True)
class Record:
    """An event as kept: `seq` counts from 1 within its café and gives the order; `at` is seconds since 1970, UTC.

    `by` says which of those who facilitate did it: `OWNER`, or a helper's id. It is empty for what participants do.
    """

    seq: int
    at: float
    event: Annotated[AnyEvent, Field(discriminator="kind")]
    by: str = ""


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
