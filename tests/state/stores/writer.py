"""A process to be killed: its threads write to a few cafés, and say what was acknowledged only once it was."""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from state.ports import UnknownCafe
from state.stores.opening import open_store
from tests.state.stores.samples import answer, created

if TYPE_CHECKING:
    from state.domain.events import Record
    from state.ports import Store

THREADS = 6


class Writer:
    """Appends to one café from several threads. Each append holds 1 to 3 records, named after it."""

    def __init__(self, store: Store, cafe: str, name: str) -> None:
        self.store = store
        self.cafe = cafe
        self.name = name
        self.lock = threading.Lock()
        try:
            self.seq = len(store.load(cafe))
        except UnknownCafe:
            self.seq = 0

    def write_for_ever(self) -> None:
        chance = random.Random()
        while True:
            with self.lock:
                batch = self._batch(chance.randint(1, 3))
                future = self.store.append(self.cafe, batch)
            future.result()
            tell(f"{self.cafe} {batch[0].seq} {len(batch)} {self.name}")

    def compact_for_ever(self) -> None:
        chance = random.Random()
        while True:
            if self.seq:
                self.store.compact(self.cafe)
            threading.Event().wait(chance.uniform(0, 0.02))

    def _batch(self, size: int) -> list[Record]:
        if not self.seq:
            self.seq = 1
            return [created(self.name)]
        first = self.seq + 1
        self.seq += size
        return [answer(seq, f"{self.name}.{first}+{size}.") for seq in range(first, first + size)]


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # One call, so that lines of several threads never mix.


def give_up(failure: threading.ExceptHookArgs) -> None:
    """A thread that fails must not go unseen."""
    sys.stderr.write(f"{failure.exc_type}: {failure.exc_value}\n")
    os._exit(3)


def main() -> None:
    place, name, *cafes = sys.argv[1:]
    threading.excepthook = give_up
    store = open_store(Path(place), database=place if "://" in place else "")
    store.first_records()
    writers = [Writer(store, cafe, name) for cafe in cafes]
    work = [writers[number % len(writers)].write_for_ever for number in range(THREADS)]
    work += [writer.compact_for_ever for writer in writers[:1]]
    tell("ready")
    threads = [threading.Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
