"""Files of a café go to those who facilitate it, and to nobody else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from state.exports import files
from state.exports.files import FORMATS, Format
from state.exports.naming import file_name
from tests.state.cafes import TOKEN, WORDS, answers, goes, joins
from tests.web.site import API, Site, refused, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe

ADA = (joins("ada", pseudonym="Adalovelace"), goes(WORDS), answers("ada", WORDS, "des mots"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_for_those_who_facilitate(name: str) -> None:
    async def scenario(site: Site) -> None:
        await site.do(*ADA)
        for browser in (site.browser(), await site.participant(), site.facilitator("un autre lien")):
            refused(await browser.get(f"{API}/exports/{name}"), 403, "no-key")
        answer = await site.facilitator(TOKEN).get(f"{API}/exports/{name}")
        assert answer.status_code == 200
        assert answer.content
        assert answer.headers["content-type"] == FORMATS[name].media_type
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        called = file_name(site.cafe, FORMATS[name].ending)
        assert answer.headers["content-disposition"] == f'attachment; filename="{called}"'

    visit(scenario)


def test_names_are_in_a_file_only_where_asked_for() -> None:
    async def scenario(site: Site) -> None:
        await site.do(*ADA)
        facilitator = site.facilitator(TOKEN)
        assert "Adalovelace" not in (await facilitator.get(f"{API}/exports/tableur.csv")).text
        assert "Adalovelace" not in (await facilitator.get(f"{API}/exports/tableur.csv?noms=0")).text
        assert "Adalovelace" in (await facilitator.get(f"{API}/exports/tableur.csv?noms=1")).text

    visit(scenario)


@pytest.mark.parametrize("name", ["tableur.exe", "..%2f..%2fetc", "TABLEUR.CSV"])
def test_a_file_that_does_not_exist_is_refused(name: str) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.facilitator(TOKEN).get(f"{API}/exports/{name}")
        assert answer.status_code == 404
        assert answer.json()["message"]

    visit(scenario)


def test_a_file_is_written_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, wrote = threading.get_ident(), []

    def slow(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
        wrote.append(threading.get_ident())
        yield b"x"

    monkeypatch.setitem(files.FORMATS, "lent.csv", Format("csv", "text/csv", slow))

    async def scenario(site: Site) -> None:
        assert (await site.facilitator(TOKEN).get(f"{API}/exports/lent.csv")).content == b"x"

    visit(scenario)
    assert wrote
    assert loop not in wrote
