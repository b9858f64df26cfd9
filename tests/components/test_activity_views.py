"""Each kind of activity on phones: what is drawn, what is shown of the room and when, and what never is."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.activities import views_of
from components.pad.view import shared_view
from components.questions.order import shuffled
from components.questions.views import Views
from content.activities import KINDS
from content.catalogue import t, tn
from content.prompts import Entry
from state.domain import decisions
from state.films import TYPES
from tests.components.crowd import (
    ASKING,
    GIVEN,
    HANDS,
    HIDDEN,
    NAMES,
    REMOVED,
    STILL,
    SUMMARIES,
    WHOLE,
    typed_at,
    whole_day,
)
from tests.state.cafes import (
    AFTER_DEBATE,
    AFTER_LEARNING,
    AGREE,
    ARGUMENTS,
    ASKED,
    BEFORE_DEBATE,
    BEFORE_LEARNING,
    BOARD,
    BREAK,
    CARD,
    CRITERIA,
    DISAGREE,
    GRID,
    HUNT,
    LEAD,
    LEVEL,
    MORNING,
    NOTE,
    ORDER,
    PLACED,
    PORTRAIT,
    PREFERRED,
    RATED,
    RETAINED,
    SEVERAL,
    SLIDE,
    TALKED,
    THANKS,
    TRADE,
    TRIED,
    WATCHED,
    answers,
    goes,
    joins,
    play,
    stop_at,
    whole_cafe,
    whole_plan,
)

if TYPE_CHECKING:
    from state.domain.cafe import Beat, Cafe


@cache
def played(stop: str, beat: Beat = "ask") -> Cafe:
    return play(whole_cafe(), *whole_day(until=stop, last=beat))


def view(stop: str, beat: Beat = "ask") -> dict[str, Any]:
    return shared_view(played(stop, beat))


def test_the_whole_plan_has_every_kind_of_activity() -> None:
    assert {step.activity.kind for step in whole_plan().steps} == set(KINDS)


@pytest.mark.parametrize("stop", WHOLE)
def test_every_stop_has_its_four_views(stop: str) -> None:
    assert isinstance(views_of(stop_at(whole_cafe(), stop)), Views)


@pytest.mark.parametrize("stop", ["accueil", "merci"])
def test_the_lobby_and_the_end_belong_to_no_activity(stop: str) -> None:
    with pytest.raises(LookupError):
        views_of(stop_at(whole_cafe(), stop))


@pytest.mark.parametrize("stop", WHOLE)
def test_a_view_says_where_one_is_and_what_is_asked(stop: str) -> None:
    there = stop_at(whole_cafe(), stop)
    assert there.step is not None
    seen = view(stop)
    assert (seen["step"], seen["course"]) == (there.step.activity.title, there.step.course)
    assert seen["question"] == (None if stop in STILL else stop)
    assert (there.prompt.prompt if there.prompt else seen["title"]) in {seen.get("prompt"), seen.get("title")}
    assert seen.get("moment") == (t(f"moment.{there.prompt.moment}") if there.prompt and there.prompt.moment else None)


PEOPLE = tn("people.answered", 3)
COUNTED = f"{PEOPLE} {tn('people.hands', HANDS)}"
SIX = {"people": COUNTED, "counts": {"oui": 5, "non": 1}, "shares": {"oui": 83, "non": 17}}
SIDES = {"people": COUNTED, "counts": {AGREE: 5, DISAGREE: 1}, "shares": {AGREE: 83, DISAGREE: 17}}
# What a phone draws with, and what it shows of the room once a question is revealed.
SHOWN: dict[str, tuple[str, dict[str, Any]]] = {
    LEVEL: (
        "choice",
        {
            "people": COUNTED,
            "counts": {"novice": 5, "averti": 0, "expert": 1},
            "shares": {"novice": 83, "averti": 0, "expert": 17},
        },
    ),
    PLACED: ("choice", SIDES),
    CARD: ("card", {"people": COUNTED, "counts": {"skynet": 4, "hal": 2, "autre": 0}}),
    TALKED: ("choice", SIX),
    BEFORE_LEARNING: ("text", {"people": tn("people.answered", 2), "texts": ["avant d’Ada", "avant de Bob"]}),
    ASKED: ("text", {"people": tn("people.answered", 2), "texts": ["mot d’Ada", "mot de Bob"]}),
    HUNT: ("hunt", {"people": PEOPLE, "found": ["Volume", "Variété", "Vitesse"], "total": 3, "missed": []}),
    SEVERAL: (
        "several",
        {
            "people": COUNTED,
            "counts": {"a": 5, "b": 1, "c": 1, "d": 1},
            "shares": {"a": 83, "b": 17, "c": 17, "d": 17},
        },
    ),
    AFTER_LEARNING: ("text", {"people": tn("people.answered", 2), "texts": ["après d’Ada", "après de Bob"]}),
    ORDER: ("order", {"people": f"{PEOPLE} · {tn('people.perfect', 1)}"}),
    GRID: (
        "several",
        {"people": COUNTED, "counts": {"facile": 6, "accessible": 1}, "shares": {"facile": 100, "accessible": 17}},
    ),
    BEFORE_DEBATE: ("choice", SIDES),
    ARGUMENTS: (
        "board",
        {
            "people": tn("people.notes", 2),
            "counts": {AGREE: 1, DISAGREE: 1},
            "notes": [
                {"id": "n1", "column": AGREE, "text": "argument d’Ada", "votes": 0},
                {"id": "n2", "column": DISAGREE, "text": "argument de Bob", "votes": 2},
            ],
        },
    ),
    AFTER_DEBATE: (
        "choice",
        {"people": COUNTED, "counts": {AGREE: 4, DISAGREE: 2}, "shares": {AGREE: 67, DISAGREE: 33}},
    ),
    PORTRAIT: ("choice", {"people": COUNTED, "words": [["Camille", 5]]}),
    TRADE: ("choice", {"people": PEOPLE, "words": [["métier d’Ada", 2]]}),
    BOARD: ("board", {"people": tn("people.notes", 4), "counts": {MORNING: 2, BREAK: 2}}),
    PREFERRED: ("card", {"people": COUNTED, "counts": {"premiere": 5, "seconde": 1}}),
    RETAINED: ("text", {"people": tn("people.answered", 2), "texts": ["partage d’Ada", "partage de Bob"]}),
    RATED: (
        "choice",
        {
            "people": COUNTED,
            "counts": {"1": 3, "2": 0, "3": 1, "4": 1, "5": 1},
            "shares": {"1": 50, "2": 0, "3": 17, "4": 17, "5": 17},
        },
    ),
}
LIVE = {LEVEL, PLACED, HUNT, ARGUMENTS, PORTRAIT, TRADE, BOARD}


@pytest.mark.parametrize(("stop", "kind", "results"), [(stop, *shown) for stop, shown in SHOWN.items()])
def test_what_the_room_said_is_shown_once_it_is_revealed(stop: str, kind: str, results: dict[str, Any]) -> None:
    assert view(stop)["kind"] == kind
    assert view(stop, "reveal")["results"] == results


@pytest.mark.parametrize("stop", SHOWN)
def test_results_come_at_once_where_they_are_lively_and_wait_elsewhere(stop: str) -> None:
    asked, revealed = view(stop), view(stop, "reveal")
    if stop in LIVE:
        shown = {name: value for name, value in revealed["results"].items() if name != "missed"}
        assert asked["results"] == shown
    else:
        assert "results" not in asked
    assert not {"right", "explanation", "order", "retained", "missed"} & set(asked)


@pytest.mark.parametrize("stop", ASKING)
def test_a_vote_ends_with_the_reveal_but_where_people_may_still_move(stop: str) -> None:
    assert view(stop)["open"]
    assert view(stop, "reveal")["open"] == (stop in {LEVEL, PLACED, "placement/gratuites"})


@pytest.mark.parametrize("beat", ["ask", "reveal"])
@pytest.mark.parametrize("stop", WHOLE)
def test_nobodys_name_nor_anything_hidden_is_ever_on_a_phone(stop: str, beat: Beat) -> None:
    sent = json.dumps(view(stop, beat), ensure_ascii=False)
    for private in (HIDDEN, REMOVED, "regret de Cyd", NOTE, LEAD, *NAMES.values()):
        assert private not in sent


@pytest.mark.parametrize("stop", [CARD, PREFERRED, BOARD])
def test_reasons_and_notes_stay_between_the_screen_and_whoever_wrote_them(stop: str) -> None:
    sent = json.dumps([view(stop), view(stop, "reveal")], ensure_ascii=False)
    assert not [text for text in (*typed_at(stop), "badge d’Ada", "plan de Bob", "dit tout haut") if text in sent]


@pytest.mark.parametrize(
    "stop", [BEFORE_LEARNING, ASKED, AFTER_LEARNING, RETAINED, *(stop for stop in GIVEN if stop in {CARD, PREFERRED})]
)
def test_nobody_reads_the_others_before_they_are_shown(stop: str) -> None:
    sent = json.dumps(view(stop), ensure_ascii=False)
    assert not [text for text in typed_at(stop) if text in sent]


# What each kind has of its own


def test_a_slide_is_something_to_read() -> None:
    assert view(SLIDE) == view(SLIDE, "reveal") | {"stepEnds": view(SLIDE)["stepEnds"]}
    assert (view(SLIDE)["kind"], view(SLIDE)["body"]) == ("message", "En 2020.")
    assert view(SLIDE)["links"] == [{"label": "La source", "url": "https://source.exemple.fr"}]
    assert view(CRITERIA)["points"] == ["Facile à trouver : On la trouve.", "Accessible : On l’obtient."]
    assert view(TRIED)["points"] == ["Demander une recette.", "Demander un poème."]
    assert view(THANKS)["links"] == [{"label": "La suite", "url": "https://suite.exemple.fr"}]


def test_a_card_has_its_picture_and_what_it_shows() -> None:
    skynet, _, other = view(CARD)["cards"]
    assert (skynet["picture"], skynet["alt"]) == ("skynet", "Un crâne de métal.")
    assert "picture" not in other
    assert (view(CARD)["why"], view(CARD)["limit"]) == ("Pourquoi elle ?", 200)


def test_whoever_has_the_word_is_named_to_all_until_the_word_goes_elsewhere() -> None:
    cafe = play(played(CARD, "reveal"), partial(decisions.call_speaker, question=CARD, person="ada"))
    assert shared_view(cafe)["speaker"] == {"number": 1, "name": NAMES["ada"]}
    assert "speaker" not in shared_view(play(cafe, partial(decisions.call_speaker, question=CARD, person=None)))
    assert "speaker" not in shared_view(play(cafe, goes(TALKED)))


def test_words_to_guess_light_up_as_they_are_found_and_the_others_once_revealed() -> None:
    cafe = play(whole_cafe(), joins("ada"), joins("bob"), goes(HUNT))
    assert not [label for label in ("Volume", "Variété", "Vitesse") if label in json.dumps(shared_view(cafe))]
    cafe = play(cafe, answers("ada", HUNT, "des volumes"), answers("bob", HUNT, "vérité\nvélocité"))
    assert shared_view(cafe)["results"]["found"] == ["Volume", "Vitesse"]
    assert "Variété" not in json.dumps(shared_view(cafe), ensure_ascii=False)
    assert "vérité" not in json.dumps(shared_view(cafe), ensure_ascii=False)
    cafe = play(cafe, goes(HUNT, "reveal"))
    assert shared_view(cafe)["results"]["missed"] == ["Variété"]
    assert (shared_view(cafe)["explanation"], view(HUNT)["most"]) == ("Volume, variété, vitesse.", 3)


def test_a_timeline_tells_neither_its_order_nor_its_dates_until_revealed() -> None:
    asked = json.dumps(view(ORDER), ensure_ascii=False)
    assert not [told for told in ("1950", "1956", "1997", "Une machine qui imite.") if told in asked]
    right = [entry["id"] for entry in view(ORDER, "reveal")["order"]]
    assert right == ["turing", "dartmouth", "deep-blue"]
    assert sorted(entry["id"] for entry in view(ORDER)["entries"]) == sorted(right)
    assert view(ORDER, "reveal")["order"][0] == {
        "id": "turing",
        "label": "Le test de Turing",
        "date": "1950",
        "detail": "Une machine qui imite.",
    }


def test_showing_the_results_of_a_timeline_does_not_tell_its_order() -> None:
    cafe = play(played(ORDER), partial(decisions.show_results, question=ORDER))
    assert not {"order", "results", "right"} & set(shared_view(cafe))


IDS = st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), min_size=3, max_size=10, unique=True)


@given(IDS, st.randoms(use_true_random=False))
def test_entries_to_put_in_order_are_never_given_in_order_nor_by_it(ids: list[str], chance: Any) -> None:
    entries = [Entry(id=one, label=one) for one in ids]
    mixed = shuffled(entries)
    assert mixed != entries
    assert sorted(mixed, key=lambda one: one.id) == sorted(entries, key=lambda one: one.id)
    other = list(entries)
    chance.shuffle(other)
    # Another right order gives the same mix, unless that mix would be the right order.
    assert shuffled(other) in (mixed, mixed[::-1])


def test_a_definition_finds_again_what_was_written_before_and_the_reference_once_revealed() -> None:
    assert "earlier" not in view(BEFORE_LEARNING)
    assert view(AFTER_LEARNING)["earlier"] == BEFORE_LEARNING
    assert view(AFTER_LEARNING, "reveal")["explanation"] == "Une définition de référence."
    for stop in (BEFORE_LEARNING, AFTER_LEARNING):
        assert "Une définition de référence." not in json.dumps(view(stop), ensure_ascii=False)
    assert not {"right", "explanation"} & set(view(BEFORE_LEARNING, "reveal"))


def test_a_debate_says_who_moved_and_what_is_retained_once_shown() -> None:
    assert "body" not in view(AFTER_DEBATE)
    moved = f"{tn('sides.changed', 1, both=3)} {tn('sides.moved', 1, side='Pas d’accord')}."
    assert view(AFTER_DEBATE, "reveal")["body"] == f"{moved} {SUMMARIES[AFTER_DEBATE]}"


def test_a_board_says_its_rules_and_who_the_day_is_about() -> None:
    board = view(BOARD)
    assert [column["id"] for column in board["columns"]] == [MORNING, BREAK]
    assert [colour["paint"] for colour in board["colours"]] == ["blue", "green"]
    assert (board["limit"], board["most"], board["votes"]) == (100, 30, False)
    assert board["examples"] == ["L’horaire du bus"]
    assert board["body"] == f"{SUMMARIES[PORTRAIT]} · métier d’Ada"


def test_a_portrait_is_what_most_people_say_unless_the_facilitator_words_it() -> None:
    assert view(PORTRAIT, "reveal")["retained"] == SUMMARIES[PORTRAIT]
    assert view(TRADE, "reveal")["retained"] == "métier d’Ada"
    assert view(PORTRAIT)["own"] == 40


def test_a_video_is_watched_at_its_address_another_one_or_from_here() -> None:
    assert view(WATCHED)["links"] == [{"label": t("pad.video.link"), "url": "https://v.fr/1"}]
    choose = partial(decisions.choose_video, step_id="film")
    elsewhere = shared_view(play(played(WATCHED), partial(choose, url="https://ailleurs.fr/2")))
    assert elsewhere["links"] == [{"label": t("pad.video.link"), "url": "https://ailleurs.fr/2"}]
    name = f"{'0' * 32}.{next(iter(TYPES))}"
    here = shared_view(play(played(WATCHED), partial(choose, file=name)))
    assert (here["film"], here.get("links")) == (name, None)
