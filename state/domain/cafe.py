"""The state of one café, and what can be read from it at a glance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from content.prompts import DonePrompt, Hunt, Ordering, SingleChoice
from state.domain.events import Details
from state.domain.programme import END, LOBBY, Programme, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.plan import Plan, PlannedStep
    from content.prompts import Prompt
    from state.domain.chronicle import Presence, Visit
    from state.domain.events import GroupBy, Level, Place


# How many changes of a programme can be undone.
CHANGES_TO_UNDO = 100
DEEDS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Round:
    """Where one question stands: votes taken or not, the room's results and the right answer shown or not.

    `split` says by which groups the results are shown, `asked_at` when votes were first taken, in seconds since 1970.
    """

    open: bool = False
    shown: bool = False
    revealed: bool = False
    asked: bool = False
    split: GroupBy | None = None
    asked_at: float | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """`number` is the order of arrival, from 1: it names whoever gave no pseudonym. `host` lends them a phone."""

    id: str
    number: int
    pseudonym: str | None = None
    level: Level | None = None
    place: Place | None = None
    removed: bool = False
    named_by_facilitator: bool = False
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is `hidden` is shown to nobody but who facilitates; `waiting`, they have not decided on it yet."""

    value: str
    at: float
    hidden: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a board; without an author, the facilitator noted it. `under` is the note it was merged into.

    One that is `waiting` is `hidden` too, until it is published.
    """

    id: str
    author: str | None
    text: str
    column: str
    colour: str | None
    at: float
    hidden: bool = False
    flagged: bool = False
    withdrawn: bool = False
    under: str | None = None
    backers: frozenset[str] = frozenset()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown that everybody sees; `ends_at` is seconds since 1970, UTC."""

    stop: str
    seconds: int
    ends_at: float


@dataclass(frozen=True, slots=True)
class VideoSource:
    """A facilitator's own address or uploaded file for a step's video."""

    url: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who facilitates too; the hashes are those of their links' secrets."""

    id: str
    name: str
    facilitator_hash: str
    screen_hash: str
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class CarnetEntry:
    """A carnet that the café is in: who holds it facilitates as `holder` does, with the carnet's own tokens."""

    holder: str
    facilitator_hash: str
    screen_hash: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done by one of those who facilitate: `kind` is the event's. `at` is seconds since 1970, UTC."""

    at: float
    by: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cafe:
    """The state of one café. Mappings are never changed in place; times are seconds since 1970, UTC.

    `keys` holds, for each participant, the idempotency keys seen and what was said with them.
    `spent` is the time passed in each step so far, in seconds, the current one counted from `since`; `extra` is what
    was added to its plan. `first` holds the answers as they were when a question was first revealed. `speakers` are
    those who have had the word about a question, in order, `speaking` who has it now. `earlier_programmes` are what
    the programme was before its last changes, the latest last. `deeds` are what those who facilitate did
    last. `registered` are the levels of those who said beforehand that they would come. `carnets` are the carnets that
    the café is in, by their ids. `code_turn` counts the codes that came after the first, which follow
    from `code_seed`; when `shut`, nobody new comes
    in; when `moderated`, what people write waits to be published. `struck_at` is when what people wrote was last taken
    out of the history. `visits` say which step the room was in when, `presence` how many people were connected.
    """

    title: str
    code: str
    programme: Programme
    facilitator_hash: str
    screen_hash: str
    created_at: float
    version: int = 1
    stop_id: str = LOBBY
    since: float = 0.0
    started_at: float | None = None
    closed_at: float | None = None
    rounds: Mapping[str, Round] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    keys: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    spent: Mapping[str, float] = field(default_factory=dict)
    extra: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, Note]] = field(default_factory=dict)
    hands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    summaries: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speaking: str | None = None
    first: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    timer: Timer | None = None
    videos: Mapping[str, VideoSource] = field(default_factory=dict)
    details: Details = field(default_factory=Details)
    earlier_programmes: tuple[Programme, ...] = ()
    helpers: Mapping[str, Helper] = field(default_factory=dict)
    carnets: Mapping[str, CarnetEntry] = field(default_factory=dict)
    deeds: tuple[Deed, ...] = ()
    registered: Mapping[str, Level] = field(default_factory=dict)
    code_turn: int = 0
    code_seed: str = ""
    shut: bool = False
    moderated: bool = False
    struck_at: float | None = None
    visits: tuple[Visit, ...] = ()
    presence: tuple[Presence, ...] = ()

    @property
    def plan(self) -> Plan:
        return self.programme.plan

    @property
    def stop(self) -> Stop:
        return self.programme.stops[self.programme.index[self.stop_id]]

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def present(self) -> tuple[Participant, ...]:
        """Everybody who joined and was not removed, in order of arrival."""
        return tuple(one for one in self.participants.values() if not one.removed)

    def is_sent_away(self, participant: Participant) -> bool:
        """Whether somebody was removed, or answers on the phone of somebody who was."""
        return participant.removed or (participant.host is not None and self.participants[participant.host].removed)

    def round(self, question: str) -> Round:
        return self.rounds.get(question, Round())

    @property
    def step_ends_at(self) -> float | None:
        """When the current step should end, in seconds since 1970; None where no step is running."""
        step = self.stop.step
        if step is None or self.closed:
            return None
        return self.since + self.planned_seconds(step) - self.spent.get(step.id, 0.0)

    def planned_seconds(self, step: PlannedStep) -> float:
        """What a step may last: its plan, and what was added to it."""
        return step.minutes * 60.0 + self.extra.get(step.id, 0.0)

    def video_source(self, step: PlannedStep) -> VideoSource:
        """Where a step's video is seen: the facilitator's choice, else the pack's address."""
        chosen = self.videos.get(step.id)
        return chosen or VideoSource(url=step.video.url if step.video else None)

    def counted(self, question: str) -> Mapping[str, Answer]:
        """The answers to a question that count: those of people who were not removed, by participant."""
        return {
            person: answer
            for person, answer in self.answers.get(question, {}).items()
            if not self.participants[person].removed
        }


Beat = Literal["ask", "reveal"]


def has_answer(prompt: Prompt | None) -> bool:
    """Whether there is something to reveal: a right answer, an order, words to find, or an explanation."""
    match prompt:
        case None | DonePrompt():
            return False
        case SingleChoice() | Ordering() | Hunt():
            return True
        case _:
            return bool(prompt.explanation)


def reveals_more(stop: Stop) -> bool:
    """Whether a question is revealed by a word of its own, and not only by showing its results.

    Where results are shown as they come, only that word can tell that the question has been talked about.
    """
    return stop.has_reveal and (has_answer(stop.prompt) or stop.is_live)


def beat_of(cafe: Cafe, stop: Stop) -> Beat:
    """Whether a question is being asked, or all that there is to see of it is shown."""
    now = cafe.round(stop.id)
    return "reveal" if stop.has_reveal and (now.revealed if reveals_more(stop) else now.shown) else "ask"


__all__ = [
    "END",
    "LOBBY",
    "Answer",
    "Beat",
    "Cafe",
    "Note",
    "Participant",
    "Programme",
    "Round",
    "Stop",
    "Timer",
    "VideoSource",
    "beat_of",
    "has_answer",
    "reveals_more",
]
