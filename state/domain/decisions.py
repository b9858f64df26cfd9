"""What a person asks for, decided: each function returns the events that follow, or raises a refusal.

Asking for what is already so returns no event, so that a double tap or a repeated key changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.prompts import Hunt, LevelChoice, Ordering, countable, right_of
from state.domain import errors
from state.domain.cafe import beat_of, reveals_more
from state.domain.events import (
    LEVELS,
    PLACES,
    AnswerConcealed,
    Answered,
    AnswerRevealed,
    CafeClosed,
    CafeReopened,
    HandsCounted,
    Joined,
    Moved,
    ProfileChanged,
    Readmitted,
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
    VideoChosen,
    VoteClosed,
    VoteOpened,
)
from state.domain.text import WEB_ADDRESS, clean, clean_pseudonym
from state.domain.values import valid_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from state.domain.cafe import Beat, Cafe, Participant
    from state.domain.events import Event, GroupBy, Level, Place
    from state.domain.programme import Stop

    Events = tuple[Event, ...]

ROOM_SIZE = 1000
# Those who were removed make room again, but not for ever.
MOST_PEOPLE = 3 * ROOM_SIZE
KEYS_KEPT = 2000
SUMMARY_LENGTH = 1000
ADDRESS_LENGTH = 500
# A timer of an hour and a half is a mistake, or no timer.
LONGEST_TIMER = 5400


def join(
    cafe: Cafe,
    person: str,
    *,
    pseudonym: str = "",
    level: str | None = None,
    place: str | None = None,
    host: str | None = None,
) -> Events:
    """Somebody comes in, or changes what they said of themselves.

    With a `host`, they answer on that person's phone: they sit in the same place, unless they say otherwise.

    Raises:
        CafeOver, RoomLocked, RoomFull, SentAway, NotHere, NotAChoice, PseudonymReserved, TextTooLong
    """
    if cafe.closed:
        raise errors.CafeOver
    profile = (clean_pseudonym(pseudonym), _level(level) or cafe.registered.get(person), _place(place))
    known = cafe.participants.get(person)
    if host is not None:
        lender = _participant(cafe, host)
        if lender.removed:
            raise errors.SentAway
        profile = (*profile[:2], profile[2] or lender.place)
    if known is None:
        if cafe.shut:
            raise errors.RoomLocked
        if len(cafe.present) >= ROOM_SIZE or len(cafe.participants) >= MOST_PEOPLE:
            raise errors.RoomFull
        return (Joined(person, *profile, host=host),)
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
        NotHere, SentAway, CafeOver, UnknownQuestion, QuestionPassed, VoteNotOpen, NotAChoice, TooMany, TextEmpty,
        TextTooLong
    """
    participant = cafe.participants.get(person)
    if participant is None:
        raise errors.NotHere
    if cafe.is_sent_away(participant):
        raise errors.SentAway
    stop = _question(cafe, question)
    value = valid_value(stop.prompt, value)
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
    answered = (Answered(question, person, value, key),)
    if isinstance(stop.prompt, LevelChoice) and (level := _level(value)) != participant.level:
        return (*answered, ProfileChanged(person, participant.pseudonym, level, participant.place))
    return answered


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
    return moved + (_reveal(cafe, stop) if beat == "reveal" else _ask(cafe, stop))


def next_of(cafe: Cafe) -> tuple[Stop, Beat] | None:
    """Where « next » leads: the results of the question being asked, else the next stop; None at the end."""
    here = cafe.stop
    if here.has_reveal and beat_of(cafe, here) == "ask":
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
    if not reveals_more(stop):
        raise errors.NothingToReveal
    known = right_of(stop.prompt) or isinstance(stop.prompt, Ordering | Hunt)
    closed = close_vote(cafe, question) if known else ()
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


def split_results(cafe: Cafe, question: str, by: GroupBy | None) -> Events:
    """Show results by place, by level, or all together."""
    _question(cafe, question)
    return () if cafe.round(question).split == by else (ResultsSplit(question, by),)


def count_hands(cafe: Cafe, question: str, counts: Mapping[str, int]) -> Events:
    """Keep a show of hands; nobody counted anywhere takes it back.

    Raises:
        CafeOver, UnknownQuestion
        NotAChoice: nothing to raise a hand for, a choice that is not offered, or a number outside 0 to `ROOM_SIZE`.
    """
    stop = _question(cafe, question)
    if cafe.closed:
        raise errors.CafeOver
    known = [choice.id for choice in countable(stop.prompt)]
    if not known or set(counts) - set(known) or any(not 0 <= count <= ROOM_SIZE for count in counts.values()):
        raise errors.NotAChoice
    kept = {choice: counts[choice] for choice in known if counts.get(choice)}
    return () if dict(cafe.hands.get(question, {})) == kept else (HandsCounted(question, kept),)


def write_summary(cafe: Cafe, question: str, text: str) -> Events:
    """Keep what the room retains of a question; nothing typed takes it back.

    Raises:
        UnknownQuestion, TextTooLong
    """
    _question(cafe, question)
    try:
        words = clean(text, limit=SUMMARY_LENGTH, lines=True)
    except errors.TextEmpty:
        words = ""
    return () if cafe.summaries.get(question, "") == words else (SummaryWritten(question, words),)


def call_speaker(cafe: Cafe, question: str, person: str | None) -> Events:
    """Give the word to somebody who answered, or to nobody any more.

    Raises:
        UnknownQuestion
        NotHere: this person has not answered, or was removed.
    """
    _question(cafe, question)
    if person is not None and person not in cafe.counted(question):
        raise errors.NotHere
    return () if cafe.speaking == person else (SpeakerCalled(question, person),)


def start_timer(cafe: Cafe, stop_id: str, seconds: int) -> Events:
    """Count down before everybody's eyes.

    Raises:
        CafeOver
        UnknownStop: the room is elsewhere.
        NotAChoice: not between one second and `LONGEST_TIMER`.
    """
    _timed(cafe, stop_id, seconds)
    return (TimerStarted(stop_id, seconds),)


def extend_timer(cafe: Cafe, stop_id: str, seconds: int) -> Events:
    _timed(cafe, stop_id, seconds)
    return (TimerExtended(stop_id, seconds),)


def stop_timer(cafe: Cafe, stop_id: str) -> Events:
    return () if cafe.timer is None else (TimerStopped(stop_id),)


def extend_step(cafe: Cafe, step_id: str, seconds: int) -> Events:
    """A step may last longer than planned.

    Raises:
        UnknownStop, NotAChoice
    """
    if step_id not in {step.id for step in cafe.plan.steps}:
        raise errors.UnknownStop
    if not 0 < seconds <= LONGEST_TIMER:
        raise errors.NotAChoice
    return (StepExtended(step_id, seconds),)


def choose_video(cafe: Cafe, step_id: str, *, url: str = "", file: str | None = None) -> Events:
    """Have a step's video seen elsewhere than at the pack's address; neither takes that back.

    Raises:
        UnknownStop: this step shows no video.
        NotAnAddress: not a web address.
    """
    step = next((one for one in cafe.plan.steps if one.id == step_id and one.video is not None), None)
    if step is None:
        raise errors.UnknownStop
    address = url.strip()
    if address and (len(address) > ADDRESS_LENGTH or not WEB_ADDRESS.fullmatch(address)):
        raise errors.NotAnAddress
    known = cafe.videos.get(step_id)
    if ((known.url, known.file) if known else (None, None)) == (address or None, file):
        return ()
    return (VideoChosen(step_id, address or None, file),)


def _timed(cafe: Cafe, stop_id: str, seconds: int) -> None:
    if cafe.closed:
        raise errors.CafeOver
    if cafe.stop_id != stop_id:
        raise errors.UnknownStop
    if not 0 < seconds <= LONGEST_TIMER:
        raise errors.NotAChoice


def _ask(cafe: Cafe, stop: Stop) -> Events:
    return (
        *conceal_answer(cafe, stop.id),
        *(show_results(cafe, stop.id) if stop.is_live else hide_results(cafe, stop.id)),
        *open_vote(cafe, stop.id),
    )


def _reveal(cafe: Cafe, stop: Stop) -> Events:
    closed = () if stop.stays_open else close_vote(cafe, stop.id)
    shown = show_results(cafe, stop.id) if stop.has_results else ()
    told: Events = ()
    if reveals_more(stop) and not cafe.round(stop.id).revealed:
        told = (AnswerRevealed(stop.id),)
    return closed + shown + told


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
