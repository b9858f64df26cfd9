"""A café is composed in a real browser: dragged, typed, seen by two people at once, kept through a restart, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Page

    from tests.e2e.people import Facilitator, House

pytestmark = pytest.mark.browser

STEPS = ["Ma donnée, Madonna ou les deux", "La vidéo", "Le quiz de l’open data", "Avant de se quitter"]


def composing(house: House, title: str = "Le café composé") -> Facilitator:
    facilitator = house.facilitator()
    facilitator.prepare(title, formula="sur-mesure")
    facilitator.compose()
    return facilitator


def board(page: Page) -> FrameLocator:
    """The board of steps to drag: a page of its own."""
    return page.frame_locator("iframe.stCustomComponentV1")


def listed(facilitator: Facilitator, *wanted: str) -> None:
    """The steps, in their order, as the list and as the board have them."""
    rows = facilitator.page.locator(".st-key-compose-step-list button")
    expect(rows).to_contain_text(list(wanted))
    expect(board(facilitator.page).locator(".sortable-item")).to_contain_text(list(wanted))


def test_a_step_is_dragged_to_another_course_and_back_by_undoing(house: House) -> None:
    facilitator = composing(house)
    listed(facilitator, *STEPS)
    items = board(facilitator.page).locator(".sortable-item")
    start, end = items.nth(2).bounding_box(), items.nth(0).bounding_box()
    assert start is not None
    assert end is not None
    mouse = facilitator.page.mouse
    mouse.move(start["x"] + 40, start["y"] + 15)
    mouse.down()
    mouse.move(start["x"] + 45, start["y"] - 20, steps=5)
    mouse.move(end["x"] + 45, end["y"] + 8, steps=15)
    facilitator.page.wait_for_timeout(300)
    mouse.up()
    listed(facilitator, STEPS[2], STEPS[0], STEPS[1], STEPS[3])
    facilitator.sees("Pas de carré de chocolat")
    facilitator.button("Annuler le dernier changement").click()
    listed(facilitator, *STEPS)
    facilitator.does_not_see("Pas de carré de chocolat")


def test_a_step_is_moved_by_keyboard_alone(house: House) -> None:
    facilitator = composing(house)
    listed(facilitator, *STEPS)
    facilitator.tab_to(facilitator.page.locator(".st-key-compose-step-list button").nth(1))
    facilitator.page.keyboard.press("Enter")
    facilitator.is_at("La vidéo : la donnée et l’open data")
    facilitator.tab_to(facilitator.button("Descendre", exact=True))
    facilitator.page.keyboard.press("Enter")
    facilitator.sees("Pas de café")
    listed(facilitator, STEPS[0], STEPS[1], STEPS[2], STEPS[3])
    facilitator.tab_to(facilitator.button("Retirer", exact=True))
    facilitator.page.keyboard.press("Enter")
    listed(facilitator, STEPS[0], STEPS[2], STEPS[3])


def test_what_is_typed_is_kept_while_it_is_typed_and_seen_by_the_other_and_in_the_preview(house: House) -> None:
    facilitator = composing(house)
    colleague = house.facilitator()
    facilitator.tab("Ensemble")
    facilitator.page.get_by_label("Son prénom").fill("Basile")
    facilitator.button("Créer son lien").click()
    link = facilitator.page.locator("code").filter(has_text="/animer/").first.inner_text()
    colleague.open(f"{link[link.index('/animer/') :]}?vers=composer")
    colleague.sees("Ce que la salle verra")
    facilitator.tab("Le programme")
    title = facilitator.page.get_by_label("Titre", exact=True)
    title.click()
    title.press("End")
    title.press_sequentially(" Vraiment", delay=40)
    expect(colleague.page.get_by_label("Titre", exact=True)).to_have_value(
        "Ma donnée, Madonna ou les deux\u202f? Vraiment"
    )
    expect(title).to_be_focused()
    title.press_sequentially(" tout", delay=40)
    expect(colleague.page.get_by_label("Titre", exact=True)).to_have_value(
        "Ma donnée, Madonna ou les deux\u202f? Vraiment tout"
    )
    seen = facilitator.page.frame_locator("iframe[src*='participer']")
    expect(seen.get_by_text("Vraiment tout")).to_be_visible()
    colleague.page.get_by_label("Pour introduire").fill("Bonjour à la salle")
    expect(facilitator.page.get_by_label("Pour introduire")).to_have_value("Bonjour à la salle")
    expect(facilitator.page.get_by_label("Titre", exact=True)).to_have_value(
        "Ma donnée, Madonna ou les deux\u202f? Vraiment tout"
    )


def test_a_cafe_as_a_file_is_taken_up_again_and_a_bad_one_is_not(house: House, tmp_path: Path) -> None:
    facilitator = composing(house, "Le café du fichier")
    facilitator.tab("Le jour dit")
    facilitator.rests()
    with facilitator.page.expect_download() as waiting:
        facilitator.button("Le café en fichier").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    good, bad = tmp_path / "bon.toml", tmp_path / "mauvais.toml"
    good.write_text(text, encoding="utf-8")
    bad.write_text(text.replace("format = 1", "format = 2"), encoding="utf-8")
    facilitator.watch.forgive("422")
    facilitator.open("/preparer")
    facilitator.unfold("Reprendre un café gardé en fichier")
    field = facilitator.page.locator("input[type=file]")
    field.set_input_files(bad)
    facilitator.button("Envoyer le fichier").click()
    expect(facilitator.page.get_by_text("Ce fichier a 1 problème")).to_be_visible()
    field.set_input_files(good)
    facilitator.button("Envoyer le fichier").click()
    facilitator.sees("Ce que la salle verra")
    expect(facilitator.page.get_by_role("heading", name="Le café du fichier", level=1)).to_be_visible()
    listed(facilitator, *STEPS)


def test_a_poster_is_printed_and_a_date_makes_a_calendar_entry(house: House) -> None:
    facilitator = composing(house)
    facilitator.tab("Le jour dit")
    facilitator.page.get_by_label("Le lieu").fill("Salle Condorcet")
    expect(facilitator.page.locator("code").filter(has_text="Salle Condorcet")).to_be_visible()
    facilitator.tab("À imprimer")
    facilitator.rests()
    with facilitator.page.expect_download() as waiting:
        facilitator.button("L’affiche (A4)").click()
    assert waiting.value.suggested_filename == "affiche-a4.pdf"
    with PdfDocument(waiting.value.path()) as document:
        (code,) = read_barcodes(document[0].render(scale=2).to_pil())
    phone = house.phone()
    phone.open("/c/" + code.text.rpartition("/c/")[2])
    phone.sees("Le café composé")
    expect(phone.button("Entrer dans le café")).to_be_visible()


def test_a_video_of_ones_own_is_put_in_a_step_where_it_is_composed(house: House, tmp_path: Path) -> None:
    facilitator = composing(house)
    facilitator.page.locator(".st-key-compose-step-list button").filter(has_text="La vidéo").click()
    facilitator.unfold("Montrer une autre vidéo")
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(64))
    facilitator.page.locator(".upload input").set_input_files(film)
    facilitator.button("Envoyer le fichier").click()
    facilitator.sees("Un fichier à vous est montré")


def test_the_remote_control_moves_the_room_from_a_phone(house: House) -> None:
    facilitator = composing(house)
    facilitator.tab("Ensemble")
    facilitator.page.get_by_label("Son prénom").fill("Basile")
    facilitator.button("Créer son lien").click()
    link = facilitator.page.locator("code").filter(has_text="telecommande").inner_text()
    remote = house.facilitator()
    remote.open(link[link.index("/animer/") :])
    remote.button("Commencer ▶").click()
    remote.is_at("Dans les années 1980, elle passait presque inaperçue.")
    facilitator.button("Retirer son lien").click()
    # Its open page says so by itself.
    remote.sees("Pour ouvrir la console de ce café")
