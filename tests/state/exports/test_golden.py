"""The files of a recorded café are, byte for byte, those that were read and kept.

`python -m tests.state.exports.recorded` renews them, when a change of theirs is meant.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import validate

from tests.state.exports.recorded import GOLDEN, SCHEMA, golden_files

if TYPE_CHECKING:
    from pathlib import Path

MADE = dict(golden_files())


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_a_file_is_the_one_that_was_kept(path: Path) -> None:
    assert MADE[path] == path.read_bytes()


def test_nothing_else_is_kept() -> None:
    assert {path for path in GOLDEN.rglob("*") if path.is_file()} == set(MADE) - {SCHEMA}


def test_the_kept_archive_follows_the_published_schema() -> None:
    validate(json.loads((GOLDEN / "archive.json").read_bytes()), json.loads(SCHEMA.read_bytes()))
