"""A whole café, played at random beside a model of a few dictionaries that knows nothing of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from state.domain import decisions, errors, notes
from state.domain.events import Record, decode, encode
from state.domain.folding import apply, begin, fold
from state.domain.summarising import summarise
from state.domain.summary import question_key
from state.domain.tallies.boards import columns
from state.domain.tallies.choices import answered, choice_tally
from state.domain.tallies.texts import wall
from tests.state.cafes import (
    AFTER_DEBATE,
    AGREE,
    ARGUMENTS,
    BEFORE_DEBATE,
    BLUE,
    BREAK,
    DISAGREE,
    FILM,
    FREE,
    GREEN,
    MORNING,
    ONE,
    OPENING,
    POLL,
    START,
    TWO,
    WORDS,
    created,
    goes,
    joins,
    posts,
    small_plan,
    stop_at,
    whole_plan,
)
from tests.state.cafes import QUESTIONS as SMALL
from tests.state.cafes import answers as answering

if TYPE_CHECKING:
    from content.plan import Plan
    from tests.state.cafes import Decision

PEOPLE = ("ada", "bob", "cyd", "dan")
NOTES = "uvwxyz"
BOARD = "journee/panneau"
BOARDS = (ARGUMENTS, BOARD)
QUESTIONS = (*SMALL, BEFORE_DEBATE, ARGUMENTS, AFTER_DEBATE, BOARD)
STOPS = ("accueil", *QUESTIONS, OPENING, "merci")
CHOICES: dict[str, tuple[str, ...]] = {ONE: ("a",), TWO: ("b", "c"), POLL: (), BEFORE_DEBATE: (), AFTER_DEBATE: ()}
OPEN = (WORDS, FREE)
EXPLAINED = (ONE, TWO, WORDS)
# Revealed by a word of its own.
REVEALED = (*EXPLAINED, BOARD)
NEVER_REVEALED = (FILM, ARGUMENTS)
SIDES = (AGREE, DISAGREE)
PLACES = {ARGUMENTS: (*SIDES, "ailleurs"), BOARD: (MORNING, BREAK, "ailleurs")}
COLOURS: dict[str, tuple[str | None, ...]] = {ARGUMENTS: (None,), BOARD: (BLUE, GREEN)}
# What may be sent for each question: good values, then one that is not.
VALUES = {
    ONE: "abcz",
    TWO: "abcz",
    FILM: ("fini", "non"),
    WORDS: ("oui", "non", " "),
    FREE: ("oui", "non", "x" * 21),
    POLL: "abcz",
    BEFORE_DEBATE: (*SIDES, "z"),
    AFTER_DEBATE: (*SIDES, "z"),
    ARGUMENTS: ("oui",),
    BOARD: ("oui",),
}
GOOD = {
    ONE: "abc",
    TWO: "abc",
    FILM: ("fini",),
    WORDS: ("oui", "non"),
    FREE: ("oui", "non"),
    POLL: "abc",
    BEFORE_DEBATE: SIDES,
    AFTER_DEBATE: SIDES,
}


def plan_with_boards() -> Plan:
    """The small plan, with a debate and a board before its end."""
    small, whole = small_plan().steps, {step.id: step for step in whole_plan().steps}
    day = whole["journee"]
    board = day.model_copy(update={"activity": day.activity.model_copy(update={"portrait": ()})})
    return small_plan().model_copy(update={"steps": (*small[:-1], whole["debat"], board, small[-1])})


@dataclass
class ModelNote:
    author: str | None
    text: str
    place: str
    colour: str | None
    gone: bool = False
    under: str | None = None
    backers: set[str] = field(default_factory=set)


class CafeMachine(RuleBasedStateMachine):
    """The model: who joined and who is out, what each said, the notes on two boards, hands, where the room is,
    three flags a question.
    """

    def __init__(self) -> None:
        super().__init__()
        self.records = [Record(1, START, created(plan=plan_with_boards()))]
        self.cafe = begin(self.records[0])
        self.joined: dict[str, str | None] = {}
        self.named: set[str] = set()
        self.out: set[str] = set()
        self.said: dict[str, dict[str, str]] = {question: {} for question in QUESTIONS}
        self.keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.unseen: set[tuple[str, str]] = set()
        self.stuck: dict[str, dict[str, ModelNote]] = {board: {} for board in BOARDS}
        self.hands: dict[str, dict[str, int]] = {}
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
        if question in BOARDS:
            return errors.UnknownQuestion
        if value not in GOOD[question]:
            return {" ": errors.TextEmpty, "x" * 21: errors.TextTooLong}.get(value, errors.NotAChoice)
        if (person, key) in self.keys:
            return None if self.keys[person, key] == (question, value) else errors.KeyReused
        if self.over:
            return errors.CafeOver
        if self.here != question:
            return errors.QuestionPassed
        return None if question in self.open else errors.VoteNotOpen

    @rule(stop=st.sampled_from((*STOPS, *BOARDS * 3)))
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
        can_stay = self.here in QUESTIONS and self.here not in NEVER_REVEALED
        stays = can_stay and self.is_revealed(self.here) != forward
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
        return question not in NEVER_REVEALED and question in (self.revealed if question in REVEALED else self.shown)

    def put(self, question: str) -> None:
        self.asked.add(question)
        self.open.add(question)
        # What is stuck on a board is seen as it comes.
        (self.shown.add if question in BOARDS else self.shown.discard)(question)
        self.revealed.discard(question)

    def uncover(self, question: str) -> None:
        self.open.discard(question)
        self.shown.add(question)
        if question in REVEALED:
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
        assert refused is (None if question in REVEALED else errors.NothingToReveal)
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

    # Notes on the boards. Nobody is the facilitator.

    def board(self, elsewhere: str) -> str:
        """The board where the room is, or any."""
        return self.here if self.here in BOARDS else elsewhere

    def may_not(self, person: str | None) -> type[errors.Refusal] | None:
        if person is None:
            return None
        if person not in self.joined:
            return errors.NotHere
        return errors.SentAway if person in self.out else None

    def not_taken(self, board: str, person: str | None) -> type[errors.Refusal] | None:
        if self.over:
            return errors.CafeOver
        if person is None:
            return None
        if self.here != board:
            return errors.QuestionPassed
        return None if board in self.open else errors.VoteNotOpen

    def not_theirs(self, board: str, note: str, person: str | None) -> type[errors.Refusal] | None:
        if (refusal := self.may_not(person)) is not None:
            return refusal
        known = self.stuck[board].get(note)
        if known is None:
            return errors.UnknownNote
        return errors.NotYours if person is not None and known.author != person else None

    @rule(
        data=st.data(),
        elsewhere=st.sampled_from(BOARDS),
        person=st.sampled_from([*PEOPLE, None]),
        note=st.sampled_from(NOTES),
        text=st.sampled_from(["oui", "non", " "]),
    )
    def a_note_is_stuck(self, data: st.DataObject, elsewhere: str, person: str | None, note: str, text: str) -> None:
        board = self.board(elsewhere)
        place, colour = data.draw(st.sampled_from(PLACES[board])), data.draw(st.sampled_from(COLOURS[board]))
        refused = self.ask(posts(person, note, text, place, colour, board))
        known = self.stuck[board].get(note)
        expected = self.may_not(person) or (errors.TextEmpty if text == " " else None)
        if expected is None and known is not None:
            assert refused is (None if (known.author, known.text) == (person, text) else errors.KeyReused)
            return
        expected = expected or self.not_taken(board, person) or (errors.NotAChoice if place == "ailleurs" else None)
        assert refused is expected
        if refused is None:
            self.stuck[board][note] = ModelNote(person, text, place, colour)

    @rule(
        data=st.data(),
        elsewhere=st.sampled_from(BOARDS),
        note=st.sampled_from(NOTES),
        person=st.sampled_from([*PEOPLE, None]),
    )
    def a_note_is_moved(self, data: st.DataObject, elsewhere: str, note: str, person: str | None) -> None:
        board = self.board(elsewhere)
        place, colour = data.draw(st.sampled_from(PLACES[board])), data.draw(st.sampled_from(COLOURS[board]))
        decide = partial(notes.move, question=board, note=note, column=place, colour=colour, person=person)
        refused = self.ask(decide)
        expected = self.not_theirs(board, note, person) or self.not_taken(board, person)
        known = self.stuck[board].get(note)
        if expected is None and known is not None:
            expected = errors.UnknownNote if known.gone else errors.NotAChoice if place == "ailleurs" else None
        assert refused is expected
        if refused is None and known is not None:
            known.place, known.colour = place, colour

    @rule(elsewhere=st.sampled_from(BOARDS), note=st.sampled_from(NOTES), person=st.sampled_from([*PEOPLE, None]))
    def a_note_is_taken_back(self, elsewhere: str, note: str, person: str | None) -> None:
        board = self.board(elsewhere)
        refused = self.ask(partial(notes.withdraw, question=board, note=note, person=person))
        expected = self.not_theirs(board, note, person)
        known = self.stuck[board].get(note)
        if expected is None and known is not None and known.author != person:
            expected = errors.NotYours
        assert refused is (expected or (errors.CafeOver if self.over else None))
        if refused is None and known is not None:
            known.gone = True

    @rule(note=st.sampled_from(NOTES), person=st.sampled_from(PEOPLE), backed=st.booleans())
    def a_note_is_supported(self, note: str, person: str, backed: bool) -> None:  # noqa: FBT001
        board = self.board(ARGUMENTS)
        refused = self.ask(partial(notes.back, question=board, note=note, person=person, backed=backed))
        known = self.stuck[board].get(note)
        if board == BOARD:
            assert refused is errors.UnknownQuestion
            return
        expected = self.may_not(person) or self.not_taken(board, person)
        if expected is None and (known is None or known.gone):
            expected = errors.UnknownNote
        assert refused is expected
        if refused is None and known is not None:
            (known.backers.add if backed else known.backers.discard)(person)

    @rule(elsewhere=st.sampled_from(BOARDS), note=st.sampled_from(NOTES), into=st.sampled_from(NOTES))
    def two_notes_are_merged(self, elsewhere: str, note: str, into: str) -> None:
        board = self.board(elsewhere)
        stuck = self.stuck[board]
        refused = self.ask(partial(notes.merge, question=board, note=note, into=into))
        if note not in stuck or into not in stuck:
            assert refused is errors.UnknownNote
        elif note == into or not {note, into} <= set(self.seen(stuck)) or stuck[into].under in self.seen(stuck):
            assert refused is errors.NotAChoice
        else:
            assert refused is None
            stuck[into].under = None
            for one in stuck.values():
                if one is stuck[note] or one.under == note:
                    one.under = into

    @rule(elsewhere=st.sampled_from(BOARDS), note=st.sampled_from(NOTES))
    def a_note_is_split(self, elsewhere: str, note: str) -> None:
        board = self.board(elsewhere)
        stuck = self.stuck[board]
        refused = self.ask(partial(notes.split, question=board, note=note))
        assert refused is (None if note in stuck else errors.UnknownNote)
        if refused is None:
            stuck[note].under = None
            for one in stuck.values():
                one.under = None if one.under == note else one.under

    @rule(
        question=st.sampled_from((*CHOICES, WORDS, BOARD)),
        counts=st.lists(st.sampled_from([0, 0, 1, 3, -1]), min_size=3, max_size=3),
        stranger=st.sampled_from([False, False, False, True]),
    )
    def hands_are_counted(self, question: str, counts: list[int], stranger: bool) -> None:  # noqa: FBT001
        given = dict(zip(GOOD.get(question, "abc"), counts, strict=False)) | ({"z": 1} if stranger else {})
        refused = self.ask(partial(decisions.count_hands, question=question, counts=given))
        if self.over:
            assert refused is errors.CafeOver
        elif stranger or question not in CHOICES or min(given.values()) < 0:
            assert refused is errors.NotAChoice
        else:
            assert refused is None
            self.hands[question] = {choice: count for choice, count in given.items() if count}

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
            if question not in BOARDS:
                assert answered(self.cafe, question) == len(counted)

    @invariant()
    def tallies_are_the_same(self) -> None:
        for question, right in CHOICES.items():
            tally = choice_tally(self.cafe, stop_at(self.cafe, question))
            values, hands = list(self.counting(question).values()), self.hands.get(question, {})
            assert {row.id: row.count for row in tally.choices} == {one: values.count(one) for one in GOOD[question]}
            assert {row.id: row.hands for row in tally.choices if row.hands} == hands
            people = len(values) + sum(hands.values())
            assert tally.people == people
            assert round(sum(row.share for row in tally.choices), 6) == (1 if people else 0)
            assert tally.right == sum(value in right for value in values)
            assert tally.present == len(set(self.joined) - self.out)

    @invariant()
    def summaries_say_the_same(self) -> None:
        figures = {one.key: one for step in summarise(self.cafe).steps for one in step.questions}
        assert set(figures) == {question_key(stop_at(self.cafe, question)) for question in self.asked}
        for question in self.asked:
            kept, values = figures[question_key(stop_at(self.cafe, question))], list(self.counting(question).values())
            if question in CHOICES:
                assert [one.count for one in kept.choices] == [values.count(one) for one in GOOD[question]]
                hands = self.hands.get(question, {})
                assert [one.hands for one in kept.choices] == [hands.get(one, 0) for one in GOOD[question]]
                right = CHOICES[question]
                assert kept.right == (sum(value in right for value in values) if right else None)
            if question in OPEN:
                assert kept.texts == sum((question, p) not in self.unseen for p in self.counting(question))
            if question in BOARDS:
                assert kept.notes == len(self.seen(self.stuck[question]))
            else:
                assert kept.answered == len(values)

    @invariant()
    def walls_are_the_same(self) -> None:
        for question in OPEN:
            seen = {p: value for p, value in self.counting(question).items() if (question, p) not in self.unseen}
            stop = stop_at(self.cafe, question)
            assert {text.participant: text.text for text in wall(self.cafe, stop)} == seen
            assert len(wall(self.cafe, stop, with_hidden=True)) == len(self.counting(question))

    @invariant()
    def boards_are_the_same(self) -> None:
        for board, stuck in self.stuck.items():
            seen = self.seen(stuck)
            heads = {note for note, one in seen.items() if one.under is None}
            alone = {note: one for note, one in seen.items() if one.under not in heads}
            twins = {note: {twin for twin, one in seen.items() if one.under == note} for note in alone}
            expected = {
                (one.place, note, frozenset(twins[note]), len(self.behind(stuck, {note, *twins[note]})))
                for note, one in alone.items()
            }
            found = columns(self.cafe, stop_at(self.cafe, board))
            assert {
                (column.id, one.note.id, frozenset(twin.id for twin in one.twins), one.votes)
                for column in found
                for one in column.notes
            } == expected
            assert sum(column.count for column in found) == len(seen)
            authors = {one.author for one in stuck.values() if one.author and not one.gone}
            assert answered(self.cafe, board) == len(authors - self.out)

    def behind(self, stuck: dict[str, ModelNote], together: set[str]) -> set[str]:
        return {person for note in together for person in stuck[note].backers} - self.out

    def seen(self, stuck: dict[str, ModelNote]) -> dict[str, ModelNote]:
        return {note: one for note, one in stuck.items() if not one.gone and one.author not in self.out}

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
    "rounds", "participants", "answers", "keys", "spent", "notes", "hands", "first",
)  # fmt: skip

TestCafe = CafeMachine.TestCase
TestCafe.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
