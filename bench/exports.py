"""A million answers as CSV, café after café of 300 people, one in memory at a time, part by part as browsers get them.

`python -m bench.exports` prints one JSON object. The measure runs in a process of its own, so that its memory is that
of exports alone; making the cafés counts in the memory and not in the time.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from content.loader import default_pack
from content.plan import make_plan
from content.prompts import Board, CardPick, DonePrompt, MultipleChoice, OneChoice, Ordering
from state.domain.cafe import Answer, Participant
from state.domain.events import LEVELS, PLACES, CafeCreated, Record
from state.domain.folding import begin
from state.domain.values import DONE
from state.exports.tables import french_csv

if TYPE_CHECKING:
    from bench.figures import Figures
    from content.prompts import Prompt
    from state.domain.cafe import Cafe

_ANSWERS = 1_000_000
_PEOPLE = 300
_INSIDE = "inside"
_KIB_IN_MIB = 1024


def measure_exports() -> Figures:
    """`csv_million_s`: seconds to write a million answers; `csv_peak_mb`: most memory the process ever had, in MiB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.exports", _INSIDE],
        cwd=Path(__file__).parent.parent,
        check=True,
        stdout=subprocess.PIPE,
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def _measured() -> Figures:
    empty = _empty_cafe()
    chance = random.Random(1)
    seconds, of_processor, written, answers, cafes = 0.0, 0.0, 0, 0, 0
    while answers < _ANSWERS:
        cafe = _filled(empty, chance)
        answers += sum(map(len, cafe.answers.values()))
        cafes += 1
        started, worked = time.perf_counter(), time.process_time()
        written += sum(map(len, french_csv(cafe, names=True)))
        seconds += time.perf_counter() - started
        of_processor += time.process_time() - worked
    return {
        "csv_million_s": round(seconds * _ANSWERS / answers, 2),
        "csv_million_cpu_s": round(of_processor * _ANSWERS / answers, 2),
        "csv_peak_mb": _most_memory_mb(),
        "csv_answers": answers,
        "csv_cafes": cafes,
        "csv_mb": round(written / 1024 / 1024),
    }


def _most_memory_mb() -> int:
    """Since this program began: what `getrusage` counts is also that of the program that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kib,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(kib) / _KIB_IN_MIB)


def _empty_cafe() -> Cafe:
    """The formula that asks the most, with nobody in it yet."""
    pack = default_pack()
    plans = [
        make_plan(pack, formula, {choice.id: choice.options[0].id for choice in formula.choices}, 60)
        for formula in pack.formulas.values()
    ]
    cafes = [begin(Record(1, 0.0, CafeCreated("Café", "ACDEFG", plan, "", ""))) for plan in plans]
    return max(cafes, key=lambda cafe: len(cafe.programme.questions))


def _filled(cafe: Cafe, chance: random.Random) -> Cafe:
    people = [
        Participant(f"{number:012x}", number, f"Personne {number}", chance.choice(LEVELS), chance.choice(PLACES))
        for number in range(1, _PEOPLE + 1)
    ]
    answers = {
        stop.id: {one.id: Answer(_value(stop.prompt, chance), 1.75e9 + chance.random() * 3600) for one in people}
        for stop in cafe.programme.questions
        if not isinstance(stop.prompt, Board)
    }
    return replace(cafe, participants={one.id: one for one in people}, answers=answers)


def _value(prompt: Prompt | None, chance: random.Random) -> str:
    match prompt:
        case OneChoice():
            return chance.choice(prompt.choices).id
        case MultipleChoice():
            return ",".join(one.id for one in prompt.choices if chance.random() < 0.5)
        case CardPick():
            return chance.choice(prompt.cards).id
        case Ordering():
            return ",".join(one.id for one in chance.sample(prompt.entries, len(prompt.entries)))
        case DonePrompt():
            return DONE
        case _:
            return f"Une idée d’une quarantaine de signes, n° {chance.randrange(1000)}"


if __name__ == "__main__":
    print(json.dumps(_measured() if sys.argv[1:] == [_INSIDE] else measure_exports()))
