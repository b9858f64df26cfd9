"""A café as if only some people had answered: every way of counting then works on it unchanged (decision 17)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from content.prompts import Board, Sides
from state.domain.small_groups import FEWEST_IN_A_GROUP, withheld
from state.domain.tallies.boards import seen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from state.domain.cafe import Cafe, Participant
    from state.domain.events import Level, Place
    from state.domain.programme import Stop


@dataclass(frozen=True, slots=True)
class Selection:
    """People of one level, of one place, or of both; everybody where neither is said."""

    level: Level | None = None
    place: Place | None = None

    @property
    def everybody(self) -> bool:
        return self.level is None and self.place is None

    def takes(self, person: Participant) -> bool:
        return self.level in {None, person.level} and self.place in {None, person.place}


@dataclass(frozen=True, slots=True)
class Filtered:
    """`people` of the room are selected; `withheld` are the questions to which too few of them answered.

    `unbacked` are boards of which the notes are shown, but not how many support each: too few of them did.
    """

    cafe: Cafe
    people: int
    withheld: frozenset[str] = frozenset()
    unbacked: frozenset[str] = frozenset()


def filtered(cafe: Cafe, selection: Selection) -> Filtered | None:
    """The café of those selected; None where too few of the room are, or could be told from the others.

    A question to which too few of them answered is withheld: nobody has answered it there. Nobody is of any level
    nor place any more, for groups within a group would show how the smallest of them answered.
    """
    everybody = {one.id for one in cafe.present}
    if selection.everybody:
        return Filtered(cafe, len(everybody))
    if not _may_show(cafe, selection, everybody):
        return None
    people = frozenset(one.id for one in cafe.present if selection.takes(one))
    mine = only(cafe, people)
    hidden = {
        stop.id
        for stop in cafe.programme.questions
        if not all(_may_show(cafe, selection, who) for who in _answering(cafe, stop))
    }
    unbacked = {
        question
        for question in cafe.notes
        if question not in hidden and (backing := _backing(cafe, question)) and not _may_show(cafe, selection, backing)
    }
    shown = replace(
        mine,
        participants={name: replace(one, level=None, place=None) for name, one in mine.participants.items()},
        answers={question: given for question, given in mine.answers.items() if question not in hidden},
        first={question: given for question, given in mine.first.items() if question not in hidden},
        notes={
            question: {
                name: replace(note, backers=frozenset()) if question in unbacked else note
                for name, note in notes.items()
            }
            for question, notes in mine.notes.items()
            if question not in hidden
        },
    )
    asked = {stop for stop in hidden if cafe.round(stop).asked}
    return Filtered(shown, len(people), frozenset(asked), frozenset(unbacked))


def only(cafe: Cafe, people: Collection[str]) -> Cafe:
    """The café as if nobody else had come.

    Raised hands, what the facilitator wrote and how many people were connected are nobody's in particular: left out.
    """
    return replace(
        cafe,
        participants={name: replace(one, host=None) for name, one in cafe.participants.items() if name in people},
        answers={question: _of(given, people) for question, given in cafe.answers.items()},
        first={question: _of(given, people) for question, given in cafe.first.items()},
        keys={},
        notes={
            question: {
                name: replace(note, backers=note.backers & frozenset(people))
                for name, note in notes.items()
                if note.author in people
            }
            for question, notes in cafe.notes.items()
        },
        hands={},
        summaries={},
        speakers={},
        speaking=None,
        presence=(),
    )


def _of(given: Any, people: Collection[str]) -> Any:
    return {person: value for person, value in given.items() if person in people}


def _answering(cafe: Cafe, stop: Stop) -> Iterator[set[str]]:
    """Those whom the figures of a question tell about: who answered, and, where minds changed, who did before too."""
    if isinstance(stop.prompt, Board):
        yield {note.author for note in seen(cafe, stop.id) if note.author is not None}
        return
    now = set(cafe.counted(stop.id))
    yield now
    if isinstance(stop.prompt, Sides):
        earlier = cafe.programme.earlier(stop)
        present = {one.id for one in cafe.present}
        before = set(cafe.counted(earlier.id)) if earlier is not None else set(cafe.first.get(stop.id, {})) & present
        # Who is behind each move is told by those who answered both times.
        yield from (before, before & now) if before else ()


def _backing(cafe: Cafe, question: str) -> set[str]:
    present = {one.id for one in cafe.present}
    return {person for note in seen(cafe, question) for person in note.backers} & present


def _may_show(cafe: Cafe, selection: Selection, who: Collection[str]) -> bool:
    """Whether the selected among `who` are enough, and taking them away from the others leaves enough of these.

    With two criteria at once there are too many ways to subtract: every group of the table must be large enough.
    """
    people = [cafe.participants[person] for person in who]
    if sum(1 for one in people if selection.takes(one)) < FEWEST_IN_A_GROUP:
        return False
    if selection.level is not None and selection.place is not None:
        return min(Counter((one.level, one.place) for one in people).values()) >= FEWEST_IN_A_GROUP
    if selection.level is not None:
        return selection.level not in withheld(Counter(one.level for one in people))
    return selection.place not in withheld(Counter(one.place for one in people))
