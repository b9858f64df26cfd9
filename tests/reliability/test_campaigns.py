"""A short form of every campaign; `make reliability` runs them whole."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from bench.wire import Reply
from state.stores import disk as system
from tests.reliability import bad_inputs, kills, power
from tests.reliability.campaigns import CAMPAIGNS, Campaign
from tests.reliability.report import page, table
from tests.reliability.volatile import Step, leave
from tests.state.cafes import EXPLANATIONS, NOTE, ONE

if TYPE_CHECKING:
    from pathlib import Path

    from bench.figures import Figures

BROWSED = {"bad_inputs"}


@pytest.mark.reliability
@pytest.mark.parametrize(
    "campaign",
    [pytest.param(one, marks=pytest.mark.browser if one.name in BROWSED else ()) for one in CAMPAIGNS],
    ids=lambda one: one.name,
)
def test_a_short_campaign_holds(campaign: Campaign) -> None:
    figures = campaign.run(campaign.short)
    assert figures["holds"], figures
    assert campaign.tell(figures)


# A campaign that finds nothing must be one that could.


def test_power_cuts_find_a_store_that_does_not_sync_what_it_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_DSYNC", 0)
    monkeypatch.setattr(system, "_sync", lambda _: None)
    assert "acknowledged, and lost" in power.run(10)["wrong"]


def test_power_cuts_find_a_store_that_does_not_sync_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.Disk, "sync_folder", lambda *_: None)
    assert "acknowledged, and lost" in power.run(10)["wrong"]


def test_kills_find_an_answer_that_is_acknowledged_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    compare = kills._compare

    def forgetful(*args: object) -> tuple[int, int, int]:
        writers = args[2]
        assert isinstance(writers, list)
        writers[0].acknowledged["never sent"] = "mot"
        return compare(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(kills, "_compare", forgetful)
    figures = kills.run(1)
    assert (figures["lost"], figures["holds"]) == (1, False)


# What a power cut leaves


def left(folder: Path, *steps: Step, chance: random.Random | None = None) -> dict[str, bytes]:
    leave(steps, folder, chance)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CREATED = (Step("create", 1, "a"), Step("sync_folder", name="."))


def test_what_was_not_synced_is_gone(tmp_path: Path) -> None:
    written = (Step("write", 1, data=b"kept"), Step("sync", 1), Step("write", 1, data=b"lost"))
    assert left(tmp_path, *CREATED, *written) == {"a": b"kept"}


def test_a_name_lasts_once_its_folder_is_synced(tmp_path: Path) -> None:
    assert left(tmp_path, Step("create", 1, "a"), Step("write", 1, data=b"x"), Step("sync", 1)) == {}


def test_a_rename_that_was_not_synced_may_be_there_or_not(tmp_path: Path) -> None:
    steps = (*CREATED, Step("write", 1, data=b"x"), Step("sync", 1), Step("rename", 1, "a", "b"))
    seen = set()
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        seen |= set(left(folder, *steps, chance=random.Random(seed)))
    assert seen == {"a", "b"}


# The page


def test_the_page_says_what_was_measured_and_how_to_measure_it_again() -> None:
    figures: Figures = {
        "acknowledged": 12, "clients": 50, "sent_again": 3, "lost": 0, "doubled": 0, "damaged": 0, "holds": True,
    }  # fmt: skip
    machine = {"cores": 2, "cpu": "c", "system": "s", "python": "3", "streamlit": "1"}
    report: Figures = {
        "measured": "2026-11-24",
        "machine": machine,
        "campaigns": {"kills": {"n": 4, "seconds": 9, "figures": figures}},
    }
    said = page(report)
    assert "`python -m tests.reliability kills --n 4`" in said
    assert "holds, at a smaller size than the 500 promised" in said
    assert said.count("not measured") == len(CAMPAIGNS) - 1
    assert "12 answers acknowledged" in table(report)


def test_what_is_not_revealed_is_seen_in_whatever_comes_back() -> None:
    campaign = bad_inputs._Campaign(None, random.Random(1))  # type: ignore[arg-type]
    for body in (
        f'{{"a": "{NOTE}"}}'.encode(),
        json.dumps({"a": EXPLANATIONS[ONE]}).encode(),
        b"Traceback (most recent",
    ):
        campaign._judge("x", Reply(200, [], body, 0, 0))
    assert (campaign.leaks, campaign.traces) == (2, 1)
