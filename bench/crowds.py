"""Many cafés at once, simulated second by second: how many cores, how much memory, how many processes they need.

Nothing is known here but what was measured (`Costs`) and how people behave in a café, which is written below: people
come in over a few minutes, a question is asked every minute or so, and everybody answers within seconds of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

_SECONDS = 1_800
_ARRIVAL_SECONDS = 300
# Between two questions of a café, and from a question to an answer: shortest, longest.
_QUESTIONS = (60.0, 120.0)
_ANSWERS = (2.0, 20.0)
# One process draws and answers on one core at the most, and stays quick up to half of it.
_BUSY = 0.5
_PROCESS_BYTES = 2e9


@dataclass(frozen=True, slots=True)
class Costs:
    """Measured costs, in cafés of `sizes` people: bytes of memory, processor seconds.

    `move_cpu` is a click of who facilitates, console and screen drawn again. An answer's cost holds what others see.
    """

    process_bytes: float
    cafe_bytes: float
    cafe_cpu: float
    person_bytes: float
    join_cpu: float
    idle_cpu: float
    sizes: tuple[int, int]
    move_cpu: float
    answer_cpu: float
    answer_sent_bytes: float
    answer_kept_bytes: float
    answer_writes: float


@dataclass(frozen=True, slots=True)
class Need:
    """What so many people in cafés of such a size need; `first` is what asks for the most processes."""

    people: int
    cafe_size: int
    cafes: int
    rest_cores: float
    worst_cores: float
    worst_answers: float
    memory_bytes: float
    processes: int
    first: str


def simulate(costs: Costs, people: int, cafe_size: int, *, seed: int = 1) -> Need:
    """Half an hour of `people` in cafés of `cafe_size`, which must be one of the sizes that were measured.

    Raises:
        ValueError: of that size nothing was measured.
    """
    if cafe_size not in costs.sizes:
        raise ValueError(f"cafés of {cafe_size} were not measured: {costs.sizes}")
    chance = np.random.default_rng(seed)
    cafes = math.ceil(people / cafe_size)
    arrived = chance.uniform(0, _ARRIVAL_SECONDS, people)
    joins = _by_second(arrived)
    answers, moves = np.zeros(_SECONDS), np.zeros(_SECONDS)
    # Cafés do not begin at the same instant: each asks at its own pace.
    asked = _ARRIVAL_SECONDS + chance.uniform(0, _QUESTIONS[1], cafes)
    sizes = np.full(cafes, cafe_size)
    sizes[-1] = people - cafe_size * (cafes - 1)
    while (asked < _SECONDS).any():
        # Asked, then shown once everybody has answered.
        moves += _by_second(asked) + _by_second(asked + _ANSWERS[1])
        answers += _by_second(np.repeat(asked, sizes) + chance.uniform(*_ANSWERS, people))
        asked = asked + chance.uniform(*_QUESTIONS, cafes)
    present = np.minimum(np.cumsum(joins), people)
    cores = (
        joins * costs.join_cpu
        + present * costs.idle_cpu
        + answers * costs.answer_cpu
        + moves * costs.move_cpu
        + cafes * costs.cafe_cpu / _ARRIVAL_SECONDS * (np.arange(_SECONDS) < _ARRIVAL_SECONDS)
    )
    worst = float(cores.max())
    memory = people * costs.person_bytes + cafes * costs.cafe_bytes
    by_cpu = max(1, math.ceil(worst / _BUSY))
    by_memory = max(1, math.ceil(memory / max(1.0, _PROCESS_BYTES - costs.process_bytes)))
    processes = max(by_cpu, by_memory)
    return Need(
        people=people,
        cafe_size=cafe_size,
        cafes=cafes,
        rest_cores=people * costs.idle_cpu,
        worst_cores=worst,
        worst_answers=float(answers.max()),
        memory_bytes=memory + processes * costs.process_bytes,
        processes=processes,
        first="memory" if by_memory > by_cpu else "arrivals" if int(cores.argmax()) < _ARRIVAL_SECONDS else "processor",
    )


def _by_second(moments: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How many of these moments fall in each second; those after the end in none."""
    return np.bincount(moments[moments < _SECONDS].astype(int), minlength=_SECONDS).astype(float)
