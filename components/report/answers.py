"""What was answered to a question: a sentence, a chart where there is one, figures, and texts where they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.questions.choices import mean, people_and_hands
from components.questions.sides import moved_words
from components.report.blocks import Table
from components.report.drawings import choices_drawn, words_drawn
from content.catalogue import t, tn
from content.prompts import Board, DonePrompt, Hunt, OneChoice, Ordering, Suggestion, right_of
from state.domain.tallies.boards import columns
from state.domain.tallies.choices import answered, can_be_counted, choice_tally
from state.domain.tallies.orders import order_tally
from state.domain.tallies.success import score_of
from state.domain.tallies.texts import Word, hunt, suggestions
from state.domain.text import folded
from state.exports.texts import texts_of_question

if TYPE_CHECKING:
    from components.pictures import Drawn
    from state.domain.cafe import Cafe, Stop
    from state.domain.tallies.choices import ChoiceTally


@dataclass(frozen=True, slots=True)
class Told:
    lines: tuple[str, ...]
    chart: Drawn | None = None
    tables: tuple[Table, ...] = ()
    texts: tuple[str, ...] = ()


def answers(cafe: Cafe, stop: Stop, *, texts: bool) -> Told:
    """What may be told of a question that was asked. Without `texts`, no word in it was typed by anybody who came."""
    match stop.prompt:
        case Ordering():
            return _order(cafe, stop)
        case Hunt():
            return _hunt(cafe, stop, texts=texts)
        case Suggestion():
            return _suggestions(cafe, stop, texts=texts)
        case Board():
            return _board(cafe, stop, texts=texts)
        case _ if can_be_counted(stop):
            return _choices(cafe, stop, _written(cafe, stop) if texts else ())
        case _:
            return Told((_people(cafe, stop),), texts=_written(cafe, stop) if texts else ())


def _people(cafe: Cafe, stop: Stop) -> str:
    people = answered(cafe, stop.id)
    if isinstance(stop.prompt, DonePrompt):
        return tn("people.finished_of", people, present=len(cafe.present))
    return tn("people.answered", people) if people else t("report.nobody")


def _written(cafe: Cafe, stop: Stop) -> tuple[str, ...]:
    return tuple(texts_of_question(cafe, stop))


def _choices(cafe: Cafe, stop: Stop, texts: tuple[str, ...]) -> Told:
    tally = choice_tally(cafe, stop)
    if not tally.people:
        return Told((t("report.nobody"),))
    assert stop.prompt is not None
    moved = moved_words(cafe, stop) if isinstance(stop.prompt, OneChoice) else ""
    lines = (
        f"{people_and_hands(tally)}. {_leading(tally)}",
        _right(cafe, stop) if right_of(stop.prompt) else "",
        mean(cafe, stop),
        moved,
        stop.prompt.explanation,
    )
    heading = [t("chart.choice"), t("chart.people"), *([t("chart.hands")] if tally.hands else []), t("chart.share")]
    rows = tuple(
        (
            f"✓ {row.label}" if row.right else row.label,
            str(row.count),
            *([str(row.hands)] if tally.hands else []),
            t("chart.percent", share=round(100 * row.share)),
        )
        for row in tally.choices
    )
    table = Table(t("chart.table"), tuple(heading), rows)
    return Told(tuple(filter(None, lines)), choices_drawn(tally), (table,), texts)


def _leading(tally: ChoiceTally) -> str:
    """What most people answered; all of them where several are level."""
    most = max(tally.choices, key=lambda row: row.people)
    labels = [t("results.quote", text=row.label) for row in tally.choices if row.people == most.people]
    return t(
        "report.leading",
        labels=t("screen.and").join(labels),
        people=tn("people.came", most.people),
        total=tally.people,
        share=round(100 * most.share),
    )


def _right(cafe: Cafe, stop: Stop) -> str:
    score = score_of(cafe, stop)
    return t("report.right", right=score.right, total=score.people, share=round(100 * score.share))


def _order(cafe: Cafe, stop: Stop) -> Told:
    tally = order_tally(cafe, stop)
    if not tally.answered:
        return Told((t("report.nobody"),))
    rows = tuple(
        (
            " · ".join(filter(None, [row.entry.date, row.entry.label])),
            str(row.well),
            f"{row.mean:.1f}".replace(".", ","),
        )
        for row in tally.entries
    )
    heading = (t("chart.entry"), t("chart.well_placed"), t("chart.mean_place"))
    return Told(
        (f"{tn('people.answered', tally.answered)} · {tn('people.perfect', tally.perfect)}",),
        words_drawn([Word(row.entry.label, row.well) for row in tally.entries]),
        (Table(t("chart.table"), heading, rows),),
    )


def _hunt(cafe: Cafe, stop: Stop, *, texts: bool) -> Told:
    tally = hunt(cafe, stop)
    found = [Word(target.label, target.people) for target in tally.targets]
    tried = ", ".join(t("chart.count", label=word.text, count=word.people) for word in tally.others)
    return Told(
        (
            tn("people.found", tally.found, total=len(tally.targets)),
            *([t("results.tried", words=tried)] if tried and texts else []),
        ),
        words_drawn(found),
        (_word_table(found),),
    )


def _suggestions(cafe: Cafe, stop: Stop, *, texts: bool) -> Told:
    """Ideas of people's own are one row together, where texts are not wanted."""
    assert isinstance(stop.prompt, Suggestion)
    ready = {folded(choice.label) for choice in stop.prompt.choices}
    said = suggestions(cafe, stop)
    if not said:
        return Told((t("report.nobody"),))
    shown = [word for word in said if texts or folded(word.text) in ready]
    if own := sum(word.people for word in said) - sum(word.people for word in shown):
        shown.append(Word(t("open.own"), own))
    return Told(
        (people_and_hands(choice_tally(cafe, stop)),),
        words_drawn(shown),
        (_word_table(shown),),
    )


def _word_table(words: list[Word]) -> Table:
    rows = tuple((word.text, str(word.people)) for word in words)
    return Table(t("chart.table"), (t("chart.choice"), t("chart.people")), rows)


def _board(cafe: Cafe, stop: Stop, *, texts: bool) -> Told:
    """Notes by column and colour; each of them, the most supported first where they are voted for, with `texts`."""
    board = stop.prompt
    assert isinstance(board, Board)
    found = columns(cafe, stop)
    if not any(column.count for column in found):
        return Told((t("report.nobody"),))
    rows = tuple(
        (column.label, *(str(column.colours.get(colour.id, 0)) for colour in board.colours), str(column.count))
        for column in found
    )
    heading = (t("board.place"), *(colour.label for colour in board.colours), t("board.notes"))
    tables = [Table(t("chart.table"), heading, rows)]
    if texts:
        stuck = tuple(
            (
                f"{one.note.text} {t('board.times', count=1 + len(one.twins))}" if one.twins else one.note.text,
                column.label,
                *([str(one.votes)] if board.votes else []),
            )
            for column in found
            for one in column.notes
        )
        votes = (t("board.votes"),) if board.votes else ()
        tables.append(Table(t("report.texts"), (t("board.text"), t("board.place"), *votes), stuck))
    return Told((tn("people.notes", sum(column.count for column in found)),), tables=tuple(tables))
