"""Comparing: which cafés are taken, what is said of them, and what is not when too few people answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from components.compare.picking import PAGE
from content.catalogue import t, tn
from state.domain import decisions
from state.domain.composing import describe
from state.domain.events import Details
from state.domain.summarising import summarise
from state.identity import KEYRING_COOKIE, Keyring
from tests.components.reading import MOST_HOSTILE, charts, shown
from tests.pages.visitor import CAFE, fine, said, words
from tests.state.cafes import FILM, ONE, TOKEN, TWO, answers, created, goes, joins, small_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.testing.v1 import AppTest

    from state.domain.events import CafeCreated
    from tests.pages.visitor import Visitor

PEOPLE = ("ada", "bob", "cyd", "dan")


def hold(visitor: Visitor, cafes: Sequence[str]) -> None:
    cookie = visitor._identity.keyring_cookie(Keyring(dict.fromkeys(cafes, TOKEN)))
    visitor._identity.jar[KEYRING_COOKIE] = cookie


def take_place(
    visitor: Visitor, number: int, given: str = "aab", *, event: CafeCreated | None = None, organiser: str = ""
) -> str:
    """A café in which as many people as letters answer the first question, then all the second with « b »."""
    cafe_id = f"cafe{number:08d}"
    visitor.make(event or created(f"Café {number}", code=f"A{number:05d}"), cafe_id)
    if organiser:
        title = visitor.served.room(cafe_id).cafe.title
        visitor.served.do(cafe_id, partial(describe, title=title, details=Details(organiser=organiser)))
    people = PEOPLE[: len(given)]
    for decide in (
        *(joins(person, pseudonym=f"{person}-du-quai") for person in people),
        goes(ONE),
        *(answers(person, ONE, value) for person, value in zip(people, given, strict=True)),
        goes(TWO),
        *(answers(person, TWO, "b") for person in people),
        goes(FILM),
    ):
        visitor.served.do(cafe_id, decide)
    return cafe_id


def compare(visitor: Visitor, *cafes: str, way: str = "question") -> AppTest:
    hold(visitor, cafes)
    page = visitor.open("compare.py")
    return page if way == "question" else fine(page.radio(key="compare-way").set_value(way).run())


def boxes(page: AppTest) -> list[str]:
    return [shown(box.label) for box in page.checkbox]


def test_a_browser_without_cafes_is_told_what_will_come_here(visitor: Visitor) -> None:
    page = visitor.open("compare.py")
    assert [info.value for info in page.info] == [t("compare.no_cafe")]


def test_one_cafe_is_not_compared(visitor: Visitor) -> None:
    page = compare(visitor, take_place(visitor, 1))
    assert [info.value for info in page.info] == [t("compare.one_cafe")]


def test_trials_and_cafes_that_have_not_begun_stay_out(visitor: Visitor) -> None:
    trial = created("Essai", code="BBBBBB", plan=small_plan().model_copy(update={"trial": True}))
    visitor.make(created("Pas commencé", code="CCCCCC"), "cafe00000009")
    cafes = [take_place(visitor, 1), take_place(visitor, 2), take_place(visitor, 3, event=trial), "cafe00000009"]
    assert boxes(compare(visitor, *cafes)) == ["Café 2", "Café 1"]


def test_cafes_of_others_are_not_there(visitor: Visitor) -> None:
    take_place(visitor, 3)
    assert boxes(compare(visitor, take_place(visitor, 1), take_place(visitor, 2))) == ["Café 2", "Café 1"]


def test_cafes_without_a_question_in_common_say_so(visitor: Visitor) -> None:
    other = created("Autre", code="DDDDDD", plan=small_plan(labels=("Un", "Deux", "Trois")))
    page = compare(visitor, take_place(visitor, 1), take_place(visitor, 2, event=other))
    assert [info.value for info in page.info] == [t("compare.no_common")]


def test_each_cafe_has_its_small_chart_with_its_people_and_its_figures(visitor: Visitor) -> None:
    page = compare(visitor, take_place(visitor, 1, "aab"), take_place(visitor, 2, "aaac"))
    fine(page.selectbox(key="compare-question").select_index(_index(page, "Laquelle ?")).run())
    first, second = charts(page)
    assert "Café 1" in first.alt
    assert tn("people.answered", 3) in first.alt
    assert [round(row["share"], 2) for row in first.rows] == [0.67, 0.33, 0.0]
    assert tn("people.answered", 4) in second.alt
    assert tn("people.answered", 3) in words(page)
    assert t("compare.interval") in words(page)
    (table,) = [element.value for element in page.table]
    assert list(table[t("compare.of")]) == [3, 3, 3, 4, 4, 4]
    assert list(table[t("chart.people")]) == [2, 1, 0, 3, 0, 1]


def test_a_cafe_where_two_people_answered_is_not_shown(visitor: Visitor) -> None:
    cafes = [take_place(visitor, 1, "aab"), take_place(visitor, 2, "aaac"), take_place(visitor, 3, "cc")]
    page = compare(visitor, *cafes)
    assert tn("compare.too_few", 1) in words(page)
    for by in ("cafe", "month", "formula", "organiser"):
        fine(page.radio(key="compare-by").set_value(by).run())
        assert all("Café 3" not in chart.alt for chart in charts(page))
        assert {row for element in page.table for row in element.value[t("compare.of")]} <= {3, 4, 7}


def test_groups_are_told_by_month_formula_and_organiser(visitor: Visitor) -> None:
    cafes = [take_place(visitor, n, organiser=by) for n, by in enumerate(("Mairie", "Mairie", "Musée"), 1)]
    page = compare(visitor, *cafes)
    fine(page.radio(key="compare-by").set_value("organiser").run())
    assert ["Mairie" in chart.alt for chart in charts(page)] == [True, False]
    assert tn("compare.cafes", 2) in charts(page)[0].alt
    fine(page.radio(key="compare-by").set_value("formula").run())
    assert ["Petite formule" in chart.alt for chart in charts(page)] == [True]


def test_the_list_is_searched_filtered_and_unticked(visitor: Visitor) -> None:
    cafes = [take_place(visitor, n, organiser=by) for n, by in enumerate(("Mairie", "Mairie", "Musée"), 1)]
    page = compare(visitor, *cafes)
    fine(page.multiselect(key="compare-organisers").set_value(["Mairie"]).run())
    assert boxes(page) == ["Café 2", "Café 1"]
    fine(page.checkbox(key=f"compare-take-{cafes[0]}").uncheck().run())
    assert t("compare.pick_two") in [info.value for info in page.info]
    fine(page.multiselect(key="compare-organisers").set_value([]).run())
    assert t("compare.taken", taken=tn("compare.cafes", 2), total=3) in words(page)
    fine(page.text_input(key="compare-search").set_value("rien de tel").run())
    assert t("compare.nothing_found") in [info.value for info in page.info]


def test_hundreds_are_paged_and_all_are_taken_but_those_unticked_on_any_page(visitor: Visitor) -> None:
    many = 230
    cafes = [CAFE[:-4] + f"{n:04d}" for n in range(1, many + 1)]
    first = take_place(visitor, 1)
    cafe = visitor.served.room(first).cafe
    for number, name in enumerate(cafes[1:], 2):
        room = visitor.make(created(f"Café {number}", code=f"A{number:05d}"), name)
        visitor.served.do(name, goes(ONE))
        visitor.served.summaries.keep(name, room.cafe)
    assert summarise(cafe).people == 3
    page = compare(visitor, *cafes)
    assert len(page.checkbox) == PAGE
    assert t("compare.taken", taken=tn("compare.cafes", many), total=many) in words(page)
    before = boxes(page)
    fine(page.checkbox[0].uncheck().run())
    page.session_state["compare-page"] = 23
    fine(page.run())
    assert not set(boxes(page)) & set(before)
    assert "Café 1" in boxes(page)
    assert t("compare.taken", taken=tn("compare.cafes", many - 1), total=many) in words(page)
    page.session_state["compare-page"] = 1
    fine(page.run())
    assert [box.value for box in page.checkbox] == [False] + [True] * (PAGE - 1)


@pytest.mark.parametrize("way", ["time", "talk", "overruns"])
def test_every_other_way_has_charts_in_words_and_tables(visitor: Visitor, way: str) -> None:
    page = compare(visitor, take_place(visitor, 1), take_place(visitor, 2), way=way)
    assert charts(page)
    assert len(page.table) >= 1
    for chart in charts(page):
        assert len(chart.alt) > 20
    assert t(f"compare.way_{way}") in [shown(one.value) for one in page.header]


def test_over_time_tells_right_answers_with_how_many(visitor: Visitor) -> None:
    page = compare(visitor, take_place(visitor, 1, "aab"), take_place(visitor, 2, "aaac"), way="time")
    (table,) = [element.value for element in page.table]
    # 2 + 3 right to the first question, 3 + 4 to the second.
    assert list(table[t("compare.answers")]) == [14]
    assert list(table[t("chart.share")]) == [t("chart.percent", share=86)]
    assert t("compare.no_marks") in [info.value for info in page.info]


def test_nobody_is_named(visitor: Visitor) -> None:
    cafes = [take_place(visitor, 1), take_place(visitor, 2)]
    for way in ("question", "time", "talk", "overruns"):
        assert "du-quai" not in said(compare(visitor, *cafes, way=way))


@pytest.mark.parametrize("text", MOST_HOSTILE)
def test_hostile_titles_are_shown_letter_for_letter(visitor: Visitor, text: str) -> None:
    plan = small_plan(labels=(text, "Bêta", "Gamma"), title=text).model_copy(update={"formula_name": text})
    cafes = [take_place(visitor, n, event=created(text, code=f"A{n:05d}", plan=plan), organiser=text) for n in (1, 2)]
    page = compare(visitor, *cafes)
    whole = " ".join(text.split())
    assert boxes(page) == [whole, whole]
    for by in ("cafe", "formula", "organiser"):
        fine(page.radio(key="compare-by").set_value(by).run())
        assert whole in said(page)
    for way in ("time", "talk", "overruns"):
        assert whole in said(compare(visitor, *cafes, way=way))


def test_a_cafe_that_closes_is_kept_before_anybody_looks(visitor: Visitor) -> None:
    cafe_id = take_place(visitor, 1)
    file = visitor.served.settings.data / "summaries" / f"{cafe_id}.json"
    assert not file.exists()
    visitor.served.do(cafe_id, decisions.close)
    assert file.exists()
    (kept,) = visitor.served.summaries.held_with({cafe_id: (TOKEN,)}).cafes
    assert kept.summary == summarise(visitor.served.room(cafe_id).cafe)


def _index(page: AppTest, question: str) -> int:
    return next(n for n, one in enumerate(page.selectbox(key="compare-question").options) if one.startswith(question))
