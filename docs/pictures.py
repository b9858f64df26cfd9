"""The README's pictures, taken from the running app: `python -m docs.pictures` plays a café and looks at it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.server import ROOT, Server

IMAGES = ROOT / "docs" / "images"
# An address that reads as one; the pictures are taken on this machine all the same.
PUBLIC_URL = "http://cafe.exemple.fr"
TITLE = "Le café data du jeudi"
SILENT_VOTES = ("donnee", "donnee", "les-deux", "donnee", "madonna", "donnee", "les-deux", "donnee", "donnee", "madonna")
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def take_pictures() -> None:
    expect.set_options(timeout=20_000)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder)
        settings = {"COMPTOIR_DATA": str(data / "data"), "COMPTOIR_PUBLIC_URL": PUBLIC_URL}
        with Server(ROOT / "app.py", log=data / "app.log", environment=settings) as server:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_OPTIONS)
            _play(browser, f"http://localhost:{server.port}")
            browser.close()


def _play(browser: Browser, base: str) -> None:
    console = browser.new_page(viewport={"width": 1280, "height": 720})
    console.goto(base)
    expect(console.get_by_role("heading", name="Rejoindre un café")).to_be_visible()
    _take(console, "home")
    console.goto(f"{base}/preparer")
    console.get_by_label("Le titre de votre café").fill(TITLE)
    console.get_by_label("Le titre de votre café").press("Enter")
    console.get_by_role("button", name="Créer le café").click()
    expect(console.get_by_role("button", name="Commencer")).to_be_visible()
    code = console.locator(".st-key-code-lobby").inner_text().replace(" ", "").strip()
    cafe = console.url.split("cafe=")[1]

    screen = browser.new_page(viewport={"width": 1920, "height": 1080})
    screen.context.add_cookies(console.context.cookies())  # type: ignore[arg-type]
    screen.goto(f"{base}/ecran?cafe={cafe}")
    expect(screen.get_by_text("Scannez")).to_be_visible()
    _take(screen, "screen-lobby")

    phone = browser.new_context(viewport={"width": 390, "height": 760}, has_touch=True, device_scale_factor=2).new_page()
    phone.goto(f"{base}/c/{code}")
    phone.get_by_label("Votre pseudonyme").fill("Camille")
    phone.get_by_label("Novice").check()
    phone.get_by_label("Dans la salle").check()
    _take(phone, "phone-join")
    phone.get_by_role("button", name="Entrer dans le café").click()
    expect(phone.get_by_role("heading", name="Bienvenue")).to_be_visible()
    room = [_silent_phone(base, code, cafe) for _ in SILENT_VOTES]

    console.get_by_role("button", name="Commencer").click()
    phone.get_by_role("button", name="Ma donnée").click()
    expect(phone.get_by_text("Gardé", exact=False).first).to_be_visible()
    _take(phone, "phone-vote")
    for number, (client, vote) in enumerate(zip(room, SILENT_VOTES, strict=True)):
        answer = {"key": f"picture-{number}", "question": "tasse/annees-80", "value": vote}
        client.post(f"/api/cafes/{cafe}/answers", json=answer).raise_for_status()
    expect(console.get_by_text("11 réponses sur 11")).to_be_visible()
    _take(console, "console")
    console.get_by_role("button", name="Révéler ▶").click()
    expect(phone.locator(".mark", has_text="Bonne réponse")).to_be_visible()
    expect(screen.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas")).to_be_visible()
    _take(phone, "phone-reveal")
    _take(screen, "screen-reveal")

    console.goto(f"{base}/bilan?cafe={cafe}")
    expect(console.locator(".stVegaLiteChart").first).to_be_visible()
    _take(console, "review")
    for client in room:
        client.close()


def _silent_phone(base: str, code: str, cafe: str) -> httpx.Client:
    """Somebody who joins and votes without being looked at."""
    client = httpx.Client(base_url=base, headers={"Origin": base})
    client.get(f"/c/{code}")
    profile = {"pseudonym": "", "level": "novice", "place": "room"}
    client.post(f"/api/cafes/{cafe}/join", json=profile).raise_for_status()
    return client


def _take(page: Page, name: str) -> None:
    """Photograph a page once it is at rest, in few colours so that the repository stays light."""
    page.evaluate("document.fonts.ready")
    page.wait_for_function("!document.querySelector('[data-stale=true]')")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(96).save(path, optimize=True)


def _chromium() -> str | None:
    named = os.environ.get("COMPTOIR_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


if __name__ == "__main__":
    take_pictures()
