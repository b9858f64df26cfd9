"""The words of the interface are all there, and are written as French is printed."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from content.activities import KINDS
from content.catalogue import LOCALES, t
from content.problems import _SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

SLIPS = {
    "a median dot between letters": r"\w[·•‧]\w",
    "a straight apostrophe": r"\w'\w",
    "a breaking space before a sign": r" [?!;:»%](?!//)",
    "a breaking space after «": r"«(?!\u00a0)",
    "three dots": r"\.\.\.",
    "two spaces": r"  ",
}


def catalogue() -> Iterator[tuple[str, str]]:
    with (LOCALES / "fr" / "LC_MESSAGES" / "comptoir.po").open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id:
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                sentences = message.string if isinstance(message.string, tuple | list) else (message.string,)
                yield from ((ids[0], sentence or "") for sentence in sentences)


def problems() -> Iterator[tuple[str, str]]:
    for code, sentences in _SENTENCES.items():
        yield from ((code, sentence) for sentence in sentences)


WRITTEN = [*catalogue(), *problems()]


def test_nothing_is_left_without_words() -> None:
    assert [name for name, sentence in WRITTEN if not sentence.strip()] == []


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_the_interface_is_written_as_french_is_printed(slip: str) -> None:
    assert [(name, sentence) for name, sentence in WRITTEN if re.search(slip, sentence)] == []


def test_every_blank_to_fill_has_a_name() -> None:
    for name, sentence in WRITTEN:
        blanks = [blank for _, blank, _, _ in Formatter().parse(sentence) if blank is not None]
        assert all(re.fullmatch(r"[a-z_]+", blank) for blank in blanks), (name, sentence)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_activity_has_a_name(kind: str) -> None:
    assert t(f"kind.{kind}")


def test_a_message_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("nobody.wrote.this")
