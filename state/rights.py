"""Who may do what in a café, in one table: pages and routes ask it, and docs/security.md tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

# `visitor` is anybody; `cookie` a browser that came by the café's link; `present` one whose person joined and was not
# sent away. The others hold a link.
Role = Literal["visitor", "cookie", "present", "screen", "helper", "owner"]
Action = Literal["take-part", "watch", "facilitate", "see-films"]

RIGHTS: Mapping[Action, frozenset[Role]] = {
    # What somebody then does as a participant, the domain decides on who they are: `decisions` and `notes`.
    "take-part": frozenset({"cookie"}),
    "watch": frozenset({"screen", "helper", "owner"}),
    "facilitate": frozenset({"helper", "owner"}),
    "see-films": frozenset({"present", "screen", "helper", "owner"}),
}
