"""What is taken out of a history that is kept: what everybody wrote, or all that one person gave.

Both make as many records in the same places, and histories that fold. What is chosen among what is offered stays in
the first, and can no longer be linked with anybody's phone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from content.prompts import Board, CardPick, DonePrompt, Hunt, MultipleChoice, OneChoice, Ordering, Suggestion, Written
from state.domain.carnet_events import CafeNoted, CarnetOpened, CarnetRetired, StepDropped, StepKept
from state.domain.events import (
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
from state.domain.tallies.texts import found_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from content.plan import PlannedStep
    from content.prompts import Prompt
    from state.domain.cafe import Cafe
    from state.domain.events import AnyEvent, Record

# What stands where something was written.
STRUCK = "…"
DAY_SECONDS = 86_400.0


def struck(records: Sequence[Record]) -> tuple[Record, ...]:
    """A history without what people wrote: texts, notes, pseudonyms, and the ids that their cookies lead to.

    What those who facilitate wrote of the café itself stays: its title, its programme, its summaries, their names.
    Striking what is struck changes nothing.
    """
    strike = _Strike()
    return tuple(replace(record, event=strike.event(record.event)) for record in records)


def without(records: Sequence[Record], person: str) -> tuple[Record, ...]:
    """A history in which somebody came, but answered, wrote, stuck and supported nothing, and gave no name."""
    return tuple(_without(records, person))


def gave_something(cafe: Cafe, person: str) -> bool:
    """Whether anything would be taken out for this person."""
    known = cafe.participants.get(person)
    return known is not None and (
        known.pseudonym is not None
        or any(person in given for given in cafe.answers.values())
        or any(
            note.author == person or person in note.backers for stuck in cafe.notes.values() for note in stuck.values()
        )
    )


def to_strike(records: Sequence[Record], *, now: float, days: int) -> bool:
    """Whether what people wrote has been kept for so many days after the close, or the last event where there is none.

    `now` is seconds since 1970, UTC.
    """
    since = records[-1].at
    told = came = False
    for record in records:
        match record.event:
            case CafeClosed():
                since = record.at
            case CafeReopened():
                since = records[-1].at
            case WordsStruck():
                told = True
            case Joined() | Registered():
                came = True
            case _:
                pass
    if now < since + days * DAY_SECONDS:
        return False
    return (came and not told) or struck(records) != tuple(records)


def strikes_at(closed_at: float, *, days: int) -> float:
    """When what people wrote in a café that is closed will be struck, in seconds since 1970, UTC."""
    return closed_at + days * DAY_SECONDS


@dataclass(slots=True)
class _Strike:
    """Goes through one history in order: it knows what was asked, and how people and notes are now called."""

    prompts: dict[str, Prompt] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    keys: int = 0

    def event(self, event: AnyEvent) -> AnyEvent:  # noqa: C901, PLR0911, PLR0912 - one case per event
        match event:
            case CafeCreated():
                self._learn(event.plan.steps)
                return event
            case Composed():
                self._learn(event.changed)
                return event
            case Answered():
                self.keys += 1
                value = _chosen(self.prompts.get(event.question), event.value)
                return replace(event, participant=self._person(event.participant), value=value, key=f"k{self.keys}")
            case NotePosted():
                author = None if event.author is None else self._person(event.author)
                return replace(event, note=self._note(event.note), author=author, text=STRUCK)
            case NoteMerged():
                return replace(event, note=self._note(event.note), into=self._note(event.into))
            case NoteBacked():
                return replace(event, note=self._note(event.note), participant=self._person(event.participant))
            case NoteMoved() | NoteWithdrawn() | NoteHidden() | NoteShown() | NoteFlagged() | NoteSplit():
                return replace(event, note=self._note(event.note))
            case Joined():
                host = None if event.host is None else self._person(event.host)
                return replace(event, participant=self._person(event.participant), pseudonym=None, host=host)
            case ProfileChanged() | Renamed():
                return replace(event, participant=self._person(event.participant), pseudonym=None)
            case (
                Registered() | Unregistered() | Removed() | Readmitted() | TextHidden() | TextShown() | AnswersErased()
            ):
                return replace(event, participant=self._person(event.participant))
            case SpeakerCalled():
                return (
                    event if event.participant is None else replace(event, participant=self._person(event.participant))
                )
            case (
                DetailsWritten()
                | CompositionUndone()
                | HelperInvited()
                | HelperRevoked()
                | CarnetEntered()
                | CarnetRevoked()
                | LinkRenewed()
                | CodeChanged()
                | DoorShut()
                | DoorOpened()
                | ModerationSwitched()
                | PresenceCounted()
                | Moved()
                | VoteOpened()
                | VoteClosed()
                | ResultsShown()
                | ResultsHidden()
                | AnswerRevealed()
                | AnswerConcealed()
                | HandsCounted()
                | ResultsSplit()
                | SummaryWritten()
                | TimerStarted()
                | TimerExtended()
                | TimerStopped()
                | StepExtended()
                | VideoChosen()
                | CafeClosed()
                | CafeReopened()
                | Erased()
                | WordsStruck()
            ):
                return event
            case CarnetOpened() | CafeNoted() | StepKept() | StepDropped() | CarnetRetired():
                raise ValueError(f"{event.kind} does not happen to a café")
            case _:
                assert_never(event)

    def _learn(self, steps: Iterable[PlannedStep]) -> None:
        for step in steps:
            self.prompts |= {f"{step.id}/{scene.id}": scene for scene in step.scenes if scene.kind != "slide"}

    def _person(self, known: str) -> str:
        return self.people.setdefault(known, f"p{len(self.people) + 1}")

    def _note(self, known: str) -> str:
        return self.notes.setdefault(known, f"n{len(self.notes) + 1}")


def _chosen(prompt: Prompt | None, value: str) -> str:
    """What of an answer was chosen among what is offered; what was written is struck."""
    match prompt:
        case OneChoice() | MultipleChoice() | Ordering() | DonePrompt():
            return value
        case CardPick():
            return value.partition("\n")[0]
        case Suggestion():
            return f"\n{STRUCK}" if value.startswith("\n") else value
        case Hunt():
            return "\n".join(found_by(prompt, value)) or STRUCK
        case Written() | Board() | None:
            return STRUCK
        case _:
            assert_never(prompt)


def _without(records: Sequence[Record], person: str) -> Iterable[Record]:
    gone: set[tuple[str, str]] = set()
    for record in records:
        event = record.event
        match event:
            case NotePosted() if event.author == person:
                gone.add((event.question, event.note))
                yield _erased(record)
            case Answered() | TextHidden() | TextShown() | NoteBacked() if event.participant == person:
                yield _erased(record)
            case NoteMerged() if (event.question, event.into) in gone:
                yield _erased(record)
            case (
                NoteMoved()
                | NoteWithdrawn()
                | NoteHidden()
                | NoteShown()
                | NoteFlagged()
                | NoteMerged()
                | NoteSplit()
                | NoteBacked()
            ) if (event.question, event.note) in gone:
                yield _erased(record)
            case Joined() | ProfileChanged() | Renamed() if event.participant == person:
                yield replace(record, event=replace(event, pseudonym=None))
            case _:
                yield record


def _erased(record: Record) -> Record:
    return replace(record, event=Erased(), by="")
