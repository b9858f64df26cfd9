"""The console: each button changes the café as it says, and what is drawn is the café as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t, tn
from state.domain import decisions
from state.domain.events import Answered, Joined
from state.identity import screen_token
from state.ports import NotKept
from tests.components.reading import MOST_HOSTILE, parts, shown
from tests.pages.visitor import CAFE, URL, fine, links, press, words
from tests.state.cafes import (
    CODE,
    EXPLANATIONS,
    FILM,
    FREE,
    LEAD,
    NOTE,
    ONE,
    OPENING,
    POLL,
    STOPS,
    TOKEN,
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


def console(visitor: Visitor, *done: Decision) -> AppTest:
    """The console of a café where this was done."""
    if CAFE not in visitor.served.hub.codes.values():
        visitor.make()
    visitor.hold_console()
    visitor.do(*done)
    return visitor.open("host.py", cafe=CAFE)


ADA = joins("ada", pseudonym="Ada")
BOB = joins("bob")


@pytest.mark.parametrize("stop", STOPS)
def test_the_console_is_drawn_at_every_stop(visitor: Visitor, stop: str) -> None:
    page = console(visitor, ADA, goes(stop))
    assert page.button(key="previous").disabled == (stop == "accueil")
    assert page.button(key="next").disabled == (stop == "merci")


def test_next_walks_the_programme_and_previous_walks_it_back(visitor: Visitor) -> None:
    page = console(visitor)
    seen = []
    while not page.button(key="next").disabled:
        page = press(page, "next")
        seen.append(visitor.cafe.stop_id)
    assert list(dict.fromkeys(seen)) == list(STOPS[1:])
    assert visitor.cafe.round(ONE).revealed
    while not page.button(key="previous").disabled:
        page = press(page, "previous")
        seen.append(visitor.cafe.stop_id)
    assert visitor.cafe.stop_id == "accueil"
    assert not visitor.cafe.round(ONE).revealed


def test_next_says_what_it_will_do(visitor: Visitor) -> None:
    page = console(visitor)
    said = [page.button(key="next").label]
    while not page.button(key="next").disabled:
        page = press(page, "next")
        said.append(page.button(key="next").label)
    start, reveal, show, following, finish = (
        t(f"console.{name}") for name in ("start", "reveal", "show_wall", "next", "finish")
    )
    assert said == [
        start,
        reveal, following, reveal, following,
        following,
        show, following, show, following, show, following,
        finish, following,
    ]  # fmt: skip


@pytest.mark.parametrize("stop", STOPS)
def test_the_programme_leads_anywhere(visitor: Visitor, stop: str) -> None:
    page = console(visitor, goes(TWO))
    keys = {button.key for button in page.button}
    assert {"go-accueil", f"go-{ONE}", f"go-{FILM}", f"go-{WORDS}", f"go-{OPENING}", "go-merci"} <= keys
    key = f"question-{stop}" if f"question-{stop}" in keys else f"go-{stop}"
    if key in keys:
        press(page, key)
        assert visitor.cafe.stop_id == stop
    else:
        assert stop in {FREE, POLL}  # its step shows its questions once one is there


@pytest.mark.parametrize(
    ("name", "flag", "starts"), [("vote", "open", True), ("results", "shown", False), ("answer", "revealed", False)]
)
def test_each_gesture_is_done_and_undone_apart(visitor: Visitor, name: str, flag: str, starts: bool) -> None:  # noqa: FBT001
    page = console(visitor, goes(ONE))
    for state in (starts, not starts):
        assert getattr(visitor.cafe.round(ONE), flag) is state
        assert page.button(key=f"gesture-{name}").label == t(f"console.{name}_{'off' if state else 'on'}")
        page = press(page, f"gesture-{name}")
    assert getattr(visitor.cafe.round(ONE), flag) is starts


def test_a_question_without_an_answer_has_nothing_to_reveal(visitor: Visitor) -> None:
    keys = {button.key for button in console(visitor, goes(FREE)).button}
    assert "gesture-results" in keys
    assert "gesture-answer" not in keys


@pytest.mark.parametrize("stop", ["accueil", FILM, OPENING, "merci"])
def test_where_nothing_is_voted_there_are_no_gestures(visitor: Visitor, stop: str) -> None:
    assert not [button for button in console(visitor, goes(stop)).button if str(button.key).startswith("gesture")]


def test_the_clickers_keys_lead_where_the_buttons_lead(visitor: Visitor) -> None:
    page = console(visitor, goes(ONE), goes(ONE, "reveal"))
    (clicker,) = parts(page, "clicker")
    assert clicker == {"previous": {"stop": ONE, "beat": "ask"}, "next": {"stop": TWO, "beat": "ask"}}
    (first,) = parts(console(visitor, goes("accueil")), "clicker")
    assert first["previous"] is None


def test_the_console_wakes_on_the_cafes_news(visitor: Visitor) -> None:
    page = console(visitor)
    (wake,) = parts(page, "wake")
    assert wake["address"] == f"/api/cafes/{CAFE}/watch"
    assert wake["seen"] == visitor.served.room(CAFE).version_mark
    assert wake["lost"]


def test_a_clock_runs_during_a_step_only(visitor: Visitor) -> None:
    assert [clock["running"] for clock in parts(console(visitor), "clock")] == [False]
    assert [clock["running"] for clock in parts(console(visitor, goes(ONE)), "clock")] == [True, True]
    assert [clock["running"] for clock in parts(console(visitor, decisions.close), "clock")] == [False]


# What is said


def test_the_facilitator_reads_what_the_room_does_not(visitor: Visitor) -> None:
    page = console(visitor, goes(ONE))
    assert {EXPLANATIONS[ONE], LEAD} <= {text.value for text in page.text}
    lines = [str(markdown.value) for markdown in page.markdown]
    assert NOTE in [shown(line.removeprefix("- ")) for line in lines if line.startswith("- ")]


def test_figures_are_those_of_the_tally(visitor: Visitor) -> None:
    page = console(visitor, ADA, BOB, goes(ONE), answers("ada", ONE, "a"), answers("bob", ONE, "a"))
    assert tn("people.answered_of", 2, present=2) in words(page)
    table = page.table[0].value
    assert list(table[t("chart.people")]) == [2, 0, 0]
    assert list(table[t("chart.share")]) == [t("chart.percent", share=share) for share in (100, 0, 0)]
    page = console(visitor, partial(decisions.remove, person="bob"))
    assert tn("people.answered_of", 1, present=1) in words(page)
    assert list(page.table[0].value[t("chart.people")]) == [1, 0, 0]


def test_the_lobby_invites(visitor: Visitor) -> None:
    page = console(visitor, ADA, BOB)
    assert tn("people.here", 2) in words(page)
    assert f"{CODE[:3]} {CODE[3:]}" in words(page)
    addresses = {code.value for code in page.code}
    assert addresses == {
        f"{URL}/c/{CODE}",
        f"{URL}/projeter/{CAFE}/{screen_token(TOKEN)}",
        f"{URL}/animer/{CAFE}/{TOKEN}",
    }
    assert {link.proto.url for link in page.get("link_button")} == {f"/projeter/{CAFE}/{screen_token(TOKEN)}"}


# Texts


def wall_of(visitor: Visitor) -> AppTest:
    return console(visitor, ADA, BOB, goes(WORDS), answers("ada", WORDS, "bonjour"), answers("bob", WORDS, "salut"))


def test_a_text_is_hidden_and_shown_again(visitor: Visitor) -> None:
    page = wall_of(visitor)
    assert "bonjour" in words(page)
    page = press(page, f"text-{WORDS}-ada")
    assert visitor.cafe.answers[WORDS]["ada"].hidden
    assert not visitor.cafe.answers[WORDS]["bob"].hidden
    assert page.button(key=f"text-{WORDS}-ada").label == t("console.text_show")
    press(page, f"text-{WORDS}-ada")
    assert not visitor.cafe.answers[WORDS]["ada"].hidden


def test_the_newest_texts_come_first_and_the_rest_is_counted(visitor: Visitor) -> None:
    people = [f"p{number:02}" for number in range(45)]
    page = console(
        visitor,
        lambda _: [Joined(person, None, None, None) for person in people],
        goes(WORDS),
        lambda _: [Answered(WORDS, person, f"texte {person}", "k") for person in people],
    )
    texts = [text.value for text in page.text if str(text.value).startswith("texte")]
    assert len(texts) == 40
    assert t("console.texts_more", count=40, total=45) in words(page)


def test_an_empty_wall_says_so(visitor: Visitor) -> None:
    assert t("screen.wall.empty") in words(console(visitor, goes(WORDS)))


# People


def choose(page: AppTest, person: str) -> AppTest:
    return fine(page.selectbox(key="person").set_value(person).run())


def test_nobody_is_there_yet(visitor: Visitor) -> None:
    assert t("people.nobody") in words(console(visitor))


def test_everybody_is_listed_with_what_they_said_of_themselves(visitor: Visitor) -> None:
    page = console(visitor, joins("ada", pseudonym="Ada", level="expert", place="remote"), BOB)
    table = page.dataframe[0].value
    assert list(table[t("people.name")]) == ["Ada", "Personne 2"]
    assert list(table[t("people.level")]) == [t("level.expert"), ""]
    assert list(table[t("people.place")]) == [t("place.remote"), ""]
    assert set(table[t("people.state")]) == {t("people.state_off")}


def test_somebody_is_renamed(visitor: Visitor) -> None:
    page = choose(console(visitor, ADA), "ada")
    page.text_input(key="name-ada").set_value("  Ada   L. ")
    page = press(page, "rename")
    assert visitor.cafe.participants["ada"].pseudonym == "Ada L."


def test_two_people_of_the_same_name_are_told_apart(visitor: Visitor) -> None:
    page = console(visitor, ADA, BOB, joins("eve", pseudonym="Ada"))
    assert page.selectbox(key="person").options == ["Ada", "Personne 2", "Ada (2)"]
    press(choose(page, "eve"), "remove")
    assert [one.id for one in visitor.cafe.present] == ["ada", "bob"]


def test_a_name_that_poses_is_refused_with_a_sentence(visitor: Visitor) -> None:
    page = choose(console(visitor, ADA), "ada")
    page.text_input(key="name-ada").set_value("Animateur")
    page = press(page, "rename")
    assert visitor.cafe.participants["ada"].pseudonym == "Ada"
    assert [warning.value for warning in page.warning] == [t("refusal.pseudonym-reserved")]
    assert not fine(page.run()).warning


def test_somebody_is_removed_and_readmitted(visitor: Visitor) -> None:
    page = choose(console(visitor, ADA, BOB), "ada")
    page = press(page, "remove")
    assert visitor.cafe.participants["ada"].removed
    assert page.button(key="remove").label == t("people.readmit")
    assert list(page.dataframe[0].value[t("people.name")]) == ["Personne 2"]
    press(page, "remove")
    assert not visitor.cafe.participants["ada"].removed


# The end


def test_the_cafe_is_closed_and_reopened(visitor: Visitor) -> None:
    page = press(console(visitor, goes("merci")), "close")
    assert visitor.cafe.closed
    assert t("console.closed_title") in words(page)
    assert not parts(page, "clicker")
    assert page.button(key="next").disabled
    assert page.button(key="previous").disabled
    assert all(
        button.disabled for button in page.button if str(button.key).startswith(("go-", "question-", "gesture-"))
    )
    page = press(page, "reopen")
    assert not visitor.cafe.closed
    assert not page.button(key="previous").disabled


def test_the_end_leads_to_the_review(visitor: Visitor) -> None:
    assert t("console.to_results") in links(console(visitor, goes("merci")))


# When something goes wrong


def test_a_disk_that_refuses_is_said_and_nothing_changes(visitor: Visitor, failing: list[Exception]) -> None:
    page = console(visitor, goes(ONE))
    failing.append(NotKept("disk full"))
    page = press(page, "next")
    assert not visitor.cafe.round(ONE).revealed
    assert [warning.value for warning in page.warning] == [t("error.not-kept")]
    assert [error.value for error in page.error] == [t("error.store-refuses")]
    page = press(page, "next")
    assert visitor.cafe.round(ONE).revealed
    assert not page.warning
    assert not page.error


def test_two_consoles_pressing_next_skip_nothing(visitor: Visitor) -> None:
    one = console(visitor, goes(ONE))
    two = visitor.open("host.py", cafe=CAFE)
    press(one, "next")
    press(two, "next")
    assert (visitor.cafe.stop_id, visitor.cafe.round(ONE).revealed) == (ONE, True)


def test_a_question_asked_while_the_cafe_closes_elsewhere_is_refused_with_a_sentence(visitor: Visitor) -> None:
    page = console(visitor, goes(ONE))
    visitor.do(decisions.close)
    page = press(page, "next")
    assert [warning.value for warning in page.warning] == [t("refusal.cafe-over")]


# Hostile texts


@pytest.mark.parametrize("text", MOST_HOSTILE)
def test_hostile_texts_are_shown_letter_for_letter(visitor: Visitor, text: str) -> None:
    visitor.make(created(text, plan=small_plan(title=text)))
    page = console(
        visitor,
        lambda _: [Joined("ada", text, None, None)],
        goes(FREE),
        lambda _: [Answered(FREE, "ada", text, "k")],
    )
    whole = " ".join(text.split())
    assert whole in [shown(heading.value) for heading in (*page.title, *page.header, *page.subheader)]
    # Streamlit takes the number that begins a label for a number.
    assert f" · {whole} (" in shown(page.button(key=f"go-{ONE}").label.removeprefix("1. "))
    assert text in [element.value for element in page.text]
    assert list(page.dataframe[0].value[t("people.name")]) == [text]
    assert page.selectbox(key="person").options == [text]


@pytest.mark.parametrize("label", MOST_HOSTILE)
def test_hostile_choices_are_shown_letter_for_letter(visitor: Visitor, label: str) -> None:
    visitor.make(created(plan=small_plan(labels=(label, "Bêta", "Gamma"))))
    page = console(visitor, goes(ONE))
    first, *_ = page.table[0].value.index
    assert shown(first) == f"✓ {' '.join(label.split())}"


def test_what_comes_next_is_named_before_it_is_shown(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    page = visitor.open("host.py", cafe=CAFE)
    stop, _ = decisions.next_of(visitor.cafe) or (None, None)
    assert stop is not None
    assert stop.prompt is not None
    coming = t("console.coming", what=stop.prompt.prompt)
    assert coming in {shown(str(one.value)) for one in page.caption if "Ensuite" in str(one.value)}
    page = press(page, "next")
    # The button now says it: reveal.
    assert not [one for one in page.caption if "Ensuite" in str(one.value)]
