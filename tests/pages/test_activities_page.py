"""Every activity can be tried alone, in a café that is said to be a trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.activities import KINDS
from content.catalogue import t
from content.loader import default_pack
from content.schema import COURSES
from state.identity import Keyring
from state.ports import NotKept
from tests.components.reading import parts, shown
from tests.pages.visitor import fine, listed, press, said

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.live import Room
    from tests.pages.visitor import Visitor

PACK = default_pack()


def titles(page: AppTest) -> list[str]:
    return [shown(heading.value) for heading in page.subheader]


def tried(visitor: Visitor, page: AppTest) -> Room:
    """The café just made, opened by the link that the page leaves to."""
    (leave,) = parts(page, "leave")
    _, kind, cafe_id, token = leave["path"].split("/")
    room = visitor.served.room(cafe_id)
    assert kind == "animer"
    visitor.hold_console(cafe_id, token)
    assert visitor.served.facilitator(Keyring().with_facilitator(cafe_id, token), cafe_id, room.cafe)
    return room


def test_every_activity_of_the_pack_is_there_once_with_what_it_is(visitor: Visitor) -> None:
    page = visitor.open("activities.py")
    assert sorted(titles(page)) == sorted(activity.title for activity in PACK.activities.values())
    assert {str(button.key) for button in page.button} == {f"try-{name}" for name in PACK.activities}
    found = said(page)
    for activity in PACK.activities.values():
        assert activity.intro in found
        assert t(f"kind.{activity.kind}") in found
    assert [str(heading.value) for heading in page.header] == [t(f"course.{course}") for course in COURSES]


def test_every_kind_has_its_name(visitor: Visitor) -> None:
    names = {t(f"kind.{kind}") for kind in KINDS}
    assert len(names) == len(KINDS)
    assert not [name for name in names if name.startswith("kind.")]


ONE_OF_EACH_KIND = list({activity.kind: name for name, activity in PACK.activities.items()}.values())


@pytest.mark.parametrize("name", ONE_OF_EACH_KIND)
def test_an_activity_is_tried_in_one_click_and_its_console_opens(visitor: Visitor, name: str) -> None:
    room = tried(visitor, press(visitor.open("activities.py"), f"try-{name}"))
    assert room.cafe.plan.trial
    assert {step.activity.id for step in room.cafe.plan.steps} == {name}
    assert room.cafe.title.split() == PACK.activities[name].title.split()
    first = room.cafe.programme.stops[1].id
    console = press(visitor.open("host.py", cafe=room.id), "next")
    assert room.cafe.stop_id == first
    assert shown(console.title[0].value) == " ".join(room.cafe.title.split())


def test_a_trial_is_put_away_after_the_cafes_that_took_place(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    tried(visitor, press(visitor.open("activities.py"), "try-madonna"))
    page = visitor.open("results.py")
    assert listed(page) == ["Café de test", " ".join(PACK.activities["madonna"].title.split())]
    assert t("results.trial") in str(page.caption[-1].value)
    assert t("results.trial") not in str(page.caption[0].value)


@pytest.mark.parametrize("sought", ["MADONNA", "madonna", "Mâdonna"])
def test_an_activity_is_searched_whatever_the_case_and_accents(visitor: Visitor, sought: str) -> None:
    page = fine(visitor.open("activities.py").text_input(key="try-search").set_value(sought).run())
    assert titles(page) == [PACK.activities["madonna"].title]
    assert len(page.header) == 1


def test_what_is_found_nowhere_leaves_nothing_to_try(visitor: Visitor) -> None:
    page = fine(visitor.open("activities.py").text_input(key="try-search").set_value("zzyzx").run())
    assert (titles(page), len(page.header), list(page.button)) == ([], 0, [])


def test_a_disk_that_refuses_is_said_and_nothing_is_made(visitor: Visitor, failing: list[Exception]) -> None:
    page = visitor.open("activities.py")
    failing.append(NotKept("disk full"))
    page = press(page, "try-madonna")
    assert [error.value for error in page.error] == [t("error.not-kept")]
    assert not parts(page, "leave")
    assert visitor.served.hub.codes == {}
