"""Each formula of the guide, played from end to end: what was tapped is what the review shows, and the file says."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack
from content.plan import make_plan
from state.domain.programme import Programme
from tests.e2e.answering import Said, Tapped, answer_all
from tests.e2e.browsing import as_shown

if TYPE_CHECKING:
    from content.plan import Plan
    from content.schema import Formula
    from tests.e2e.people import Facilitator, House, Phone

pytestmark = pytest.mark.browser

PACK = default_pack()


def picked(formula: Formula) -> dict[str, str]:
    """One option of each choice: never the same rank for all, so that together the formulas meet most of them."""
    rank = list(PACK.formulas).index(formula.id)
    return {
        choice.id: choice.options[(rank + place) % len(choice.options)].id
        for place, choice in enumerate(formula.choices)
    }


def plan_of(formula: Formula) -> Plan:
    return make_plan(PACK, formula, picked(formula), formula.advised or formula.minutes[1])


@pytest.mark.parametrize("formula", PACK.formulas.values(), ids=PACK.formulas)
def test_a_formula_is_played_from_end_to_end(house: House, formula: Formula) -> None:
    programme = Programme(plan_of(formula))
    facilitator = house.facilitator()
    facilitator.prepare(f"Un {formula.name}", formula=formula.id, options=_labels(formula))
    phones = {"Anouk": house.phone(), "Basile": house.phone()}
    for name, phone in phones.items():
        phone.join(facilitator.code, name)
    tapped = Tapped()
    for turn, stop in enumerate(programme.stops[1:-1]):
        facilitator.next()
        if stop.prompt is None:
            _all_see(phones, stop.slide.title if stop.slide else stop.step.activity.title if stop.step else "")
            continue
        answer_all(stop, phones, turn, tapped)
        if stop.has_reveal:
            facilitator.next()
    facilitator.next()
    _all_see(phones, "C’était un plaisir de prendre ce café avec vous.")
    facilitator.close()
    facilitator.review()
    _is_reviewed(facilitator, tapped)
    assert _rows(facilitator.download()) == sorted(tapped.said, key=repr)


def _labels(formula: Formula) -> dict[str, str]:
    options = picked(formula)
    return {
        choice.id: next(option.label for option in choice.options if option.id == options[choice.id])
        for choice in formula.choices
    }


def _all_see(phones: dict[str, Phone], words: str) -> None:
    for phone in phones.values():
        phone.sees(words)


def _is_reviewed(facilitator: Facilitator, tapped: Tapped) -> None:
    """The page has every sentence, in its text or as what a chart says for whoever does not see it."""
    page = facilitator.page
    expect(page.get_by_text(as_shown(tapped.said[-1].question)).first).to_be_attached()
    facilitator.rests()
    shown = page.evaluate(
        """() => {
          for (const one of document.querySelectorAll("details")) one.open = true;
          const labels = [...document.querySelectorAll("[aria-label]")].map((node) => node.getAttribute("aria-label"));
          return [document.querySelector(".stMain").textContent, ...labels].join("\\n");
        }"""
    )
    plain = _plain(shown)
    assert [sentence for sentence in dict.fromkeys(tapped.seen) if _plain(sentence) not in plain] == []


def _plain(text: str) -> str:
    """Words without what only spaces or joins them."""
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


def _rows(file: bytes) -> list[Said]:
    lines = csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
    assert lines.fieldnames is not None
    return sorted(
        (
            Said(
                line["question"],
                line["moment"],
                line["pseudonyme"],
                line["réponse"],
                line["colonne"],
                line["couleur"],
                line["soutiens"],
            )
            for line in lines
        ),
        key=repr,
    )
