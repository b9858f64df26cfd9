"""Reading before showing: nobody else sees what waits, what is published is seen, what is discarded never is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pad.view import render_view, seat_of
from state.domain import decisions, moderating, notes
from state.domain.tallies.texts import wall
from state.exports.rows import rows
from tests.state.cafes import (
    BOARD,
    CARD,
    HUNT,
    ONE,
    PORTRAIT,
    WORDS,
    answers,
    begun,
    goes,
    joins,
    play,
    posts,
    stop_at,
    whole_cafe,
)

if TYPE_CHECKING:
    from state.domain.cafe import Cafe

ON = partial(moderating.switch, on=True)
OFF = partial(moderating.switch, on=False)
SECRET = "zèbre"


def asked(text: str = SECRET) -> Cafe:
    cafe = play(begun(), ON, joins("ada"), joins("bob"), goes(WORDS), answers("ada", WORDS, text))
    return play(cafe, partial(decisions.show_results, question=WORDS))


def publish_all(cafe: Cafe) -> Cafe:
    return play(cafe, partial(moderating.publish, pieces=moderating.waiting(cafe)))


def discard_all(cafe: Cafe) -> Cafe:
    return play(cafe, partial(moderating.discard, pieces=moderating.waiting(cafe)))


def seen_by_the_room(cafe: Cafe) -> str:
    stop = stop_at(cafe, WORDS)
    exported = " ".join(row.answer for row in rows(cafe, names=True))
    return f"{render_view(cafe).decode()} {wall(cafe, stop)} {exported}"


def test_what_is_written_waits_and_only_its_author_is_told() -> None:
    cafe = asked()
    assert [piece.text for piece in moderating.waiting(cafe)] == [SECRET]
    assert SECRET not in seen_by_the_room(cafe)
    assert (seat_of(cafe, "ada").mine, seat_of(cafe, "ada").held) == ({WORDS: SECRET}, {WORDS: "waiting"})
    assert seat_of(cafe, "bob").held == {}


def test_what_is_published_is_seen() -> None:
    cafe = publish_all(asked())
    assert moderating.waiting(cafe) == ()
    assert SECRET in seen_by_the_room(cafe)
    assert seat_of(cafe, "ada").held == {}


def test_what_is_discarded_is_seen_nowhere_and_was_still_an_answer() -> None:
    cafe = discard_all(asked())
    assert moderating.waiting(cafe) == ()
    assert SECRET not in seen_by_the_room(cafe)
    assert seat_of(cafe, "ada").held == {WORDS: "hidden"}
    assert [(row.answer, row.counted) for row in rows(cafe)] == [("", False)]


def test_what_was_written_anew_waits_again_and_is_not_published_unread() -> None:
    before = publish_all(asked())
    cafe = play(before, answers("ada", WORDS, "autre chose", key="2"))
    assert [piece.text for piece in moderating.waiting(cafe)] == ["autre chose"]
    read = moderating.waiting(asked())
    late = play(asked(), answers("ada", WORDS, "autre chose", key="2"))
    assert moderating.publish(late, read) == ()
    assert moderating.discard(late, read) == ()


def test_the_same_text_again_stays_published() -> None:
    cafe = play(publish_all(asked()), answers("ada", WORDS, SECRET, key="2"))
    assert moderating.waiting(cafe) == ()


def test_switched_off_new_texts_are_seen_and_old_ones_wait() -> None:
    cafe = play(asked(), OFF, answers("bob", WORDS, "girafe"))
    assert [piece.text for piece in moderating.waiting(cafe)] == [SECRET]
    assert "girafe" in seen_by_the_room(cafe)


def test_switching_twice_changes_nothing() -> None:
    assert moderating.switch(play(begun(), ON), on=True) == ()
    assert moderating.switch(begun(), on=False) == ()


def test_choices_do_not_wait() -> None:
    cafe = play(begun(), ON, joins("ada"), goes(ONE), answers("ada", ONE, "a"))
    assert moderating.waiting(cafe) == ()
    assert not cafe.answers[ONE]["ada"].hidden


def test_what_somebody_sent_away_wrote_waits_for_nobody() -> None:
    assert moderating.waiting(play(asked(), partial(decisions.remove, person="ada"))) == ()


@pytest.mark.parametrize(("question", "value"), [(CARD, f"hal\n{SECRET}"), (HUNT, SECRET), (PORTRAIT, f"\n{SECRET}")])
def test_words_beside_a_choice_wait_too(question: str, value: str) -> None:
    cafe = play(whole_cafe(), ON, joins("ada"), goes(question), answers("ada", question, value))
    shown = play(cafe, goes(question, "reveal"))
    assert SECRET not in render_view(shown).decode()
    assert SECRET not in " ".join(row.answer for row in rows(shown))
    assert [piece.text for piece in moderating.waiting(cafe)] == [SECRET]
    published = publish_all(shown)
    assert SECRET in " ".join(row.answer for row in rows(published))


def test_notes_wait_but_those_of_who_facilitates() -> None:
    cafe = play(whole_cafe(), ON, joins("ada"), goes(BOARD))
    cafe = play(cafe, posts("ada", "n1", SECRET), posts(None, "n2", "dit tout haut"))
    cafe = play(cafe, partial(decisions.show_results, question=BOARD))
    assert [piece.note for piece in moderating.waiting(cafe)] == ["n1"]
    assert SECRET not in render_view(cafe).decode()
    assert seat_of(cafe, "ada").notes[BOARD][0]["waiting"]
    withdrawn = play(cafe, partial(notes.withdraw, question=BOARD, note="n1", person="ada"))
    assert moderating.waiting(withdrawn) == ()
    assert not publish_all(cafe).notes[BOARD]["n1"].hidden
    assert discard_all(cafe).notes[BOARD]["n1"].hidden


@given(
    st.lists(
        st.tuples(st.sampled_from(["ada", "bob"]), st.sampled_from(["w", "p", "d", "on", "off"]), st.integers(0, 3))
    )
)
def test_nothing_that_waits_is_ever_seen(done: list[tuple[str, str, int]]) -> None:
    cafe = play(asked(), joins("cyd"))
    for number, (person, what, text) in enumerate(done):
        match what:
            case "w":
                cafe = play(cafe, answers(person, WORDS, f"mot{text}", key=f"k{number}"))
            case "p":
                cafe = publish_all(cafe)
            case "d":
                cafe = discard_all(cafe)
            case _:
                cafe = play(cafe, partial(moderating.switch, on=what == "on"))
        waiting = {(piece.author, piece.text) for piece in moderating.waiting(cafe)}
        stop = stop_at(cafe, WORDS)
        assert not waiting & {(one.participant, one.text) for one in wall(cafe, stop)}
