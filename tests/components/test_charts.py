"""A chart and its words carry the tally's figures, and user text only ever as data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.charts import _bars, choice_summary
from components.look import DARK, LIGHT, Palette, themed
from content.catalogue import t, tn
from state.domain.tallies import ChoiceTally, choice_tally
from tests.components.reading import HOSTILE
from tests.state.cafes import POLL, TWO, answers, begun, created, goes, joins, play, small_plan


def tally(label: str = "Alpha", votes: str = "aabc") -> ChoiceTally:
    cafe = begun(created(plan=small_plan(labels=(label, "Bêta", "Gamma"))))
    people = [f"p{number}" for number in range(len(votes))]
    cafe = play(cafe, *map(joins, people), goes(TWO))
    cafe = play(cafe, *(answers(person, TWO, vote) for person, vote in zip(people, votes, strict=True)))
    stop = cafe.programme.stop(TWO)
    assert stop is not None
    return choice_tally(cafe, stop)


def spec(counted: ChoiceTally, *, show_right: bool) -> dict[str, Any]:
    chart = themed(_bars(counted, LIGHT, show_right=show_right, size=14), LIGHT, size=14)
    found: dict[str, Any] = json.loads(chart.to_json())
    return found


def rows(counted: ChoiceTally, *, show_right: bool) -> list[dict[str, Any]]:
    ((_, values),) = spec(counted, show_right=show_right)["datasets"].items()
    return list(values)


def test_bars_are_the_counts_in_the_order_of_the_choices() -> None:
    drawn = rows(tally(), show_right=False)
    assert [(row["choice"], row["people"], row["figure"]) for row in drawn] == [
        ("Alpha", 2, t("chart.figure", count=2, share=50)),
        ("Bêta", 1, t("chart.figure", count=1, share=25)),
        ("Gamma", 1, t("chart.figure", count=1, share=25)),
    ]


def test_right_answers_are_marked_by_a_sign_and_not_by_colour_alone() -> None:
    drawn = rows(tally(), show_right=True)
    assert [row["choice"] for row in drawn] == ["Alpha", "✓ Bêta", "✓ Gamma"]
    assert [row["colour"] for row in drawn] == [LIGHT.muted, LIGHT.right, LIGHT.right]


def test_nothing_tells_the_right_answers_until_they_are_revealed() -> None:
    drawn = rows(tally(), show_right=False)
    assert {row["colour"] for row in drawn} == {LIGHT.bar}
    assert "✓" not in json.dumps(drawn, ensure_ascii=False)
    assert "✓" not in choice_summary(tally(), show_right=False)


def test_a_poll_sets_no_answer_apart() -> None:
    stop = begun().programme.stop(POLL)
    assert stop is not None
    drawn = rows(choice_tally(begun(), stop), show_right=True)
    assert {row["colour"] for row in drawn} == {LIGHT.bar}
    assert [row["choice"] for row in drawn] == ["Alpha", "Bêta", "Gamma"]


def test_a_chart_without_votes_is_drawn_all_the_same() -> None:
    assert [row["figure"] for row in rows(tally(votes=""), show_right=False)] == ["0", "0", "0"]


def test_the_summary_says_every_figure() -> None:
    summary = choice_summary(tally(), show_right=True)
    assert tn("people.answered", 4) in summary
    for label, count in (("Alpha", 2), ("✓ Bêta", 1), ("✓ Gamma", 1)):
        assert t("chart.count", label=label, count=count) in summary


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_data_and_nothing_else(label: str) -> None:
    counted = tally(label)
    assert rows(counted, show_right=False)[0]["choice"].replace("\n", " ") == " ".join(label.split())
    whole = spec(counted, show_right=False)
    del whole["datasets"]
    # The sort is a list of values, compared and never evaluated.
    for layer in whole["layer"]:
        assert len(layer["encoding"]["y"].pop("sort")) == 3
    assert " ".join(label.split()) not in json.dumps(whole, ensure_ascii=False) or label == "\\"
    assert label.strip() in choice_summary(counted, show_right=False)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_keep_the_contrast_that_they_promise(colours: Palette) -> None:
    assert contrast(colours.ink, colours.paper) >= 7
    for bar in (colours.bar, colours.right, colours.muted):
        assert contrast(bar, colours.paper) >= 3
