"""The drawings of the pack: given to anybody, and nothing but drawings wherever they are opened."""

from __future__ import annotations

import pytest

from content.loader import default_pack
from tests.web.site import Site, refused, visit

PICTURES = default_pack().pictures


def test_there_are_drawings() -> None:
    assert len(PICTURES) >= 10


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_is_given_to_anybody_and_only_draws(name: str) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get(f"/api/pictures/{name}")
        assert (answer.status_code, answer.text) == (200, PICTURES[name])
        assert answer.headers["content-type"].startswith("image/svg+xml")
        policy = {part.split(" ")[0]: part for part in answer.headers["content-security-policy"].split("; ")}
        assert policy["default-src"] == "default-src 'none'"
        assert "script-src" not in policy
        assert policy["sandbox"] == "sandbox"
        assert "max-age" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers

    visit(scenario)


@pytest.mark.parametrize(
    "name", ["absente", "hal.svg", "HAL", "..%2fpack.toml", "%2e%2e", "%00", "x" * 3000], ids=lambda one: one[:12]
)
def test_an_unknown_drawing_is_not_found(name: str) -> None:
    async def scenario(site: Site) -> None:
        refused(await site.browser().get(f"/api/pictures/{name}"), 404, "no-route")

    visit(scenario)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_changes_a_drawing(method: str) -> None:
    async def scenario(site: Site) -> None:
        assert (await site.browser().request(method, "/api/pictures/hal")).status_code == 405

    visit(scenario)


def test_every_drawing_that_a_card_names_is_there() -> None:
    named = {
        entry.picture
        for activity in default_pack().activities.values()
        for entry in activity.entries
        if getattr(entry, "picture", None)
    }
    assert named
    assert named <= set(PICTURES)
