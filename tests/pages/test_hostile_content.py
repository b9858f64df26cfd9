"""Content written by anybody, and what people type, are shown letter for letter: signs of Markdown stay signs."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from components.words import plain
from content.plan import Plan
from state.domain.events import Answered, Joined, NotePosted, SummaryWritten
from tests.components.crowd import ASKING
from tests.components.reading import parts
from tests.pages.visitor import CAFE, fine, read_as_markdown, texts_in
from tests.state.cafes import (
    AFTER_DEBATE,
    ASKED,
    BLUE,
    BOARD,
    CARD,
    HUNT,
    MORNING,
    TRADE,
    created,
    goes,
    whole_plan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pages.visitor import Visitor

HOSTILE = "<script>x</script> [a](javascript:1) :red[x] $x^2$ **gras** `code` ~~non~~ {{7*7}} &lt;"
# Fields that name something, and are never read by anybody.
NAMES = {
    "id", "kind", "url", "picture", "figure", "part", "course", "paint", "formula", "group", "right", "item",
    "video",
}  # fmt: skip


def spoiled(value: Any, numbers: Iterator[int], name: str = "") -> Any:
    """A plan in which every text that somebody reads is hostile, and unlike the others."""
    if isinstance(value, dict):
        return {key: spoiled(one, numbers, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [spoiled(one, numbers, name) for one in value]
    if isinstance(value, str) and value and name not in NAMES:
        return f"{HOSTILE} {next(numbers)}"
    return value


@pytest.fixture
def there(visitor: Visitor) -> Visitor:
    raw = whole_plan().model_dump(mode="json")
    plan = Plan.model_validate({**spoiled(raw, count()), "choices": {}})
    visitor.make(created(HOSTILE, plan=plan))
    visitor.hold_console()
    visitor.do(lambda _: [Joined("ada", HOSTILE, None, None)])
    return visitor


TYPED = {
    ASKED: HOSTILE,
    CARD: f"hal\n{HOSTILE}",
    HUNT: HOSTILE,
    TRADE: f"\n{HOSTILE}",
}


def test_a_whole_cafe_of_hostile_texts_shows_them_as_texts(there: Visitor) -> None:
    console, screen = there.open("host.py", cafe=CAFE), there.open("screen.py", cafe=CAFE)
    shown = 0
    for stop in there.cafe.programme.stops[1:-1]:
        there.do(goes(stop.id))
        if stop.id in TYPED:
            answered = Answered(stop.id, "ada", TYPED[stop.id], stop.id)
            there.do(lambda _, event=answered: [event])  # type: ignore[misc]
        if stop.id == BOARD:
            there.do(lambda _: [NotePosted(BOARD, "n", "ada", HOSTILE, MORNING, BLUE)])
        if stop.id == AFTER_DEBATE:
            there.do(lambda _: [SummaryWritten(AFTER_DEBATE, HOSTILE)])
        there.do(goes(stop.id, "reveal"))
        for page in (fine(console.run()), fine(screen.run())):
            read = read_as_markdown(page)
            assert not [text for text in read if HOSTILE in text], stop.id
            shown += sum(plain(HOSTILE) in text for text in read)
        blocks = [text for block in parts(screen, "stage") for text in texts_in(block)]
        assert [text for text in blocks if HOSTILE in text], stop.id
    assert shown > len(ASKING)
    read = read_as_markdown(there.open("results.py", cafe=CAFE))
    assert not [text for text in read if HOSTILE in text]
    assert sum(plain(HOSTILE) in text for text in read) > len(ASKING)


def test_a_list_of_hostile_cafes_shows_them_as_texts(there: Visitor) -> None:
    for page in ("home.py", "results.py"):
        read = read_as_markdown(there.open(page))
        assert not [text for text in read if HOSTILE in text]
        assert [text for text in read if plain(HOSTILE) in text]
