"""What a person asks for, decided: each function returns the events that follow, or raises a refusal.

Asking for what is already so returns no event, so that a double tap or a repeated key changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from content.schema import DonePrompt, OpenQuestion, Poll, SingleChoice
from state.domain import errors
from state.domain.cafe import Beat, Cafe, Participant, Stop, beat_of, has_answer
from state.domain.events import (
    LEVELS,
    PLACES,
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeReopened,
    Event,
    Joined,
    Level,
    Moved,
    Place,
    ProfileChanged,
    Readmitted,
    Removed,
    Renamed,
    ResultsHidden,
    ResultsShown,
    TextHidden,
    TextShown,
    VoteClosed,
    VoteOpened,
)
from state.domain.text import clean, clean_pseudonym

if TYPE_CHECKING:
    from content.schema import Prompt

Events = tuple[Event, ...]
DONE = "fini"
ROOM_SIZE = 1000
# Those who were removed make room again, but not for ever.
MOST_PEOPLE = 3 * ROOM_SIZE
KEYS_KEPT = 2000


def join(cafe: Cafe, person: str, *, pseudonym: str = "", level: str | None = None, place: str | None = None) -> Events:
    """Somebody comes in, or changes what they said of themselves.

    Raises:
        CafeOver, RoomFull, SentAway, NotAChoice, PseudonymReserved, TextTooLong
    """
    if cafe.closed:
        raise errors.CafeOver
    profile = (clean_pseudonym(pseudonym), _level(level), _place(place))
    known = cafe.participants.get(person)
    if known is None:
        if len(cafe.present) >= ROOM_SIZE or len(cafe.participants) >= MOST_PEOPLE:
            raise errors.RoomFull
        return (Joined(person, *profile),)
    if known.removed:
        raise errors.SentAway
    if known.named_by_facilitator:
        # The facilitator's name stays: taking one's own back would undo it at once.
        profile = (known.pseudonym, *profile[1:])
    if (known.pseudonym, known.level, known.place) == profile:
        return ()
    return (ProfileChanged(person, *profile),)


def answer(cafe: Cafe, person: str, *, question: str, value: str, key: str) -> Events:
    """Somebody answers the question being asked; the last valid answer counts.

    Raises:
        KeyReused: this key came before with something else.
        NotHere, SentAway, CafeOver, UnknownQuestion, QuestionPassed, VoteNotOpen, NotAChoice, TextEmpty, TextTooLong
    """
    participant = cafe.participants.get(person)
    if participant is None:
        raise errors.NotHere
    if participant.removed:
        raise errors.SentAway
    stop = _question(cafe, question)
    value = _valid_value(stop.prompt, value)
    seen = cafe.keys.get(person, {})
    if key in seen:
        # A repeated delivery of what was kept is acknowledged even if the vote has closed since.
        if seen[key] != (question, value):
            raise errors.KeyReused
        return ()
    if len(seen) >= KEYS_KEPT:
        raise errors.RoomFull
    if cafe.closed:
        raise errors.CafeOver
    if cafe.stop_id != question:
        raise errors.QuestionPassed
    if not cafe.round(question).open:
        raise errors.VoteNotOpen
    return (Answered(question, person, value, key),)


def go_to(cafe: Cafe, stop_id: str, beat: Beat | None = None) -> Events:
    """Move to a stop; a question already asked is found again as it was left, a new one is asked.

    Where a question is not at `beat`, it is brought there: `ask` takes votes again and hides results, `reveal`
    closes the vote and shows everything.

    Raises:
        UnknownStop, CafeOver
    """
    if cafe.closed:
        raise errors.CafeOver
    stop = cafe.programme.stop(stop_id)
    if stop is None:
        raise errors.UnknownStop
    moved: Events = () if stop.id == cafe.stop_id else (Moved(stop.id),)
    if stop.question is None:
        return moved
    if cafe.round(stop.question).asked and beat in {None, beat_of(cafe, stop)}:
        return moved
    return moved + (_reveal(cafe, stop) if beat == "reveal" else _ask(cafe, stop.question))


def next_of(cafe: Cafe) -> tuple[Stop, Beat] | None:
    """Where « next » leads: the results of the question being asked, else the next stop; None at the end."""
    here = cafe.stop
    if here.has_results and beat_of(cafe, here) == "ask":
        return here, "reveal"
    after = cafe.programme.after(here.id)
    return None if after is None else (after, beat_of(cafe, after))


def previous_of(cafe: Cafe) -> tuple[Stop, Beat] | None:
    """Where « previous » leads: back to asking the question whose results are shown, else the stop before."""
    here = cafe.stop
    if beat_of(cafe, here) == "reveal":
        return here, "ask"
    before = cafe.programme.before(here.id)
    return None if before is None else (before, beat_of(cafe, before))


def open_vote(cafe: Cafe, question: str) -> Events:
    _question(cafe, question)
    if cafe.closed:
        raise errors.CafeOver
    return () if cafe.round(question).open else (VoteOpened(question),)


def close_vote(cafe: Cafe, question: str) -> Events:
    _question(cafe, question)
    return (VoteClosed(question),) if cafe.round(question).open else ()


def show_results(cafe: Cafe, question: str) -> Events:
    _question(cafe, question)
    return () if cafe.round(question).shown else (ResultsShown(question),)


def hide_results(cafe: Cafe, question: str) -> Events:
    _question(cafe, question)
    return (ResultsHidden(question),) if cafe.round(question).shown else ()


def reveal_answer(cafe: Cafe, question: str) -> Events:
    """Show the right answer and its explanation; the vote closes, since the answer is known.

    Raises:
        NothingToReveal: this question has neither.
    """
    stop = _question(cafe, question)
    if not has_answer(stop.prompt):
        raise errors.NothingToReveal
    closed = close_vote(cafe, question) if isinstance(stop.prompt, SingleChoice) else ()
    return closed + (() if cafe.round(question).revealed else (AnswerRevealed(question),))


def conceal_answer(cafe: Cafe, question: str) -> Events:
    _question(cafe, question)
    return (AnswerConcealed(question),) if cafe.round(question).revealed else ()


def rename(cafe: Cafe, person: str, pseudonym: str) -> Events:
    known = _participant(cafe, person)
    name = clean_pseudonym(pseudonym)
    return () if known.pseudonym == name else (Renamed(person, name),)


def remove(cafe: Cafe, person: str) -> Events:
    return () if _participant(cafe, person).removed else (Removed(person),)


def readmit(cafe: Cafe, person: str) -> Events:
    return (Readmitted(person),) if _participant(cafe, person).removed else ()


def hide_text(cafe: Cafe, question: str, person: str) -> Events:
    return () if _text(cafe, question, person) else (TextHidden(question, person),)


def show_text(cafe: Cafe, question: str, person: str) -> Events:
    return (TextShown(question, person),) if _text(cafe, question, person) else ()


def close(cafe: Cafe) -> Events:
    """The café ends: nothing is taken any more. Every open vote closes with it."""
    if cafe.closed:
        return ()
    votes = tuple(VoteClosed(question) for question, state in cafe.rounds.items() if state.open)
    return (*votes, CafeClosed())


def reopen(cafe: Cafe) -> Events:
    return (CafeReopened(),) if cafe.closed else ()


def _ask(cafe: Cafe, question: str) -> Events:
    return (
        *conceal_answer(cafe, question),
        *hide_results(cafe, question),
        *open_vote(cafe, question),
    )


def _reveal(cafe: Cafe, stop: Stop) -> Events:
    closed = close_vote(cafe, stop.id)
    shown = show_results(cafe, stop.id) if stop.has_results else ()
    answer_shown: Events = ()
    if has_answer(stop.prompt) and not cafe.round(stop.id).revealed:
        answer_shown = (AnswerRevealed(stop.id),)
    return closed + shown + answer_shown


def _question(cafe: Cafe, question: str) -> Stop:
    stop = cafe.programme.stop(question)
    if stop is None or stop.prompt is None:
        raise errors.UnknownQuestion
    return stop


def _participant(cafe: Cafe, person: str) -> Participant:
    known = cafe.participants.get(person)
    if known is None:
        raise errors.NotHere
    return known


def _text(cafe: Cafe, question: str, person: str) -> bool:
    """Whether a text is hidden; refused where there is none."""
    _question(cafe, question)
    kept = cafe.answers.get(question, {}).get(person)
    if kept is None:
        raise errors.NotHere
    return kept.hidden


def _valid_value(prompt: Prompt | None, value: str) -> str:
    match prompt:
        case SingleChoice() | Poll():
            if value not in {choice.id for choice in prompt.choices}:
                raise errors.NotAChoice
            return value
        case OpenQuestion():
            return clean(value, limit=prompt.max_length, lines=True)
        case DonePrompt():
            if value != DONE:
                raise errors.NotAChoice
            return value
        case None:
            raise errors.UnknownQuestion
        case _:
            assert_never(prompt)


def _level(level: str | None) -> Level | None:
    if level is None:
        return None
    for known in LEVELS:
        if known == level:
            return known
    raise errors.NotAChoice


def _place(place: str | None) -> Place | None:
    if place is None:
        return None
    for known in PLACES:
        if known == place:
            return known
    raise errors.NotAChoice
