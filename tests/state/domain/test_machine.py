"""A whole café, played at random beside a model of a few dictionaries that knows nothing of events."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from state.domain import decisions, errors
from state.domain.cafe import apply, begin, fold
from state.domain.events import Record, decode, encode
from state.domain.tallies import answered, choice_tally, wall
from tests.state.cafes import FILM, FREE, ONE, POLL, QUESTIONS, START, STOPS, TWO, WORDS, created, goes, joins
from tests.state.cafes import answers as answering

if TYPE_CHECKING:
    from tests.state.cafes import Decision

PEOPLE = ("ada", "bob", "cyd", "dan")
CHOICES: dict[str, tuple[str, ...]] = {ONE: ("a",), TWO: ("b", "c"), POLL: ()}
OPEN = (WORDS, FREE)
EXPLAINED = (ONE, TWO, WORDS)
# What may be sent for each question: good values, then one that is not.
VALUES = {
    ONE: "abcz",
    TWO: "abcz",
    FILM: ("fini", "non"),
    WORDS: ("oui", "non", " "),
    FREE: ("oui", "non", "x" * 21),
    POLL: "abcz",
}
GOOD = {ONE: "abc", TWO: "abc", FILM: ("fini",), WORDS: ("oui", "non"), FREE: ("oui", "non"), POLL: "abc"}


class CafeMachine(RuleBasedStateMachine):
    """The model: who joined and who is out, what each said, where the room is, three flags a question."""

    def __init__(self) -> None:
        super().__init__()
        self.records = [Record(1, START, created())]
        self.cafe = begin(self.records[0])
        self.joined: dict[str, str | None] = {}
        self.named: set[str] = set()
        self.out: set[str] = set()
        self.said: dict[str, dict[str, str]] = {question: {} for question in QUESTIONS}
        self.keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.unseen: set[tuple[str, str]] = set()
        self.here = "accueil"
        self.asked: set[str] = set()
        self.open: set[str] = set()
        self.shown: set[str] = set()
        self.revealed: set[str] = set()
        self.over = False

    def ask(self, decide: Decision, *, at: float = 0.0) -> type[errors.Refusal] | None:
        """Have it decided and applied, or say which refusal came back."""
        try:
            events = tuple(decide(self.cafe))
        except errors.Refusal as refusal:
            return type(refusal)
        for event in events:
            record = Record(self.cafe.version + 1, START + at, event)
            self.cafe = apply(self.cafe, record)
            self.records.append(record)
        assert tuple(decide(self.cafe)) == ()
        return None

    @rule(person=st.sampled_from(PEOPLE), name=st.sampled_from(["", "Zoé", "Max"]))
    def somebody_joins(self, person: str, name: str) -> None:
        refused = self.ask(joins(person, pseudonym=name))
        if self.over:
            assert refused is errors.CafeOver
        elif person in self.out:
            assert refused is errors.SentAway
        else:
            assert refused is None
            if person not in self.named:
                self.joined[person] = name or None

    @rule(
        data=st.data(),
        person=st.sampled_from(PEOPLE),
        key=st.sampled_from("12345"),
        at=st.floats(-1e6, 1e6),
        elsewhere=st.sampled_from([None, None, None, *QUESTIONS]),
    )
    def somebody_answers(self, data: st.DataObject, person: str, key: str, at: float, elsewhere: str | None) -> None:
        question = elsewhere or (self.here if self.here in QUESTIONS else ONE)
        value = data.draw(st.sampled_from(VALUES[question]))
        refused = self.ask(answering(person, question, value, key), at=at)
        assert refused is self.why_not(person, question, value, key)
        if refused is None and (person, key) not in self.keys:
            if self.said[question].get(person) != value:
                self.unseen.discard((question, person))
            self.said[question][person] = value
            self.keys[person, key] = (question, value)

    def why_not(  # noqa: PLR0911 - one return a reason
        self, person: str, question: str, value: str, key: str
    ) -> type[errors.Refusal] | None:
        if person not in self.joined:
            return errors.NotHere
        if person in self.out:
            return errors.SentAway
        if value not in GOOD[question]:
            return {" ": errors.TextEmpty, "x" * 21: errors.TextTooLong}.get(value, errors.NotAChoice)
        if (person, key) in self.keys:
            return None if self.keys[person, key] == (question, value) else errors.KeyReused
        if self.over:
            return errors.CafeOver
        if self.here != question:
            return errors.QuestionPassed
        return None if question in self.open else errors.VoteNotOpen

    @rule(stop=st.sampled_from(STOPS))
    def the_room_moves(self, stop: str) -> None:
        refused = self.ask(goes(stop))
        assert refused is (errors.CafeOver if self.over else None)
        if refused is None:
            self.here = stop
            if stop in QUESTIONS and stop not in self.asked:
                self.put(stop)

    @precondition(lambda self: not self.over)
    @rule(forward=st.booleans())
    def the_room_goes_one_step(self, forward: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
        towards = (decisions.next_of if forward else decisions.previous_of)(self.cafe)
        assert (towards is None) == (self.here == (STOPS[-1] if forward else STOPS[0]))
        if towards is None:
            return
        stop, beat = towards
        stays = self.here in QUESTIONS and self.here != FILM and self.is_revealed(self.here) != forward
        expected = self.here if stays else STOPS[STOPS.index(self.here) + (1 if forward else -1)]
        assert stop.id == expected
        assert self.ask(goes(stop.id, beat)) is None
        self.here = stop.id
        if stop.id not in QUESTIONS or (stop.id in self.asked and self.is_revealed(stop.id) == (beat == "reveal")):
            return
        if beat == "ask":
            self.put(stop.id)
        else:
            self.uncover(stop.id)

    def is_revealed(self, question: str) -> bool:
        return question != FILM and question in (self.revealed if question in EXPLAINED else self.shown)

    def put(self, question: str) -> None:
        self.asked.add(question)
        self.open.add(question)
        self.shown.discard(question)
        self.revealed.discard(question)

    def uncover(self, question: str) -> None:
        self.open.discard(question)
        self.shown.add(question)
        if question in EXPLAINED:
            self.revealed.add(question)

    @rule(question=st.sampled_from(QUESTIONS), opens=st.booleans())
    def a_vote_opens_or_closes(self, question: str, opens: bool) -> None:  # noqa: FBT001
        decide = decisions.open_vote if opens else decisions.close_vote
        refused = self.ask(partial(decide, question=question))
        if opens and self.over:
            assert refused is errors.CafeOver
            return
        assert refused is None
        if opens:
            self.asked.add(question)
            self.open.add(question)
        else:
            self.open.discard(question)

    @rule(question=st.sampled_from(QUESTIONS), shows=st.booleans())
    def results_are_shown_or_hidden(self, question: str, shows: bool) -> None:  # noqa: FBT001
        decide = decisions.show_results if shows else decisions.hide_results
        assert self.ask(partial(decide, question=question)) is None
        (self.shown.add if shows else self.shown.discard)(question)

    @rule(question=st.sampled_from(QUESTIONS))
    def an_answer_is_revealed(self, question: str) -> None:
        refused = self.ask(partial(decisions.reveal_answer, question=question))
        assert refused is (None if question in EXPLAINED else errors.NothingToReveal)
        if refused is None:
            self.revealed.add(question)
            if question in CHOICES:
                self.open.discard(question)

    @rule(question=st.sampled_from(QUESTIONS))
    def an_answer_is_concealed(self, question: str) -> None:
        assert self.ask(partial(decisions.conceal_answer, question=question)) is None
        self.revealed.discard(question)

    @rule(person=st.sampled_from(PEOPLE), goes_out=st.booleans())
    def somebody_is_removed_or_readmitted(self, person: str, goes_out: bool) -> None:  # noqa: FBT001
        decide = decisions.remove if goes_out else decisions.readmit
        refused = self.ask(partial(decide, person=person))
        assert refused is (None if person in self.joined else errors.NotHere)
        if refused is None:
            (self.out.add if goes_out else self.out.discard)(person)

    @rule(person=st.sampled_from(PEOPLE), name=st.sampled_from(["", "Léa"]))
    def somebody_is_renamed(self, person: str, name: str) -> None:
        refused = self.ask(partial(decisions.rename, person=person, pseudonym=name))
        assert refused is (None if person in self.joined else errors.NotHere)
        if refused is None:
            if self.joined[person] != (name or None):
                self.named.add(person)
            self.joined[person] = name or None

    @rule(question=st.sampled_from(OPEN), person=st.sampled_from(PEOPLE), hides=st.booleans())
    def a_text_is_hidden_or_shown(self, question: str, person: str, hides: bool) -> None:  # noqa: FBT001
        decide = decisions.hide_text if hides else decisions.show_text
        refused = self.ask(partial(decide, question=question, person=person))
        assert refused is (None if person in self.said[question] else errors.NotHere)
        if refused is None:
            (self.unseen.add if hides else self.unseen.discard)((question, person))

    # Seldom, or there would be nothing else to see.
    @rule(closes=st.sampled_from([True, False, False]))
    def the_cafe_closes_or_opens_again(self, closes: bool) -> None:  # noqa: FBT001
        assert self.ask(decisions.close if closes else decisions.reopen) is None
        if closes and not self.over:
            self.open.clear()
        self.over = closes

    def counting(self, question: str) -> dict[str, str]:
        return {person: value for person, value in self.said[question].items() if person not in self.out}

    @invariant()
    def people_are_the_same(self) -> None:
        assert {one.id: one.pseudonym for one in self.cafe.participants.values()} == self.joined
        assert {one.id for one in self.cafe.present} == set(self.joined) - self.out

    @invariant()
    def answers_that_count_are_the_same(self) -> None:
        for question in QUESTIONS:
            counted = {person: answer.value for person, answer in self.cafe.counted(question).items()}
            assert counted == self.counting(question)
            assert answered(self.cafe, question) == len(counted)

    @invariant()
    def tallies_are_the_same(self) -> None:
        for question, right in CHOICES.items():
            stop = self.cafe.programme.stop(question)
            assert stop is not None
            tally = choice_tally(self.cafe, stop)
            values = list(self.counting(question).values())
            assert {row.id: row.count for row in tally.choices} == {choice: values.count(choice) for choice in "abc"}
            assert tally.right == sum(value in right for value in values)
            assert tally.present == len(set(self.joined) - self.out)

    @invariant()
    def walls_are_the_same(self) -> None:
        for question in OPEN:
            seen = {p: value for p, value in self.counting(question).items() if (question, p) not in self.unseen}
            assert {text.participant: text.text for text in wall(self.cafe, question)} == seen
            assert len(wall(self.cafe, question, with_hidden=True)) == len(self.counting(question))

    @invariant()
    def flags_are_the_same(self) -> None:
        assert (self.cafe.stop_id, self.cafe.closed) == (self.here, self.over)
        for question in QUESTIONS:
            now = self.cafe.round(question)
            flags = {"asked": now.asked, "open": now.open, "shown": now.shown, "revealed": now.revealed}
            assert flags == {name: question in getattr(self, name) for name in flags}

    def teardown(self) -> None:
        """The history read back from a file gives the café as it stands."""
        read_back = [decode(encode(record)) for record in self.records]
        assert read_back == self.records
        folded = fold(read_back)
        for name in PARTS:
            assert getattr(folded, name) == getattr(self.cafe, name), name
        assert folded.plan == self.cafe.plan


PARTS = (
    "title", "code", "version", "stop_id", "since", "started_at", "closed_at",
    "rounds", "participants", "answers", "keys", "spent",
)  # fmt: skip

TestCafe = CafeMachine.TestCase
TestCafe.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
