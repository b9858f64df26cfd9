"""Afterwards: the cafés of this browser, and for each one its figures, which are those of the tally."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t, tn
from content.plan import rehearsal_plan
from state.domain import decisions
from state.domain.events import Answered, TextHidden
from state.exports.files import FORMATS
from tests.components.reading import MOST_HOSTILE, shown
from tests.pages.visitor import CAFE, links, listed, words
from tests.state.cafes import (
    EXPLANATIONS,
    FILM,
    FREE,
    ONE,
    TWO,
    WORDS,
    answers,
    created,
    goes,
    joins,
    small_plan,
)

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.visitor import Visitor
    from tests.state.cafes import Decision

ADA, BOB, CYD = joins("ada", pseudonym="Ada"), joins("bob"), joins("cyd")


def review(visitor: Visitor, *done: Decision) -> AppTest:
    if CAFE not in visitor.served.hub.codes.values():
        visitor.make()
    visitor.hold_console()
    visitor.do(*done)
    return visitor.open("results.py", cafe=CAFE)


def test_a_browser_that_hosted_nothing_has_no_list(visitor: Visitor) -> None:
    visitor.make()
    page = visitor.open("results.py")
    assert [info.value for info in page.info] == [t("results.none")]
    assert not links(page)


def test_the_list_has_the_cafes_of_this_browser_and_no_others(visitor: Visitor) -> None:
    visitor.make()
    visitor.make(created("Café d’ailleurs", code="CCCCCC"), "cafe00000002")
    visitor.hold_console()
    visitor.do(ADA, BOB, decisions.close)
    page = visitor.open("results.py")
    assert listed(page) == ["Café de test"]
    assert tn("people.came", 2) in words(page)
    assert t("results.closed") in words(page)
    assert links(page) == [t("results.see"), t("results.console"), t("results.again")]


def test_a_lost_cafe_leaves_the_others_in_the_list(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console("cafe-disparu")
    visitor.hold_console()
    assert listed(visitor.open("results.py")) == ["Café de test"]


def test_a_cafe_where_nothing_was_asked_says_so(visitor: Visitor) -> None:
    assert [info.value for info in review(visitor).info] == [t("results.nothing_asked")]


def test_figures_are_those_of_the_tally(visitor: Visitor) -> None:
    page = review(
        visitor,
        *(ADA, BOB, CYD, goes(TWO)),
        *(answers(person, TWO, value) for person, value in (("ada", "b"), ("bob", "b"), ("cyd", "a"))),
        partial(decisions.remove, person="cyd"),
    )
    (table,) = [element.value for element in page.table if t("chart.share") in element.value]
    assert list(table[t("chart.people")]) == [0, 2, 0]
    assert list(table[t("chart.share")]) == [t("chart.percent", share=share) for share in (0, 100, 0)]
    said = words(page)
    assert tn("people.answered", 2) in said
    assert tn("people.came", 2) in said
    assert EXPLANATIONS[TWO] in said
    assert len(page.get("vega_lite_chart")) == 3


def test_questions_stand_in_the_order_of_the_programme_and_only_those_asked(visitor: Visitor) -> None:
    page = review(visitor, ADA, goes(FREE), goes(FILM), answers("ada", FILM, "fini"), goes(ONE))
    headings = [shown(heading.value).removeprefix("1. ").removeprefix("2. ") for heading in page.subheader]
    assert headings == ["Laquelle ?", "On regarde.", "Autre chose ?"]
    assert tn("people.finished_of", 1, present=1) in words(page)


def test_hidden_texts_stay_out(visitor: Visitor) -> None:
    page = review(
        visitor,
        *(ADA, BOB, goes(WORDS), answers("ada", WORDS, "bonjour"), answers("bob", WORDS, "gros mot")),
        lambda _: [TextHidden(WORDS, "bob")],
    )
    assert "bonjour" in words(page)
    assert "gros mot" not in words(page)
    assert tn("people.answered", 1) in words(page)


def test_the_answers_can_be_taken_away_for_each_use(visitor: Visitor) -> None:
    page = review(visitor, ADA)
    for use in ("download.sheet", "download.publish", "download.archive"):
        assert t(use) in words(page)
    offered = addresses(page)
    assert {address.rsplit("/", 1)[-1] for address in offered} == set(FORMATS) - {"donnees-ouvertes.zip"}
    assert all(address.startswith(f"/api/cafes/{CAFE}/exports/") for address in offered)
    page = page.toggle("names").set_value(True).run()
    assert all(address.endswith("?noms=1") for address in addresses(page))
    assert t("download.too_few") in words(page)


def test_open_data_has_only_texts_that_were_ticked(visitor: Visitor) -> None:
    people = ("ada", "bob", "cyd", "dan", "eve")
    page = review(visitor, *map(joins, people), goes(WORDS), *(answers(one, WORDS, f"mot de {one}") for one in people))
    assert [one for one in addresses(page) if one.endswith("donnees-ouvertes.zip")]
    page = page.toggle("texts").set_value(True).run()
    boxes = {label: box for box in page.checkbox if (label := shown(box.label)).startswith("mot de")}
    assert set(boxes) == {f"mot de {one}" for one in people}
    assert not any(box.value for box in boxes.values())
    assert t("download.package_texts") not in pressed(page)
    page = boxes["mot de cyd"].check().run()
    assert t("download.package_texts") in pressed(page)


def test_a_report_is_offered_in_two_files_without_texts_unless_asked(visitor: Visitor) -> None:
    page = review(visitor, ADA)
    assert {t("report.pdf"), t("report.html")} <= set(pressed(page))
    assert page.toggle("report-texts").value is False


def test_a_rehearsal_says_what_its_files_are(visitor: Visitor) -> None:
    visitor.make(created(plan=rehearsal_plan(small_plan(), 12)))
    assert t("export.rehearsal") in words(review(visitor, ADA))


def pressed(page: AppTest) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


def addresses(page: AppTest) -> list[str]:
    return [link.proto.url for link in page.get("link_button")]


@pytest.mark.parametrize("text", MOST_HOSTILE)
def test_hostile_texts_are_shown_letter_for_letter(visitor: Visitor, text: str) -> None:
    whole = " ".join(text.split())
    visitor.make(created(text, plan=small_plan(labels=(text, "Bêta", "Gamma"), title=text)))
    page = review(
        visitor, ADA, goes(ONE), answers("ada", ONE, "a"), goes(FREE), lambda _: [Answered(FREE, "ada", text, "k")]
    )
    assert shown(page.title[0].value) == whole
    assert any(shown(heading.value).endswith(whole) for heading in page.header)
    assert shown(page.table[0].value.index[0]) == f"✓ {whole}"
    assert any(text in str(element.value) for element in page.text)
    assert listed(visitor.open("results.py")) == [whole]


# The whole story: quizzes, presence, minutes, and only some of the people.


def test_quizzes_stand_hardest_first_and_say_which_answers_the_room_never_saw(visitor: Visitor) -> None:
    people = [joins(f"p{n}", level="novice") for n in range(4)]
    done = [goes(ONE), *(answers(f"p{n}", ONE, "a") for n in range(4)), goes(ONE, "reveal"), goes(TWO)]
    page = review(visitor, *people, *done, *(answers(f"p{n}", TWO, "a") for n in range(4)))
    (table,) = [element.value for element in page.table if t("story.right") in element.value]
    assert [shown(label) for label in table.index] == [
        f"Lesquelles ? {t('story.unrevealed')}".replace(" ", " "),
        "Laquelle ?",
    ]
    assert list(table[t("story.right")]) == [
        t("story.score", share=0, right=0, people=4),
        t("story.score", share=100, right=4, people=4),
    ]
    assert list(table[t("level.novice")]) == list(table[t("story.right")])


def test_a_link_keeps_which_people_are_read_about(visitor: Visitor) -> None:
    room = [joins(f"r{n}", place="room") for n in range(3)]
    away = [joins(f"d{n}", place="remote") for n in range(4)]
    given = [*(answers(f"r{n}", ONE, "a") for n in range(3)), *(answers(f"d{n}", ONE, "b") for n in range(4))]
    review(visitor, *room, *away, goes(ONE), *given)
    page = visitor.open("results.py", cafe=CAFE, lieu="remote")
    (table,) = [element.value for element in page.table if t("chart.share") in element.value]
    assert list(table[t("chart.people")]) == [0, 4, 0]
    assert tn("story.selected", 4) in words(page)


@pytest.mark.parametrize("query", [{"lieu": "room"}, {"niveau": "expert"}, {"niveau": "novice", "lieu": "remote"}])
def test_too_few_people_are_not_shown(visitor: Visitor, query: dict[str, str]) -> None:
    review(visitor, joins("ada", level="novice", place="room"), goes(ONE), answers("ada", ONE, "a"))
    page = visitor.open("results.py", cafe=CAFE, **query)
    assert [info.value for info in page.info] == [t("story.too_few")]
    assert not page.table
    assert not page.get("vega_lite_chart")
