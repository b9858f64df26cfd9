"""What is not revealed is in nothing that a participant's phone is sent, at any place of any programme."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.activities.definitions import Definitions
from content.loader import default_pack
from content.plan import Plan, make_plan
from content.prompts import (
    Board,
    CardPick,
    DonePrompt,
    Hunt,
    MultipleChoice,
    OneChoice,
    Ordering,
    Suggestion,
    Written,
)
from state.domain import decisions, notes
from state.domain.cafe import Programme, reveals_more
from state.domain.tallies.texts import hunt
from state.domain.values import DONE
from tests.state.cafes import answers, created, goes, joins, small_plan, whole_plan
from tests.web.site import API, Site, visit

if TYPE_CHECKING:
    import httpx

    from state.domain.cafe import Cafe, Round, Stop
    from tests.state.cafes import Decision

PACK = default_pack()


def longest(formula: str) -> Plan:
    """A plan of a formula with the last option of each choice, which is often the one that takes the most."""
    chosen = PACK.formulas[formula]
    return make_plan(PACK, chosen, {choice.id: choice.options[-1].id for choice in chosen.choices}, chosen.minutes[1])


PLANS = {"small": small_plan(), "whole": whole_plan(), **{formula: longest(formula) for formula in PACK.formulas}}


def texts_in(value: Any) -> set[str]:
    """Every text of a JSON value, keys included."""
    if isinstance(value, dict):
        return set(value) | set().union(*map(texts_in, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(texts_in, value), set())
    return {value} if isinstance(value, str) else set()


async def sent_to(browser: httpx.AsyncClient, site: Site) -> list[Any]:
    """All that this phone may be sent now: the frame of everybody, and its own state."""
    return [json.loads(site.room.frame.body), (await browser.get(f"{API}/state")).json()]


def private_of(cafe: Cafe) -> set[str]:
    """Texts that no phone is ever sent, and those of questions that are not revealed now."""
    private = {cafe.facilitator_hash, cafe.screen_hash, cafe.code}
    for step in cafe.plan.steps:
        private |= {*step.notes, *(tip.body for tip in step.tips)}
        if step.video is not None:
            private |= {pause.ask for pause in step.video.pauses}
        if isinstance(step.activity, Definitions):
            private |= {word.reference for word in step.activity.items}
    for stop in cafe.programme.stops:
        private.add(stop.scene.lead if stop.scene else "")
        if stop.prompt is not None:
            private.add(stop.prompt.explanation)
        if isinstance(stop.prompt, Ordering):
            private |= {entry.detail for entry in stop.prompt.entries}
    return private - told_of(cafe) - {""}


def told_of(cafe: Cafe) -> set[str]:
    """What is asked, and what is revealed now of the question where the room is."""
    prompt = cafe.stop.prompt
    if prompt is None or not cafe.round(cafe.stop_id).revealed:
        return {prompt.prompt} if prompt else set()
    details = {entry.detail for entry in prompt.entries} if isinstance(prompt, Ordering) else set()
    return {prompt.prompt, prompt.explanation, *details}


def shows_texts(stop: Stop, now: Round) -> bool:
    """Whether what people type at a question goes to the phones of all: never reasons, guesses or a day's notes."""
    match stop.prompt:
        case Written() | Suggestion():
            return now.shown
        case Board():
            return now.shown and stop.prompt.votes
        case _:
            return False


def shows_results(stop: Stop, now: Round) -> bool:
    return stop.has_results and (now.revealed if isinstance(stop.prompt, Ordering) else now.shown)


def portrait_of(cafe: Cafe) -> set[str]:
    """Above a board stands what the room retained of the questions before it."""
    if not isinstance(cafe.stop.prompt, Board) or cafe.stop.step is None:
        return set()
    return {others_text(cafe, stop) for stop in cafe.programme.stops_of(cafe.stop.step.id)}


def others_text(cafe: Cafe, stop: Stop) -> str:
    """What somebody else types at a stop, and nowhere else."""
    return f"avis {cafe.programme.index[stop.id]:03}"


def check(cafe: Cafe, sent: list[Any]) -> None:
    stop = cafe.stop
    now = cafe.round(stop.id)
    revealed = now.revealed and reveals_more(stop)
    typed = {others_text(cafe, one) for one in cafe.programme.stops}
    # What the room retains is told by revealing it, whether or not its results are shown beside.
    if shows_texts(stop, now) or (revealed and isinstance(stop.prompt, Suggestion)):
        typed.discard(others_text(cafe, stop))
    for one in sent:
        view = one.get("view", one)
        raw = json.dumps(one, ensure_ascii=False)
        assert not {text for text in private_of(cafe) if json.dumps(text, ensure_ascii=False)[1:-1] in raw}
        assert ("right" in view) == ("explanation" in view) == revealed
        assert ("results" in view) == shows_results(stop, now)
        assert ("order" in view) == (revealed and isinstance(stop.prompt, Ordering))
        assert ("retained" in view) == (revealed and isinstance(stop.prompt, Suggestion))
        assert not {text for text in typed - portrait_of(cafe) if text in raw}
        if isinstance(stop.prompt, Hunt) and not revealed:
            closed = {found.label for found in hunt(cafe, stop).targets if not found.people}
            assert not closed & texts_in(view)


def said_by_somebody_else(cafe: Cafe) -> tuple[Decision, ...]:  # noqa: C901 - one case per kind of question
    """What a person elsewhere answers where the room is."""
    stop, text = cafe.stop, others_text(cafe, cafe.stop)
    match stop.prompt:
        case None:
            return ()
        case Board():
            colour = stop.prompt.colours[0].id if stop.prompt.colours else None
            column = stop.prompt.columns[-1].id
            note = partial(
                notes.post, question=stop.id, note="n", author="elsewhere", text=text, column=column, colour=colour
            )
            return (note,)
        case OneChoice():
            value = stop.prompt.choices[-1].id
        case MultipleChoice():
            value = stop.prompt.choices[0].id
        case CardPick():
            value = f"{stop.prompt.cards[-1].id}\n{text}"
        case Ordering():
            value = ",".join(entry.id for entry in stop.prompt.entries)
        case Hunt():
            value = f"{stop.prompt.targets[0].label}\n{text}" if stop.prompt.most > 1 else text
        case Suggestion():
            value = f"\n{text}"
        case Written():
            value = text
        case DonePrompt():
            value = DONE
    return (answers("elsewhere", stop.id, value),)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_whole_cafe_is_walked_without_a_word_too_soon(plan: Plan) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(joins("elsewhere", pseudonym="Ailleurs"))
        revealed = 0
        while (towards := decisions.next_of(site.cafe)) is not None:
            stop, beat = towards
            await site.do(goes(stop.id, beat))
            check(site.cafe, await sent_to(ada, site))
            if stop.question is not None and site.cafe.round(stop.id).open:
                await site.do(*said_by_somebody_else(site.cafe))
                check(site.cafe, await sent_to(ada, site))
            revealed += site.cafe.round(stop.id).revealed
        assert revealed == sum(reveals_more(stop) for stop in site.cafe.programme.questions)
        while (towards := decisions.previous_of(site.cafe)) is not None:
            await site.do(goes(towards[0].id, towards[1]))
            check(site.cafe, await sent_to(ada, site))

    visit(scenario, event=created(plan=plan))


GESTURES = {
    "open": decisions.open_vote,
    "close": decisions.close_vote,
    "show": decisions.show_results,
    "hide": decisions.hide_results,
    "reveal": decisions.reveal_answer,
    "conceal": decisions.conceal_answer,
}


async def gesture(site: Site, name: str) -> None:
    """One thing that the facilitator may do where the room is, or a move elsewhere."""
    stop = site.cafe.stop
    if name in {"next", "previous"}:
        towards = (decisions.next_of if name == "next" else decisions.previous_of)(site.cafe)
        if towards is not None:
            await site.do(goes(towards[0].id, towards[1]))
    elif name not in GESTURES:
        await site.do(goes(name))
    elif stop.has_results and not (name == "reveal" and not reveals_more(stop)):
        await site.do(partial(GESTURES[name], question=stop.id))


@pytest.mark.parametrize("name", ["small", "whole"])
@settings(max_examples=30)
@given(data=st.data())
def test_no_order_of_gestures_says_a_word_too_soon(name: str, data: st.DataObject) -> None:
    plan = PLANS[name]
    stops = [stop.id for stop in Programme(plan).stops]
    names = st.sampled_from([*GESTURES, "next", "next", "previous"]) | st.sampled_from(stops)
    gestures = data.draw(st.lists(names, min_size=5, max_size=40))

    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(joins("elsewhere", pseudonym="Ailleurs"))
        for one in gestures:
            await gesture(site, one)
            if site.cafe.stop.question is not None and site.cafe.round(site.cafe.stop_id).open:
                await site.do(*said_by_somebody_else(site.cafe))
            check(site.cafe, await sent_to(ada, site))

    visit(scenario, event=created(plan=plan))
