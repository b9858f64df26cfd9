"""What is kept of cafés to compare them: made once after each change, made again where it is not sound."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from state import summaries as kept_summaries
from state.domain import decisions
from state.domain.events import HelperInvited, HelperRevoked, Record
from state.domain.folding import fold
from state.domain.summarising import summarise
from state.identity import hash_token
from state.ports import Damaged, StoreError
from state.summaries import Summaries
from tests.state.cafes import ONE, START, TOKEN, answers, created, goes, joins
from tests.state.stores_that_fail import FailingStore

if TYPE_CHECKING:
    from pathlib import Path

    from state.domain.cafe import Cafe
    from state.summaries import Kept
    from tests.state.cafes import Decision

CAFE, OTHER = "cafe00000001", "cafe00000002"
HELD = {CAFE: (TOKEN,)}


class Shop:
    """A store, the summaries beside it, and how often each of its cafés was asked of its room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = FailingStore()
        self.asked: list[str] = []
        self.again()

    def again(self) -> None:
        """The process starts anew: nothing is in memory."""
        self.summaries = Summaries(self.folder, self.store, self._playing)

    def make(self, cafe_id: str = CAFE) -> None:
        self.store.append(cafe_id, [Record(1, START, created())]).result()

    def do(self, *asked: Decision, cafe_id: str = CAFE) -> Cafe:
        cafe = fold(self.store.load(cafe_id))
        for decide in asked:
            events = tuple(decide(cafe))
            records = [Record(cafe.version + n, START + cafe.version + n, event) for n, event in enumerate(events, 1)]
            self.store.append(cafe_id, records).result()
            cafe = fold(self.store.load(cafe_id))
        self.store.loads = 0
        return cafe

    def one(self) -> Kept:
        (found,) = self.summaries.held_with(HELD).cafes
        return found

    @property
    def file(self) -> Path:
        return self.folder / f"{CAFE}.json"

    def _playing(self, cafe_id: str) -> Cafe:
        self.asked.append(cafe_id)
        return fold(self.store.load(cafe_id))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path / "summaries")
    shop.make()
    shop.do(joins("ada"), joins("bob"), goes(ONE), answers("ada", ONE, "a"))
    return shop


def test_a_summary_is_that_of_the_cafe(shop: Shop) -> None:
    assert shop.one().summary == summarise(fold(shop.store.load(CAFE)))


def test_a_history_is_folded_once_and_not_even_by_the_next_process(shop: Shop) -> None:
    first = shop.one()
    assert shop.store.loads == 1
    shop.one()
    shop.again()
    assert shop.one() == first
    assert (shop.store.loads, shop.asked) == (1, [])


def test_after_a_change_it_is_made_again_once_from_the_room(shop: Shop) -> None:
    shop.one()
    shop.do(answers("bob", ONE, "b"))
    assert shop.one().summary.steps[0].questions[0].answered == 2
    shop.one()
    assert shop.asked == [CAFE]
    shop.again()
    assert shop.one().summary.steps[0].questions[0].answered == 2
    assert shop.asked == [CAFE]


DAMAGE = {
    "empty": b"",
    "cut": b'{"summary": {',
    "of something else": b"\x00\xff\x00 bonjour",
    "of an honest stranger": b'{"summary": {"1": {"people": 1000}}}',
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_made_again_and_never_believed(shop: Shop, damage: bytes) -> None:
    sound = shop.one()
    good = shop.file.read_bytes()
    shop.file.write_bytes(damage)
    shop.again()
    assert shop.one() == sound
    assert shop.file.read_bytes() == good


@pytest.mark.parametrize("place", range(0, 1000, 37))
def test_a_flipped_bit_anywhere_is_noticed(shop: Shop, place: int) -> None:
    sound = shop.one()
    data = bytearray(shop.file.read_bytes())
    data[place % len(data)] ^= 1
    shop.file.write_bytes(data)
    shop.again()
    assert shop.one() == sound


def test_a_file_of_another_cafe_is_not_taken_for_this_one(shop: Shop) -> None:
    sound = shop.one()
    shop.make(OTHER)
    shop.summaries.held_with({OTHER: (TOKEN,)})
    shop.file.write_bytes((shop.folder / f"{OTHER}.json").read_bytes())
    shop.again()
    assert shop.one() == sound


def test_a_file_of_an_older_format_is_made_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.one()
    shop.again()
    monkeypatch.setattr(kept_summaries, "FORMAT", kept_summaries.FORMAT + 1)
    shop.store.loads = 0
    shop.one()
    assert shop.store.loads == 1


def test_a_missing_file_is_made_again(shop: Shop) -> None:
    sound = shop.one()
    shop.file.unlink()
    shop.again()
    assert shop.one() == sound
    assert shop.file.exists()


def test_a_disk_that_refuses_costs_nothing_but_time(shop: Shop) -> None:
    shop.folder.parent.mkdir(exist_ok=True)
    shop.folder.write_text("no folder can be here")
    assert shop.one().summary.people == 2


def test_a_forgotten_cafe_leaves_nothing_and_does_not_come_back(shop: Shop) -> None:
    shop.one()
    cafe = fold(shop.store.load(CAFE))
    del shop.store._histories[CAFE]
    shop.summaries.forget(CAFE)
    shop.summaries.keep(CAFE, cafe)
    assert list(shop.folder.iterdir()) == []
    found = shop.summaries.held_with(HELD)
    assert (found.cafes, found.unreadable) == ((), 0)
    shop.summaries.forget(CAFE)
    shop.summaries.forget("../../ailleurs")


def test_only_who_holds_a_link_of_the_cafe_finds_it(shop: Shop) -> None:
    assert shop.summaries.held_with({CAFE: ("un autre secret",)}).cafes == ()
    shop.do(lambda _: [HelperInvited("h1", "Noé", hash_token("de Noé"), hash_token("écran de Noé"))])
    assert len(shop.summaries.held_with({CAFE: ("de Noé",)}).cafes) == 1
    shop.do(lambda _: [HelperRevoked("h1")])
    assert shop.summaries.held_with({CAFE: ("de Noé",)}).cafes == ()
    assert shop.one().cafe == CAFE


def test_cafes_that_cannot_be_read_are_counted_and_unknown_ones_left_out(shop: Shop) -> None:
    shop.store.load_errors = [Damaged(CAFE)]
    assert shop.summaries.held_with({CAFE: (TOKEN,), "cafe99999999": (TOKEN,), "../x": (TOKEN,)}).unreadable == 1
    shop.store.load_errors = [StoreError("busy")]
    assert shop.summaries.held_with(HELD).unreadable == 1
    assert shop.one().cafe == CAFE


def test_files_hold_no_text_of_anybodys(shop: Shop) -> None:
    shop.do(partial(decisions.join, person="secret-id", pseudonym="Zoé-du-quai", level=None, place=None))
    shop.one()
    data = shop.file.read_bytes().decode()
    assert json.loads(data)["summary"]["1"]["summary"]["people"] == 3
    for private in ("Zoé-du-quai", "secret-id", "ada", TOKEN):
        assert private not in data
