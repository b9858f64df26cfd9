"""The figures of a talk are those of their source, and each is said in words too."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from components.figures import projected
from content.catalogue import t
from content.prompts import Slide
from tests.components.reading import charts, parts

NAMES = [name for name in get_args(Slide.model_fields["figure"].annotation) if name]


def draw(name: str) -> None:
    from components.figures import figure  # noqa: PLC0415 - run as a page of its own

    figure(name, size=20, key="figure")


def drawn(name: str) -> AppTest:
    page = AppTest.from_function(draw, args=(name,)).run()
    assert not page.exception
    return page


def test_volumes_begin_with_the_estimate_and_end_with_the_published_projection() -> None:
    volumes = projected()
    assert list(volumes) == list(range(2020, 2026))
    assert (volumes[2020], volumes[2025]) == (64.2, 181.0)


def test_volumes_grow_by_the_rate_that_was_projected() -> None:
    volumes = projected()
    for year, following in pairwise(range(2020, 2025)):
        assert volumes[following] / volumes[year] == pytest.approx(1.23, abs=0.002)
    assert volumes[2024] < volumes[2025]


def test_growth_is_drawn_and_said() -> None:
    page = drawn("growth")
    (chart,) = charts(page)
    for year, volume in projected().items():
        assert f"{year} : {t('figure.zettabytes', volume=f'{volume:g}'.replace('.', ','))}" in chart.alt
    assert [row["volume"] for row in chart.rows] == list(projected().values())
    assert [row["shade"] for row in chart.rows] == [1.0, *[0.5] * 5]
    assert [caption.value for caption in page.caption] == [t("figure.growth")]


def test_a_zettabyte_has_its_twenty_one_zeros() -> None:
    ((number),) = parts(drawn("zeros"), "stage")
    assert number["number"].replace("\u202f", "") == "1" + 21 * "0"
    assert number["text"] == t("figure.zeros")


@pytest.mark.parametrize("name", ["five-v", "fair"])
def test_words_side_by_side_each_have_their_meaning(name: str) -> None:
    (tiles,) = parts(drawn(name), "stage")
    assert len(tiles["tiles"]) == 5
    assert all(tile["title"] and tile["text"] for tile in tiles["tiles"])
    assert len({tile["title"] for tile in tiles["tiles"]}) == 5


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_that_a_slide_may_name_is_drawn(name: str) -> None:
    page = drawn(name)
    assert len(parts(page, "stage")) + len(charts(page)) == 1
