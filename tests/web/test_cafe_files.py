"""A café that comes in as a file is made whole, or not at all."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
import tomli_w

from content.cafe_file import MOST_BYTES, write_cafe
from content.catalogue import tn
from tests.state.cafes import small_plan
from tests.web.site import HERE, Site, refused, visit

if TYPE_CHECKING:
    from typing import Any

SEND = "/api/cafes"
FILE = write_cafe("Venu d’ailleurs", small_plan(), {"place": "Salle Condorcet", "minutes": 45})


def cafes(site: Site) -> int:
    return len(site.comptoir.hub.codes)


def test_a_file_makes_a_cafe_and_leads_to_its_composer() -> None:
    async def scenario(site: Site) -> None:
        before = cafes(site)
        answer = await site.browser().put(SEND, content=FILE)
        assert answer.status_code == 201
        _, _, cafe, token = answer.json()["path"].partition("?")[0].split("/")
        assert answer.json()["path"].endswith("?vers=composer")
        made = (await site.comptoir.hub.room(cafe)).cafe
        assert (made.title, made.details.place, made.details.minutes) == ("Venu d’ailleurs", "Salle Condorcet", 45)
        assert made.plan.steps == small_plan().steps
        assert cafes(site) == before + 1
        followed = await site.browser().get(f"/animer/{cafe}/{token}?vers=composer")
        assert followed.headers["location"].endswith(f"/composer?cafe={cafe}")

    visit(scenario)


@pytest.mark.parametrize("change", [{"title": ""}, {"title": "\u200b"}, {"steps": []}, {"place": "x" * 300}])
def test_a_bad_file_makes_nothing_and_says_why(change: dict[str, Any]) -> None:
    async def scenario(site: Site) -> None:
        before = cafes(site)
        data = tomli_w.dumps({**tomllib.loads(FILE.decode()), **change}).encode()
        answer = await site.browser().put(SEND, content=data)
        assert answer.status_code == 422
        assert answer.json()["message"]
        assert cafes(site) == before

    visit(scenario)


def test_all_the_problems_of_a_file_are_told_up_to_thirty() -> None:
    async def scenario(site: Site) -> None:
        data = tomllib.loads(FILE.decode())
        data["steps"] = [
            {**step, "minutes": -1, "id": f"etape-{number}"} for number, step in enumerate(data["steps"] * 9)
        ]
        answer = await site.browser().put(SEND, content=tomli_w.dumps(data).encode())
        assert answer.status_code == 422
        assert answer.json()["message"] == tn("import.problems", 36)
        assert len(answer.json()["problems"]) == 30

    visit(scenario)


def test_a_file_that_is_too_large_or_from_elsewhere_is_refused() -> None:
    async def scenario(site: Site) -> None:
        refused(await site.browser().put(SEND, content=b"#" * (MOST_BYTES + 1)), 413, "file-too-large")
        elsewhere = {"Origin": "https://ailleurs.exemple.fr"}
        answer = await site.browser().put(SEND, content=FILE, headers=elsewhere)
        assert answer.status_code == 403
        assert HERE not in answer.text

    visit(scenario)
