"""What the facilitator does beside « next »: hands, timers, groups, the word, notes, what is retained, the video."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t, tn
from state.domain import decisions, notes
from state.domain.events import Joined
from state.films import LARGEST_BYTES
from tests.components.crowd import ENTRANCE, NAMES, whole_day
from tests.components.reading import parts
from tests.pages.visitor import CAFE, fine, press, said, words
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    AGREE,
    ARGUMENTS,
    BOARD,
    BREAK,
    CARD,
    DISAGREE,
    GREEN,
    MORNING,
    PLACED,
    PORTRAIT,
    SEVERAL,
    SLIDE,
    TALKED,
    WATCHED,
    answers,
    created,
    goes,
    posts,
    whole_plan,
)

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from state.domain.cafe import Note
    from tests.pages.visitor import Visitor
    from tests.state.cafes import Decision


def console(visitor: Visitor, *done: Decision) -> AppTest:
    """The console of a whole café where people have come in and this was done."""
    visitor.make(created(plan=whole_plan()))
    visitor.hold_console()
    visitor.do(*ENTRANCE, *done)
    return visitor.open("host.py", cafe=CAFE)


def warned(page: AppTest) -> list[str]:
    return [str(warning.value) for warning in page.warning]


# Hands


def raise_hands(page: AppTest, stop: str, **counts: int) -> AppTest:
    for choice, count in counts.items():
        page.number_input(key=f"hands-{stop}-{choice}").set_value(count)
    return press(page, "hands-keep")


def test_a_show_of_hands_is_counted_apart_and_shown_with_the_rest(visitor: Visitor) -> None:
    page = console(visitor, goes(TALKED), answers("ada", TALKED, "oui"))
    page = raise_hands(page, TALKED, oui=4, non=2)
    assert visitor.cafe.hands[TALKED] == {"oui": 4, "non": 2}
    table = page.table[0].value
    assert (list(table[t("chart.people")]), list(table[t("chart.hands")])) == ([1, 0], [4, 2])
    assert f"{tn('people.answered', 1)} {tn('people.hands', 6)} : Oui 5, Non 2." in said(page)
    page = raise_hands(page, TALKED, oui=0, non=0)
    assert visitor.cafe.hands[TALKED] == {}
    assert t("chart.hands") not in page.table[0].value


@pytest.mark.parametrize("stop", [PLACED, CARD, SEVERAL, PORTRAIT])
def test_hands_can_be_counted_for_whatever_has_choices(visitor: Visitor, stop: str) -> None:
    page = console(visitor, goes(stop))
    fields = [field for field in page.number_input if str(field.key).startswith("hands-")]
    assert all(field.proto.max == decisions.ROOM_SIZE and field.proto.min == 0 for field in fields)
    fields[0].set_value(3)
    press(page, "hands-keep")
    assert list(visitor.cafe.hands[stop].values()) == [3]


@pytest.mark.parametrize("stop", [SLIDE, WATCHED, BOARD, AFTER_LEARNING])
def test_nobody_raises_a_hand_for_what_is_not_chosen(visitor: Visitor, stop: str) -> None:
    assert "hands-keep" not in {button.key for button in console(visitor, goes(stop)).button}


# Groups


def test_results_are_split_by_groups_and_small_groups_are_not_shown(visitor: Visitor) -> None:
    more = [Joined(f"p{number}", None, None, "room") for number in range(2)]
    votes = [answers(person, TALKED, "oui") for person in ("ada", "bob", "cyd", "p0")]
    page = console(visitor, lambda _: more, goes(TALKED), *votes)
    assert len(page.table) == 1
    page = fine(page.selectbox(key=f"split-{TALKED}").set_value("place").run())
    assert visitor.cafe.round(TALKED).split == "place"
    assert [list(table.value[t("chart.people")]) for table in page.table] == [[4, 0], [3, 0]]
    assert t("chart.too_few") in words(page)
    page = fine(page.selectbox(key=f"split-{TALKED}").set_value("").run())
    assert visitor.cafe.round(TALKED).split is None


# Time


def test_a_timer_is_started_given_a_minute_and_stopped(visitor: Visitor) -> None:
    page = console(visitor, goes(TALKED))
    assert len(parts(page, "clock")) == 2
    page = press(page, "timer-30")
    timer = visitor.cafe.timer
    assert timer is not None
    assert (timer.stop, timer.seconds) == (TALKED, 30)
    clock, *_ = parts(page, "clock")
    assert (clock["label"], clock["running"]) == (t("timer.label"), True)
    assert 0 < clock["seconds"] <= 30
    page = press(page, "timer-more")
    assert visitor.cafe.timer is not None
    assert visitor.cafe.timer.seconds == 90
    page = press(page, "timer-stop")
    assert visitor.cafe.timer is None
    assert "timer-30" in {button.key for button in page.button}
    assert visitor.cafe.round(TALKED).open


def test_the_end_of_a_timer_closes_nothing(visitor: Visitor) -> None:
    page = console(visitor, goes(TALKED), lambda cafe: decisions.start_timer(cafe, TALKED, 1))
    visitor.do(answers("ada", TALKED, "oui"))
    assert visitor.cafe.round(TALKED).open
    assert page.button(key="timer-stop").label == t("timer.stop")


def test_a_minute_is_added_to_the_step(visitor: Visitor) -> None:
    page = console(visitor, goes(TALKED))
    before = visitor.cafe.step_ends_at
    assert before is not None
    press(page, "step-more")
    assert visitor.cafe.step_ends_at == before + 60


# The word


def test_the_word_goes_round_to_those_who_picked_a_card_in_turn(visitor: Visitor) -> None:
    picks = [answers(person, CARD, card) for person, card in (("bob", "hal"), ("ada", "skynet\nParce que"))]
    page = console(visitor, goes(CARD), *picks)
    heard = []
    while "call-next" in {button.key for button in page.button}:
        page = press(page, "call-next")
        heard.append(visitor.cafe.speaking)
    assert heard == ["ada", "bob"]
    assert t("console.speaking", name=NAMES["bob"]) in words(page)
    page = press(page, "call-nobody")
    assert visitor.cafe.speaking is None
    assert t("console.all_spoke") in words(page)


def test_nobody_is_called_before_anybody_picked(visitor: Visitor) -> None:
    assert not {"call-next", "call-nobody"} & {button.key for button in console(visitor, goes(CARD)).button}


def test_a_reason_is_hidden_and_the_card_stays(visitor: Visitor) -> None:
    page = console(visitor, goes(CARD), answers("ada", CARD, "hal\ngros mot"))
    press(page, f"text-{CARD}-ada")
    assert visitor.cafe.answers[CARD]["ada"].hidden
    visitor.do(goes(CARD, "reveal"))
    screen = visitor.open("screen.py", cafe=CAFE)
    assert tn("people.picked", 1) in said(screen)
    assert "gros mot" not in said(screen)


# Notes


def stuck(visitor: Visitor, *more: Decision) -> AppTest:
    return console(
        visitor,
        goes(BOARD),
        *(posts("ada", "n1", "badge"), posts("bob", "n2", "le badge"), posts("cyd", "n3", "plan", BREAK, GREEN)),
        *more,
    )


def choose(page: AppTest, *chosen: str, stop: str = BOARD) -> AppTest:
    return fine(page.multiselect(key=f"notes-{stop}").set_value(list(chosen)).run())


def noted(visitor: Visitor, name: str = "n1", stop: str = BOARD) -> Note:
    return visitor.cafe.notes[stop][name]


def test_what_is_said_aloud_is_noted(visitor: Visitor) -> None:
    page = console(visitor, goes(BOARD))
    page.text_input(key=f"note-text-{BOARD}").set_value("  dit   tout haut ")
    page.selectbox(key=f"note-place-{BOARD}").set_value(BREAK)
    page.selectbox(key=f"note-colour-{BOARD}").set_value(GREEN)
    page = press(page, "note-add")
    (note,) = visitor.cafe.notes[BOARD].values()
    assert (note.text, note.column, note.colour, note.author) == ("dit tout haut", BREAK, GREEN, None)
    assert page.dataframe[0].value[t("board.by")].tolist() == [t("board.facilitator")]


def test_an_argument_is_noted_on_its_side(visitor: Visitor) -> None:
    page = console(visitor, goes(ARGUMENTS))
    page.text_input(key=f"note-text-{ARGUMENTS}").set_value("Un argument")
    page.selectbox(key=f"note-place-{ARGUMENTS}").set_value(DISAGREE)
    press(page, "note-add")
    (note,) = visitor.cafe.notes[ARGUMENTS].values()
    assert (note.column, note.colour, note.author) == (DISAGREE, None, None)


def test_an_empty_note_is_refused_with_a_sentence(visitor: Visitor) -> None:
    page = console(visitor, goes(BOARD))
    assert page.text_input(key=f"note-text-{BOARD}").proto.max_chars == 100
    page.text_input(key=f"note-text-{BOARD}").set_value(" \u200b ")
    assert warned(press(page, "note-add")) == [t("refusal.text-empty")]
    assert BOARD not in visitor.cafe.notes


def test_notes_are_moved_and_recoloured(visitor: Visitor) -> None:
    page = choose(stuck(visitor), "n1", "n2")
    page.selectbox(key=f"move-place-{BOARD}-n1").set_value(BREAK)
    page.selectbox(key=f"move-colour-{BOARD}-n1").set_value(GREEN)
    press(page, "note-move")
    assert [(noted(visitor, name).column, noted(visitor, name).colour) for name in ("n1", "n2")] == [(BREAK, GREEN)] * 2


@pytest.mark.parametrize(
    ("gesture", "attribute", "does", "undoes"),
    [
        ("flag", "flagged", "console.note_flag", "console.note_unflag"),
        ("hide", "hidden", "console.text_hide", "console.text_show"),
    ],
)
def test_a_note_is_flagged_or_hidden_and_back(
    visitor: Visitor, gesture: str, attribute: str, does: str, undoes: str
) -> None:
    page = choose(stuck(visitor), "n1")
    for expected, label in ((True, does), (False, undoes)):
        assert page.button(key=f"note-{gesture}").label == t(label)
        page = press(page, f"note-{gesture}")
        assert getattr(noted(visitor), attribute) is expected


def test_notes_that_say_the_same_are_merged_and_split_again(visitor: Visitor) -> None:
    page = choose(stuck(visitor), "n1", "n2")
    page = press(page, "note-merge")
    assert noted(visitor, "n2").under == "n1"
    assert t("board.times", count=2) in said(page)
    # What stands under another is no longer there to choose.
    assert len(page.multiselect(key=f"notes-{BOARD}").options) == 2
    page = press(choose(page, "n1"), "note-split")
    assert noted(visitor, "n2").under is None


def test_notes_that_read_the_same_are_told_apart(visitor: Visitor) -> None:
    twins = [posts("ada", name, "badge") for name in ("n1", "n2", "n3")]
    page = choose(console(visitor, goes(BOARD), *twins), "n1", "n3")
    options = page.multiselect(key=f"notes-{BOARD}").options
    assert len(set(options)) == 3
    press(page, "note-merge")
    assert [noted(visitor, name).under for name in ("n1", "n2", "n3")] == [None, None, "n1"]


def test_notes_that_arrive_while_one_chooses_wait_for_a_click(visitor: Visitor) -> None:
    page = choose(stuck(visitor), "n1")
    visitor.do(posts("ada", "n4", "nouveau"))
    page = fine(page.run())
    assert len(page.multiselect(key=f"notes-{BOARD}").options) == 3
    assert page.button(key="notes-fresh").label == tn("board.fresh", 1)
    # The whole list beside it does not wait.
    assert "nouveau" in list(page.dataframe[0].value[t("board.text")])
    page = press(page, "notes-fresh")
    field = page.multiselect(key=f"notes-{BOARD}")
    assert (len(field.options), field.value) == (4, ["n1"])
    assert "notes-fresh" not in {button.key for button in page.button}


def test_a_note_taken_back_meanwhile_is_said_and_nothing_else_fails(visitor: Visitor) -> None:
    page = choose(stuck(visitor), "n1")
    visitor.do(partial(notes.withdraw, question=BOARD, note="n1", person="ada"))
    page = press(page, "note-move")
    assert warned(page) == [t("refusal.unknown-note")]
    assert noted(visitor, "n2").column == MORNING


def test_notes_are_listed_with_their_place_colour_and_author(visitor: Visitor) -> None:
    page = stuck(visitor, partial(notes.hide, question=BOARD, note="n3"))
    table = page.dataframe[0].value
    assert list(table[t("board.text")]) == ["badge", "le badge", f"{t('console.hidden_text')} plan"]
    assert list(table[t("board.place")]) == ["Le trajet", "Le trajet", "La pause"]
    assert list(table[t("board.colour")]) == ["Donnée personnelle", "Donnée personnelle", "Donnée ouverte"]
    assert list(table[t("board.by")]) == [NAMES["ada"], NAMES["bob"], NAMES["cyd"]]


# What is retained


@pytest.mark.parametrize("stop", [PORTRAIT, AFTER_DEBATE, AFTER_LEARNING])
def test_what_the_room_retains_is_written_kept_and_taken_back(visitor: Visitor, stop: str) -> None:
    page = console(visitor, goes(stop))
    field = page.text_area(key=f"summary-{stop}")
    assert field.proto.max_chars == decisions.SUMMARY_LENGTH
    page = fine(field.set_value("  En   bref \n et voilà").run())
    assert visitor.cafe.summaries[stop] == "En bref\net voilà"
    fine(page.text_area(key=f"summary-{stop}").set_value(" ").run())
    assert visitor.cafe.summaries[stop] == ""


# Sides


def test_the_talk_about_a_placement_begins_and_ends_with_next_and_previous(visitor: Visitor) -> None:
    votes = [answers("ada", PLACED, AGREE), answers("bob", PLACED, AGREE)]
    page = console(visitor, goes(PLACED), *votes)
    assert page.button(key="next").label == t("console.ask_why")
    page = press(page, "next")
    assert (visitor.cafe.round(PLACED).revealed, visitor.cafe.round(PLACED).open) == (True, True)
    visitor.do(answers("bob", PLACED, DISAGREE))
    moved = f"{tn('sides.changed', 1, both=2)} {tn('sides.moved', 1, side='Plutôt pas d’accord')}."
    assert moved in words(fine(page.run()))
    page = press(page, "previous")
    assert not visitor.cafe.round(PLACED).revealed


def test_the_talk_is_also_a_gesture_of_its_own(visitor: Visitor) -> None:
    page = console(visitor, goes(PLACED))
    page = press(page, "gesture-talk")
    assert visitor.cafe.round(PLACED).revealed
    press(page, "gesture-talk")
    assert not visitor.cafe.round(PLACED).revealed


# The video


def test_a_video_is_shown_from_another_address_and_from_the_pack_again(visitor: Visitor) -> None:
    page = console(visitor, goes(WATCHED))
    assert page.get("link_button")[0].proto.url == "https://v.fr/1"
    page.text_input(key="video-film").set_value("https://ailleurs.fr/2")
    page = press(page, "keep-video-film")
    assert visitor.cafe.videos["film"].url == "https://ailleurs.fr/2"
    assert page.get("link_button")[0].proto.url == "https://ailleurs.fr/2"
    page = press(page, "reset-video-film")
    assert visitor.cafe.videos == {}


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "v.fr", "https://", "ftp://v.fr", "https://a b", "file:///x"])
def test_what_is_no_web_address_is_refused_with_a_sentence(visitor: Visitor, typed: str) -> None:
    page = console(visitor, goes(WATCHED))
    page.text_input(key="video-film").set_value(typed)
    page = press(page, "keep-video-film")
    assert warned(page) == [t("refusal.not-an-address")]
    assert page.text_input(key="video-film").value == typed
    assert visitor.cafe.videos == {}


def test_a_file_is_sent_to_this_step_of_this_cafe_and_its_limit_is_told(visitor: Visitor) -> None:
    page = console(visitor, goes(WATCHED))
    (upload,) = parts(page, "upload")
    assert (upload["address"], upload["most"]) == (f"/api/cafes/{CAFE}/films/film", LARGEST_BYTES)
    assert str(LARGEST_BYTES // 1024 // 1024) in upload["labels"]["choose"]
    name = f"{'a' * 32}.mp4"
    visitor.do(partial(decisions.choose_video, step_id="film", file=name))
    page = fine(page.run())
    assert t("video.file_in_use") in words(page)
    assert t("console.video_open") not in said(page)


# Once it is over


@pytest.mark.parametrize("stop", [CARD, BOARD, TALKED])
def test_a_closed_cafe_has_nothing_more_to_press_than_to_open_it_again(visitor: Visitor, stop: str) -> None:
    page = console(
        visitor, goes(stop), answers("ada", CARD, "hal") if stop == CARD else decisions.reopen, decisions.close
    )
    # People may still be renamed or removed, and a secret link changed; nothing else changes.
    assert {str(button.key) for button in page.button if not button.disabled} == {"reopen", "side-renewal-do"}


def test_the_whole_programme_is_walked_by_next_alone(visitor: Visitor) -> None:
    page = console(visitor, *whole_day()[len(ENTRANCE) :], goes("accueil"))
    visited = []
    while not page.button(key="next").disabled:
        page = press(page, "next")
        visited.append(visitor.cafe.stop_id)
    assert list(dict.fromkeys(visited)) == [stop.id for stop in visitor.cafe.programme.stops[1:]]


def test_the_door_is_shut_and_opened_again(visitor: Visitor) -> None:
    page = press(console(visitor), "side-door")
    assert visitor.cafe.shut
    assert t("door.is_shut") in [info.value for info in page.info]
    press(page, "side-door")
    assert not visitor.cafe.shut


def test_another_code_is_shown_at_once(visitor: Visitor) -> None:
    page = console(visitor)
    before = visitor.cafe.code
    page = press(page, "side-code")
    code = visitor.cafe.code
    assert code != before
    assert f"{code[:3]} {code[3:]}" in [header.value for header in page.header]
    assert not [header for header in page.header if header.value == f"{before[:3]} {before[3:]}"]
