"""The kinds of activity: one module each here, and one of the same name in `components.activities`.

Adding a kind is adding those two modules, and its name to `KINDS`.
"""

from __future__ import annotations

from functools import reduce
from importlib import import_module
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from content.activities.activity import Activity

KINDS = (
    "board",
    "cards",
    "closing",
    "comparison",
    "debate",
    "definitions",
    "grid",
    "opening",
    "panel",
    "placement",
    "quiz",
    "talk",
    "timeline",
    "video",
)


def _model(kind: str) -> type[Activity]:
    """The one activity of a module, which has the module's name for its kind."""
    module = import_module(f"{__name__}.{kind}")
    (found,) = (
        one
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, Activity)
        and one is not Activity
        and one.__module__ == module.__name__
    )
    return found


if TYPE_CHECKING:
    AnyActivity = Activity
else:
    AnyActivity = Annotated[reduce(or_, map(_model, KINDS)), Field(discriminator="kind")]

__all__ = ["KINDS", "Activity", "AnyActivity"]
