"""The grid of the RGAA is whole, and what it calls evidence exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+) [^|]+ \| ([^|]+) \| ([^|]*) \|$", TEXT, re.MULTILINE)
# How many criteria each theme of the RGAA 4.1.2 has.
CRITERIA = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}


def test_every_criterion_has_its_line() -> None:
    assert [number for number, _, _ in ROWS] == [
        f"{theme}.{number}" for theme, count in CRITERIA.items() for number in range(1, count + 1)
    ]


def test_states_are_counted_right() -> None:
    told = Counter(state for _, state, _ in ROWS)
    for state in ("tested", "read in the code", "not applicable", "not tested"):
        assert f"{told.pop(state)} *{state}*" in TEXT
    assert not told


def test_what_is_called_tested_names_a_test_that_exists() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for number, state, evidence in ROWS:
        named = re.findall(r"`(test_\w+)`", evidence)
        files = re.findall(r"`(tests/[\w/]+\.py)`", evidence)
        assert named or files or state != "tested", number
        assert not [name for name in named if f"def {name}(" not in tests], number
        assert not [name for name in files if not (ROOT / name).is_file()], number
