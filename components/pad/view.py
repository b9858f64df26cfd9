"""What every phone of a café is shown, as plain data: nothing that is not revealed is in it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.activities import views_of
from components.names import name_of
from components.questions.views import View
from content.catalogue import t
from content.prompts import right_of
from state.domain.cafe import END, LOBBY, reveals_more
from state.domain.notes import notes_by

if TYPE_CHECKING:
    from state.domain.cafe import Answer, Cafe, Note, Participant, Stop

# How many people may answer on one phone, its owner included.
MOST_SEATS = 6


def render_view(cafe: Cafe) -> bytes:
    """The shared view, as the bytes that go on the wire to every phone."""
    return json.dumps(shared_view(cafe), ensure_ascii=False, separators=(",", ":")).encode()


def shared_view(cafe: Cafe) -> View:
    """The view of everybody in the room: a kind of input, its prompt, and what has been revealed."""
    mark = {"mark": t("rehearsal.mark")} if cafe.plan.rehearsal else {}
    # Said to whoever is about to come in, before they try.
    shut = {"shut": True} if cafe.shut else {}
    return {**_view(cafe), **mark, **shut}


def _view(cafe: Cafe) -> View:
    if cafe.closed or cafe.stop_id == END:
        return _message(
            cafe, t("pad.end.title"), t("pad.end.closed" if cafe.closed else "pad.end.thanks"), over=cafe.closed
        )
    if cafe.stop_id == LOBBY:
        return _message(cafe, t("pad.lobby.title"), t("pad.lobby.body"))
    stop = cafe.stop
    return {**_head(cafe, stop), **_state(cafe, stop), **views_of(stop).phone(cafe, stop)}


@dataclass(frozen=True, slots=True)
class Seat:
    """One person of a phone: who they are, what they answered and stuck, which notes they support.

    `held` says of which of their texts the room sees nothing: `waiting` to be published, or `hidden`.
    """

    me: View | None
    mine: dict[str, str]
    notes: dict[str, list[View]]
    backed: dict[str, list[str]]
    held: dict[str, str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a phone needs to start or to catch up: the shared view and its id, and who it is.

    `me` and what follows are those of its owner, `guests` those to whom it was passed, by seat, from 2. `now` is the
    server's time, in milliseconds since 1970.
    """

    id: int
    view: View
    me: View | None
    mine: dict[str, str]
    notes: dict[str, list[View]]
    backed: dict[str, list[str]]
    held: dict[str, str]
    guests: dict[str, Seat] = field(default_factory=dict)
    now: int = 0


def snapshot(cafe: Cafe, frame_id: int, person: str | None) -> Snapshot:
    owner = seat_of(cafe, person)
    guests = {
        str(number): seat_of(cafe, guest)
        for number in range(2, MOST_SEATS + 1)
        if person is not None and (guest := person_at(person, number)) in cafe.participants
    }
    return Snapshot(
        frame_id,
        shared_view(cafe),
        owner.me,
        owner.mine,
        owner.notes,
        owner.backed,
        owner.held,
        guests,
        round(1000 * time.time()),
    )


def person_at(person: str, seat: int) -> str:
    """Who sits at a seat of somebody's phone; its owner has the first."""
    return person if seat == 1 else f"{person}-{seat}"


def seat_of(cafe: Cafe, person: str | None) -> Seat:
    participant = cafe.participants.get(person) if person else None
    if person is None or participant is None:
        return Seat(None, {}, {}, {}, {})
    boards = [question for question in cafe.notes if notes_by(cafe, question, person)]
    return Seat(
        _me(participant),
        answers_of(cafe, person),
        {question: [_note(note) for note in notes_by(cafe, question, person)] for question in boards},
        {
            question: backed
            for question, notes in cafe.notes.items()
            if (backed := [note.id for note in notes.values() if person in note.backers])
        },
        {
            question: held
            for question, given in cafe.answers.items()
            if person in given and (held := held_back(given[person]))
        },
    )


def held_back(answer: Answer) -> str:
    """Why the room sees nothing of what somebody wrote; empty where it does, or will when results are shown."""
    return "waiting" if answer.waiting else "hidden" if answer.hidden else ""


def answers_of(cafe: Cafe, person: str | None) -> dict[str, str]:
    """What somebody answered so far, by question."""
    if person is None:
        return {}
    return {question: given[person].value for question, given in cafe.answers.items() if person in given}


def _note(note: Note) -> View:
    return {
        "id": note.id,
        "text": note.text,
        "column": note.column,
        "colour": note.colour,
        "hidden": note.hidden,
        **({"waiting": True} if note.waiting else {}),
        "flagged": note.flagged,
    }


def _me(participant: Participant) -> View:
    return {
        "name": name_of(participant),
        "number": participant.number,
        "pseudonym": participant.pseudonym or "",
        "level": participant.level,
        "place": participant.place,
        "removed": participant.removed,
    }


def _head(cafe: Cafe, stop: Stop) -> View:
    step = stop.step
    assert step is not None
    moment = stop.prompt.moment if stop.prompt else ""
    view: View = {
        "cafe": cafe.title,
        "course": step.course,
        "step": step.activity.title,
        "progress": t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else "",
        "question": stop.question,
    }
    if moment:
        view["moment"] = t(f"moment.{moment}")
    if (ends_at := cafe.step_ends_at) is not None:
        view["stepEnds"] = round(ends_at)
    if cafe.timer is not None and cafe.timer.stop == stop.id:
        view["timer"] = {"ends": round(cafe.timer.ends_at), "seconds": cafe.timer.seconds}
    return view


def _message(cafe: Cafe, title: str, body: str, *, over: bool = False) -> View:
    return {"cafe": cafe.title, "course": "", "step": "", "kind": "message", "title": title, "body": body, "over": over}


def _state(cafe: Cafe, stop: Stop) -> View:
    """The question, whether answers are taken, and what has been revealed of it."""
    prompt = stop.prompt
    if prompt is None:
        return {}
    now = cafe.round(stop.id)
    view: View = {"prompt": prompt.prompt, "open": now.open}
    if now.revealed and reveals_more(stop):
        view["right"] = list(right_of(prompt))
        view["explanation"] = prompt.explanation
    return view


__all__ = [
    "MOST_SEATS",
    "Seat",
    "Snapshot",
    "View",
    "answers_of",
    "name_of",
    "person_at",
    "render_view",
    "seat_of",
    "shared_view",
    "snapshot",
]
