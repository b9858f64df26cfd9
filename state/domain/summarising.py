"""From a café to its summary: every figure is that of a tally, so that a comparison says what a review says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from content.prompts import Board, CardPick, Hunt, Ordering, Sides, Suggestion, Written, right_of
from state.domain.summary import ChoiceFigures, QuestionFigures, StepFigures, Summary, question_key
from state.domain.tallies.boards import seen
from state.domain.tallies.choices import answered, can_be_counted, choice_tally
from state.domain.tallies.orders import order_tally
from state.domain.tallies.sides import shift
from state.domain.tallies.texts import wall
from state.domain.values import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.plan import PlannedStep
    from content.prompts import Prompt
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop


def summarise(cafe: Cafe) -> Summary:
    steps = tuple(figures for step in cafe.plan.steps if (figures := _step(cafe, step)) is not None)
    return Summary(
        title=cafe.title,
        at=cafe.started_at,
        formula=cafe.plan.formula,
        formula_name=cafe.plan.formula_name,
        organiser=cafe.details.organiser,
        place=cafe.details.place,
        trial=cafe.plan.trial,
        rehearsal=cafe.plan.rehearsal,
        closed=cafe.closed,
        created_at=cafe.created_at,
        people=len(cafe.present),
        levels=dict(Counter(one.level for one in cafe.present if one.level)),
        places=dict(Counter(one.place for one in cafe.present if one.place)),
        steps=steps,
    )


def _step(cafe: Cafe, step: PlannedStep) -> StepFigures | None:
    """None where the step was not played."""
    asked = [stop for stop in cafe.programme.stops_of(step.id) if stop.prompt and cafe.round(stop.id).asked]
    running = cafe.stop.step is not None and cafe.stop.step.id == step.id and not cafe.closed
    if not asked and not running and step.id not in cafe.spent:
        return None
    here = {one.id for one in cafe.present}
    wrote = here & {person for stop in asked for person in _writers(cafe, stop)}
    called = here & {person for stop in asked for person in cafe.speakers.get(stop.id, ())}
    took_part = {person for stop in asked for person in cafe.counted(stop.id)} | wrote
    return StepFigures(
        activity=step.activity.id,
        part=step.part,
        title=step.activity.title,
        kind=step.activity.kind,
        course=step.course,
        planned=step.minutes * 60.0,
        spent=None if running else cafe.spent.get(step.id, 0.0),
        took_part=len(took_part),
        wrote=len(wrote),
        voiced=len(wrote | called),
        asks=bool(asked),
        writes=any(_takes_words(stop.prompt) for stop in asked),
        questions=tuple(_question(cafe, stop) for stop in asked),
    )


def _question(cafe: Cafe, stop: Stop) -> QuestionFigures:
    prompt = stop.prompt
    assert prompt is not None
    choices, hands, right = _counts(cafe, stop)
    moved, both = _moves(cafe, stop)
    return QuestionFigures(
        key=question_key(stop),
        kind=prompt.kind,
        prompt=prompt.prompt,
        moment=prompt.moment,
        choices=choices,
        answered=answered(cafe, stop.id),
        hands=hands,
        right=right,
        texts=len(wall(cafe, stop)),
        notes=len(seen(cafe, stop.id)),
        half_seconds=_half_seconds(cafe, stop),
        moved=moved,
        both=both,
    )


def _counts(cafe: Cafe, stop: Stop) -> tuple[tuple[ChoiceFigures, ...], int, int | None]:
    """Each choice, how many raised hands in all, and how many answers on phones are right."""
    if isinstance(stop.prompt, Ordering):
        return (), 0, order_tally(cafe, stop).perfect
    if not can_be_counted(stop) and not isinstance(stop.prompt, Suggestion):
        return (), 0, None
    tally = choice_tally(cafe, stop)
    choices = tuple(ChoiceFigures(row.label, row.count, row.hands, row.right) for row in tally.choices)
    return choices, tally.hands, tally.right if right_of(stop.prompt) else None


def _moves(cafe: Cafe, stop: Stop) -> tuple[int, int]:
    """How many changed sides, of how many who took a position twice."""
    talked = isinstance(stop.prompt, Sides) and (cafe.programme.earlier(stop) or stop.id in cafe.first)
    if not talked:
        return 0, 0
    change = shift(cafe, stop)
    return change.moved, change.both


def _half_seconds(cafe: Cafe, stop: Stop) -> float | None:
    began = cafe.round(stop.id).asked_at
    half = (len(cafe.present) + 1) // 2
    moments = sorted(_moments(cafe, stop))
    if began is None or not half or len(moments) < half:
        return None
    # Clocks are set back at times: nobody answers before a question is asked.
    return max(0.0, moments[half - 1] - began)


def _moments(cafe: Cafe, stop: Stop) -> Sequence[float]:
    """When each person answered; on a board, when they stuck their first note."""
    if not isinstance(stop.prompt, Board):
        return [answer.at for answer in cafe.counted(stop.id).values()]
    first: dict[str, float] = {}
    for note in seen(cafe, stop.id, with_hidden=True):
        if note.author is not None:
            first.setdefault(note.author, note.at)
    return list(first.values())


def _takes_words(prompt: Prompt | None) -> bool:
    return isinstance(prompt, Board | CardPick | Hunt | Suggestion | Written)


def _writers(cafe: Cafe, stop: Stop) -> set[str]:
    """Who put something in words of their own, be it hidden since."""
    authors = {note.author for note in seen(cafe, stop.id, with_hidden=True) if note.author is not None}
    return authors | {person for person, answer in cafe.counted(stop.id).items() if written(stop.prompt, answer.value)}


__all__ = ["summarise"]
