"""The charts of a report: the review's, in the light colours of paper, drawn outside of any page."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from components.chart_shapes import ROWS, choice_shape, word_shape
from components.charts import bars_height, choice_data, choice_labels, choice_summary, told_apart
from components.look import LIGHT
from components.pictures import Drawn
from content.catalogue import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.domain.tallies.choices import ChoiceTally
    from state.domain.tallies.texts import Word

_SIZE = 14
_LETTERS = 34
_FEWEST_ON_SCALE = 5
# How much longer than the longest bar a scale is, for the figures beside it.
_WORDS, _ALONE, _WITH_HANDS = 1.15, 1.25, 1.9


def choices_drawn(tally: ChoiceTally) -> Drawn:
    """How many people gave each choice, with the right ones told apart."""
    spare = _WITH_HANDS if tally.hands else _ALONE
    return Drawn(
        choice_shape(max(tally.people, _FEWEST_ON_SCALE) * spare, _SIZE, LIGHT),
        choice_data(tally, LIGHT, show_right=True),
        bars_height(choice_labels(tally, show_right=True), _SIZE),
        choice_summary(tally, show_right=True),
    )


def words_drawn(words: Sequence[Word]) -> Drawn:
    """How many people for each word, in the order given."""
    labels = told_apart(["\n".join(wrap(word.text, _LETTERS)) for word in words])
    rows = [
        {"word": label, "people": word.people, "figure": str(word.people)}
        for label, word in zip(labels, words, strict=True)
    ]
    longest = max([word.people for word in words] + [_FEWEST_ON_SCALE]) * _WORDS
    told = ", ".join(t("chart.count", label=word.text, count=word.people) for word in words)
    return Drawn(word_shape(longest, _SIZE, LIGHT), {ROWS: rows}, bars_height(labels, _SIZE), f"{told}.")
