"""How two phones answer whatever a café asks, and what the review and the file must then say of it.

The test itself remembers what was tapped: the app has no part in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from playwright.sync_api import expect

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
    right_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.base import Choice
    from state.domain.cafe import Stop
    from tests.e2e.people import Phone

MOMENTS = {
    "": "",
    "before": "Avant",
    "arguments": "Arguments",
    "after": "Après",
    "guess": "À deviner",
    "portrait": "Le portrait",
    "board": "Le tableau",
}


@dataclass(frozen=True)
class Said:
    """One line of the file: what somebody answered, or stuck on a board."""

    question: str
    moment: str
    name: str
    answer: str
    column: str = ""
    colour: str = ""
    votes: str = ""


@dataclass
class Tapped:
    """Everything that was tapped in a café; `seen` are sentences that its review must have."""

    said: list[Said] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    before: dict[str, list[str]] = field(default_factory=dict)


def answer_all(stop: Stop, phones: dict[str, Phone], turn: int, tapped: Tapped) -> None:  # noqa: C901 - a case a kind
    """Every phone answers the question of a stop, each in its own way; `turn` varies what they pick."""
    prompt = stop.prompt
    assert prompt is not None
    given: list[str] = []
    for number, (name, phone) in enumerate(phones.items()):
        phone.is_asked(stop.step.activity.title if isinstance(prompt, DonePrompt) and stop.step else prompt.prompt)
        answers = _answer(stop, phone, number, turn)
        given += answers
        if not isinstance(prompt, Board):
            tapped.said.append(Said(prompt.prompt, MOMENTS[prompt.moment], name, ", ".join(answers)))
    match prompt:
        case Board():
            _stuck(prompt, phones, turn, tapped)
        case OneChoice() | MultipleChoice():
            tapped.seen.append(_summary(prompt.choices, right_of(prompt), given, people=len(phones)))
            if prompt.moment == "after":
                tapped.seen.append(_moved(prompt.choices, tapped.before[prompt.item], given))
            tapped.before[prompt.item] = given
        case Written():
            tapped.seen += [f"« {text} »" for text in given]
        case Hunt():
            tapped.seen.append(f"1 mot trouvé sur {len(prompt.targets)}")
        case CardPick():
            cards = [text.split("\n") for text in given]
            tapped.seen += [f"« {why} »" for _, why in cards]
            tapped.seen += [f"{card} {[one for one, _ in cards].count(card)}" for card, _ in cards]
        case Suggestion():
            tapped.seen += [f"{text} 1" for text in given]
        case Ordering():
            tapped.seen.append("2 réponses · 1 sans faute")
        case DonePrompt():
            tapped.seen.append("2 personnes sur 2 ont fini")
        case _:
            assert_never(prompt)


def _answer(stop: Stop, phone: Phone, number: int, turn: int) -> list[str]:  # noqa: C901, PLR0911 - a case a kind
    """What one phone answers, as the file words it; several answers of one person stay apart."""
    prompt = stop.prompt
    match prompt:
        case OneChoice():
            # After a debate, everybody agrees: one of the two has changed sides.
            picked = 0 if prompt.moment == "after" else (number + turn) % len(prompt.choices)
            phone.page.locator("ul.options button").nth(number if prompt.moment == "before" else picked).click()
            phone.kept()
            return [prompt.choices[number if prompt.moment == "before" else picked].label]
        case MultipleChoice():
            places = sorted({number, (number + 1 + turn) % len(prompt.choices)})
            for place in places:
                option = phone.page.locator("ul.options button").nth(place)
                option.click()
                expect(option).to_have_attribute("aria-pressed", "true")
                phone.kept()
            return [prompt.choices[place].label for place in places]
        case Suggestion():
            if number == 0 and prompt.choices:
                phone.page.locator("ul.options button").nth(turn % len(prompt.choices)).click()
                phone.kept()
                return [prompt.choices[turn % len(prompt.choices)].label]
            phone.draft(f"Idée maison {turn}")
            phone.button("Envoyer").click()
            phone.kept()
            return [f"Idée maison {turn}"]
        case Written():
            text = f"Parole n° {turn} de la personne {number + 1}"
            phone.write(text)
            return [text]
        case Hunt():
            word = prompt.targets[turn % len(prompt.targets)].label if number == 0 else f"bricole {turn}"
            phone.draft(word)
            phone.button("Proposer").click()
            phone.kept()
            return [word]
        case CardPick():
            return [_card(prompt, phone, number, turn)]
        case Ordering():
            return [_order(prompt, phone, number)]
        case DonePrompt():
            phone.finish_video()
            return ["fini"]
        case Board():
            return []
        case _:
            raise AssertionError(f"nothing answers {prompt}")


def _card(prompt: CardPick, phone: Phone, number: int, turn: int) -> str:
    card = prompt.cards[(2 * number + turn) % len(prompt.cards)]
    phone.page.locator("ul.cards button").nth((2 * number + turn) % len(prompt.cards)).click()
    why = f"Parce que, dit la personne {number + 1}"
    phone.draft(why)
    phone.button("Envoyer").click()
    phone.kept()
    expect(phone.page.get_by_role("textbox")).to_have_value(why)
    return f"{card.label}\n{why}"


def _order(prompt: Ordering, phone: Phone, number: int) -> str:
    """The first phone puts everything in order, by buttons; the second sends what it was given."""
    rows = phone.page.locator("ol.order > li")
    labels = [entry.label for entry in prompt.entries]
    if number == 0:
        for place, label in enumerate(labels):
            row = rows.filter(has_text=re.compile(re.escape(label)))
            for _ in range(len(labels)):
                if int(row.get_attribute("data-place") or 0) <= place:
                    break
                row.get_by_role("button", name=re.compile("^Monter")).click()
    order = [next(one for one in labels if one in text) for text in rows.all_inner_texts()]
    assert (order == labels) == (number == 0)
    phone.button("Envoyer mon ordre").click()
    phone.kept()
    return " > ".join(order)


def _stuck(board: Board, phones: dict[str, Phone], turn: int, tapped: Tapped) -> None:
    """Each phone sticks two notes; where notes are voted for, the last phone supports the first note."""
    rows = []
    for number, (name, phone) in enumerate(phones.items()):
        for copy in range(2):
            text = f"Note {turn}-{number}-{copy}"
            column = board.columns[(number + copy) % len(board.columns)]
            phone.page.locator(f"input[name=note-column][value={column.id}]").check()
            colour = board.colours[(number + 2 * copy) % len(board.colours)] if board.colours else None
            if colour is not None:
                phone.page.locator(f"input[name=note-colour][value={colour.id}]").check()
            phone.page.locator(".sticking textarea").fill(text)
            phone.button("Coller", exact=True).click()
            phone.sees(f"Vos notes ({copy + 1})")
            rows.append((name, text, column.label, colour.label if colour else ""))
        expect(phone.page.locator(".note").filter(has_text="en attente")).to_have_count(0)
    votes = {text: "0" if board.votes else "" for _, text, _, _ in rows}
    if board.votes:
        first = rows[0][1]
        backer = list(phones.values())[-1]
        vote = backer.page.locator("li.note").filter(has_text=first).locator("button.vote")
        vote.click()
        expect(vote).to_have_text("▲ 1")
        votes[first] = "1"
    tapped.seen.append(f"{len(rows)} notes · {len(phones)} réponses")
    if board.colours:
        tapped.seen += [
            _column(column.label, [colour.label for colour in board.colours], rows) for column in board.columns
        ]
    tapped.said += [
        Said(board.prompt, MOMENTS[board.moment], name, text, column, colour, votes[text])
        for name, text, column, colour in rows
    ]


def _column(label: str, colours: Sequence[str], rows: Sequence[tuple[str, str, str, str]]) -> str:
    counts = [sum(1 for row in rows if row[2:] == (label, colour)) for colour in colours]
    return f"{label} : {', '.join(f'{colour} {count}' for colour, count in zip(colours, counts, strict=True))}"


def _summary(choices: Sequence[Choice], right: Sequence[str], given: Sequence[str], *, people: int) -> str:
    marks = [("✓ " if one.id in right else "") + f"{one.label} {given.count(one.label)}" for one in choices]
    return f"{people} réponses : {', '.join(marks)}."


def _moved(choices: Sequence[Choice], before: Sequence[str], after: Sequence[str]) -> str:
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [choices[0].label]
    return f"1 personne sur 2 a changé d’avis : 1 passe à « {choices[0].label} »."
