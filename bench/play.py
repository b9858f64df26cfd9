"""What happens in a café while it is measured: the facilitator clicks, every phone answers what is asked, all look.

Every moment is of one clock, in one process. What is told apart: the click (sent on the console's own WebSocket) to
each phone's frame; an answer sent to its acknowledgement; the last answer sent to the console redrawn with all.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.answers import answer_to, shared_out, stickers
from bench.console import PATIENCE_SECONDS
from content.catalogue import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.answers import Sticker
    from bench.console import Awake, Facilitator
    from bench.phones import Crowd, Matches, Phone, View
    from bench.wire import Reply

_REST_SECONDS = 0.6
_FEWEST_CLICKS = 8
BOARD_NOTES = 500
DEBATE_NOTES = 100


@dataclass(frozen=True, slots=True)
class Scenario:
    """How long and how many. `at_once` phones come in together: a room does not scan the code in one second.

    With an `activity`, the café is made of that one alone; `notes` are stuck on each board of it.
    """

    participants: int
    rounds: int = 6
    impatient_rounds: int = 3
    vote_seconds: float = 2.0
    idle_seconds: float = 10.0
    at_once: int = 10
    seed: int = 1
    activity: str = ""
    notes: int = BOARD_NOTES


@dataclass(slots=True)
class Click:
    """A click that moved the room: when it was sent, and when each phone had the new step."""

    sent: float
    arrived: list[float]


@dataclass(slots=True)
class Samples:
    """What was seen, in seconds of `time.perf_counter`; `redrawn`, `screened` and `phoned` count from a last answer.

    `flood` are the acknowledgements of notes that fill a board, many from each phone at once.
    """

    clicks: list[Click] = field(default_factory=list)
    clicks_while_voting: list[Click] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    acknowledgements: list[float] = field(default_factory=list)
    flood: list[float] = field(default_factory=list)
    redrawn: list[float] = field(default_factory=list)
    screened: list[float] = field(default_factory=list)
    phoned: list[float] = field(default_factory=list)
    acknowledged: set[tuple[int, str]] = field(default_factory=set)
    notes: int = 0
    refused: int = 0


@dataclass(slots=True)
class _Stuck:
    """What stands on one board: ids in the order they were acknowledged, places and colours counted."""

    ids: list[str] = field(default_factory=list)
    places: Counter[tuple[str, str | None]] = field(default_factory=Counter)


class Play:
    """The rounds of a café: to the next question, everybody answers, to the results."""

    def __init__(self, facilitator: Facilitator, screen: Awake, crowd: Crowd, scenario: Scenario) -> None:
        self.samples = Samples()
        self._facilitator = facilitator
        self._screen = screen
        self._crowd = crowd
        self._scenario = scenario
        self._chance = random.Random(scenario.seed)
        self._view: View = {}
        # Questions whose answers the room sees as they come: their results tell nothing of what is revealed.
        self._live: dict[str, bool] = {}
        self._boards: dict[str, _Stuck] = {}

    async def rest(self) -> None:
        await self._facilitator.tab.quiet(_REST_SECONDS)
        await self._screen.tab.quiet(_REST_SECONDS)

    async def all_rounds(self) -> None:
        for _ in range(self._scenario.rounds):
            if not await self._to_next_question():
                break
            await self.rest()
            await self._vote(self._view)
            await self.rest()
            if self._facilitator.following[1] == "reveal":
                self.samples.clicks.append(await self._click())
                await self.rest()
        await self._to_and_fro()

    async def impatient_rounds(self) -> None:
        """The facilitator moves on while people still answer, and while the console is being redrawn."""
        for _ in range(self._scenario.impatient_rounds):
            if not await self._to_next_question() and not await self._back_to_a_question():
                return
            await self.rest()
            voting = asyncio.create_task(self._answers(self._view))
            await asyncio.sleep(self._scenario.vote_seconds * self._chance.uniform(0.4, 0.6))
            self.samples.clicks_while_voting.append(await self._click())
            await voting
            await self.rest()

    async def _to_next_question(self) -> bool:
        """Go on until something is asked; false at the end of the programme."""
        while self._facilitator.following[0]:
            self.samples.clicks.append(await self._click(with_screen=True))
            if self._view.get("question"):
                return True
            await self.rest()
        return False

    async def _back_to_a_question(self) -> bool:
        """Go back until something is asked again; false where nothing ever was."""
        while self._facilitator.preceding[0]:
            await self._click(back=True)
            if self._view.get("open"):
                return True
            await self.rest()
        return False

    async def _to_and_fro(self) -> None:
        """A short activity has few places to click to: go back and forth until there are enough to measure."""
        while len(self.samples.clicks) < _FEWEST_CLICKS:
            self.samples.clicks.append(await self._click(back=True, with_screen=True))
            await self.rest()
            self.samples.clicks.append(await self._click(with_screen=True))
            await self.rest()

    async def _click(self, *, back: bool = False, with_screen: bool = False) -> Click:
        target = self._facilitator.preceding if back else self._facilitator.following
        waited = self._crowd.wait_for(self._shows(*target))
        console, screen = self._facilitator.moved(), self._screen.tab.next_run()
        sent = await (self._facilitator.previous() if back else self._facilitator.next())
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await waited.all
                await console
                if with_screen:
                    self.samples.screens.append(await screen - sent)
        except TimeoutError as error:
            error.add_note(
                f"towards {target}: {len(waited.times)} phones of {len(self._crowd.phones)} have it, "
                f"{self._crowd.cut} streams were cut, the console leads to {self._facilitator.following}, "
                f"it was last heard {time.perf_counter() - self._facilitator.tab.heard_at:.1f} s ago"
            )
            raise
        self._view = waited.view
        if question := self._view.get("question"):
            self._live.setdefault(question, "results" in self._view)
        return Click(sent, list(waited.times.values()))

    def _shows(self, stop: str, beat: str) -> Matches:
        """Whether a phone's view is that of a place in the programme."""
        before = self._view.get("title")
        live = self._live.get(stop)

        def matches(view: View) -> bool:
            if view["kind"] == "message":
                return bool(view["title"] != before)
            if view["question"] != stop:
                return False
            # A question that is asked for the first time shows results only if it shows them as they come.
            revealed = "right" in view or (live is False and "results" in view)
            return revealed == (beat == "reveal")

        return matches

    async def _vote(self, view: View) -> None:
        """Everybody answers; then the console, the screen and the phones show it."""
        plan = self._notes_of(view)
        on_console, on_screen, on_phones = self._sentences(view, plan)
        redrawn, screened = self._facilitator.expect(*on_console), self._screen.expect(*on_screen)
        phones = self._crowd.wait_for(
            lambda now: now.get("question") == view["question"] and now.get("results", {}).get("people") == on_phones
        )
        last_sent = max(await self._answers(view, plan))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self.samples.redrawn.append(await redrawn - last_sent)
                self.samples.screened.append(await screened - last_sent)
                if self._live[view["question"]]:
                    await phones.all
                    self.samples.phoned += [when - last_sent for when in phones.times.values()]
        except TimeoutError as error:
            error.add_note(
                f"after {view['question']}: the console lacks {self._facilitator.missing}, the screen "
                f"{self._screen.missing}; {len(phones.times)} phones of {len(self._crowd.phones)} have it; "
                f"the console says {list(self._facilitator.tab.said)}"
            )
            raise

    def _notes_of(self, view: View) -> Sequence[Sequence[Sticker]]:
        """What each phone will stick, where there is a board."""
        if view["kind"] != "board":
            return ()
        # A person may stick so many: something is kept for the rounds that follow.
        most = max(1, view["most"] - self._scenario.impatient_rounds)
        shares = shared_out(self._scenario.notes, len(self._crowd.phones), most)
        return [stickers(view, number, share, self._chance) for number, share in enumerate(shares)]

    def _sentences(self, view: View, plan: Sequence[Sequence[Sticker]]) -> tuple[list[str], list[str], str]:
        """What the console, the screen and the phones say once everybody has answered."""
        people = len(self._crowd.phones)
        message = "people.finished_of" if view["kind"] == "done" else "people.answered_of"
        count = tn(message, people, present=people)
        if not plan:
            charted = view["kind"] in {"choice", "several"} and "own" not in view
            # After a debate, the chart is of who moved.
            charted = charted and view.get("moment") != t("moment.after")
            chart = [f"{tn('people.answered', people)} :"] if charted else []
            return [count, *chart], [count], tn("people.answered", people)
        places = self._boards.get(view["question"], _Stuck()).places + Counter(
            (one.column, one.colour) for mine in plan for one in mine
        )
        all_notes = tn("people.notes", places.total())
        chart = []
        for column in view["columns"] if view["colours"] else ():
            counts = ((colour["label"], places[column["id"], colour["id"]]) for colour in view["colours"])
            told = ", ".join(t("chart.count", label=label, count=count) for label, count in counts)
            chart.append(f"{column['label']} : {told}")
        return [count, all_notes, *chart], [count, all_notes], all_notes

    async def _answers(self, view: View, plan: Sequence[Sequence[Sticker]] = ()) -> list[float]:
        """Everybody answers at moments of their own within the vote's time; gives when each last sent something.

        A board is filled first: people then stick their last note on a board that has nearly all of them.
        """
        if view["kind"] != "board":
            return await asyncio.gather(*(self._answer(phone, view) for phone in self._crowd.phones))
        plan = plan or [stickers(view, number, 1, self._chance) for number in range(len(self._crowd.phones))]
        hands = list(zip(self._crowd.phones, plan, strict=True))
        await asyncio.gather(*(self._stick(phone, view, mine[:-1], filling=True) for phone, mine in hands))
        return await asyncio.gather(*(self._stick(phone, view, mine[-1:]) for phone, mine in hands))

    async def _answer(self, phone: Phone, view: View) -> float:
        value = answer_to(view, phone.number, self._chance)
        await asyncio.sleep(self._chance.uniform(0, self._scenario.vote_seconds))
        reply = await phone.answer(view["question"], value)
        self._note(reply, phone, view["question"])
        return reply.sent

    async def _stick(self, phone: Phone, view: View, mine: Sequence[Sticker], *, filling: bool = False) -> float:
        """Sticks notes one after another; then, unless `filling`, supports somebody's where notes are voted for."""
        question = view["question"]
        board = self._boards.setdefault(question, _Stuck())
        began, sent = time.perf_counter(), 0.0
        moments = sorted(self._chance.uniform(0, self._scenario.vote_seconds) for _ in mine)
        for moment, one in zip(moments, mine, strict=True):
            await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
            note, reply = await phone.stick(question, one)
            sent = reply.sent
            if self._note(reply, phone, f"{question}#{note}", filling=filling):
                self.samples.notes += 1
                board.ids.append(note)
                board.places[one.column, one.colour] += 1
        if view["votes"] and board.ids and not filling:
            note = self._chance.choice(board.ids)
            reply = await phone.back(question, note)
            sent = reply.sent
            self._note(reply, phone, f"{question}^{note}")
        return sent

    def _note(self, reply: Reply, phone: Phone, what: str, *, filling: bool = False) -> bool:
        """Take account of what became of something sent; tells whether it was kept."""
        if reply.status == 409:
            self.samples.refused += 1
        elif reply.status != 200:
            raise RuntimeError(f"an answer was answered {reply.status}: {reply.body[:200]!r}")
        else:
            self.samples.acknowledged.add((phone.number, what))
            times = self.samples.flood if filling else self.samples.acknowledgements
            times.append(reply.received - reply.sent)
            return True
        return False
