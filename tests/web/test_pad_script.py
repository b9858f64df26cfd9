"""The pad's script: a file that phones fetch once and keep, as small as it gets, and no other under its name."""

from __future__ import annotations

from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from components.pad import script as script_module
from components.pad.script import loader, pad_script, script_path
from tests.web.site import Site, refused, visit

SCRIPTS = Path(script_module.__file__).parent / "js"


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_the_script_comes_whole_and_is_kept_for_ever(accepted: str, encoding: str | None) -> None:
    async def scenario(site: Site) -> None:
        answer = await site.browser().get(script_path(), headers={"accept-encoding": accepted})
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding") == encoding
        assert answer.text == pad_script()
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "set-cookie" not in answer.headers

    visit(scenario)


@pytest.mark.parametrize("name", ["0123456789abcdef.js", "pad.js", ".js", "..%2fpad.js", "%00", "x" * 3000])
def test_another_content_is_not_found(name: str) -> None:
    async def scenario(site: Site) -> None:
        refused(await site.browser().get(f"/api/pad/{name}"), 404, "no-route")

    visit(scenario)


def test_the_loader_asks_for_it_under_the_base_path() -> None:
    assert f'"/bureau{script_path()}"' in loader("/bureau")


def test_the_pad_weighs_fifteen_kilobytes_at_most_on_the_wire() -> None:
    style = (SCRIPTS.parent / "pad.css").read_bytes()
    assert len(brotli.compress(pad_script().encode() + style)) <= 15_000


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_no_text_of_the_pad_goes_over_several_lines(path: Path) -> None:
    """Its indents are taken out, which would be part of such a text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        assert line.count("`") % 2 == 0, line
        assert not line.endswith("\\"), line
