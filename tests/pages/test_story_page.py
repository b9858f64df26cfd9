"""The story of a café where every kind of activity was played: what it shows is what was answered, whoever is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.catalogue import t, tn
from state.domain.events import PresenceCounted
from tests.components.crowd import ASKING, HIDDEN, REMOVED, STILL, SUMMARIES, WHOLE, whole_day
from tests.components.reading import charts, shown
from tests.pages.visitor import CAFE, said, words
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    AFTER_LEARNING_TOO,
    ARGUMENTS,
    ASKED,
    BEFORE_LEARNING,
    BEFORE_LEARNING_TOO,
    BOARD,
    CARD,
    GRID,
    HUNT,
    LEVEL,
    ONE,
    ORDER,
    PLACED,
    PORTRAIT,
    PREFERRED,
    RATED,
    SEVERAL,
    TALKED,
    TRADE,
    WATCHED,
    answers,
    created,
    goes,
    joins,
    stop_at,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor

# What each kind of question is told as: words of its chart, of its table, or of its wall. Three hands were raised
# for the first answer of whatever can be counted.
TOLD: dict[str, tuple[str, ...]] = {
    LEVEL: (t("chart.count", label=t("level.novice"), count=5), t("chart.count", label=t("level.expert"), count=1)),
    PLACED: (tn("people.answered", 3) + " " + tn("people.hands", 3),),
    CARD: (t("results.quote", text="vu d’Ada"), t("results.quote", text="vu de Bob")),
    TALKED: (tn("people.answered", 3) + " " + tn("people.hands", 3),),
    ASKED: (t("results.quote", text="mot d’Ada"), t("results.quote", text="mot de Bob")),
    HUNT: (tn("people.found", 3, total=3), "essai d’Ada 2"),
    SEVERAL: (tn("people.answered", 3) + " " + tn("people.hands", 3),),
    ORDER: (f"{tn('people.answered', 3)} · {tn('people.perfect', 1)}",),
    GRID: (tn("people.answered", 3) + " " + tn("people.hands", 3),),
    AFTER_DEBATE: (t("moment.before") + " : ", tn("sides.changed", 1, both=3)),
    ARGUMENTS: ("argument d’Ada", "argument de Bob"),
    PORTRAIT: (t("results.retained", text=SUMMARIES[PORTRAIT]),),
    TRADE: (t("results.retained", text="métier d’Ada"),),
    BOARD: ("badge d’Ada", "plan de Bob", "dit tout haut"),
    PREFERRED: (t("results.quote", text="vu d’Ada"),),
    RATED: (t("chart.mean", mean="2,5"),),
    WATCHED: (tn("people.finished_of", 3, present=3),),
}


def whole_story(visitor: Visitor, **query: str) -> AppTest:
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    visitor.do(*whole_day())
    return visitor.open("results.py", cafe=CAFE, **query)


def test_every_question_of_every_kind_is_told_with_what_was_answered(visitor: Visitor) -> None:
    page = whole_story(visitor)
    told = said(page)
    missing = {question: line for question, lines in TOLD.items() for line in lines if line not in told}
    assert not missing
    assert len(page.subheader) == len(ASKING)
    assert HIDDEN not in told
    assert REMOVED not in told


# Nobody's words came back there: such a wall has nothing to draw.
NOTHING_SHARED = {BEFORE_LEARNING, BEFORE_LEARNING_TOO, AFTER_LEARNING, AFTER_LEARNING_TOO}


@pytest.mark.parametrize("question", [one for one in ASKING if one not in {*NOTHING_SHARED, WATCHED, ARGUMENTS}])
def test_every_question_has_a_chart_that_can_be_saved(visitor: Visitor, question: str) -> None:
    page = whole_story(visitor)
    saved = {button.proto.id.rpartition(f"save-{question}-")[2] for button in page.get("download_button")}
    assert {"png", "svg"} <= saved


def test_arguments_are_drawn_with_those_who_support_them(visitor: Visitor) -> None:
    page = whole_story(visitor)
    # Nobody supports the argument of the other side: the table alone has it.
    (chart,) = [one for one in charts(page) if "argument de Bob" in one.alt]
    assert [(row["word"], row["people"]) for row in chart.rows] == [("argument de Bob", 2)]


def test_steps_that_ask_nothing_are_told_with_their_minutes(visitor: Visitor) -> None:
    page = whole_story(visitor)
    titles = {stop_at(whole_cafe(), stop).step.activity.title for stop in STILL}  # type: ignore[union-attr]
    headings = " ".join(shown(heading.value) for heading in page.header)
    assert all(title in headings for title in titles)
    assert {stop.partition("/")[0] for stop in WHOLE} == {step.id for step in whole_plan().steps}
    spent = t("story.spent", spent=0, planned=5).partition("min")[2]
    assert sum(spent in caption.value for caption in page.caption) == len(whole_plan().steps)


def test_what_the_facilitator_wrote_is_gathered(visitor: Visitor) -> None:
    page = whole_story(visitor)
    assert t("story.notes") in [heading.value for heading in page.header]
    assert t("results.quote", text="dit tout haut") in words(page)
    for summary in SUMMARIES.values():
        # Under its question, and among what was noted.
        assert words(page).count(t("results.retained", text=summary)) == 2


def test_people_far_away_and_in_the_room_have_a_line_each(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    visitor.do(joins("ada"), goes(ONE), lambda _: [PresenceCounted(4, 2, 0)], answers("ada", ONE, "a"))
    page = visitor.open("results.py", cafe=CAFE)
    (chart,) = [one for one in charts(page) if one.alt == tn("story.most", 6)]
    assert {row["who"]: row["people"] for row in chart.rows if row.get("who")} == {
        t("story.altogether"): 6,
        t("place.room"): 4,
        t("place.remote"): 2,
    }


# Filters


def filtered_story(visitor: Visitor, **query: str) -> AppTest:
    """Four novices in the room say one thing, four experts far away another, and hands are raised."""
    visitor.make()
    visitor.hold_console()
    near = [joins(f"n{n}", level="novice", place="room") for n in range(4)]
    far = [joins(f"f{n}", level="expert", place="remote") for n in range(4)]
    given = [answers(f"{who}{n}", ONE, value) for who, value in (("n", "a"), ("f", "b")) for n in range(4)]
    visitor.do(*near, *far, goes(ONE), *given)
    return visitor.open("results.py", cafe=CAFE, **query)


@pytest.mark.parametrize(
    ("query", "people"),
    [({}, [4, 4, 0]), ({"niveau": "novice"}, [4, 0, 0]), ({"lieu": "remote"}, [0, 4, 0]),
     ({"niveau": "expert", "lieu": "remote"}, [0, 4, 0]), ({"niveau": "inventé"}, [4, 4, 0])],
)  # fmt: skip
def test_a_filter_counts_those_it_names(visitor: Visitor, query: dict[str, str], people: list[int]) -> None:
    page = filtered_story(visitor, **query)
    (table,) = [one.value for one in page.table if t("chart.share") in one.value]
    assert list(table[t("chart.people")]) == people


def test_choosing_a_group_on_the_page_reads_about_it_and_says_what_is_left_out(visitor: Visitor) -> None:
    page = filtered_story(visitor)
    assert t("story.unfiltered") not in words(page)
    page = page.selectbox(key="story-niveau").select("novice").run()
    assert not page.exception
    assert page.query_params["niveau"] == "novice"
    assert tn("story.selected", 4) in words(page)
    assert t("story.left_out") in words(page)
    assert t("story.unfiltered") in words(page)
    # Who came is told of everybody only.
    assert t("story.who") not in [heading.value for heading in page.header]


def test_a_group_that_leaves_one_person_alone_is_not_shown(visitor: Visitor) -> None:
    filtered_story(visitor)
    visitor.do(joins("seul", level="averti", place="room"), answers("seul", ONE, "c"))
    for level in ("averti", "novice", "expert"):
        page = visitor.open("results.py", cafe=CAFE, niveau=level)
        tables = [one.value for one in page.table if t("chart.share") in one.value]
        # Whoever is alone is not shown, nor is one of the other groups, from which they could be told.
        assert all(sum(table[t("chart.people")]) == 4 for table in tables)
    assert t("story.too_few") in "".join(
        words(visitor.open("results.py", cafe=CAFE, niveau=level)) for level in ("novice", "expert")
    )
