"""A café is the fold of its events: `apply(state, record)` is the only way that it changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, assert_never

from content.schema import ChoiceQuestion, OpenQuestion, Poll, Prompt, SingleChoice, prompts_of
from state.domain.events import (
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeCreated,
    CafeReopened,
    Joined,
    Moved,
    ProfileChanged,
    Readmitted,
    Record,
    Removed,
    Renamed,
    ResultsHidden,
    ResultsShown,
    TextHidden,
    TextShown,
    VoteClosed,
    VoteOpened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content.plan import Plan, PlannedStep
    from state.domain.events import Event, Level, Place

LOBBY = "accueil"
END = "merci"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in the programme: the lobby, a question of a step, a step that asks nothing, or the end.

    `question` is the id that answers are kept under: step and question, so that it is unique in the café.
    """

    id: str
    step: PlannedStep | None = None
    prompt: Prompt | None = None
    number: int = 0
    count: int = 0

    @property
    def question(self) -> str | None:
        return self.id if self.prompt else None

    @property
    def has_results(self) -> bool:
        """Whether the room's answers are worth showing before moving on."""
        return isinstance(self.prompt, ChoiceQuestion | OpenQuestion)


class Programme:
    """The stops of a plan, in order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        stops = [Stop(LOBBY)]
        for step in plan.steps:
            prompts = prompts_of(step.activity)
            stops += [
                Stop(f"{step.id}/{prompt.id}", step, prompt, number, len(prompts))
                for number, prompt in enumerate(prompts, start=1)
            ] or [Stop(step.id, step)]
        self.stops: tuple[Stop, ...] = (*stops, Stop(END))

    @cached_property
    def index(self) -> Mapping[str, int]:
        return {stop.id: index for index, stop in enumerate(self.stops)}

    def stop(self, stop_id: str) -> Stop | None:
        index = self.index.get(stop_id)
        return None if index is None else self.stops[index]

    def after(self, stop_id: str) -> Stop | None:
        index = self.index[stop_id] + 1
        return self.stops[index] if index < len(self.stops) else None

    def before(self, stop_id: str) -> Stop | None:
        index = self.index[stop_id] - 1
        return self.stops[index] if index >= 0 else None

    @property
    def questions(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.prompt)


@dataclass(frozen=True, slots=True)
class Round:
    """Where one question stands: votes taken or not, the room's results and the right answer shown or not."""

    open: bool = False
    shown: bool = False
    revealed: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """`number` is the order of arrival, from 1: it names whoever gave no pseudonym."""

    id: str
    number: int
    pseudonym: str | None = None
    level: Level | None = None
    place: Place | None = None
    removed: bool = False
    named_by_facilitator: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    value: str
    at: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cafe:
    """The state of one café. Mappings are never changed in place; times are seconds since 1970, UTC.

    `keys` holds, for each participant, the idempotency keys seen and what was said with them.
    `spent` is the time passed in each step so far, in seconds, the current one counted from `since`.
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

    def round(self, question: str) -> Round:
        return self.rounds.get(question, Round())

    def counted(self, question: str) -> Mapping[str, Answer]:
        """The answers to a question that count: those of people who were not removed, by participant."""
        return {
            person: answer
            for person, answer in self.answers.get(question, {}).items()
            if not self.participants[person].removed
        }


Beat = Literal["ask", "reveal"]


def has_answer(prompt: Prompt | None) -> bool:
    """Whether there is something to reveal: a right answer or an explanation."""
    match prompt:
        case SingleChoice():
            return True
        case Poll() | OpenQuestion():
            return bool(prompt.explanation)
        case _:
            return False


def beat_of(cafe: Cafe, stop: Stop) -> Beat:
    """Whether a question is being asked, or all that there is to see of it is shown."""
    now = cafe.round(stop.id)
    return "reveal" if stop.has_results and (now.revealed if has_answer(stop.prompt) else now.shown) else "ask"


def fold(records: Iterable[Record]) -> Cafe:
    """The café that a whole history gives.

    Raises:
        ValueError: the history does not begin with `CafeCreated`, or has a gap.
    """
    cafe: Cafe | None = None
    for record in records:
        cafe = begin(record) if cafe is None else apply(cafe, record)
    if cafe is None:
        raise ValueError("an empty history is no café")
    return cafe


def begin(record: Record) -> Cafe:
    if not isinstance(record.event, CafeCreated) or record.seq != 1:
        raise ValueError("a history begins with CafeCreated")
    event = record.event
    return Cafe(
        title=event.title,
        code=event.code,
        programme=Programme(event.plan),
        facilitator_hash=event.facilitator_hash,
        screen_hash=event.screen_hash,
        created_at=record.at,
        since=record.at,
    )


def apply(cafe: Cafe, record: Record) -> Cafe:
    """The café after one more event.

    Raises:
        ValueError: the record is not the next one.
    """
    if record.seq != cafe.version + 1:
        raise ValueError(f"record {record.seq} does not follow {cafe.version}")
    return replace(_changed(cafe, record.event, record.at), version=record.seq)


def _changed(cafe: Cafe, event: Event, at: float) -> Cafe:  # noqa: C901, PLR0911, PLR0912 - one case per event
    match event:
        case CafeCreated():
            raise ValueError("a café is created once")
        case Joined(participant=person):
            newcomer = Participant(person, len(cafe.participants) + 1, event.pseudonym, event.level, event.place)
            return replace(cafe, participants={**cafe.participants, person: newcomer})
        case ProfileChanged(participant=person):
            known = cafe.participants[person]
            changed = replace(known, pseudonym=event.pseudonym, level=event.level, place=event.place)
            return replace(cafe, participants={**cafe.participants, person: changed})
        case Renamed(participant=person):
            named = replace(cafe.participants[person], pseudonym=event.pseudonym, named_by_facilitator=True)
            return _with_person(cafe, named)
        case Removed(participant=person):
            return _with_person(cafe, replace(cafe.participants[person], removed=True))
        case Readmitted(participant=person):
            return _with_person(cafe, replace(cafe.participants[person], removed=False))
        case Moved():
            return _moved(cafe, event.stop, at)
        case VoteOpened():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), open=True, asked=True))
        case VoteClosed():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), open=False))
        case ResultsShown():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), shown=True))
        case ResultsHidden():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), shown=False))
        case AnswerRevealed():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), revealed=True))
        case AnswerConcealed():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), revealed=False))
        case Answered():
            return _answered(cafe, event, at)
        case TextHidden():
            return _with_hidden(cafe, event.question, event.participant, hidden=True)
        case TextShown():
            return _with_hidden(cafe, event.question, event.participant, hidden=False)
        case CafeClosed():
            return replace(_clocked(cafe, at), closed_at=at)
        case CafeReopened():
            return replace(cafe, closed_at=None, since=at)
        case _:
            assert_never(event)


def _with_person(cafe: Cafe, person: Participant) -> Cafe:
    return replace(cafe, participants={**cafe.participants, person.id: person})


def _with_round(cafe: Cafe, question: str, state: Round) -> Cafe:
    return replace(cafe, rounds={**cafe.rounds, question: state})


def _with_hidden(cafe: Cafe, question: str, person: str, *, hidden: bool) -> Cafe:
    answers = cafe.answers[question]
    changed = {**answers, person: replace(answers[person], hidden=hidden)}
    return replace(cafe, answers={**cafe.answers, question: changed})


def _answered(cafe: Cafe, event: Answered, at: float) -> Cafe:
    before = cafe.answers.get(event.question, {})
    # Only an unchanged text stays hidden: a new one has not been read by the facilitator yet.
    old = before.get(event.participant)
    hidden = old is not None and old.hidden and old.value == event.value
    answers = {**before, event.participant: Answer(event.value, at, hidden)}
    keys = {**cafe.keys.get(event.participant, {}), event.key: (event.question, event.value)}
    return replace(
        cafe,
        answers={**cafe.answers, event.question: answers},
        keys={**cafe.keys, event.participant: keys},
    )


def _moved(cafe: Cafe, stop: str, at: float) -> Cafe:
    clocked = _clocked(cafe, at)
    return replace(clocked, stop_id=stop, started_at=cafe.started_at if cafe.started_at is not None else at)


def _clocked(cafe: Cafe, at: float) -> Cafe:
    """Add the time since the last look at the clock to the current step; a clock that went back adds nothing."""
    step = cafe.stop.step
    if step is None:
        return replace(cafe, since=at)
    spent = cafe.spent.get(step.id, 0.0) + max(0.0, at - cafe.since)
    return replace(cafe, since=at, spent={**cafe.spent, step.id: spent})
