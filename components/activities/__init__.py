"""How each kind of activity is seen: a module of the same name as in `content.activities`, each with its `VIEWS`.

`views_of` finds it by that name: there is no other registry than `content.activities.KINDS`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from components.questions.views import Views
from content.activities import KINDS

if TYPE_CHECKING:
    from state.domain.programme import Stop


def views_of(stop: Stop) -> Views:
    """How to see a stop, for whoever looks at it.

    Raises:
        LookupError: it belongs to no activity: the lobby, the end.
    """
    if stop.step is None:
        raise LookupError(stop.id)
    return _of_kind(stop.step.activity.kind)


def warm_up() -> None:
    """Import the views of every kind, so that no click waits for that."""
    for kind in KINDS:
        _of_kind(kind)


@cache
def _of_kind(kind: str) -> Views:
    found = import_module(f"{__name__}.{kind}").VIEWS
    assert isinstance(found, Views)
    return found
