"""A process that dies between any two steps: after it, a history is what it was, or what was being added as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.ports import NotKept
from state.stores.memory import MemoryStore
from state.stores.tinydb_store import TinyDBStore
from tests.state.stores.fakes import FailingDisk, Killed, KillingDisk, bury
from tests.state.stores.samples import CAFE, OTHER, answer, fill, history

if TYPE_CHECKING:
    from collections.abc import Callable

    from state.ports import Store

    Open = Callable[..., TinyDBStore]

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")

COMPACTION = [
    *("before save", "during save", "after save", "before replace", "after replace"),
    *("before sync_folder", "after sync_folder", "before cut", "after cut"),
]


@pytest.mark.parametrize("moment", COMPACTION)
@pytest.mark.parametrize("before", [0, 3])
def test_a_compaction_cut_short_loses_and_doubles_nothing(open_store: Open, moment: str, before: int) -> None:
    disk = KillingDisk()
    store = open_store(disk)
    if before:
        fill(store, before)
        store.compact(CAFE)
    for record in history(4, first=before + 1):
        store.append(CAFE, [record]).result(10)
    disk.moment = moment
    with pytest.raises((Killed, NotKept)):
        store.compact(CAFE)
    bury(store)
    length = before + 4
    for seq in range(length + 1, length + 4):
        store = open_store()
        assert list(store.load(CAFE)) == history(seq - 1)
        store.append(CAFE, [answer(seq)]).result(10)
        if seq == length + 2:
            store.compact(CAFE)
        bury(store)


@pytest.mark.parametrize("moment", ["before append", "during append", "after append"])
@pytest.mark.parametrize("before", [0, 2])
def test_an_append_cut_short_is_whole_or_not_at_all(open_store: Open, moment: str, before: int) -> None:
    disk = KillingDisk()
    store = open_store(disk)
    if before:
        fill(store, before)
    fill(store, 1, OTHER)
    disk.moment = moment
    assert store.append(CAFE, history(3, first=before + 1)).exception(10) is not None
    bury(store)
    store = open_store()
    expected = before + (3 if moment == "after append" else 0)
    assert len(store.first_records()) == (2 if expected else 1)
    store.append(CAFE, history(1, first=expected + 1)).result(10)
    assert list(store.load(CAFE)) == history(expected + 1)


@pytest.mark.parametrize("moment", COMPACTION[:7])
def test_a_mending_cut_short_loses_and_doubles_nothing(open_store: Open, moment: str) -> None:
    class MortalDisk(KillingDisk, FailingDisk):
        def __init__(self) -> None:
            FailingDisk.__init__(self)
            KillingDisk.__init__(self)

    disk = MortalDisk()
    store = open_store(disk)
    fill(store, 3)
    disk.failures = {"append": 1}
    with pytest.raises(NotKept):
        store.append(CAFE, [answer(4)]).result(10)
    disk.moment = moment
    assert store.append(CAFE, [answer(4)]).exception(10) is not None
    bury(store)
    store = open_store()
    assert list(store.load(CAFE)) == history(3)
    store.append(CAFE, [answer(4)]).result(10)
    assert list(store.load(CAFE)) == history(4)


STEPS = st.one_of(
    st.tuples(st.just("append"), st.sampled_from([CAFE, OTHER]), st.integers(1, 4), st.integers(-1, 1)),
    st.tuples(st.sampled_from(["compact", "load"]), st.sampled_from([CAFE, OTHER]), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["close", "kill"]), st.just(CAFE), st.just(0), st.just(0)),
)


@settings(deadline=None, max_examples=100)
@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_is_done_it_holds_what_memory_holds(
    steps: list[tuple[str, str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, memory = tmp_path_factory.mktemp("model"), MemoryStore()
    store = TinyDBStore(folder)
    kept = {CAFE: 0, OTHER: 0}
    for step, cafe, count, off in steps:
        match step:
            case "append":
                records = history(count, first=max(1, kept[cafe] + 1 + off))
                outcomes = [type(one.append(cafe, records).exception(10)) for one in (store, memory)]
                assert outcomes[0] is outcomes[1]
                kept[cafe] += count if outcomes[0] is type(None) else 0
            case "compact":
                if kept[cafe]:
                    store.compact(cafe)
            case "load":
                _same(store, memory, cafe, kept)
            case "close" | "kill":
                store.close() if step == "close" else bury(store)
                store = TinyDBStore(folder)
    for cafe in (CAFE, OTHER):
        _same(store, memory, cafe, kept)
    assert store.first_records() == memory.first_records()
    bury(store)


def _same(store: Store, memory: Store, cafe: str, kept: dict[str, int]) -> None:
    if kept[cafe]:
        assert list(store.load(cafe)) == list(memory.load(cafe))
