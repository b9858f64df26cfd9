"""Figures of several cafés, computed with pandas from their summaries. Texts are values, never names of columns.

A question that fewer than three people of a café answered is left out of every group: nobody is told apart, not even
by subtracting one group from another.
"""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from babel.dates import format_date

from content.catalogue import LANGUAGE, t
from state.domain.shares import wilson
from state.domain.small_groups import FEWEST_IN_A_GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from state.domain.summary import QuestionFigures, StepFigures
    from state.summaries import Kept

Grouping = Literal["cafe", "month", "formula", "organiser"]
GROUPINGS: tuple[Grouping, ...] = ("cafe", "month", "formula", "organiser")


def cafes_of(kept: Sequence[Kept]) -> pd.DataFrame:
    """A row for each café, by id, the oldest first: `title`, `at`, `formula`, `organiser`."""
    rows = [
        {
            "cafe": one.cafe,
            "title": one.summary.title,
            "at": one.summary.at or 0.0,
            "formula": one.summary.formula_name,
            "organiser": one.summary.organiser or t("compare.no_organiser"),
        }
        for one in kept
    ]
    columns = ["cafe", "title", "at", "formula", "organiser"]
    return pd.DataFrame(rows, columns=columns).set_index("cafe").sort_values(["at", "title"])


def questions_of(kept: Sequence[Kept]) -> pd.DataFrame:
    """A row for each café and question: `cafe`, `key`, `kind`, `activity`, `step`, `figures`, and `n` who answered.

    A café that asks the same question twice counts where most people answered.
    """
    rows = [
        (one.cafe, question.key, question.kind, step.kind, step.title, question, _people(question))
        for one in kept
        for step in one.summary.steps
        for question in step.questions
    ]
    table = pd.DataFrame(rows, columns=["cafe", "key", "kind", "activity", "step", "figures", "n"])
    return table.sort_values("n", ascending=False, kind="stable").drop_duplicates(["cafe", "key"])


def common_questions(questions: pd.DataFrame) -> pd.DataFrame:
    """The questions whose shares two cafés at least can compare, by key, those most often asked first."""
    comparable = _where(questions, lambda one: bool(one.choices) or one.right is not None)
    comparable = comparable[comparable["n"] >= FEWEST_IN_A_GROUP]
    found = comparable.groupby("key", sort=False).agg(
        cafes=("cafe", "nunique"), n=("n", "sum"), figures=("figures", "first"), step=("step", "first")
    )
    return found[found["cafes"] > 1].sort_values(["cafes", "n"], ascending=False, kind="stable")


def grouped(cafes: pd.DataFrame, by: Grouping) -> pd.DataFrame:
    """The group of each café: its `group` (what tells it from others), `label`, and `rank` in the order of dates."""
    moments = [datetime.fromtimestamp(at, UTC) for at in cafes["at"]]
    if by == "cafe":
        groups = list(cafes.index)
        labels = [
            t("compare.cafe_label", title=title, day=format_date(moment, "d MMM y", locale=LANGUAGE))
            for title, moment in zip(cafes["title"], moments, strict=True)
        ]
    elif by == "month":
        groups = [moment.strftime("%Y-%m") for moment in moments]
        labels = [format_date(moment, "LLLL y", locale=LANGUAGE) for moment in moments]
    else:
        groups = labels = list(cafes[by])
    table = pd.DataFrame({"group": groups, "label": labels, "at": cafes["at"]}, index=cafes.index)
    # Cafés and months in the order of time; formulas and organisers in that of their first café.
    table["rank"] = table.groupby("group")["at"].transform("min").rank(method="dense")
    return table


def shares(questions: pd.DataFrame, key: str, groups: pd.DataFrame) -> pd.DataFrame:
    """What each group answered to one question, a row for each group and choice, in the order of groups and choices.

    `people` gave the `choice` (`hands` of them by raising a hand) of `n` in `cafes` cafés: a `share`, between `low` and
    `high` at 95 %. Groups in which nobody may be shown are not there.
    """
    asked = questions[(questions["key"] == key) & (questions["n"] >= FEWEST_IN_A_GROUP)]
    rows = [
        (cafe, place, label, right, people, hands, n)
        for cafe, figures, n in zip(asked["cafe"], asked["figures"], asked["n"], strict=True)
        for place, (label, right, people, hands) in enumerate(_rows(figures))
    ]
    table = pd.DataFrame(rows, columns=["cafe", "place", "choice", "right", "people", "hands", "n"])
    table = table.join(groups, on="cafe")
    summed = table.groupby(["rank", "group", "label", "place", "choice", "right"], as_index=False).agg(
        people=("people", "sum"), hands=("hands", "sum"), n=("n", "sum"), cafes=("cafe", "nunique")
    )
    return _with_interval(summed)


def too_few(questions: pd.DataFrame, key: str) -> int:
    """How many cafés asked a question that fewer than three people answered."""
    asked = questions[questions["key"] == key]
    return int((asked["n"] < FEWEST_IN_A_GROUP).sum())


def success(questions: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The share of right answers on phones to quizzes, by group: `people` right answers of `n`, in `cafes` cafés."""
    asked = _where(questions, lambda one: one.right is not None)
    rows = pd.DataFrame(
        {
            "cafe": asked["cafe"],
            "people": [one.right for one in asked["figures"]],
            "n": [one.answered for one in asked["figures"]],
        }
    )
    rows = rows[rows["n"] >= FEWEST_IN_A_GROUP].join(groups, on="cafe")
    summed = rows.groupby(["rank", "group", "label"], as_index=False).agg(
        people=("people", "sum"), n=("n", "sum"), cafes=("cafe", "nunique")
    )
    return _with_interval(summed)


def closing_marks(questions: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The mean from 1 to 5 given at the closing, by group, of `n` people in `cafes` cafés."""
    asked = questions[(questions["activity"] == "closing") & (questions["kind"] == "scale")]
    rows = pd.DataFrame(
        {
            "cafe": asked["cafe"],
            "marks": [
                sum(mark * choice.people for mark, choice in enumerate(one.choices, 1)) for one in asked["figures"]
            ],
            "n": asked["n"],
        }
    )
    rows = rows[rows["n"] >= FEWEST_IN_A_GROUP].join(groups, on="cafe")
    summed = rows.groupby(["rank", "group", "label"], as_index=False).agg(
        marks=("marks", "sum"), n=("n", "sum"), cafes=("cafe", "nunique")
    )
    summed["mean"] = summed["marks"] / summed["n"]
    return summed


def talk(kept: Sequence[Kept]) -> pd.DataFrame:
    """What the app saw of each ice breaker over cafés, those that had most people put something in words first.

    Of `n` people present in `cafes` cafés, `took_part` answered and `people` wrote in their own words or were given the
    word (`share`, `low`, `high`); `half` is the median of the seconds until half of the room had answered; `moved` of
    `both` changed sides. The app `heard` nothing where nothing is written and the word is given to nobody.
    """
    rows = [
        (
            step.activity, step.title, one.cafe, one.summary.people, step.took_part, step.voiced,
            _median([q.half_seconds for q in step.questions]),
            sum(q.moved for q in step.questions), sum(q.both for q in step.questions), step.writes or step.voiced > 0,
        )
        for one in kept
        for step in one.summary.steps
        if step.course == "tasse" and step.asks and one.summary.people >= FEWEST_IN_A_GROUP
    ]  # fmt: skip
    names = ["activity", "label", "cafe", "n", "took_part", "people", "half", "moved", "both", "heard"]
    table = pd.DataFrame(rows, columns=names).astype({"half": float})
    summed = table.groupby("activity", as_index=False).agg(
        label=("label", "last"),
        cafes=("cafe", "nunique"),
        n=("n", "sum"),
        took_part=("took_part", "sum"),
        people=("people", "sum"),
        half=("half", "median"),
        moved=("moved", "sum"),
        both=("both", "sum"),
        heard=("heard", "any"),
    )
    ranked = ["heard", "share", "took_part"]
    return _with_interval(summed).sort_values(ranked, ascending=False, kind="stable", ignore_index=True)


def answering(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with, for `people`, those who answered at least once."""
    return _with_interval(table.assign(people=table["took_part"]))


def overruns(kept: Sequence[Kept]) -> pd.DataFrame:
    """How each activity lasted beside its plan, over the cafés that played it, those that overrun most first.

    In minutes, medians: `planned`, `spent`; `over` is the difference, half of the cafés between `low` and `high`;
    `late` of `cafes` took longer than planned.
    """
    rows = [
        (step.activity, step.part, _step_name(step), one.cafe, step.planned / 60, step.spent / 60)
        for one in kept
        for step in one.summary.steps
        if step.spent is not None
    ]
    table = pd.DataFrame(rows, columns=["activity", "part", "label", "cafe", "planned", "spent"])
    table["over"] = table["spent"] - table["planned"]
    found = table.groupby(["activity", "part"], as_index=False).agg(
        label=("label", "last"),
        cafes=("cafe", "nunique"),
        planned=("planned", "median"),
        spent=("spent", "median"),
        middle=("over", "median"),
        low=("over", lambda over: over.quantile(0.25)),
        high=("over", lambda over: over.quantile(0.75)),
        late=("over", lambda over: int((over > 0).sum())),
    )
    return found.sort_values(["middle", "cafes"], ascending=False, kind="stable", ignore_index=True)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with a field for each column."""
    return list(table.itertuples())


def _where(questions: pd.DataFrame, fits: Callable[[QuestionFigures], bool]) -> pd.DataFrame:
    return questions[pd.Series([fits(one) for one in questions["figures"]], index=questions.index, dtype=bool)]


def _step_name(step: StepFigures) -> str:
    return f"{step.title} ({t(f'mix.part_{step.part}')})" if step.part else step.title


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _people(question: QuestionFigures) -> int:
    return question.answered + question.hands


def _rows(question: QuestionFigures) -> list[tuple[str, bool, int, int]]:
    """Each choice with its people; where things are put in order, those who did so without a fault."""
    if question.choices:
        return [(one.label, one.right, one.people, one.hands) for one in question.choices]
    return [(t("compare.perfect"), True, question.right or 0, 0)]


def _with_interval(table: pd.DataFrame) -> pd.DataFrame:
    # People without a phone may raise a hand for several choices: never more of them than there are.
    counts: list[tuple[int, int]] = [(min(some, of), of) for some, of in zip(table["people"], table["n"], strict=True)]
    intervals: list[Any] = [wilson(some, of) for some, of in counts]
    return table.assign(
        share=[some / of if of else 0.0 for some, of in counts],
        low=[low for low, _ in intervals],
        high=[high for _, high in intervals],
    )
