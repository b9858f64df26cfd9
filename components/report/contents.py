"""What a report tells of a café, in the order of its programme: nobody's name, and texts only where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.report.answers import answers
from components.report.blocks import Block, Report, Table
from components.story.head import came_words, duration, group_words
from components.story.steps import lived_steps, question_title, step_title
from content.catalogue import day, t
from state.domain.tallies.attendance import attendance
from state.domain.tallies.course import lasted, lived
from state.domain.tallies.success import successes
from state.domain.tallies.timing import timings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from state.domain.cafe import Cafe, Stop
    from state.domain.events import GroupBy, Level, Place


def report(cafe: Cafe, now: float, *, texts: bool) -> Report:
    """The whole café, whoever came; `now` is in seconds since 1970, UTC."""
    return Report(
        title=cafe.title,
        warning=t("export.rehearsal") if cafe.plan.rehearsal else "",
        facts=tuple(_facts(cafe, now)),
        blocks=(*_who(cafe), *_steps(cafe, now, texts=texts), *_success(cafe), *_minutes(cafe, now)),
    )


def _facts(cafe: Cafe, now: float) -> Iterator[tuple[str, str]]:
    began = cafe.created_at if cafe.started_at is None else cafe.started_at
    facts = {
        t("print.fact.when"): day(began),
        t("print.fact.where"): cafe.details.place,
        t("print.fact.who"): cafe.details.organiser,
        t("print.fact.formula"): cafe.plan.formula_name,
        t("report.lasted"): duration(lasted(cafe, now)),
        t("export.people"): str(len(cafe.present)),
    }
    yield from ((name, fact) for name, fact in facts.items() if fact)


def _who(cafe: Cafe) -> Iterator[Block]:
    came = attendance(cafe)
    if came.people:
        tables = (*_groups("level", came.levels), *_groups("place", came.places))
        yield Block(t("story.who"), (came_words(came),), tables=tables)


def _groups(by: GroupBy, counts: Mapping[Level | None, int] | Mapping[Place | None, int]) -> Iterator[Table]:
    """Nothing where nobody said."""
    title = t("people.level") if by == "level" else t("people.place")
    rows = tuple((group_words(by, group), str(count)) for group, count in counts.items() if count)
    if any(count for group, count in counts.items() if group):
        yield Table(title, (title, t("chart.people")), rows)


def _steps(cafe: Cafe, now: float, *, texts: bool) -> Iterator[Block]:
    lengths = {row.step: row for row in timings(cafe, now)}
    for step, asked in lived_steps(cafe):
        length = lengths[step.id]
        spent = t("story.spent", spent=round(length.spent / 60), planned=round(length.planned / 60))
        yield Block(step_title(step), (spent,), under=tuple(_question(cafe, stop, texts=texts) for stop in asked))


def _question(cafe: Cafe, stop: Stop, *, texts: bool) -> Block:
    told = answers(cafe, stop, texts=texts)
    summary = cafe.summaries.get(stop.id)
    retained = (t("results.retained", text=summary),) if summary else ()
    return Block(question_title(stop), (*told.lines, *retained), told.chart, told.tables, told.texts)


def _success(cafe: Cafe) -> Iterator[Block]:
    rows = tuple(
        (
            row.stop.prompt.prompt if row.revealed else f"{row.stop.prompt.prompt} {t('story.unrevealed')}",
            t("story.score", share=round(100 * row.score.share), right=row.score.right, people=row.score.people),
        )
        for row in successes(cafe)
        if row.stop.prompt
    )
    if rows:
        heading = (t("story.question"), t("story.right"))
        yield Block(t("story.success"), tables=(Table(t("chart.table"), heading, rows),))


def _minutes(cafe: Cafe, now: float) -> Iterator[Block]:
    if cafe.started_at is None:
        return
    titles = {step.id: step.activity.title for step in cafe.plan.steps}
    rows = tuple(
        (titles[row.step], str(round(row.planned / 60)), str(round(row.spent / 60)), f"{round(-row.left / 60):+d}")
        for row in lived(cafe, now)
    )
    columns = (t("story.step"), t("story.planned"), t("story.real"), t("story.over"))
    yield Block(t("story.timing"), tables=(Table(t("chart.table"), columns, rows),))
