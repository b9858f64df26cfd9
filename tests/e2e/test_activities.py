"""What each kind of activity is about, tried alone as facilitators do: with phones, a console and a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.people import Facilitator, House, Phone, Screen

pytestmark = pytest.mark.browser

PACK = default_pack()
# The first bytes of an MP4 file: what it begins with is all that is looked at.
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(64)


@pytest.fixture
def trial(house: House, request: pytest.FixtureRequest) -> tuple[Facilitator, Screen, list[Phone]]:
    """A trial of the activity that the test names, with as many phones as it has names for, and a screen."""
    activity, *names = request.param
    facilitator = house.facilitator()
    facilitator.try_out(activity)
    screen = house.screen(facilitator.screen_link)
    phones = []
    for name in names:
        phone = house.phone()
        phone.join(facilitator.code, name, place="À distance" if name == "Loin" else "Dans la salle")
        phones.append(phone)
    facilitator.next()
    return facilitator, screen, phones


def of(*words: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("trial", [words], indirect=True, ids=[words[0]])


Trial = tuple["Facilitator", "Screen", "list[Phone]"]


@of("placement", "Anouk", "Basile")
def test_people_move_between_zones_and_may_change_sides(trial: Trial) -> None:
    facilitator, screen, (anouk, basile) = trial
    zones = screen.page.locator(".zone")
    dots = [zones.nth(side).locator(".dots span") for side in (0, 1)]
    anouk.answer("Plutôt d’accord")
    expect(dots[0]).to_have_count(1)
    basile.answer("Plutôt pas d’accord")
    expect(dots[1]).to_have_count(1)
    facilitator.next()
    screen.sees("Pourquoi êtes-vous de ce côté")
    screen.sees("Personne n’a changé d’avis.")
    basile.answer("Plutôt d’accord")
    expect(dots[0]).to_have_count(2)
    expect(dots[1]).to_have_count(0)
    screen.sees("1 personne sur 2 a changé d’avis")


@of("crazy-jobs", "Anouk", "Basile")
def test_the_word_goes_round_in_turn(trial: Trial) -> None:
    facilitator, screen, (anouk, basile) = trial
    for number, phone in enumerate((anouk, basile)):
        phone.page.locator("ul.cards button").nth(number).click()
        phone.kept()
    facilitator.next()
    screen.sees("Anouk")
    facilitator.button("Donner la parole à Anouk").click()
    screen.sees("La parole est à Anouk")
    anouk.sees("À vous la parole")
    basile.sees("La parole est à Anouk.")
    facilitator.button("Donner la parole à Basile").click()
    basile.sees("À vous la parole")
    anouk.does_not_see("À vous la parole")
    facilitator.button("Reprendre la parole").click()
    basile.does_not_see("À vous la parole")
    facilitator.sees("Tout le monde a eu la parole.")


@of("debat-donnees", "Anouk", "Basile")
def test_an_argument_heard_is_noted_and_supported_and_what_is_retained_is_kept(trial: Trial) -> None:
    facilitator, screen, (anouk, basile) = trial
    anouk.answer("D’accord")
    basile.answer("Pas d’accord")
    facilitator.next()
    facilitator.next()
    facilitator.page.get_by_label("Noter ce qui vient d’être dit").fill("Entendu dans la salle")
    facilitator.button("Coller", exact=True).click()
    screen.sees("Entendu dans la salle")
    for phone in (anouk, basile):
        phone.page.locator("li.note").filter(has_text="Entendu").locator("button.vote").click()
    expect(screen.page.locator("li.note .mark")).to_contain_text("▲ 2")
    facilitator.next()
    for phone in (anouk, basile):
        phone.answer("D’accord")
    facilitator.next()
    for person in (screen, anouk):
        person.sees("1 personne sur 2 a changé d’avis")
    facilitator.page.get_by_label("Ce que la salle retient").fill("La donnée concerne tout le monde.")
    facilitator.page.keyboard.press("Tab")
    screen.sees("La donnée concerne tout le monde.")


@of("journee-d-agent", "Anouk", "Basile")
def test_notes_are_moved_taken_back_recoloured_flagged_merged_and_hidden(trial: Trial) -> None:
    facilitator, screen, (anouk, basile) = trial
    facilitator.gesture(str(len(PACK.activities["journee-d-agent"].scenes())))
    _stick(anouk, "Le badge")
    _stick(anouk, "Un oubli")
    _stick(basile, "Mon badge")
    expect(screen.page.locator("li.note")).to_have_count(4 + 3)  # with the four of the legend

    mine = anouk.page.locator("ul.notes li.note")
    mine.filter(has_text="Le badge").get_by_label(re.compile("^Déplacer")).select_option(label="La pause déjeuner")
    expect(screen.page.locator(".columns section", has_text="La pause déjeuner").locator("li.note")).to_contain_text(
        "Le badge"
    )
    mine.filter(has_text="Un oubli").get_by_role("button", name="Reprendre").click()
    screen.does_not_see("Un oubli")

    _choose_notes(facilitator, "Le badge")
    facilitator.button("À débattre", exact=True).click()
    screen.sees("à débattre")
    anouk.sees("à débattre")
    _choose_notes(facilitator, "Mon badge")
    facilitator.button("Réunir", exact=True).click()
    screen.sees("× 2")
    facilitator.button("Séparer", exact=True).click()
    screen.does_not_see("× 2")
    facilitator.button("Masquer", exact=True).click()
    screen.does_not_see("Le badge")
    anouk.sees("masquée par la personne qui anime")


@of("journee-d-agent", "Anouk")
def test_notes_stuck_without_a_network_are_kept_once_each_when_it_is_back(trial: Trial) -> None:
    facilitator, screen, (anouk,) = trial
    facilitator.gesture(str(len(PACK.activities["journee-d-agent"].scenes())))
    anouk.page.locator(".sticking").wait_for()
    anouk.lose_network()
    _stick(anouk, "Une", waits=True)
    _stick(anouk, "Deux", waits=True)
    anouk.find_network()
    screen.sees("Une")
    screen.sees("Deux")
    expect(screen.page.locator(".columns li.note")).to_have_count(2)
    anouk.page.reload()
    anouk.sees("Vos notes (2)")


@of("frise-ia", "Anouk", "Basile")
def test_events_are_put_in_order_by_dragging_too(trial: Trial) -> None:
    facilitator, screen, (anouk, basile) = trial
    rows = anouk.page.locator("ol.order > li")
    before = rows.all_inner_texts()
    grip, last = rows.nth(0).locator(".grip").bounding_box(), rows.nth(2).bounding_box()
    assert grip is not None
    assert last is not None
    mouse = anouk.page.mouse
    mouse.move(grip["x"] + 5, grip["y"] + 5)
    mouse.down()
    mouse.move(grip["x"] + 5, last["y"] + last["height"] - 4, steps=5)
    mouse.up()
    assert rows.all_inner_texts()[2].splitlines()[-3:] == before[0].splitlines()[-3:]
    anouk.button("Envoyer mon ordre").click()
    anouk.kept()
    facilitator.next()
    screen.sees("1950")
    anouk.sees("1950")
    basile.sees("1950")


@of("quiz-open-data", "Anouk", "Basile", "Chloé", "Loin")
def test_hands_lent_phones_groups_and_timers(trial: Trial) -> None:
    facilitator, screen, phones = trial
    anouk = phones[0]
    for number, phone in enumerate(phones):
        phone.answer(("Vrai", "Faux")[number % 2])
    # One phone, two people.
    anouk.button("Quelqu’un d’autre répond").click()
    anouk.sees("répond sur ce téléphone")
    anouk.answer("Faux")
    screen.sees("5 réponses sur 5")
    anouk.button("Rendre à Anouk").click()
    anouk.has_chosen("Vrai")
    anouk.page.reload()
    anouk.has_chosen("Vrai")
    # Hands, counted apart and shown with the rest.
    facilitator.button("Compter des mains levées").click()
    facilitator.page.get_by_role("spinbutton", name="Vrai").fill("2")
    facilitator.button("Garder ce décompte").click()
    facilitator.page.keyboard.press("Escape")
    summary = "5 réponses et 2 mains levées : Vrai 4, ✓ Faux 3."
    expect(facilitator.page.get_by_label(summary, exact=True).first).to_be_visible()
    # A timer, for all to see, which closes nothing.
    facilitator.button("Minuteur").click()
    facilitator.button("30 s", exact=True).click()
    for person in (screen, anouk):
        person.sees("Encore 0:2")
    facilitator.button("+ 1 min", exact=True).last.click()
    for person in (screen, anouk):
        person.sees("Encore 1:")
    facilitator.page.keyboard.press("Escape")
    facilitator.next()
    screen.shows_chart(summary)
    # Groups of three at least.
    facilitator.page.get_by_role("combobox", name="Montrer les résultats").click()
    facilitator.page.get_by_role("option", name="En salle, à distance").click()
    screen.sees("À distance · 1 réponse")
    screen.sees("Moins de trois réponses")
    screen.shows_chart("4 réponses : Vrai 2, ✓ Faux 2.")


@of("video-open-data", "Anouk")
def test_a_film_of_ones_own_is_seen_on_phones_and_screen(trial: Trial, tmp_path: Path) -> None:
    facilitator, screen, (anouk,) = trial
    # Everybody is there and drawn: what follows is not disturbed by who arrives.
    anouk.sees("J’ai fini la vidéo")
    facilitator.sees("0 personne sur 1 a fini")
    facilitator.rests()
    facilitator.page.get_by_text("Montrer une autre vidéo").click()
    field = facilitator.page.locator(".upload input")
    words = tmp_path / "notes.mp4"
    words.write_text("ceci n’est pas une vidéo", encoding="utf-8")
    facilitator.watch.forgive(r"status of 415")
    field.set_input_files(words)
    facilitator.button("Envoyer le fichier").click()
    facilitator.sees("Ce fichier n’est pas une vidéo MP4 ou WebM.")
    film = tmp_path / "film.mp4"
    film.write_bytes(MP4)
    field.set_input_files(film)
    facilitator.button("Envoyer le fichier").click()
    for person in (anouk, screen):
        source = person.page.locator("video").first
        expect(source).to_be_visible()
        part = person.page.evaluate(
            """async (address) => {
              const reply = await fetch(address, { headers: { Range: "bytes=4-7" } });
              return [reply.status, await reply.text()];
            }""",
            source.get_attribute("src"),
        )
        assert part == [206, "ftyp"]


def test_a_trial_is_set_apart_and_the_chooser_leads_to_a_formula(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.try_out("niveaux")
    facilitator.open("/bilan")
    facilitator.sees("essai")
    facilitator.open("/en-un-coup-d-oeil")
    facilitator.page.get_by_text("Plus d’une demi-heure", exact=True).click()
    facilitator.page.locator(".st-key-choose-audience").get_by_text("Averti", exact=True).click()
    facilitator.sees("Americano sans sucre")
    facilitator.page.get_by_role("link", name="Préparer « Americano sans sucre »").click()
    expect(facilitator.page.get_by_role("radio", name="Americano sans sucre")).to_be_checked()


def _stick(phone: Phone, text: str, *, waits: bool = False) -> None:
    phone.page.locator(".sticking textarea").fill(text)
    phone.button("Coller", exact=True).click()
    note = phone.page.locator("ul.notes li.note").filter(has_text=text)
    expect(note).to_have_count(1)
    if waits:
        expect(note).to_contain_text("en attente")
    else:
        expect(note).not_to_contain_text("en attente")


def _choose_notes(facilitator: Facilitator, text: str) -> None:
    """Choose one more note in the console."""
    page = facilitator.page
    facilitator.rests()
    if (fresh := facilitator.button("à la liste")).count():
        fresh.click()
        facilitator.rests()
    page.get_by_role("combobox", name="Choisir des notes").click()
    page.get_by_role("option", name=re.compile(text)).first.click()
    page.keyboard.press("Escape")
    facilitator.rests()
