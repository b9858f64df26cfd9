"""What is not revealed is in nothing that a participant's phone is sent, at any place of any programme."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.loader import default_pack
from content.plan import Plan, make_plan
from content.schema import DonePrompt, OpenQuestion, Poll, SingleChoice
from state.domain import decisions
from state.domain.cafe import has_answer
from tests.state.cafes import answers, created, goes, joins, small_plan
from tests.web.site import API, Site, visit

if TYPE_CHECKING:
    import httpx

    from state.domain.cafe import Cafe, Stop

PACK = default_pack()
PLANS = {
    "small": small_plan(),
    **{
        video: make_plan(PACK, PACK.formulas["ristretto-avec-sucre"], {"video": video}, 20)
        for video in ("open-data", "data-ia")
    },
}
OTHERS_TEXT = "avis d’ailleurs"


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
    for stop in cafe.programme.questions:
        prompt = stop.prompt
        assert prompt is not None
        private.add(prompt.lead)
        if not isinstance(prompt, DonePrompt) and not (stop.id == cafe.stop_id and cafe.round(stop.id).revealed):
            private.add(prompt.explanation)
    return private - {""}


def check(cafe: Cafe, sent: list[Any]) -> None:
    now = cafe.round(cafe.stop_id)
    for one in sent:
        raw = json.dumps(one, ensure_ascii=False)
        found = {text for text in private_of(cafe) if json.dumps(text, ensure_ascii=False)[1:-1] in raw}
        assert not found
        keys = texts_in(one)
        assert ("right" in keys) == ("explanation" in keys) == now.revealed
        assert ("results" in keys) == (now.shown and not isinstance(cafe.stop.prompt, DonePrompt))
        assert now.shown or OTHERS_TEXT not in keys


def good(stop: Stop) -> str:
    match stop.prompt:
        case SingleChoice() | Poll():
            return stop.prompt.choices[-1].id
        case OpenQuestion():
            return OTHERS_TEXT
        case _:
            return decisions.DONE


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_whole_cafe_is_walked_without_a_word_too_soon(plan: Plan) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(joins("elsewhere"))
        revealed = 0
        while (towards := decisions.next_of(site.cafe)) is not None:
            stop, beat = towards
            await site.do(goes(stop.id, beat))
            check(site.cafe, await sent_to(ada, site))
            if stop.question is not None and site.cafe.round(stop.id).open:
                await site.do(answers("elsewhere", stop.id, good(stop)))
                check(site.cafe, await sent_to(ada, site))
            revealed += site.cafe.round(stop.id).revealed
        assert revealed == sum(has_answer(stop.prompt) for stop in site.cafe.programme.questions)
        while (towards := decisions.previous_of(site.cafe)) is not None:
            await site.do(goes(towards[0].id, towards[1]))
            check(site.cafe, await sent_to(ada, site))

    visit(scenario, event=created(plan=plan))


GESTURES = {
    "next": None,
    "previous": None,
    "open": decisions.open_vote,
    "close": decisions.close_vote,
    "show": decisions.show_results,
    "hide": decisions.hide_results,
    "reveal": decisions.reveal_answer,
    "conceal": decisions.conceal_answer,
}


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*GESTURES, "next"]), min_size=5, max_size=40))
def test_no_order_of_gestures_says_a_word_too_soon(gestures: list[str]) -> None:
    async def scenario(site: Site) -> None:
        ada = await site.participant()
        await site.do(joins("elsewhere"))
        for name in gestures:
            stop = site.cafe.stop
            decide = GESTURES[name]
            if decide is None:
                towards = (decisions.next_of if name == "next" else decisions.previous_of)(site.cafe)
                if towards is not None:
                    await site.do(goes(towards[0].id, towards[1]))
            elif stop.has_results and not (name == "reveal" and not has_answer(stop.prompt)):
                await site.do(partial(decide, question=stop.id))
            if site.cafe.stop.question is not None and site.cafe.round(site.cafe.stop_id).open:
                await site.do(answers("elsewhere", site.cafe.stop_id, good(site.cafe.stop)))
            check(site.cafe, await sent_to(ada, site))

    visit(scenario, event=created(plan=small_plan()))
