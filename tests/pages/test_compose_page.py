"""The composer keeps each gesture at once, draws any step there is, and says no in a sentence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from content import editing
from content.activities import KINDS
from content.catalogue import t, tn
from content.loader import default_pack
from content.plan import make_plan, starter_step
from state.domain.composing import compose, describe
from state.domain.events import Details
from tests.components.reading import HOSTILE, parts, shown
from tests.pages.visitor import CAFE, fine, press, words
from tests.state.cafes import ONE, created, goes, joins, small_plan, whole_plan

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from content.plan import Plan
    from tests.pages.visitor import Visitor

PACK = default_pack()


@pytest.fixture
def composing(visitor: Visitor) -> Visitor:
    visitor.make(created(plan=small_plan()))
    visitor.hold_console()
    return visitor


def opened(visitor: Visitor) -> AppTest:
    return visitor.open("compose.py", cafe=CAFE)


def chosen(page: AppTest, step: str) -> AppTest:
    return press(page, f"compose-step-{step}")


def courses(visitor: Visitor) -> list[tuple[str, str]]:
    return [(step.course, step.id) for step in visitor.cafe.plan.steps]


def test_only_the_facilitator_composes(visitor: Visitor) -> None:
    visitor.make()
    assert t("gate.no_console") in words(opened(visitor))


def test_steps_move_without_being_dragged(composing: Visitor) -> None:
    page = press(chosen(opened(composing), "chocolat"), "compose-gestures-up")
    assert courses(composing) == [("tasse", "tasse"), ("cafe", "cafe"), ("cafe", "chocolat"), ("sucre", "sucre")]
    page = press(page, "compose-gestures-up")
    assert courses(composing)[1:3] == [("cafe", "chocolat"), ("cafe", "cafe")]
    page = press(page, "compose-gestures-remove")
    assert [step for _, step in courses(composing)] == ["tasse", "cafe", "sucre"]
    for _ in range(3):
        page = press(page, "compose-undo")
    assert composing.cafe.plan == small_plan()
    assert page.button(key="compose-undo").disabled


def test_the_first_step_goes_no_higher_and_the_last_no_lower(composing: Visitor) -> None:
    page = opened(composing)
    assert page.button(key="compose-gestures-up").disabled
    assert page.button(key="compose-gestures-down").disabled is False
    assert chosen(page, "sucre").button(key="compose-gestures-down").disabled


def test_minutes_are_kept_and_added_up_against_the_time_there_is(composing: Visitor) -> None:
    page = opened(composing)
    assert t("prepare.whole", minutes=20) in words(page)
    composing.do(partial(describe, title="Café", details=Details(minutes=21)))
    page = fine(page.run())
    assert t("compose.total", minutes=20, available=21) in words(page)
    page = fine(page.number_input(key="compose-gestures-minutes-tasse").set_value(9).run())
    assert composing.cafe.plan.minutes == 24
    assert tn("remark-time.too-long", 3) in words(page)


@pytest.mark.parametrize("course", ["tasse", "cafe", "chocolat", "sucre"])
def test_a_course_without_a_step_is_said(composing: Visitor, course: str) -> None:
    page = press(chosen(opened(composing), course), "compose-gestures-remove")
    assert t(f"remark.no-{course}") in words(page)


def test_a_step_of_a_formula_is_added_to_the_course_that_was_chosen(composing: Visitor) -> None:
    page = fine(opened(composing).selectbox(key="compose-add-course").set_value("sucre").run())
    press(page, "compose-add-add")
    assert [course for course, _ in courses(composing)] == ["tasse", "cafe", "chocolat", "sucre", "sucre"]


@pytest.mark.parametrize("starter", PACK.starters)
def test_a_blank_step_is_added_filled_in_and_drawn(composing: Visitor, starter: str) -> None:
    page = fine(opened(composing).selectbox(key="compose-add-own").set_value(starter).run())
    page = press(page, "compose-add-add-own")
    (added,) = [step for step in composing.cafe.plan.steps if step.activity.id == starter]
    page = chosen(page, added.id)
    title = f"compose-edit-{added.id}-activity-title"
    fine(page.text_input(key=title).set_value("À nous").run())
    assert editing.step_of(composing.cafe.plan, added.id).activity.title == "À nous"


def test_a_video_of_ones_own_needs_a_title_and_an_address(composing: Visitor) -> None:
    page = press(opened(composing), "compose-add-add-video")
    page.text_input(key="compose-add-video-title").set_value("Chez nous")
    page.text_input(key="compose-add-video-address").set_value("javascript:alert(1)")
    page = press(page, "compose-add-add-video")
    assert t("compose.video_wanted") in words(page)
    assert len(composing.cafe.plan.steps) == 4
    page.text_input(key="compose-add-video-address").set_value(" https://exemple.fr/film ")
    press(page, "compose-add-add-video")
    (added,) = [step for step in composing.cafe.plan.steps if step.video and step.video.title == "Chez nous"]
    assert added.video is not None
    assert added.video.url == "https://exemple.fr/film"


def test_the_address_of_a_steps_video_is_changed_where_there_is_one(composing: Visitor) -> None:
    page = opened(composing)
    assert not [one for one in page.text_input if one.key == "video-tasse"]
    page = chosen(page, "cafe")
    page.text_input(key="video-cafe").set_value("https://video.exemple.fr/a")
    press(page, "keep-video-cafe")
    assert composing.cafe.videos["cafe"].url == "https://video.exemple.fr/a"


def test_a_text_is_rewritten_and_a_text_that_is_missing_is_refused(composing: Visitor) -> None:
    page = opened(composing)
    field = "compose-edit-tasse-activity-items-0-prompt"
    page = fine(page.text_area(key=field).set_value("Et celle-ci ?").run())
    assert composing.cafe.programme.stop(ONE).prompt.prompt == "Et celle-ci ?"  # type: ignore[union-attr]
    page = fine(page.text_area(key=field).set_value("").run())
    assert t("refusal.not-suitable") in words(page)
    assert composing.cafe.programme.stop(ONE).prompt.prompt == "Et celle-ci ?"  # type: ignore[union-attr]


def test_lists_of_texts_are_written_line_by_line(composing: Visitor) -> None:
    page = fine(opened(composing).text_area(key="compose-edit-tasse-notes").set_value(" Un\n\nDeux ").run())
    assert composing.cafe.plan.steps[0].notes == ("Un", "Deux")
    assert page.text_area(key="compose-edit-tasse-notes").value in {"Un\nDeux", " Un\n\nDeux "}


def test_questions_of_every_kind_are_added_moved_and_removed(composing: Visitor) -> None:
    page = opened(composing)
    kinds = page.selectbox(key="compose-edit-tasse-activity-items-kind")
    for place in range(len(kinds.options)):
        page = fine(page.selectbox(key="compose-edit-tasse-activity-items-kind").set_value(place).run())
        page = press(page, "compose-edit-tasse-activity-items-add")
    items = composing.cafe.plan.steps[0].activity.entries
    assert {item.kind for item in items[2:]} == {
        *("single_choice", "multiple_choice", "poll", "open", "hunt", "scale", "ordering"),
    }
    page = press(page, "compose-edit-tasse-activity-items-2-up")
    page = press(page, "compose-edit-tasse-activity-items-0-remove")
    after = composing.cafe.plan.steps[0].activity.entries
    assert [item.id for item in after] == [items[2].id, items[1].id, *(item.id for item in items[3:])]


def test_the_right_answers_are_chosen_among_the_answers(composing: Visitor) -> None:
    page = opened(composing)
    field = "compose-edit-tasse-activity-items-0-right"
    page = fine(page.multiselect(key=field).set_value(["b", "c"]).run())
    assert composing.cafe.programme.stop(ONE).prompt.right == ("b", "c")  # type: ignore[union-attr]
    page = fine(page.multiselect(key=field).set_value([]).run())
    assert t("refusal.not-suitable") in words(page)


def test_a_change_made_elsewhere_shows_and_a_field_that_did_not_change_keeps_what_is_typed(composing: Visitor) -> None:
    page = opened(composing)
    composing.do(
        partial(
            compose,
            change=partial(
                editing.rewritten, step_id="tasse", path=("activity", "title"), value="De quelqu’un d’autre"
            ),
        )
    )
    page = fine(page.run())
    assert page.text_input(key="compose-edit-tasse-activity-title").value == "De quelqu’un d’autre"
    assert page.text_area(key="compose-edit-tasse-activity-intro").value == "On joue."


def test_a_step_that_the_room_has_come_to_is_shown_and_not_changed(composing: Visitor) -> None:
    composing.do(joins("ada"), goes(ONE))
    page = opened(composing)
    assert t("refusal.step-played") in words(page)
    assert page.text_input(key="compose-edit-tasse-activity-title").disabled
    assert page.button(key="compose-gestures-remove").disabled


def test_what_people_need_to_come_is_kept(composing: Visitor) -> None:
    page = opened(composing)
    page.text_input(key="compose-details-place").set_value("Salle Condorcet")
    page.text_input(key="compose-details-organiser").set_value("La direction")
    page.number_input(key="compose-details-minutes").set_value(45)
    fine(page.run())
    details = composing.cafe.details
    assert (details.place, details.organiser, details.minutes) == ("Salle Condorcet", "La direction", 45)
    page.text_input(key="compose-details-address").set_value("pas une adresse")
    assert t("refusal.not-an-address") in words(fine(page.run()))


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_of_every_kind_can_be_made_ones_own(visitor: Visitor, kind: str) -> None:
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    page = opened(visitor)
    for step in visitor.cafe.plan.steps:
        if step.activity.kind == kind:
            page = chosen(page, step.id)
            assert page.text_input(key=f"compose-edit-{step.id}-activity-title").value == step.activity.title


@pytest.mark.parametrize("formula", PACK.formulas.values(), ids=PACK.formulas)
def test_every_formula_of_the_pack_can_be_composed(visitor: Visitor, formula: object) -> None:
    visitor.make(created(plan=planned(formula)))
    visitor.hold_console()
    page = opened(visitor)
    for step in visitor.cafe.plan.steps:
        page = chosen(page, step.id)


def planned(formula: object) -> Plan:
    picked = {choice.id: choice.options[0].id for choice in formula.choices}  # type: ignore[attr-defined]
    return make_plan(PACK, formula, picked, 60)  # type: ignore[arg-type]


def test_hostile_titles_stay_letters(visitor: Visitor) -> None:
    plan = small_plan()
    for number, label in enumerate(HOSTILE):
        step = starter_step(PACK.starters["a-vous-quiz"], "chocolat")
        plan = editing.with_step(plan, step)
        plan = editing.rewritten(plan, plan.steps[2 + number].id, ("activity", "title"), label)
    visitor.make(created(plan=plan))
    visitor.hold_console()
    page = opened(visitor)
    options = " ".join(shown(one.label) for one in page.button if str(one.key).startswith("compose-step-"))
    assert not [label for label in HOSTILE if " ".join(label.split()) not in " ".join(options.split())]


def test_what_is_to_come_is_shown_to_the_facilitator_alone(composing: Visitor) -> None:
    for page in ("screen.py", "participate.py"):
        seen = composing.open(page, cafe=CAFE, apercu=ONE, montre="1")
        assert parts(seen, "pad" if page == "participate.py" else "stage")
    gone = composing.open("screen.py", cafe=CAFE, apercu="nulle/part")
    assert t("preview.gone") in words(gone)


@pytest.mark.parametrize("page", ["screen.py", "participate.py"])
def test_nobody_else_sees_what_is_to_come(visitor: Visitor, page: str) -> None:
    visitor.make(created(plan=small_plan()))
    visitor.hold_screen()
    visitor.become_somebody()
    seen = visitor.open(page, cafe=CAFE, apercu=ONE, montre="1")
    assert t("gate.no_console") in words(seen)
    assert not parts(seen, "pad")
    assert not parts(seen, "stage")
