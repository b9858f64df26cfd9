"""From the composer to a rehearsal: one click, a café of its own, and « Répétition » wherever it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.pad.view import shared_view
from content.catalogue import t
from content.plan import FEWEST_SIMULATED, MOST_SIMULATED, rehearsal_plan
from state.domain import decisions
from state.ports import NotKept
from tests.components.reading import parts, shown
from tests.pages.visitor import CAFE, fine, links, press, words
from tests.state.cafes import ONE, begun, created, goes, play, small_plan

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.live import Room
    from tests.pages.visitor import Visitor
    from tests.state.cafes import Decision

REHEARSED = "cafe00000002"
MARK = f"**{t('rehearsal.mark')}**"


@pytest.fixture
def composing(visitor: Visitor) -> Visitor:
    visitor.make(created(plan=small_plan()))
    visitor.hold_console()
    return visitor


@pytest.fixture
def rehearsing(composing: Visitor) -> Visitor:
    """A rehearsal beside the real café, as a restart of the server leaves it: nobody simulated is there."""
    composing.make(created(code="CCCCCC", plan=rehearsal_plan(small_plan(), 20)), REHEARSED)
    composing.hold_console(REHEARSED)
    return composing


def opened(visitor: Visitor) -> AppTest:
    return visitor.open("compose.py", cafe=CAFE)


def begun_from(visitor: Visitor, page: AppTest) -> Room:
    """The café that the page leaves to, which its link opens."""
    (leave,) = parts(page, "leave")
    _, kind, cafe_id, token = leave["path"].split("/")
    assert kind == "animer"
    visitor.hold_console(cafe_id, token)
    return visitor.served.room(cafe_id)


def test_a_rehearsal_begins_in_one_click_with_twenty_people(composing: Visitor) -> None:
    page = opened(composing)
    assert t("rehearse.help") in words(page)
    assert t("rehearse.apart") in words(page)
    room = begun_from(composing, press(page, "compose-rehearse-begin"))
    assert (room.cafe.plan.simulated, room.cafe.title) == (20, "Café de test")
    assert room.cafe.plan.steps == composing.cafe.plan.steps
    assert composing.served.rehearsals.running(room.id)
    console = composing.open("host.py", cafe=room.id)
    assert shown(console.title[0].value) == "Café de test"
    assert MARK in words(console)
    assert not [button for button in console.button if button.key == "console-simulated-again"]
    # The real one is as it was.
    assert composing.cafe.version == 1


@pytest.mark.parametrize("people", [FEWEST_SIMULATED, MOST_SIMULATED])
def test_the_facilitator_says_how_many_come(composing: Visitor, people: int) -> None:
    page = fine(opened(composing).number_input(key="compose-rehearse-people").set_value(people).run())
    assert begun_from(composing, press(page, "compose-rehearse-begin")).cafe.plan.simulated == people


def test_no_more_and_no_fewer_can_be_asked_for(composing: Visitor) -> None:
    field = opened(composing).number_input(key="compose-rehearse-people")
    assert (field.min, field.max, field.value) == (5, 300, 20)


def test_a_disk_that_refuses_is_said_and_nothing_begins(composing: Visitor, failing: list[Exception]) -> None:
    page = opened(composing)
    failing.append(NotKept("disk full"))
    page = press(page, "compose-rehearse-begin")
    assert t("error.not-kept") in words(page)
    assert not parts(page, "leave")


def test_simulated_people_who_left_come_back_at_a_click(rehearsing: Visitor) -> None:
    page = rehearsing.open("host.py", cafe=REHEARSED)
    assert t("rehearsal.left") in words(page)
    page = press(page, "console-simulated-again")
    assert rehearsing.served.rehearsals.running(REHEARSED)
    assert t("rehearsal.left") not in words(page)
    rehearsing.served.do(REHEARSED, decisions.close)
    assert t("rehearsal.left") not in words(rehearsing.open("host.py", cafe=REHEARSED))


@pytest.mark.parametrize("page", ["host.py", "compose.py", "results.py", "remote.py"])
def test_whoever_facilitates_reads_that_it_is_a_rehearsal(rehearsing: Visitor, page: str) -> None:
    assert MARK in words(rehearsing.open(page, cafe=REHEARSED))
    assert MARK not in words(rehearsing.open(page, cafe=CAFE))


@pytest.mark.parametrize("move", [goes("accueil"), goes(ONE), goes("merci"), decisions.close])
def test_the_room_sees_that_it_is_a_rehearsal_at_all_times(rehearsing: Visitor, move: Decision) -> None:
    rehearsing.served.do(REHEARSED, move)
    frames = [
        one for one in parts(rehearsing.open("screen.py", cafe=REHEARSED), "stage") if one["block"] == "rehearsal"
    ]
    assert [one["text"] for one in frames] == [t("rehearsal.screen")]
    assert shared_view(rehearsing.served.room(REHEARSED).cafe)["mark"] == t("rehearsal.mark")


def test_a_real_cafe_has_no_such_mark(composing: Visitor) -> None:
    composing.do(goes(ONE))
    assert "rehearsal" not in {one["block"] for one in parts(composing.open("screen.py", cafe=CAFE), "stage")}
    assert "mark" not in shared_view(play(begun(), goes(ONE)))


def test_past_cafes_have_rehearsals_last_and_called_so(rehearsing: Visitor) -> None:
    page = rehearsing.open("results.py")
    real, rehearsal = [str(caption.value) for caption in page.caption][-2:]
    assert rehearsal.endswith(t("results.rehearsal"))
    assert real.endswith(t("results.running"))


def test_the_front_door_does_not_take_a_rehearsal_for_its_cafe(rehearsing: Visitor) -> None:
    assert links(rehearsing.open("home.py")).count(t("home.resume", title="Café de test")) == 1
