"""`python -m bench`: everything, beside what we promise; `live`, `phone` and `review` for one thing at a time.

Everything takes eight to ten minutes: two whole rooms, each kind of activity in a room of 20 phones (15 to 25 seconds
each), a board of 500 notes in a room of 100, and a phone's visits in a real browser.

A benchmark is no test: it ends well whatever the figures, unless an answer was acknowledged and not kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bench.compare import measure_compare
from bench.exports import measure_exports
from bench.figures import Figures, machine, ratios
from bench.live import measure_live
from bench.phone import measure_phone
from bench.play import BOARD_NOTES, DEBATE_NOTES, Scenario
from bench.polling import measure_polling
from bench.report import kinds_table, live_table, machine_line, phone_table, review_table
from bench.review import measure_review
from content.activities import KINDS
from content.loader import default_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

# Phones, and whether the polling page is measured beside.
_EVERYTHING = ((20, "polling"), (300, ""))
_KINDS_IN = 20
_BOARD_IN = 100


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
    if options.what == "review":
        figures = {**past_cafes(), "machine": machine()}
        print(json.dumps(figures, ensure_ascii=False) if options.json else review_table(figures))
        return 0
    return _everything(as_json=options.json)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.set_defaults(what="everything")
    parts = parser.add_subparsers(title="one thing at a time")
    one = parts.add_parser("live", help="a café over the wire: console, projector, phones")
    one.set_defaults(what="live")
    one.add_argument("--participants", type=_positive, default=20, metavar="N")
    one.add_argument(
        "--activity",
        type=_activity,
        metavar="KIND",
        help=f"a café of one activity alone: the first of a kind ({', '.join(KINDS)}), or one by its id",
    )
    one.add_argument(
        "--notes",
        type=_positive,
        metavar="N",
        help=f"notes on each board, as far as people may stick so many and at least one each "
        f"(by default {BOARD_NOTES}, and {DEBATE_NOTES} for each statement of a debate)",
    )
    one.add_argument("--baseline", choices=("polling", "polling-default"), default="", help="measure this beside")
    one.add_argument("--rounds", type=_positive, default=Scenario(1).rounds, help="questions answered by everybody")
    one.add_argument("--vote-seconds", type=float, default=Scenario(1).vote_seconds, help="everybody answers within")
    one.add_argument("--idle-seconds", type=float, default=Scenario(1).idle_seconds, help="rest that is measured")
    one.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    two = parts.add_parser("phone", help="a phone's visits, in a real browser")
    two.set_defaults(what="phone")
    two.add_argument("--visits", type=_positive, default=3, help="of each kind; the median is kept")
    two.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    three = parts.add_parser("review", help="past cafés: how long their pages and files take")
    three.set_defaults(what="review")
    three.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(arguments)


def past_cafes() -> Figures:
    """What is measured of past cafés, one function for each thing."""
    return {**measure_review(), **measure_compare(), **measure_exports()}


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
    kinds = []
    for kind in KINDS:
        kinds.append(measure_live(_short(kind)))
        if not as_json:
            print(f"… {kind}", file=sys.stderr, flush=True)
    if not as_json:
        print(f"\n{kinds_table(kinds)}", flush=True)
    board = measure_live(Scenario(_BOARD_IN, rounds=5, idle_seconds=5.0, activity=_activity("board")))
    phone = measure_phone()
    review = past_cafes()
    if as_json:
        everything = {
            "live": rooms,
            "kinds": kinds,
            "board": board,
            "phone": phone,
            "review": review,
            "machine": machine(),
        }
        print(json.dumps(everything, ensure_ascii=False))
    else:
        print(f"\n{live_table(board)}\n\n{phone_table(phone)}\n\n{review_table(review)}")
    return _verdict([*rooms, *kinds, board])


def _short(kind: str) -> Scenario:
    """Enough of one kind to see how fast it is."""
    rounds = {"board": 5, "debate": 3}.get(kind, 2)
    notes = DEBATE_NOTES if kind == "debate" else BOARD_NOTES
    return Scenario(
        _KINDS_IN, rounds=rounds, impatient_rounds=1, idle_seconds=1.0, activity=_activity(kind), notes=notes
    )


def _verdict(rooms: Sequence[Figures]) -> int:
    lost = [room for room in rooms if room["acknowledged"] != room["stored"]]
    for room in lost:
        print(f"{room['acknowledged']} answers acknowledged, {room['stored']} kept", file=sys.stderr)
    return 1 if lost else 0


def _scenario(options: argparse.Namespace) -> Scenario:
    debates = options.activity and default_pack().activities[options.activity].kind == "debate"
    return Scenario(
        options.participants,
        rounds=options.rounds,
        vote_seconds=options.vote_seconds,
        idle_seconds=options.idle_seconds,
        activity=options.activity or "",
        notes=options.notes or (DEBATE_NOTES if debates else BOARD_NOTES),
    )


def _activity(text: str) -> str:
    """The id of an activity, by its own id or by its kind."""
    activities = default_pack().activities
    if text in activities:
        return text
    for one in activities.values():
        if one.kind == text:
            return one.id
    raise argparse.ArgumentTypeError(f"neither a kind ({', '.join(KINDS)}) nor an activity of the pack")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one")
    return number


if __name__ == "__main__":
    sys.exit(main())
