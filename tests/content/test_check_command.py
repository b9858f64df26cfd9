"""`python -m content check` tells people and programs what packs hold, and fails loudly."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from content.__main__ import main
from content.loader import PACKS, default_pack, inventory
from tests.content.packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_folder_the_packs_of_the_application_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    written = capsys.readouterr()
    assert "ristretto-avec-sucre" in written.out
    assert "madonna" in written.out
    assert written.err == ""


def test_json_is_the_inventory_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held == inventory(default_pack())
    assert set(held) == {"formulas", "activities", "videos", "glossary", "resources"}
    assert held["formulas"]["ristretto-avec-sucre"] == {"minutes": [15, 30], "steps": 4}
    assert held["activities"]["madonna"] == {"kind": "quiz", "items": 11}
    assert all(isinstance(held[count], int) for count in ("videos", "glossary", "resources"))


def test_json_of_a_folder_is_that_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(write_pack(tmp_path))]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "formulas": {"court": {"minutes": [5, 15], "steps": 2}},
        "activities": {"jeu": {"kind": "quiz", "items": 2}, "voir": {"kind": "video", "items": 1}},
        "videos": 1,
        "glossary": 1,
        "resources": 1,
    }


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_every_problem_of_every_folder_goes_to_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    first = write_pack(tmp_path / "premier", {"tips.toml": "astuces = []", "glossary.toml": "mots = []"})
    second = write_pack(tmp_path / "second", {"pack.toml": None})
    assert main(["check", *options, str(first), str(second), str(PACKS / "fr")]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    for told in (str(first), "tips.toml, astuces", "glossary.toml, mots", str(second), "pack.toml", "→ Créez"):
        assert told in written.err


def test_a_folder_that_does_not_exist_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "absent")]) == 1
    assert "absent" in capsys.readouterr().err


def test_no_command_is_a_usage_error() -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2


def test_the_module_runs_from_a_shell(tmp_path: Path) -> None:
    sound = [sys.executable, "-m", "content", "check", "--json"]
    assert subprocess.run(sound, capture_output=True, check=False).returncode == 0
    broken = [*sound, str(write_pack(tmp_path, {"tips.toml": "?"}))]
    assert subprocess.run(broken, capture_output=True, check=False).returncode == 1
