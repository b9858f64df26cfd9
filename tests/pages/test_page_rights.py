"""Every page as each of those who may come: what of the café it shows, and to whom it stays closed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content.catalogue import t
from state.domain.helping import invite
from state.identity import hash_token, screen_token
from tests.pages.visitor import CAFE, ROUTER, words
from tests.state.cafes import ONE, created, goes

if TYPE_CHECKING:
    from tests.pages.visitor import Visitor

HELPER = "le-lien-de-qui-aide"
ROLES = ("visitor", "participant", "screen", "helper", "owner")
EVERYBODY = frozenset(ROLES)
FACILITATORS = frozenset({"helper", "owner"})
# Each page, asked for one café, and to whom of those it opens.
MATRIX: dict[str, frozenset[str]] = {
    "home.py": EVERYBODY,
    "choose.py": EVERYBODY,
    "prepare.py": EVERYBODY,
    "activities.py": EVERYBODY,
    "learn.py": EVERYBODY,
    "about.py": EVERYBODY,
    "data.py": EVERYBODY,
    "accessibility.py": EVERYBODY,
    "legal.py": EVERYBODY,
    "style.py": EVERYBODY,
    "compare.py": EVERYBODY,
    "host.py": FACILITATORS,
    "compose.py": FACILITATORS,
    "remote.py": FACILITATORS,
    "results.py": FACILITATORS,
    "screen.py": FACILITATORS | {"screen"},
    "participate.py": frozenset({"participant"}),
    "register.py": frozenset({"participant"}),
}
CLOSED = {t(f"gate.{name}") for name in ("no_console", "no_screen", "no_cookie")}


def hold(visitor: Visitor, role: str) -> None:
    match role:
        case "participant":
            visitor.become_somebody()
        case "screen":
            visitor.hold_screen()
        case "helper":
            visitor.hold_console(token=HELPER)
        case "owner":
            visitor.hold_console()


def test_every_page_is_in_the_matrix() -> None:
    assert {path.name for path in Path(ROUTER).parent.glob("*.py")} - {"router.py"} == set(MATRIX)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", MATRIX)
def test_each_page_opens_to_whom_it_should(visitor: Visitor, page: str, role: str) -> None:
    visitor.make(created())
    invited = partial(
        invite,
        helper="h",
        name="Basile",
        facilitator_hash=hash_token(HELPER),
        screen_hash=hash_token(screen_token(HELPER)),
    )
    visitor.do(invited, goes(ONE))
    visitor.drop_links()
    hold(visitor, role)
    told = words(visitor.open(page, cafe=CAFE))
    assert (not any(sentence in told for sentence in CLOSED)) == (role in MATRIX[page])
