"""`python -m bench`: everything, beside what we promise; `live` and `phone` for one thing at a time.

A benchmark is no test: it ends well whatever the figures, unless an answer was acknowledged and not kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bench.figures import Figures, machine, ratios
from bench.live import Scenario, measure_live
from bench.phone import measure_phone
from bench.polling import measure_polling
from bench.report import live_table, machine_line, phone_table

if TYPE_CHECKING:
    from collections.abc import Sequence

# Phones, and whether the polling page is measured beside.
_EVERYTHING = ((20, "polling"), (100, "polling"), (300, ""))


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    if options.what == "live":
        figures = {**live(_scenario(options), options.baseline), "machine": machine()}
        print(json.dumps(figures, ensure_ascii=False) if options.json else live_table(figures))
        return _verdict([figures])
    if options.what == "phone":
        figures = {**measure_phone(visits=options.visits), "machine": machine()}
        print(json.dumps(figures, ensure_ascii=False) if options.json else phone_table(figures))
        return 0
    return _everything(as_json=options.json)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.set_defaults(what="everything")
    parts = parser.add_subparsers(title="one thing at a time")
    one = parts.add_parser("live", help="a café over the wire: console, projector, phones")
    one.set_defaults(what="live")
    one.add_argument("--participants", type=_positive, default=20, metavar="N")
    one.add_argument("--baseline", choices=("polling", "polling-default"), default="", help="measure this beside")
    one.add_argument("--rounds", type=_positive, default=Scenario(1).rounds, help="questions answered by everybody")
    one.add_argument("--vote-seconds", type=float, default=Scenario(1).vote_seconds, help="everybody answers within")
    one.add_argument("--idle-seconds", type=float, default=Scenario(1).idle_seconds, help="rest that is measured")
    one.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    two = parts.add_parser("phone", help="a phone's visits, in a real browser")
    two.set_defaults(what="phone")
    two.add_argument("--visits", type=_positive, default=3, help="of each kind; the median is kept")
    two.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(arguments)


def live(scenario: Scenario, baseline: str) -> Figures:
    figures = measure_live(scenario)
    if baseline:
        figures["baseline"] = {"kind": baseline, **measure_polling(scenario, as_it_comes=baseline == "polling-default")}
        figures["ratios"] = ratios(figures, figures["baseline"])
    return figures


def _everything(*, as_json: bool) -> int:
    rooms = []
    if not as_json:
        print(machine_line(machine()), flush=True)
    for participants, baseline in _EVERYTHING:
        rooms.append(live(Scenario(participants), baseline))
        if not as_json:
            print(f"\n{live_table(rooms[-1])}", flush=True)
    phone = measure_phone()
    if as_json:
        print(json.dumps({"live": rooms, "phone": phone, "machine": machine()}, ensure_ascii=False))
    else:
        print(f"\n{phone_table(phone)}")
    return _verdict(rooms)


def _verdict(rooms: Sequence[Figures]) -> int:
    lost = [room for room in rooms if room["acknowledged"] != room["stored"]]
    for room in lost:
        print(f"{room['acknowledged']} answers acknowledged, {room['stored']} kept", file=sys.stderr)
    return 1 if lost else 0


def _scenario(options: argparse.Namespace) -> Scenario:
    return Scenario(
        options.participants,
        rounds=options.rounds,
        vote_seconds=options.vote_seconds,
        idle_seconds=options.idle_seconds,
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one")
    return number


if __name__ == "__main__":
    sys.exit(main())
