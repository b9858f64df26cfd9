"""`python -m bench.capacity`: what a café, a phone and an answer cost this machine, and what many would need.

The real app is started twice per size: cafés are prepared, phones come in as browsers do, wait, then answer what is
asked. A cost is what was spent more with more people. From these figures alone, a simulation
(`bench.crowds`) says what so many people at once would need. Two small sizes take about two minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import uvloop
from prometheus_client.parser import text_string_to_metric_families

from bench.console import Awake, Facilitator
from bench.crowds import Costs, Need, simulate
from bench.figures import Figures, machine
from bench.phones import Crowd
from bench.play import Play, Scenario
from bench.server import HOST, ROOT, Server
from bench.wire import Address, Browser

if TYPE_CHECKING:
    from collections.abc import Sequence

_IDLE_SECONDS = 10.0
_EMPTY_CAFES = 4
_ROUNDS = 2
_TOKEN = "the-token-of-a-bench-which-nobody-else-reads"


@dataclass(frozen=True, slots=True)
class Seen:
    """One room, measured: processor seconds of each moment, resident bytes after it, bytes sent and kept."""

    people: int
    rss_start: int
    rss_cafe: float
    cpu_cafe: float
    rss_people: int
    cpu_join: float
    cpu_idle_per_second: float
    cpu_rounds: float
    moves: int
    answers: int
    writes: int
    stream_bytes: int
    disk_bytes: int


def measure_room(people: int) -> Seen:
    """A room of so many phones, in an app of its own."""
    with tempfile.TemporaryDirectory(prefix="comptoir-bench-") as folder:
        data = Path(folder) / "data"
        environment = {"COMPTOIR_DATA": str(data), "COMPTOIR_METRICS_TOKEN": _TOKEN}
        with Server(ROOT / "app.py", log=Path(folder) / "app.log", environment=environment) as server:
            return uvloop.run(_room(server, data, people))


async def _room(server: Server, data: Path, people: int) -> Seen:
    address = Address(HOST, server.port)
    # The first café brings what every café shares into memory: the next ones tell what one costs.
    facilitators = [Facilitator(address)]
    await facilitators[0].prepare()
    start, spent = server.rss_bytes(), server.cpu_seconds()
    for _ in range(_EMPTY_CAFES):
        facilitators.append(Facilitator(address))
        await facilitators[-1].prepare()
    await facilitators[0].tab.quiet(1.0)
    cafe_bytes = (server.rss_bytes() - start) / _EMPTY_CAFES
    cafe_cpu = (server.cpu_seconds() - spent) / _EMPTY_CAFES

    facilitator = facilitators[0]
    screen = Awake(Browser(address))
    await screen.open(facilitator.screen_link)
    before, spent = server.rss_bytes(), server.cpu_seconds()
    scenario = Scenario(people, rounds=_ROUNDS)
    crowd = Crowd(address, people)
    await crowd.come_in(facilitator.code, at_once=scenario.at_once)
    play = Play(facilitator, screen, crowd, scenario)
    await play.rest()
    joined, memory = server.cpu_seconds() - spent, server.rss_bytes() - before

    spent = server.cpu_seconds()
    await asyncio.sleep(_IDLE_SECONDS)
    idle = (server.cpu_seconds() - spent) / _IDLE_SECONDS

    crowd.heard.clear()
    spent, kept, written = server.cpu_seconds(), _size(data), _writes(server)
    await play.all_rounds()
    seen = Seen(
        people=people,
        rss_start=start,
        rss_cafe=cafe_bytes,
        cpu_cafe=cafe_cpu,
        rss_people=memory,
        cpu_join=joined,
        cpu_idle_per_second=idle,
        cpu_rounds=server.cpu_seconds() - spent,
        moves=len(play.samples.clicks),
        answers=len(play.samples.acknowledged),
        writes=_writes(server) - written,
        stream_bytes=sum(crowd.heard),
        disk_bytes=_size(data) - kept,
    )
    await crowd.leave()
    await screen.close()
    for one in facilitators:
        await one.close()
    return seen


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _writes(server: Server) -> int:
    """How many groups of events the app has written so far, by its own metrics."""
    asked = Request(f"http://127.0.0.1:{server.port}/metrics", headers={"Authorization": f"Bearer {_TOKEN}"})
    with urlopen(asked, timeout=5) as reply:
        families = text_string_to_metric_families(reply.read().decode())
        samples = {sample.name: sample.value for family in families for sample in family.samples}
    return int(samples["comptoir_store_append_seconds_count"])


def costs_between(small: Seen, large: Seen) -> Costs:
    """What one more person, café and answer cost, from two rooms of different sizes."""
    more = large.people - small.people

    def each(of_large: float, of_small: float) -> float:
        # What a clock of 10 ms or a page of memory cannot tell from nothing is nothing, and never less.
        return max(0.0, (of_large - of_small) / more)

    # The same clicks in both rooms: what they cost whoever looks is what is there before any answer.
    answer = max(0.0, (large.cpu_rounds - small.cpu_rounds) / max(1, large.answers - small.answers))
    move = max(0.0, small.cpu_rounds - answer * small.answers) / max(1, small.moves)
    return Costs(
        process_bytes=(small.rss_start + large.rss_start) / 2,
        cafe_bytes=max(0.0, (small.rss_cafe + large.rss_cafe) / 2),
        cafe_cpu=(small.cpu_cafe + large.cpu_cafe) / 2,
        person_bytes=each(large.rss_people, small.rss_people),
        join_cpu=each(large.cpu_join, small.cpu_join),
        # So little that a difference would be the clock's: the whole, with what the café itself costs.
        idle_cpu=large.cpu_idle_per_second / large.people,
        sizes=(small.people, large.people),
        move_cpu=move,
        answer_cpu=answer,
        answer_sent_bytes=large.stream_bytes / max(1, large.answers),
        answer_kept_bytes=large.disk_bytes / max(1, large.answers),
        answer_writes=large.writes / max(1, large.answers),
    )


def report(seen: Sequence[Seen], costs: Costs, needs: Sequence[Need]) -> str:
    """The figures, as the tables of docs/capacity.md."""
    host = machine()
    rooms = [
        f"| {one.people} | {one.rss_people / 1e6:.1f} | {one.cpu_join:.2f} | {one.cpu_idle_per_second * 100:.1f} "
        f"| {one.moves} | {one.answers} | {one.cpu_rounds:.2f} |"
        for one in seen
    ]
    large = costs.sizes[1]
    lines = [
        f"Measured on: {json.dumps(host, ensure_ascii=False)}",
        "",
        "| people | memory, MB | to come in, CPU s | at rest, % of a core | clicks | answers | all rounds, CPU s |",
        "|---|---|---|---|---|---|---|",
        *rooms,
        "",
        "| cost | figure |",
        "|---|---|",
        f"| a process with one café, memory | {costs.process_bytes / 1e6:.0f} MB |",
        f"| one more café, its console open | {costs.cafe_bytes / 1e6:.2f} MB, {costs.cafe_cpu * 1e3:.0f} ms of CPU |",
        f"| one more phone, memory | {costs.person_bytes / 1e3:.0f} kB |",
        f"| one more phone, to come in | {costs.join_cpu * 1e3:.0f} ms of CPU |",
        f"| one more phone, at rest | {costs.idle_cpu * 1e3:.2f} ms of CPU a second |",
        f"| a click of who facilitates, console and screen drawn | {costs.move_cpu * 1e3:.0f} ms of CPU |",
        f"| an answer, with what others then see | {costs.answer_cpu * 1e3:.1f} ms of CPU |",
        f"| an answer, in writes (answers given together share one) | {costs.answer_writes:.2f} |",
        f"| an answer, written on the disk | {costs.answer_kept_bytes:.0f} bytes |",
        f"| an answer, sent to all the phones of a café of {large} | {costs.answer_sent_bytes / 1e3:.1f} kB |",
        "",
        (
            "| people at once | in cafés of | CPU at rest, cores | CPU at the worst second, cores | memory, GB "
            "| processes | answers a second, worst | what saturates first |"
        ),
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| {need.people:,} | {need.cafe_size} | {need.rest_cores:.1f} | {need.worst_cores:.1f} "
            f"| {need.memory_bytes / 1e9:.1f} | {need.processes} | {need.worst_answers:.0f} | {need.first} |"
            for need in needs
        ),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.capacity", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=5, metavar="N", help="phones in the first room")
    parser.add_argument("--large", type=int, default=20, metavar="N", help="phones in the second, more than that")
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    options = parser.parse_args(arguments)
    if not 1 <= options.small < options.large:
        parser.error("--large must be more than --small, which must be 1 at least")
    seen = [measure_room(people) for people in (options.small, options.large)]
    costs = costs_between(*seen)
    # Cafés are simulated at the sizes that were measured: nothing is told of those in between, nor beyond.
    needs = [simulate(costs, people, size) for people in options.people for size in costs.sizes]
    figures: Figures = {
        "rooms": [asdict(one) for one in seen],
        "costs": asdict(costs),
        "needs": [asdict(need) for need in needs],
        "machine": machine(),
    }
    print(json.dumps(figures, ensure_ascii=False) if options.json else report(seen, costs, needs))


if __name__ == "__main__":
    main()
