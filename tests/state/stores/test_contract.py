"""What every store does, whatever it keeps things in."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

import pytest

from state.domain.events import Answered
from state.ports import Conflict, NotKept, UnknownCafe
from state.stores.memory import MemoryStore
from state.stores.postgres.store import PostgresStore
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.samples import CAFE, OTHER, answer, created, fill, history

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from state.domain.events import Record
    from state.ports import Change, Store


class Opener(Protocol):
    def __call__(self) -> Store: ...


def opened(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    match kind:
        case "memory":
            return MemoryStore()
        case "postgres":
            return PostgresStore(request.getfixturevalue("postgres_url"))
        case _:
            return TinyDBStore(tmp_path / "store")


@pytest.fixture(params=["memory", "tinydb", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = opened(request.param, request, tmp_path)
    yield store
    store.close()


@pytest.fixture(params=["tinydb", "postgres"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """For stores that last: each call closes the one before."""
    address = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    last: list[Store] = []

    def reopen() -> Store:
        for store in last:
            store.close()
        last[:] = [PostgresStore(address) if address else TinyDBStore(tmp_path / "store")]
        return last[0]

    yield reopen
    for store in last:
        store.close()


def test_a_history_comes_back_as_it_was_appended(store: Store) -> None:
    records = fill(store, 5)
    assert list(store.load(CAFE)) == records


def test_an_append_may_hold_several_records(store: Store) -> None:
    store.append(CAFE, history(3)).result(10)
    store.append(CAFE, history(4, first=4)).result(10)
    assert list(store.load(CAFE)) == history(7)


def test_appends_need_not_wait_for_one_another(store: Store) -> None:
    futures = [store.append(CAFE, [record]) for record in history(200)]
    for future in futures:
        future.result(10)
    assert list(store.load(CAFE)) == history(200)


def test_a_load_sees_every_append_called_before_it(store: Store) -> None:
    futures = [store.append(CAFE, [record]) for record in history(50)]
    assert list(store.load(CAFE)) == history(50)
    assert all(future.exception(10) is None for future in futures)


@pytest.mark.parametrize("seqs", [[1], [3], [5], [2, 4], [2, 2], [3, 2], [0], [-1]])
def test_records_that_do_not_follow_are_a_conflict_and_none_is_kept(store: Store, seqs: list[int]) -> None:
    store.append(CAFE, [created()]).result(10)
    with pytest.raises(Conflict):
        store.append(CAFE, [answer(seq) for seq in seqs]).result(10)
    assert list(store.load(CAFE)) == history(1)


@pytest.mark.parametrize("seq", [0, 2, 3])
def test_a_first_record_other_than_1_makes_no_cafe(store: Store, seq: int) -> None:
    with pytest.raises(Conflict):
        store.append(CAFE, [answer(seq)]).result(10)
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    assert store.first_records() == {}


def test_after_a_conflict_the_right_records_are_kept(store: Store) -> None:
    store.append(CAFE, history(2)).result(10)
    with pytest.raises(Conflict):
        store.append(CAFE, [answer(2)]).result(10)
    store.append(CAFE, [answer(3)]).result(10)
    assert list(store.load(CAFE)) == history(3)


def test_of_two_who_write_the_same_place_one_is_kept(store: Store) -> None:
    store.append(CAFE, [created()]).result(10)
    futures = [store.append(CAFE, [answer(2, person)]) for person in ("a", "b")]
    assert [type(future.exception(10)) for future in futures] == [type(None), Conflict]
    assert list(store.load(CAFE)) == [created(), answer(2, "a")]


def test_a_cafe_that_is_not_there_is_unknown(store: Store) -> None:
    with pytest.raises(UnknownCafe):
        store.load(CAFE)


def test_cafes_do_not_mix(store: Store) -> None:
    fill(store, 3, CAFE)
    fill(store, 2, OTHER)
    assert (len(store.load(CAFE)), len(store.load(OTHER))) == (3, 2)


def test_the_creation_of_every_cafe_is_told(store: Store) -> None:
    fill(store, 3, CAFE)
    store.append(OTHER, [created("Un autre")]).result(10)
    assert store.first_records() == {CAFE: created(), OTHER: created("Un autre")}


def test_compacting_changes_nothing_of_a_history(store: Store) -> None:
    fill(store, 3)
    store.compact(CAFE)
    store.append(CAFE, [answer(4)]).result(10)
    store.compact(CAFE)
    store.compact(CAFE)
    assert list(store.load(CAFE)) == history(4)
    assert store.first_records() == {CAFE: created()}


def test_a_store_at_work_is_writable(store: Store) -> None:
    health = store.check()
    assert (health.writable, health.damaged, health.reason) == (True, (), "")


def test_closing_twice_is_harmless(store: Store) -> None:
    fill(store, 2)
    store.close()
    store.close()


def test_closing_finishes_every_write(store: Store) -> None:
    futures = [store.append(CAFE, [record]) for record in history(300)]
    store.close()
    assert all(future.done() and future.exception() is None for future in futures)


def test_compacting_from_several_threads_disturbs_nobody(store: Store) -> None:
    fill(store, 1)
    done = Event()
    failures: list[Exception] = []

    def compact() -> None:
        try:
            while not done.is_set():
                store.compact(CAFE)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [Thread(target=compact) for _ in range(3)]
    for thread in threads:
        thread.start()
    for seq in range(2, 152):
        store.append(CAFE, [answer(seq)]).result(10)
    done.set()
    for thread in threads:
        thread.join(10)
    assert failures == []
    assert list(store.load(CAFE)) == history(151)


def test_eight_threads_keep_their_own_order_and_lose_nothing(store: Store) -> None:
    store.append(CAFE, [created()]).result(10)
    lock, start = Lock(), Barrier(8)
    seq = 1
    kept: list[tuple[str, int]] = []

    def write(person: str) -> None:
        nonlocal seq
        start.wait(10)
        for _ in range(50):
            with lock:
                seq += 1
                future, mine = store.append(CAFE, [answer(seq, person)]), (person, seq)
            future.result(10)
            kept.append(mine)

    threads = [Thread(target=write, args=(f"t{number}x",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    expected = [created(), *(answer(seq, person) for person, seq in sorted(kept, key=lambda one: one[1]))]
    assert len(expected) == 401
    assert list(store.load(CAFE)) == expected


def test_eight_threads_that_race_for_each_place_leave_one_history(store: Store) -> None:
    store.append(CAFE, [created()]).result(10)
    start = Barrier(8)
    won: list[int] = []

    def write(person: str) -> None:
        start.wait(10)
        for seq in range(2, 42):
            future = store.append(CAFE, [answer(seq, person), answer(seq + 1, person)])
            won.extend([seq] if future.exception(10) is None else [])

    threads = [Thread(target=write, args=(f"t{number}x",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    records = store.load(CAFE)
    assert [record.seq for record in records] == list(range(1, 2 * len(won) + 2))
    for pair in zip(records[1::2], records[2::2], strict=True):
        assert len({record.event.participant.split("x")[0] for record in pair}) == 1  # type: ignore[union-attr]


def test_what_was_kept_is_there_after_a_restart(reopened: Opener) -> None:
    records = fill(reopened(), 5)
    assert list(reopened().load(CAFE)) == records
    reopened().append(CAFE, [answer(6)]).result(10)
    store = reopened()
    assert list(store.load(CAFE)) == history(6)
    assert store.first_records() == {CAFE: created()}


def test_after_a_restart_the_sequence_goes_on(reopened: Opener) -> None:
    fill(reopened(), 3)
    with pytest.raises(Conflict):
        reopened().append(CAFE, [answer(3)]).result(10)


def test_a_closed_store_keeps_nothing_and_says_so(reopened: Opener) -> None:
    store = reopened()
    fill(store, 1)
    store.close()
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(2)]).result(10)
    assert not store.check().writable
    assert len(reopened().load(CAFE)) == 1


def test_versions_are_those_of_the_last_records_and_of_known_cafes_only(store: Store) -> None:
    fill(store, 5)
    store.append(OTHER, [created("Un autre")]).result(10)
    assert store.versions([OTHER, CAFE, "cafe99999999", "../../x", ""]) == {CAFE: 5, OTHER: 1}
    store.append(CAFE, [answer(6)]).result(10)
    assert store.versions([CAFE]) == {CAFE: 6}
    assert store.versions([]) == {}
    store.erase(CAFE)
    assert store.versions([OTHER, CAFE]) == {OTHER: 1}


def without_words(records: Sequence[Record]) -> list[Record]:
    return [
        replace(one, event=replace(one.event, value="")) if isinstance(one.event, Answered) else one for one in records
    ]


def test_a_history_is_replaced_by_what_a_change_makes_of_it(store: Store) -> None:
    records = fill(store, 5)
    store.rewrite(CAFE, without_words)
    assert list(store.load(CAFE)) == without_words(records)
    store.append(CAFE, [answer(6)]).result(10)
    store.compact(CAFE)
    assert list(store.load(CAFE)) == [*without_words(records), answer(6)]


@pytest.mark.parametrize("change", [lambda all_: all_[:-1], lambda all_: all_[::-1], lambda all_: [*all_, answer(4)]])
def test_a_history_is_never_replaced_by_a_shorter_a_longer_or_another_order(store: Store, change: Change) -> None:
    records = fill(store, 3)
    with pytest.raises(ValueError, match="same length"):
        store.rewrite(CAFE, change)
    store.append(CAFE, [answer(4)]).result(10)
    assert list(store.load(CAFE)) == [*records, answer(4)]


def test_what_is_not_there_is_neither_rewritten_nor_erased(store: Store) -> None:
    with pytest.raises(UnknownCafe):
        store.rewrite(CAFE, without_words)
    with pytest.raises(UnknownCafe):
        store.erase(CAFE)


def test_appends_during_a_rewriting_are_all_kept(store: Store) -> None:
    fill(store, 200)
    failures: list[Exception] = []

    def rewrite() -> None:
        try:
            for _ in range(5):
                store.rewrite(CAFE, without_words)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [Thread(target=rewrite) for _ in range(2)]
    for thread in threads:
        thread.start()
    futures = [store.append(CAFE, [answer(seq)]) for seq in range(201, 401)]
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert all(future.exception(10) is None for future in futures)
    assert without_words(store.load(CAFE)) == without_words(history(400))


def test_an_erased_cafe_is_unknown_and_its_id_is_not_used_again(store: Store) -> None:
    fill(store, 3)
    fill(store, 2, OTHER)
    store.erase(CAFE)
    store.erase(CAFE)
    with pytest.raises(UnknownCafe):
        store.load(CAFE)
    with pytest.raises(UnknownCafe):
        store.compact(CAFE)
    for record in (created(), answer(4)):
        with pytest.raises(Conflict):
            store.append(CAFE, [record]).result(10)
    assert set(store.first_records()) == {OTHER}
    assert list(store.load(OTHER)) == history(2)


def test_an_erased_cafe_is_not_there_after_a_restart(reopened: Opener) -> None:
    fill(reopened(), 3)
    reopened().erase(CAFE)
    assert reopened().first_records() == {}
    with pytest.raises(UnknownCafe):
        reopened().load(CAFE)
