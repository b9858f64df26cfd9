"""A chart and its words carry the tally's figures, and user text only ever as data."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.chart_shapes import PARTS, ROWS, choice_shape
from components.charts import choice_data, choice_summary
from components.look import DARK, LIGHT, NOTE_PAINTS, Palette
from content.catalogue import t, tn
from state.domain import decisions
from state.domain.tallies.choices import ChoiceTally, choice_tally
from tests.components.reading import HOSTILE, Chart, charts, shown
from tests.state.cafes import POLL, TWO, answers, begun, created, goes, joins, play, small_plan


def tally(label: str = "Alpha", votes: str = "aabc", hands: int = 0) -> ChoiceTally:
    cafe = begun(created(plan=small_plan(labels=(label, "Bêta", "Gamma"))))
    people = [f"p{number}" for number in range(len(votes))]
    cafe = play(cafe, *map(joins, people), goes(TWO))
    cafe = play(cafe, *(answers(person, TWO, vote) for person, vote in zip(people, votes, strict=True)))
    cafe = play(cafe, partial(decisions.count_hands, question=TWO, counts={"b": hands}))
    stop = cafe.programme.stop(TWO)
    assert stop is not None
    return choice_tally(cafe, stop)


def shape() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(choice_shape(10.0, 14, LIGHT))
    return found


def rows(counted: ChoiceTally, *, show_right: bool) -> list[dict[str, Any]]:
    """One a choice: its figure, and its bar without the hands at its end."""
    data = choice_data(counted, LIGHT, show_right=show_right)
    bars = {row["choice"]: row for row in data[PARTS] if row["part"] == 0}
    return [{**bars[row["choice"]], **row} for row in data[ROWS]]


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


def test_raised_hands_end_the_bars_apart_and_are_told_beside_them() -> None:
    counted = tally(hands=4)
    data = choice_data(counted, LIGHT, show_right=False)
    ends = {row["choice"]: row for row in data[PARTS] if row["part"] == 1}
    assert {choice: row["count"] for choice, row in ends.items()} == {"Alpha": 0, "Bêta": 4, "Gamma": 0}
    assert all(row["shade"] < 1 for row in ends.values())
    assert [(row["count"], row["people"], row["figure"]) for row in rows(counted, show_right=False)] == [
        (2, 2, t("chart.figure", count=2, share=25)),
        (1, 5, t("chart.figure_hands", count=5, share=62, hands=4)),
        (1, 1, t("chart.figure", count=1, share=12)),
    ]
    summary = choice_summary(counted, show_right=False)
    assert summary.startswith(f"{tn('people.answered', 4)} {tn('people.hands', 4)}")
    assert t("chart.count", label="Bêta", count=5) in summary


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_data_and_nothing_else(label: str) -> None:
    counted = tally(label)
    assert rows(counted, show_right=False)[0]["choice"].replace("\n", " ") == " ".join(label.split())
    whole = shape()
    # Bars stand in the order of the data: no label is in the shape at all.
    for layer in whole["layer"]:
        assert layer["encoding"]["y"]["sort"] is None
    assert " ".join(label.split()) not in json.dumps(whole, ensure_ascii=False) or label == "\\"
    assert label.strip() in choice_summary(counted, show_right=False)


# Words, positions before and after, notes by colour: each drawn in a page, once for each label given.


def draw_words(labels: list[str]) -> None:
    from components.charts import word_chart, word_table  # noqa: PLC0415 - run as a page of its own
    from state.domain.tallies.texts import Word  # noqa: PLC0415

    for place, label in enumerate(labels):
        words = [Word(label, 7), Word("Autre mot", 2)]
        word_chart(words, key=f"chart-{place}")
        word_table(words)


def draw_shift(labels: list[str]) -> None:
    from components.charts import shift_chart, shift_table  # noqa: PLC0415
    from state.domain.tallies.sides import Flow, Shift  # noqa: PLC0415

    flows = (Flow("a", "a", 7), Flow("a", "b", 3), Flow("b", "a", 0), Flow("b", "b", 2))
    change = Shift({"a": 10, "b": 2}, {"a": 7, "b": 5}, flows)
    for place, label in enumerate(labels):
        names = {"a": label, "b": "Autre côté"}
        shift_chart(change, names, summary="Trois ont changé.", key=f"chart-{place}")
        shift_table(change, names)


def draw_shift_with_hands() -> None:
    from components.charts import shift_chart, side_table  # noqa: PLC0415
    from state.domain.tallies.sides import Shift  # noqa: PLC0415

    change = Shift({"a": 3, "b": 1}, {"a": 0, "b": 4}, (), {"a": 2, "b": 6}, {"b": 4})
    shift_chart(change, {"a": "Alpha", "b": "Bêta"}, summary="", key="chart")
    side_table(change, {"a": "Alpha", "b": "Bêta"})


def draw_colours(labels: list[str]) -> None:
    from components.charts import colour_chart, colour_table  # noqa: PLC0415
    from content.prompts import Colour  # noqa: PLC0415
    from state.domain.tallies.boards import Column  # noqa: PLC0415

    for place, label in enumerate(labels):
        colours = [Colour(id="x", label=label, paint="blue"), Colour(id="y", label="Autre couleur", paint="pink")]
        columns = [Column("m", label, (), {"x": 7, "y": 2}), Column("s", "Le soir", (), {"y": 5})]
        colour_chart(columns, colours, key=f"chart-{place}")
        colour_table(columns, colours)


DRAWN = {"words": draw_words, "shift": draw_shift, "colours": draw_colours}


def drawn(kind: str, *labels: str) -> AppTest:
    page = AppTest.from_function(DRAWN[kind], args=(list(labels),)).run()
    assert not page.exception
    return page


def only(kind: str, label: str = "Alpha") -> Chart:
    (chart,) = charts(drawn(kind, label))
    return chart


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("words", ["Alpha 7", "Autre mot 2"]),
        (
            "shift",
            [
                f"{t('moment.before')} : Alpha 10, Autre côté 2",
                f"{t('moment.after')} : Alpha 7, Autre côté 5",
                "Trois ont changé.",
            ],
        ),
        ("colours", ["Alpha : Alpha 7, Autre couleur 2", "Le soir : Alpha 0, Autre couleur 5"]),
    ],
)
def test_every_chart_says_its_figures_in_a_sentence(kind: str, said: list[str]) -> None:
    alt = only(kind).alt
    assert not [figures for figures in said if figures not in alt]
    assert alt.endswith(".")


def test_words_are_bars_in_the_order_given() -> None:
    assert [(row["word"], row["people"], row["figure"]) for row in only("words").rows] == [
        ("Alpha", 7, "7"),
        ("Autre mot", 2, "2"),
    ]


def test_positions_share_the_whole_width_before_and_after() -> None:
    drawn_rows = only("shift").rows
    assert [(row["moment"], row["figure"]) for row in drawn_rows] == [
        (t("moment.before"), "Alpha · 10"),
        (t("moment.before"), "2"),
        (t("moment.after"), "Alpha · 7"),
        (t("moment.after"), "Autre côté · 5"),
    ]
    for first, second in (drawn_rows[:2], drawn_rows[2:]):
        assert (first["from"], second["to"]) == (0, pytest.approx(1))
        assert first["to"] == second["from"]
    assert drawn_rows[0]["to"] == pytest.approx(10 / 12)


def test_raised_hands_are_in_the_positions_and_told_apart() -> None:
    page = AppTest.from_function(draw_shift_with_hands).run()
    assert not page.exception
    (chart,) = charts(page)
    hands = {count: t("chart.of_which_hands", hands=count) for count in (2, 4, 6)}
    assert [(row["figure"], row["to"] - row["from"]) for row in chart.rows] == [
        ("Alpha · 5", pytest.approx(5 / 12)),
        (f"Bêta · 7 {hands[6]}", pytest.approx(7 / 12)),
        ("", 0),
        (f"Bêta · 8 {hands[4]}", 1),
    ]
    assert f"Alpha 5 {hands[2]}, Bêta 7 {hands[6]}" in chart.alt
    (table,) = page.table
    assert table.value.to_numpy().tolist() == [[3, 2, 0, 0], [1, 6, 4, 4]]


def test_notes_are_discs_in_the_paper_of_their_colour_each_with_its_number() -> None:
    assert [(row["column"], row["name"], row["count"], row["colour"]) for row in only("colours").rows] == [
        ("Alpha", "Alpha", 7, NOTE_PAINTS["blue"]),
        ("Alpha", "Autre couleur", 2, NOTE_PAINTS["pink"]),
        ("Le soir", "Alpha", 0, NOTE_PAINTS["blue"]),
        ("Le soir", "Autre couleur", 5, NOTE_PAINTS["pink"]),
    ]


def close_up(text: str) -> str:
    """A text without blanks: labels are cut into lines."""
    return "".join(text.split())


def without_sorts(spec: Any) -> Any:
    """A specification without its orders, which are lists of values, compared and never evaluated."""
    if isinstance(spec, dict):
        return {name: without_sorts(value) for name, value in spec.items() if name != "sort"}
    return [without_sorts(one) for one in spec] if isinstance(spec, list) else spec


@pytest.mark.parametrize("kind", DRAWN)
def test_hostile_words_are_data_and_nothing_else_in_any_chart(kind: str) -> None:
    labels = [label.strip() for label in HOSTILE]
    page = drawn(kind, *labels)
    for label, chart, table in zip(labels, charts(page), page.table, strict=True):
        cells = [close_up(str(value)) for row in chart.rows for value in row.values()]
        assert [cell for cell in cells if close_up(label) in cell]
        whole = json.dumps(without_sorts(json.loads(chart.spec)), ensure_ascii=False)
        assert label not in whole or label == "\\"
        assert label in chart.alt
        assert " ".join(label.split()) in {shown(str(cell)) for cell in table.value.index}


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
