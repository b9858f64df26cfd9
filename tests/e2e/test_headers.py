"""Every page and every route of the running app carries its headers, and no page does what its policy forbids."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect
from starlette.routing import Route

from state.session import comptoir
from web.routes import routes

if TYPE_CHECKING:
    from tests.e2e.people import House
    from tests.e2e.server import Server

pytestmark = pytest.mark.browser

ROUTER = Path(__file__).parents[2] / "pages" / "router.py"
PAGES = ["", *re.findall(r'url_path="([^"]+)"', ROUTER.read_text(encoding="utf-8"))]
ROUTES = [
    (method, route.path)
    for route in routes(comptoir)
    if isinstance(route, Route)
    for method in sorted(route.methods or ())
]
ON_ALL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ON_DOCUMENTS = {"x-frame-options": "SAMEORIGIN"}
# Streamlit's front end would count long numbers in WebAssembly; refused, it counts them in JavaScript, silently.
_EXPECTED = re.compile(r"^script-src wasm-eval .*/static/js/protobuf\.\w+\.js$")
_LISTEN = """
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", (one) =>
  violations.push(`${one.violatedDirective} ${one.blockedURI} ${one.sourceFile}`));
"""


def carries(answer: httpx.Response, wanted: dict[str, str]) -> bool:
    return wanted.items() <= dict(answer.headers).items()


def test_every_page_and_every_route_carries_its_headers(server: Server) -> None:
    with httpx.Client(base_url=f"http://localhost:{server.port}") as client:
        for page in [*PAGES, "nulle-part", "bilan/plus/loin"]:
            answer = client.get(f"/{page}")
            assert carries(answer, ON_ALL | ON_DOCUMENTS), page
            assert "default-src 'self'" in answer.headers["content-security-policy"], page
            assert "unsafe-eval" not in answer.headers["content-security-policy"], page
        for method, path in [*ROUTES, ("GET", "/static/rien.js"), ("GET", "/_stcore/health"), ("DELETE", "/api/cafes")]:
            address = re.sub(r"\{[^}]*\}", "absente", path)
            with client.stream(method, address, content=b"{}") as answer:
                assert carries(answer, ON_ALL), (method, path)
                assert answer.status_code < 500, (method, path)


def test_no_page_does_what_its_policy_forbids(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café en règle")
    phone = house.phone()
    phone.join(facilitator.code, "Inès")
    screen = house.screen(facilitator.screen_link)
    for person, pages in ((facilitator, PAGES), (phone, ["participer"]), (screen, ["ecran"])):
        person.page.add_init_script(_LISTEN)
        for page in pages:
            person.open(f"/{page}?cafe={facilitator.cafe}")
            expect(person.page.locator(".stApp[data-test-script-state=notRunning]")).to_be_attached()
            forbidden = [one for one in person.page.evaluate("violations") if not _EXPECTED.match(one)]
            assert forbidden == [], page
