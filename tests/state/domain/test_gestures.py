"""What the facilitator does around a question: count hands, time, give the word, note what is retained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from state.domain import decisions, errors
from state.domain.decisions import ADDRESS_LENGTH, LONGEST_TIMER, ROOM_SIZE, SUMMARY_LENGTH
from state.domain.events import (
    HandsCounted,
    ResultsSplit,
    SpeakerCalled,
    StepExtended,
    SummaryWritten,
    TimerExtended,
    TimerStarted,
    TimerStopped,
    VideoChosen,
)
from tests.state.cafes import (
    AGREE,
    BOARD,
    CARD,
    HUNT,
    LEVEL,
    ORDER,
    PLACED,
    PORTRAIT,
    RATED,
    RETAINED,
    SEVERAL,
    SLIDE,
    START,
    TALKED,
    THANKS,
    WATCHED,
    after,
    answers,
    goes,
    joins,
    play,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe
    from state.domain.events import Event
    from tests.state.cafes import Decision

# Each of these takes its arguments now and the café later.
count = partial(partial, decisions.count_hands)
split = partial(partial, decisions.split_results)
summarise = partial(partial, decisions.write_summary)
call = partial(partial, decisions.call_speaker)
start = partial(partial, decisions.start_timer)
extend = partial(partial, decisions.extend_timer)
stop = partial(partial, decisions.stop_timer)
lengthen = partial(partial, decisions.extend_step)
choose = partial(partial, decisions.choose_video)
close = decisions.close

NEW = whole_cafe()
HERE = play(NEW, joins("ada"), joins("bob"), goes(CARD), answers("ada", CARD, "hal\nSon œil."))
SHORT = "Rien à ajouter."

HAPPY: list[tuple[Cafe, Decision, tuple[Event, ...]]] = [
    # Hands.
    (NEW, count(question=TALKED, counts={"oui": 3, "non": 0}), (HandsCounted(TALKED, {"oui": 3}),)),
    (NEW, count(question=TALKED, counts={"non": ROOM_SIZE}), (HandsCounted(TALKED, {"non": ROOM_SIZE}),)),
    (NEW, count(question=SEVERAL, counts={"c": 2, "a": 1}), (HandsCounted(SEVERAL, {"a": 1, "c": 2}),)),
    (NEW, count(question=CARD, counts={"hal": 1}), (HandsCounted(CARD, {"hal": 1}),)),
    (NEW, count(question=PLACED, counts={AGREE: 1}), (HandsCounted(PLACED, {AGREE: 1}),)),
    (NEW, count(question=PORTRAIT, counts={"camille": 1}), (HandsCounted(PORTRAIT, {"camille": 1}),)),
    (NEW, count(question=RATED, counts={"5": 1}), (HandsCounted(RATED, {"5": 1}),)),
    (NEW, count(question=LEVEL, counts={"expert": 1}), (HandsCounted(LEVEL, {"expert": 1}),)),
    (after(NEW, HandsCounted(TALKED, {"oui": 3})), count(question=TALKED, counts={}), (HandsCounted(TALKED, {}),)),
    (NEW, count(question=TALKED, counts={"oui": 0}), ()),
    # Groups.
    (NEW, split(question=TALKED, by="place"), (ResultsSplit(TALKED, "place"),)),
    (NEW, split(question=TALKED, by=None), ()),
    (after(NEW, ResultsSplit(TALKED, "level")), split(question=TALKED, by=None), (ResultsSplit(TALKED, None),)),
    # What the room retains.
    (
        NEW,
        summarise(question=TALKED, text=f" {SHORT}\r\n\r\n\r\nOu si. "),
        (SummaryWritten(TALKED, f"{SHORT}\n\nOu si."),),
    ),
    (NEW, summarise(question=TALKED, text="x" * SUMMARY_LENGTH), (SummaryWritten(TALKED, "x" * SUMMARY_LENGTH),)),
    (NEW, summarise(question=BOARD, text=SHORT), (SummaryWritten(BOARD, SHORT),)),
    (NEW, summarise(question=TALKED, text=" \n"), ()),
    (after(NEW, SummaryWritten(TALKED, SHORT)), summarise(question=TALKED, text=""), (SummaryWritten(TALKED, ""),)),
    (play(NEW, close), summarise(question=TALKED, text=SHORT), (SummaryWritten(TALKED, SHORT),)),
    # The word.
    (HERE, call(question=CARD, person="ada"), (SpeakerCalled(CARD, "ada"),)),
    (HERE, call(question=CARD, person=None), ()),
    (play(HERE, call(question=CARD, person="ada")), call(question=CARD, person=None), (SpeakerCalled(CARD, None),)),
    # Steps.
    (NEW, lengthen(step_id="cartes", seconds=120), (StepExtended("cartes", 120),)),
    # Videos.
    (NEW, choose(step_id="film", url=" https://tube.fr/v?a=1 "), (VideoChosen("film", "https://tube.fr/v?a=1"),)),
    (NEW, choose(step_id="film", file="film.mp4"), (VideoChosen("film", None, "film.mp4"),)),
    (NEW, choose(step_id="film"), ()),
    (after(NEW, VideoChosen("film", "https://tube.fr")), choose(step_id="film", url=" "), (VideoChosen("film"),)),
    (NEW, choose(step_id="film", url="http://intranet/v"), (VideoChosen("film", "http://intranet/v"),)),
]


@pytest.mark.parametrize(("cafe", "decide", "follows"), HAPPY)
def test_what_the_facilitator_asks_is_what_follows(cafe: Cafe, decide: Decision, follows: tuple[Event, ...]) -> None:
    assert tuple(decide(cafe)) == follows


ONCE = [(cafe, decide) for cafe, decide, follows in HAPPY if not isinstance((*follows, None)[0], StepExtended)]


@pytest.mark.parametrize(("cafe", "decide"), ONCE)
def test_the_facilitator_asking_twice_changes_nothing_more(cafe: Cafe, decide: Decision) -> None:
    assert tuple(decide(play(cafe, decide))) == ()


REFUSED: list[tuple[Cafe, Decision, type[errors.Refusal]]] = [
    (NEW, count(question=TALKED, counts={"peut-etre": 1}), errors.NotAChoice),
    (NEW, count(question=TALKED, counts={"oui": -1}), errors.NotAChoice),
    (NEW, count(question=TALKED, counts={"oui": ROOM_SIZE + 1}), errors.NotAChoice),
    *((NEW, count(question=question, counts={}), errors.NotAChoice) for question in (RETAINED, HUNT, ORDER, BOARD)),
    (NEW, count(question=WATCHED, counts={"fini": 1}), errors.NotAChoice),
    (play(NEW, close), count(question=TALKED, counts={"oui": 1}), errors.CafeOver),
    (NEW, summarise(question=TALKED, text="x" * (SUMMARY_LENGTH + 1)), errors.TextTooLong),
    (HERE, call(question=CARD, person="bob"), errors.NotHere),
    (HERE, call(question=CARD, person="eve"), errors.NotHere),
    (play(HERE, partial(decisions.remove, person="ada")), call(question=CARD, person="ada"), errors.NotHere),
    *(
        (NEW, decide, errors.UnknownQuestion)
        for question in (SLIDE, THANKS, "accueil", "ailleurs")
        for decide in (
            count(question=question, counts={}),
            split(question=question, by="place"),
            summarise(question=question, text=SHORT),
            call(question=question, person=None),
        )
    ),
    (NEW, lengthen(step_id="ailleurs", seconds=60), errors.UnknownStop),
    (NEW, lengthen(step_id="accueil", seconds=60), errors.UnknownStop),
    *((NEW, lengthen(step_id="cartes", seconds=wrong), errors.NotAChoice) for wrong in (0, -60, LONGEST_TIMER + 1)),
    (NEW, choose(step_id="cartes", url="https://tube.fr"), errors.UnknownStop),
    (NEW, choose(step_id="ailleurs", url="https://tube.fr"), errors.UnknownStop),
    *(
        (NEW, choose(step_id="film", url=address), errors.NotAnAddress)
        for address in (
            "tube.fr/v",
            "javascript:alert(1)",
            "ftp://tube.fr/v",
            "https://",
            "https://tube.fr/un film",
            'https://tube.fr/"onload',
            "https://tube.fr/<script>",
            "https://tube.fr/\nhttps://autre.fr",
            "https://tube.fr/" + "x" * ADDRESS_LENGTH,
        )
    ),
]


@pytest.mark.parametrize(("cafe", "decide", "refusal"), REFUSED)
def test_what_the_facilitator_cannot_do_is_refused(cafe: Cafe, decide: Decision, refusal: type[errors.Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        decide(cafe)
    assert type(refused.value) is refusal


# Timers: asked twice, they count twice.


def test_a_timer_is_started_extended_and_stopped() -> None:
    started: Decision = start(stop_id=CARD, seconds=60)
    assert tuple(started(HERE)) == (TimerStarted(CARD, 60),)
    timed = after(HERE, TimerStarted(CARD, 60), at=START)
    more: Decision = extend(stop_id=CARD, seconds=30)
    assert tuple(more(timed)) == (TimerExtended(CARD, 30),)
    stopped: Decision = stop(stop_id=CARD)
    assert tuple(stopped(timed)) == (TimerStopped(CARD),)
    assert tuple(stopped(HERE)) == ()


@pytest.mark.parametrize("decide", [start, extend], ids=["start", "extend"])
@pytest.mark.parametrize(
    ("cafe", "seconds", "stop_id", "refusal"),
    [
        (HERE, 0, CARD, errors.NotAChoice),
        (HERE, -5, CARD, errors.NotAChoice),
        (HERE, LONGEST_TIMER + 1, CARD, errors.NotAChoice),
        (HERE, 60, TALKED, errors.UnknownStop),
        (HERE, 60, "ailleurs", errors.UnknownStop),
        (play(HERE, close), 60, CARD, errors.CafeOver),
    ],
)
def test_a_timer_that_makes_no_sense_is_refused(
    decide: partial[Decision], cafe: Cafe, seconds: int, stop_id: str, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        play(cafe, decide(stop_id=stop_id, seconds=seconds))


def test_the_longest_timer_is_welcome() -> None:
    assert play(HERE, start(stop_id=CARD, seconds=LONGEST_TIMER)).timer is not None


def test_any_stop_may_have_a_timer_even_one_that_asks_nothing() -> None:
    assert play(NEW, goes(SLIDE), start(stop_id=SLIDE, seconds=60)).timer is not None


def test_a_step_is_lengthened_each_time_it_is_asked() -> None:
    cafe = play(NEW, *([lengthen(step_id="cartes", seconds=60)] * 3))
    assert cafe.extra == {"cartes": 180.0}
