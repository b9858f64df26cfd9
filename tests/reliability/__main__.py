"""`python -m tests.reliability kills --n 500 --json FILE`; `all` runs every campaign, `report FILE` writes the page."""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import machine
from tests.e2e.server import ROOT
from tests.reliability.campaigns import CAMPAIGNS, Campaign
from tests.reliability.report import page, table

if TYPE_CHECKING:
    from bench.figures import Figures

_PAGE = ROOT / "docs" / "reliability.md"
_FIGURES = ROOT / ".cache" / "reliability.json"
_BY_NAME = {one.name: one for one in CAMPAIGNS}


def main() -> int:
    """0 where all that was run holds."""
    asked = _parser().parse_args()
    if asked.what == "report":
        _PAGE.write_text(page(_read(asked.file or _FIGURES)), encoding="utf-8")
        return 0
    # What the store says while it is tormented is what is wanted of it: it would hide the figures.
    logging.disable(logging.ERROR)
    report: Figures = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine(), "campaigns": {}}
    if asked.what == "all":
        _all(report, asked)
    else:
        campaign = _BY_NAME[asked.what]
        report["campaigns"] = {asked.what: _measure(campaign, _size(campaign, asked))}
    if asked.json:
        known = _read(asked.json)["campaigns"] if asked.what != "all" and asked.json.exists() else {}
        _keep({**report, "campaigns": {**known, **report["campaigns"]}}, asked.json)
    print(table(report))
    return 0 if all(one["figures"]["holds"] for one in report["campaigns"].values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("what", choices=["all", "report", *_BY_NAME])
    parser.add_argument("file", type=Path, nargs="?", help="for `report`: the figures to make the page of")
    parser.add_argument("--n", type=int, help="how many: kills, inputs, phones, minutes… of one campaign")
    parser.add_argument("--short", action="store_true", help="the size at which it is a test")
    parser.add_argument(
        "--json", type=Path, help="where the figures are written, beside those that are there", default=None
    )
    return parser


def _size(campaign: Campaign, asked: argparse.Namespace) -> int:
    if asked.n is not None:
        return int(asked.n)
    return campaign.short if asked.short else campaign.whole


def _read(path: Path) -> Figures:
    found: Figures = json.loads(path.read_text(encoding="utf-8"))
    return found


def _measure(campaign: Campaign, n: int) -> Figures:
    print(f"{campaign.name}: {n} {campaign.unit}…", file=sys.stderr, flush=True)
    began = time.monotonic()
    figures = campaign.run(n)
    return {"n": n, "seconds": round(time.monotonic() - began), "figures": figures}


def _all(report: Figures, asked: argparse.Namespace) -> None:
    """Every campaign, one after another, and the soak beside them: it lasts as long as all the others may.

    What was measured is kept as soon as it is.
    """
    soak = _BY_NAME["soak"]
    kept = ROOT / ".cache" / "soak.json"
    kept.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.reliability", soak.name, "--json", str(kept)]
    with subprocess.Popen(
        command + (["--short"] if asked.short else []), cwd=ROOT, stdout=subprocess.DEVNULL
    ) as beside:
        try:
            for campaign in CAMPAIGNS:
                if campaign is not soak:
                    report["campaigns"][campaign.name] = _measure(campaign, _size(campaign, asked))
                    if asked.json:
                        _keep(report, asked.json)
            beside.wait()
        except BaseException:
            beside.terminate()
            raise
    report["campaigns"] |= _read(kept)["campaigns"]


def _keep(report: Figures, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
