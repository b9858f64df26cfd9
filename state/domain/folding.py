"""A café is the fold of its events: `apply(state, record)` is the only way that it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never

from state.domain.cafe import (
    CHANGES_TO_UNDO,
    DEEDS_KEPT,
    Answer,
    Cafe,
    CarnetEntry,
    Deed,
    Helper,
    Note,
    Participant,
    Programme,
    Round,
    Timer,
    VideoSource,
)
from state.domain.carnet_events import CafeNoted, CarnetOpened, CarnetRetired, StepDropped, StepKept
from state.domain.chronicle import Presence, visited
from state.domain.events import (
    OWNER,
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    AnswersErased,
    CafeClosed,
    CafeCreated,
    CafeReopened,
    CarnetEntered,
    CarnetRevoked,
    CodeChanged,
    Composed,
    CompositionUndone,
    DetailsWritten,
    DoorOpened,
    DoorShut,
    Erased,
    HandsCounted,
    HelperInvited,
    HelperRevoked,
    Joined,
    LinkRenewed,
    ModerationSwitched,
    Moved,
    NoteBacked,
    NoteFlagged,
    NoteHidden,
    NoteMerged,
    NoteMoved,
    NotePosted,
    NoteShown,
    NoteSplit,
    NoteWithdrawn,
    PresenceCounted,
    ProfileChanged,
    Readmitted,
    Record,
    Registered,
    Removed,
    Renamed,
    ResultsHidden,
    ResultsShown,
    ResultsSplit,
    SpeakerCalled,
    StepExtended,
    SummaryWritten,
    TextHidden,
    TextShown,
    TimerExtended,
    TimerStarted,
    TimerStopped,
    Unregistered,
    VideoChosen,
    VoteClosed,
    VoteOpened,
    WordsStruck,
)
from state.domain.values import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state.domain.events import AnyEvent

    _NoteEvent = NoteMoved | NoteWithdrawn | NoteHidden | NoteShown | NoteFlagged | NoteMerged | NoteSplit | NoteBacked


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
        code_seed=event.facilitator_hash,
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
    changed = _changed(cafe, record.event, record.at)
    if not record.by:
        return replace(changed, version=record.seq)
    deed = Deed(record.at, record.by, record.event.kind)
    return replace(changed, version=record.seq, deeds=(*changed.deeds, deed)[-DEEDS_KEPT:])


def _changed(cafe: Cafe, event: AnyEvent, at: float) -> Cafe:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one case per event
    match event:
        case CafeCreated():
            raise ValueError("a café is created once")
        case CarnetOpened() | CafeNoted() | StepKept() | StepDropped() | CarnetRetired():
            raise ValueError(f"{event.kind} does not happen to a café")
        case DetailsWritten():
            return replace(cafe, title=event.title, details=event.details)
        case Composed():
            return _composed(cafe, event)
        case HelperInvited():
            helper = Helper(event.helper, event.name, event.facilitator_hash, event.screen_hash)
            return replace(cafe, helpers={**cafe.helpers, helper.id: helper})
        case HelperRevoked():
            revoked = replace(cafe.helpers[event.helper], revoked=True)
            return replace(cafe, helpers={**cafe.helpers, revoked.id: revoked})
        case CarnetEntered():
            entry = CarnetEntry(event.holder, event.facilitator_hash, event.screen_hash)
            return replace(cafe, carnets={**cafe.carnets, event.carnet: entry})
        case CarnetRevoked():
            left = {name: entry for name, entry in cafe.carnets.items() if name != event.carnet}
            return replace(cafe, carnets=left)
        case LinkRenewed():
            return _renewed(cafe, event)
        case CodeChanged():
            return replace(cafe, code=event.code, code_turn=event.turn)
        case DoorShut() | DoorOpened():
            return replace(cafe, shut=isinstance(event, DoorShut))
        case ModerationSwitched():
            return replace(cafe, moderated=event.on)
        case Registered():
            return replace(cafe, registered={**cafe.registered, event.participant: event.level})
        case Unregistered():
            others = {person: level for person, level in cafe.registered.items() if person != event.participant}
            return replace(cafe, registered=others)
        case CompositionUndone():
            return replace(cafe, programme=cafe.earlier_programmes[-1], earlier_programmes=cafe.earlier_programmes[:-1])
        case Joined(participant=person):
            newcomer = Participant(
                person, len(cafe.participants) + 1, event.pseudonym, event.level, event.place, host=event.host
            )
            return _with_person(cafe, newcomer)
        case ProfileChanged(participant=person):
            known = cafe.participants[person]
            changed = replace(known, pseudonym=event.pseudonym, level=event.level, place=event.place)
            return _with_person(cafe, changed)
        case Renamed(participant=person):
            named = replace(cafe.participants[person], pseudonym=event.pseudonym, named_by_facilitator=True)
            return _with_person(cafe, named)
        case Removed(participant=person):
            gone = replace(cafe.participants[person], removed=True)
            return replace(_with_person(cafe, gone), speaking=None if cafe.speaking == person else cafe.speaking)
        case Readmitted(participant=person):
            return _with_person(cafe, replace(cafe.participants[person], removed=False))
        case Moved():
            return _moved(cafe, event.stop, at)
        case VoteOpened():
            return _opened(cafe, event.question, at)
        case VoteClosed():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), open=False))
        case ResultsShown():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), shown=True))
        case ResultsHidden():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), shown=False))
        case AnswerRevealed():
            return _revealed(cafe, event.question)
        case AnswerConcealed():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), revealed=False))
        case Answered():
            return _answered(cafe, event, at)
        case NotePosted():
            note = Note(event.note, event.author, event.text, event.column, event.colour, at)
            if cafe.moderated and note.author is not None:
                note = replace(note, hidden=True, waiting=True)
            return _with_note(cafe, event.question, note)
        case NoteMoved():
            return _noted(cafe, event, column=event.column, colour=event.colour)
        case NoteWithdrawn():
            return _noted(cafe, event, withdrawn=True)
        case NoteHidden() | NoteShown():
            return _noted(cafe, event, hidden=isinstance(event, NoteHidden), waiting=False)
        case NoteFlagged():
            return _noted(cafe, event, flagged=event.flagged)
        case NoteMerged():
            return _noted(cafe, event, under=event.into)
        case NoteSplit():
            return _noted(cafe, event, under=None)
        case NoteBacked():
            backers = cafe.notes[event.question][event.note].backers
            one = frozenset({event.participant})
            return _noted(cafe, event, backers=backers | one if event.backed else backers - one)
        case HandsCounted():
            return replace(cafe, hands={**cafe.hands, event.question: event.counts})
        case ResultsSplit():
            return _with_round(cafe, event.question, replace(cafe.round(event.question), split=event.by))
        case SummaryWritten():
            return replace(cafe, summaries={**cafe.summaries, event.question: event.text})
        case SpeakerCalled():
            return _called(cafe, event)
        case TimerStarted():
            return replace(cafe, timer=Timer(event.stop, event.seconds, at + event.seconds))
        case TimerExtended():
            return _timer_extended(cafe, event, at)
        case TimerStopped():
            return replace(cafe, timer=None)
        case StepExtended():
            more = cafe.extra.get(event.step, 0.0) + event.seconds
            return replace(cafe, extra={**cafe.extra, event.step: more})
        case VideoChosen():
            return _with_video(cafe, event)
        case TextHidden():
            return _with_hidden(cafe, event.question, event.participant, hidden=True)
        case TextShown():
            return _with_hidden(cafe, event.question, event.participant, hidden=False)
        case PresenceCounted():
            counted = Presence(at, event.room, event.remote, event.unknown)
            return replace(cafe, presence=(*cafe.presence, counted))
        case CafeClosed():
            return replace(_clocked(cafe, at), closed_at=at, timer=None)
        case CafeReopened():
            return replace(cafe, closed_at=None, since=at)
        case Erased() | AnswersErased():
            return cafe
        case WordsStruck():
            return replace(cafe, struck_at=at)
        case _:
            assert_never(event)


def _with_person(cafe: Cafe, person: Participant) -> Cafe:
    return replace(cafe, participants={**cafe.participants, person.id: person})


def _with_round(cafe: Cafe, question: str, state: Round) -> Cafe:
    return replace(cafe, rounds={**cafe.rounds, question: state})


def _opened(cafe: Cafe, question: str, at: float) -> Cafe:
    known = cafe.round(question)
    first = at if known.asked_at is None else known.asked_at
    return _with_round(cafe, question, replace(known, open=True, asked=True, asked_at=first))


def _with_hidden(cafe: Cafe, question: str, person: str, *, hidden: bool) -> Cafe:
    answers = cafe.answers[question]
    changed = {**answers, person: replace(answers[person], hidden=hidden, waiting=False)}
    return replace(cafe, answers={**cafe.answers, question: changed})


def _revealed(cafe: Cafe, question: str) -> Cafe:
    """What people said before the talk is remembered, so that who then changes their mind can be seen."""
    if question not in cafe.first:
        given = {person: answer.value for person, answer in cafe.answers.get(question, {}).items()}
        cafe = replace(cafe, first={**cafe.first, question: given})
    return _with_round(cafe, question, replace(cafe.round(question), revealed=True))


def _with_note(cafe: Cafe, question: str, note: Note) -> Cafe:
    return replace(cafe, notes={**cafe.notes, question: {**cafe.notes.get(question, {}), note.id: note}})


def _noted(cafe: Cafe, event: _NoteEvent, **changes: Any) -> Cafe:
    return _with_note(cafe, event.question, replace(cafe.notes[event.question][event.note], **changes))


def _called(cafe: Cafe, event: SpeakerCalled) -> Cafe:
    person = event.participant
    if person is None:
        return replace(cafe, speaking=None)
    before = tuple(one for one in cafe.speakers.get(event.question, ()) if one != person)
    return replace(cafe, speaking=person, speakers={**cafe.speakers, event.question: (*before, person)})


def _timer_extended(cafe: Cafe, event: TimerExtended, at: float) -> Cafe:
    timer = cafe.timer
    if timer is None or timer.stop != event.stop:
        return replace(cafe, timer=Timer(event.stop, event.seconds, at + event.seconds))
    ends_at = max(timer.ends_at, at) + event.seconds
    return replace(cafe, timer=replace(timer, seconds=timer.seconds + event.seconds, ends_at=ends_at))


def _composed(cafe: Cafe, event: Composed) -> Cafe:
    steps = {step.id: step for step in (*cafe.plan.steps, *event.changed)}
    plan = cafe.plan.model_copy(update={"steps": tuple(steps[name] for name in event.order)})
    earlier = (*cafe.earlier_programmes, cafe.programme)[-CHANGES_TO_UNDO:]
    return replace(cafe, programme=Programme(plan), earlier_programmes=earlier)


def _with_video(cafe: Cafe, event: VideoChosen) -> Cafe:
    others = {step: source for step, source in cafe.videos.items() if step != event.step}
    if event.url is None and event.file is None:
        return replace(cafe, videos=others)
    return replace(cafe, videos={**others, event.step: VideoSource(event.url, event.file)})


def _answered(cafe: Cafe, event: Answered, at: float) -> Cafe:
    before = cafe.answers.get(event.question, {})
    # Only an unchanged text stays as it was, hidden or published: a new one has not been read by the facilitator yet.
    old = before.get(event.participant)
    if old is not None and old.value == event.value:
        new = replace(old, at=at)
    else:
        waiting = cafe.moderated and _has_words(cafe, event)
        new = Answer(event.value, at, hidden=waiting, waiting=waiting)
    answers = {**before, event.participant: new}
    keys = {**cafe.keys.get(event.participant, {}), event.key: (event.question, event.value)}
    return replace(
        cafe,
        answers={**cafe.answers, event.question: answers},
        keys={**cafe.keys, event.participant: keys},
    )


def _has_words(cafe: Cafe, event: Answered) -> bool:
    stop = cafe.programme.stop(event.question)
    return stop is not None and bool(written(stop.prompt, event.value))


def _renewed(cafe: Cafe, event: LinkRenewed) -> Cafe:
    kept = {
        name: entry for name, entry in cafe.carnets.items() if entry.holder != event.holder or name in event.carnets
    }
    console, screen = event.facilitator_hash, event.screen_hash
    if event.holder == OWNER:
        return replace(cafe, carnets=kept, facilitator_hash=console, screen_hash=screen)
    helper = replace(cafe.helpers[event.holder], facilitator_hash=console, screen_hash=screen)
    return replace(cafe, carnets=kept, helpers={**cafe.helpers, helper.id: helper})


def _moved(cafe: Cafe, stop: str, at: float) -> Cafe:
    clocked = _clocked(cafe, at)
    started = cafe.started_at if cafe.started_at is not None else at
    moved = replace(clocked, stop_id=stop, started_at=started, timer=None, speaking=None)
    return replace(moved, visits=visited(moved, at))


def _clocked(cafe: Cafe, at: float) -> Cafe:
    """Add the time since the last look at the clock to the current step; a clock that went back adds nothing."""
    step = cafe.stop.step
    if step is None:
        return replace(cafe, since=at)
    spent = cafe.spent.get(step.id, 0.0) + max(0.0, at - cafe.since)
    return replace(cafe, since=at, spent={**cafe.spent, step.id: spent})
