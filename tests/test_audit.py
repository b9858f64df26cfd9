"""What the check of known weaknesses says: a failure where there is one, and never silence for what was not done."""

from __future__ import annotations

import json
import subprocess

import pytest

from docs import audit

FINE = {"name": "tinydb", "version": "4.9.0", "vulns": []}
SKIPPED = {"name": "altair", "skip_reason": "not found"}
WEAK = {"name": "limits", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.0"]}]}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (json.dumps({"dependencies": [FINE]}), 0, ""),
        (json.dumps({"dependencies": [FINE, SKIPPED]}), 0, "1 of 2 packages NOT AUDITED"),
        (json.dumps({"dependencies": [SKIPPED, WEAK]}), 1, "PYSEC-1 (mended in: 2.0)"),
        ("", 0, "NOT AUDITED, the advisory service does not answer (no route)"),
    ],
)
def test_each_answer_is_told(
    answer: str, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = subprocess.CompletedProcess([], 1, answer, "trace\nno route\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert audit.main(["requirements.txt"]) == code
    assert said in (out := capsys.readouterr().out)
    assert bool(said) == bool(out)
