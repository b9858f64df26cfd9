"""Putting another history in the place of one, while others may append to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from state.domain.events import decode, encode
from state.ports import require_same_places
from state.stores.cafe_files import read_history
from state.stores.snapshot import draft_whole

if TYPE_CHECKING:
    from state.ports import Change
    from state.stores.cafe_files import CafeFiles, View
    from state.stores.committer import Committer
    from state.stores.shelf import Shelf


def rewrite(cafe: str, change: Change, *, committer: Committer, shelf: Shelf) -> None:
    """One at a time for a café, and never beside a compaction: they share the draft's name.

    Raises:
        UnknownCafe, Damaged, Broken, OSError
        ValueError: the change is none that a history may have.
    """
    files, view = committer.run(partial(shelf.view, cafe))
    _draft(files, view, change)
    if not committer.run(partial(shelf.swap, files, view)):
        # Somebody appended meanwhile: once more, while nobody can.
        committer.run(partial(_rewrite_here, cafe, change, shelf))


def _rewrite_here(cafe: str, change: Change, shelf: Shelf) -> None:
    files, view = shelf.view(cafe)
    _draft(files, view, change)
    shelf.swap(files, view)


def _draft(files: CafeFiles, view: View, change: Change) -> None:
    before = read_history(files, view)
    after = change(before)
    require_same_places(before, after)
    for record in after:
        decode(encode(record))
    draft_whole(files.storage(), after)
