"""What every phone of a café is shown, as plain data: nothing that is not revealed is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from content.catalogue import t, tn
from content.schema import ChoiceQuestion, DonePrompt, Opening, OpenQuestion, Poll, SingleChoice
from state.domain.cafe import END, LOBBY
from state.domain.tallies import choice_tally, wall

if TYPE_CHECKING:
    from content.schema import Prompt
    from state.domain.cafe import Cafe, Participant, Stop

View = dict[str, Any]
# What a phone shows of a wall of texts: the projector shows them all.
_LATEST_TEXTS = 8


def render_view(cafe: Cafe) -> bytes:
    """The shared view, as the bytes that go on the wire to every phone."""
    return json.dumps(shared_view(cafe), ensure_ascii=False, separators=(",", ":")).encode()


def shared_view(cafe: Cafe) -> View:
    """The view of everybody in the room: a kind of input, its prompt, and what has been revealed."""
    if cafe.closed or cafe.stop_id == END:
        return _message(
            cafe, t("pad.end.title"), t("pad.end.closed" if cafe.closed else "pad.end.thanks"), over=cafe.closed
        )
    if cafe.stop_id == LOBBY:
        return _message(cafe, t("pad.lobby.title"), t("pad.lobby.body"))
    stop = cafe.stop
    if stop.prompt is None:
        return _reading(cafe, stop)
    return {**_head(cafe, stop), **_input(stop.prompt), **_state(cafe, stop)}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a phone needs to start or to catch up: the shared view and its id, who it is, what it answered."""

    id: int
    view: View
    me: View | None
    mine: dict[str, str]


def snapshot(cafe: Cafe, frame_id: int, person: str | None) -> Snapshot:
    participant = cafe.participants.get(person) if person else None
    return Snapshot(frame_id, shared_view(cafe), _me(participant), answers_of(cafe, person))


def answers_of(cafe: Cafe, person: str | None) -> dict[str, str]:
    """What somebody answered so far, by question."""
    if person is None:
        return {}
    return {question: given[person].value for question, given in cafe.answers.items() if person in given}


def name_of(participant: Participant) -> str:
    """How somebody is called on a screen."""
    return participant.pseudonym or t("people.anonymous", number=participant.number)


def _me(participant: Participant | None) -> View | None:
    if participant is None:
        return None
    return {
        "name": name_of(participant),
        "pseudonym": participant.pseudonym or "",
        "level": participant.level,
        "place": participant.place,
        "removed": participant.removed,
    }


def _head(cafe: Cafe, stop: Stop) -> View:
    step = stop.step
    assert step is not None
    return {
        "cafe": cafe.title,
        "course": step.course,
        "step": step.activity.title,
        "progress": t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else "",
        "question": stop.question,
    }


def _message(cafe: Cafe, title: str, body: str, *, over: bool = False) -> View:
    return {"cafe": cafe.title, "course": "", "step": "", "kind": "message", "title": title, "body": body, "over": over}


def _reading(cafe: Cafe, stop: Stop) -> View:
    assert stop.step is not None
    activity = stop.step.activity
    links = activity.links if isinstance(activity, Opening) else ()
    return {
        **_head(cafe, stop),
        "kind": "message",
        "title": activity.title,
        "body": activity.intro,
        "links": [link.model_dump() for link in links],
    }


def _input(prompt: Prompt) -> View:
    match prompt:
        case SingleChoice() | Poll():
            choices = [choice.model_dump() for choice in prompt.choices]
            return {"kind": "choice", "prompt": prompt.prompt, "choices": choices}
        case OpenQuestion():
            return {"kind": "text", "prompt": prompt.prompt, "limit": prompt.max_length}
        case DonePrompt():
            return {"kind": "done", "prompt": prompt.prompt}
        case _:
            assert_never(prompt)


def _state(cafe: Cafe, stop: Stop) -> View:
    """Whether answers are taken, and what the facilitator has chosen to show."""
    now = cafe.round(stop.id)
    view: View = {"open": now.open}
    if stop.step is not None and stop.step.video is not None:
        view["links"] = [{"label": t("pad.video.link"), "url": stop.step.video.url}]
    if now.shown and isinstance(stop.prompt, ChoiceQuestion):
        tally = choice_tally(cafe, stop)
        view["results"] = {
            "people": tn("people.answered", tally.answered),
            "counts": {choice.id: choice.count for choice in tally.choices},
            "shares": {choice.id: round(100 * choice.share) for choice in tally.choices},
        }
    if now.shown and isinstance(stop.prompt, OpenQuestion):
        texts = wall(cafe, stop.id)
        view["results"] = {
            "people": tn("people.answered", len(texts)),
            "texts": [text.text for text in texts[-_LATEST_TEXTS:]],
        }
    if now.revealed:
        view["right"] = list(stop.prompt.right) if isinstance(stop.prompt, ChoiceQuestion) else []
        view["explanation"] = getattr(stop.prompt, "explanation", "")
    return view
