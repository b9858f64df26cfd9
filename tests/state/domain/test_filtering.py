"""Reading a café by level or place: what is counted adds up, and no group of one or two is ever shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from state.domain import decisions
from state.domain.events import LEVELS, PLACES
from state.domain.filtering import Selection, filtered, only
from state.domain.small_groups import FEWEST_IN_A_GROUP, withheld
from state.domain.tallies.choices import choice_tally
from tests.state.cafes import ONE, answers, begun, goes, joins, play, stop_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.cafe import Cafe

    Person = tuple[str | None, str | None, str]

PEOPLE = st.lists(
    st.tuples(st.sampled_from([None, *LEVELS]), st.sampled_from([None, *PLACES]), st.sampled_from("abc")), max_size=14
)
SELECTIONS = st.builds(Selection, st.sampled_from([None, *LEVELS]), st.sampled_from([None, *PLACES]))


def cafe_of(people: Sequence[Person]) -> Cafe:
    coming = [joins(f"p{n}", level=level, place=place) for n, (level, place, _) in enumerate(people)]
    said = [answers(f"p{n}", ONE, value) for n, (_, _, value) in enumerate(people)]
    return play(begun(), *coming, goes(ONE), *said)


def counts(cafe: Cafe) -> list[int]:
    return [row.count for row in choice_tally(cafe, stop_at(cafe, ONE)).choices]


@given(PEOPLE, st.sets(st.integers(0, 13)))
def test_complementary_groups_add_up_to_the_whole(people: Sequence[Person], some: set[int]) -> None:
    cafe = cafe_of(people)
    mine = {f"p{n}" for n in some}
    others = set(cafe.participants) - mine
    both = zip(counts(only(cafe, mine)), counts(only(cafe, others)), strict=True)
    assert [here + there for here, there in both] == counts(cafe)


@given(PEOPLE, SELECTIONS)
def test_no_group_under_three_is_shown_nor_left_by_subtraction(people: Sequence[Person], selection: Selection) -> None:
    cafe = cafe_of(people)
    shown = filtered(cafe, selection)
    if selection.everybody or shown is None:
        return
    assert len(shown.cafe.present) >= FEWEST_IN_A_GROUP
    answered = sum(counts(shown.cafe))
    assert answered == 0 or answered >= FEWEST_IN_A_GROUP
    left = sum(counts(cafe)) - answered
    assert left == 0 or left >= FEWEST_IN_A_GROUP


@given(st.dictionaries(st.integers(), st.integers(0, 9)))
def test_what_is_withheld_is_never_one_or_two_people_unless_it_is_all_there_is(sizes: dict[int, int]) -> None:
    hidden = withheld(sizes)
    assert all(group in hidden for group, people in sizes.items() if 0 < people < FEWEST_IN_A_GROUP)
    together = sum(sizes[group] for group in hidden)
    assert together == 0 or together >= FEWEST_IN_A_GROUP or together == sum(sizes.values())


def test_somebody_removed_does_not_come_back_and_hands_are_left_out() -> None:
    cafe = cafe_of([("novice", "room", "a")] * 4 + [("expert", "room", "b")] * 3)
    raise_hands = partial(decisions.count_hands, question=ONE, counts={"a": 5})
    cafe = play(cafe, raise_hands, partial(decisions.remove, person="p0"))
    shown = filtered(cafe, Selection(level="novice"))
    assert shown is not None
    assert (shown.people, counts(shown.cafe)) == (3, [3, 0, 0])
    assert choice_tally(shown.cafe, stop_at(cafe, ONE)).hands == 0
