"""Making a plan one's own: each function gives the plan after one gesture, and leaves what it does not name alone."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from content.plan import LOBBY_AND_END, Plan, PlannedStep
from content.schema import COURSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from content.schema import CourseName

    Path = tuple[str | int, ...]

MOST_STEPS = 40


def step_of(plan: Plan, step_id: str) -> PlannedStep:
    """Raises KeyError where somebody else has removed it."""
    for step in plan.steps:
        if step.id == step_id:
            return step
    raise KeyError(step_id)


def arranged(plan: Plan, order: Mapping[CourseName, Sequence[str]]) -> Plan:
    """The steps course by course, in this order; those that it does not name stay last in their course."""
    steps = {step.id: step for step in plan.steps}
    placed: dict[CourseName, list[PlannedStep]] = {course: [] for course in COURSES}
    for course, names in order.items():
        placed[course] += [steps.pop(name).model_copy(update={"course": course}) for name in names if name in steps]
    for step in steps.values():
        placed[step.course].append(step)
    return _with(plan, (step for course in COURSES for step in placed[course]))


def moved(plan: Plan, step_id: str, by: int) -> Plan:
    """A step one place up (-1) or down (1): beyond the end of its course, it goes over to the next one."""
    order = {course: [step.id for step in plan.steps if step.course == course] for course in COURSES}
    course = step_of(plan, step_id).course
    place = order[course].index(step_id) + by
    if 0 <= place < len(order[course]):
        order[course].remove(step_id)
        order[course].insert(place, step_id)
        return arranged(plan, order)
    beyond = COURSES.index(course) + by
    if not 0 <= beyond < len(COURSES):
        return plan
    order[course].remove(step_id)
    order[COURSES[beyond]].insert(0 if by > 0 else len(order[COURSES[beyond]]), step_id)
    return arranged(plan, order)


def with_step(plan: Plan, step: PlannedStep) -> Plan:
    """One more step, last in its course, under an id that no other has."""
    name = new_name(step.id, {*LOBBY_AND_END, *(one.id for one in plan.steps)})
    steps = [*plan.steps, step.model_copy(update={"id": name})]
    return _with(plan, sorted(steps, key=lambda one: COURSES.index(one.course)))


def without_step(plan: Plan, step_id: str) -> Plan:
    return _with(plan, (step for step in plan.steps if step.id != step_id))


def rewritten(plan: Plan, step_id: str, path: Path, value: object) -> Plan:
    """A step with another value at a place such as `("activity", "items", 0, "prompt")`.

    Raises:
        KeyError: the step is no more.
        LookupError: the place is no more.
        pydantic.ValidationError: the step cannot be so.
    """

    def write(data: Any) -> None:
        holder = _inside(data, path[:-1])
        _inside(holder, path[-1:])
        holder[path[-1]] = value
        if isinstance(holder, dict) and holder.get("kind") == "scale":
            holder.pop("choices")  # they are named after its ends

    return _changed(plan, step_id, write)


def with_entry(plan: Plan, step_id: str, path: Path, entry: Any) -> Plan:
    """One more entry at the end of the list at `path`; an entry with an id gets one that no other has there.

    Raises: as `rewritten`.
    """

    def write(data: Any) -> None:
        entries = _inside(data, path)
        named = entry
        if isinstance(entry, dict) and "id" in entry:
            named = {**entry, "id": new_name(str(entry["id"]), {one["id"] for one in entries})}
        entries.append(named)

    return _changed(plan, step_id, write)


def without_entry(plan: Plan, step_id: str, path: Path) -> Plan:
    """The list without the entry at `path`, and without what spoke of it: a right answer, what followed a question.

    Raises: as `rewritten`.
    """

    def write(data: Any) -> None:
        gone = _inside(data, path)
        holder = _inside(data, path[:-1])
        del holder[path[-1]]
        if isinstance(gone, dict) and "id" in gone:
            owner = _inside(data, path[:-2])
            _forget(owner, str(gone["id"]))

    return _changed(plan, step_id, write)


def moved_entry(plan: Plan, step_id: str, path: Path, by: int) -> Plan:
    """The list with the entry at `path` one place up or down. Raises: as `rewritten`."""

    def write(data: Any) -> None:
        entries = _inside(data, path[:-1])
        place = int(path[-1])
        if 0 <= place + by < len(entries):
            entries.insert(place + by, entries.pop(place))

    return _changed(plan, step_id, write)


def new_name(name: str, taken: Iterable[str]) -> str:
    """The same id, or the same one numbered where it is taken.

    >>> new_name("question", ["question", "question-2"])
    'question-3'
    """
    known = set(taken)
    stem = name.rsplit("-", 1)[0] if name.rsplit("-", 1)[-1].isdigit() and "-" in name else name
    return name if name not in known else next(one for one in (f"{stem}-{n}" for n in count(2)) if one not in known)


def _forget(owner: Any, gone: str) -> None:
    if not isinstance(owner, dict):
        return
    if isinstance(owner.get("right"), list | tuple):
        owner["right"] = [one for one in owner["right"] if one != gone]
    if isinstance(owner.get("then"), list | tuple):
        owner["then"] = [one for one in owner["then"] if one.get("item") != gone]


def _changed(plan: Plan, step_id: str, write: Callable[[Any], None]) -> Plan:
    data = step_of(plan, step_id).model_dump(mode="json")
    write(data)
    return _replaced(plan, PlannedStep.model_validate(data))


def _replaced(plan: Plan, step: PlannedStep) -> Plan:
    return _with(plan, (step if one.id == step.id else one for one in plan.steps))


def _with(plan: Plan, steps: Iterable[PlannedStep]) -> Plan:
    return plan.model_copy(update={"steps": tuple(steps)})


def _inside(value: Any, path: Path) -> Any:
    """Raises LookupError where there is no such place."""
    for part in path:
        try:
            value = value[part]
        except TypeError as error:
            raise LookupError(part) from error
    return value
