"""Everybody takes part in every kind of activity: axe-core, narrow phones, large fingers, keyboards."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack
from content.prompts import Ordering, Slide
from tests.e2e.browsing import as_shown, eventually
from tests.e2e.test_access import BEYOND, FINGER, SCHEMES, SIZE, TEXT_SIZE, Inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.people import Facilitator, House, Person, Phone, Scheme, Screen

    Look = Callable[[str], None]

pytestmark = pytest.mark.browser

PACK = default_pack()
TITLE = "Le café de tout le monde"
# Beside the steps that a café made to measure begins with: every kind of question, by course.
MIX = {
    "La tasse": ("Personnelle ou sensible", "De quel côté", "Photolangage", "Le panneau des niveaux"),
    "Le café": ("Le big data", "L’histoire de l’IA", "Quatre mots de l’IA"),
    "Le carré de chocolat": (
        "Le quiz de Géo’DAE",
        "Ma journée d’agent",
        "La grille FAIR",
        "ComparIA",
        "les idées reçues",
        "Quatre mots de l’IA",
    ),
}


def _mixed(facilitator: Facilitator) -> None:
    """A café made to measure, in which every kind of question is asked."""
    facilitator.prepare(TITLE, formula="sur-mesure")
    facilitator.compose()
    for course, activities in MIX.items():
        for activity in activities:
            facilitator.add_step(course, activity)
    facilitator.to_console()
    facilitator.has_opened(TITLE)


class Visit:
    """Takes a phone through each kind of question, asked then revealed, and looks at each moment."""

    def __init__(self, facilitator: Facilitator, phone: Phone, look: Look, *, screen: Screen | None = None) -> None:
        self.facilitator = facilitator
        self.phone = phone
        self.look = look
        self._followers: list[Person] = [phone, *filter(None, [screen])]

    def all_kinds(self) -> None:
        self._asked("Ma donnée, Madonna", "one", lambda: self.phone.answer("Madonna"))
        self._asked("Personnelle ou sensible", "several", self._several)
        self._asked("De quel côté", "sides", lambda: self.phone.answer("Plutôt d’accord"), reveals=False)
        self._reveals("sides", unmoved=self.phone)  # which may still change sides
        self.phone.answer("Plutôt pas d’accord")
        self.look("sides, changed")
        self._asked("Photolangage", "card", self._card)
        self.facilitator.button("Donner la parole à Anouk").click()
        self.phone.sees("À vous la parole !")
        self.phone.unfolds("Les autres cartes")
        self.look("card, called")
        self._asked("Le panneau des niveaux", "level", lambda: self.phone.answer("Novice"), reveals=False)
        self._asked("La vidéo", "done", self.phone.finish_video, reveals=False)
        self._slides()
        self._asked("", "hunt", self._hunt, entry=4)
        self._asked("L’histoire de l’IA", "order", self._order)
        self._asked("Le café · Quatre mots", "definition", lambda: self.phone.write("Une machine qui apprend"))
        self._asked("Le quiz de Géo’DAE", "poll", self._poll)
        self._asked("Ma journée d’agent", "suggestion", self._suggestion)
        self._asked("", "board", self._board, entry=5)
        self._grid()
        self._comparison()
        self._debate()
        again = "Le carré de chocolat · Quatre mots"
        self._asked(again, "definition again", lambda: self.phone.write("Des exemples, puis des calculs"))
        self._asked("Avant de se quitter", "words", lambda: self.phone.write("Des données partout"), entry=3)
        self._asked("", "scale", lambda: self.phone.answer("4"), entry=4)

    def _asked(self, step: str, kind: str, answer: Callable[[], None], *, entry: int = 0, reveals: bool = True) -> None:
        with self._all_follow():
            if step:
                self.facilitator.jump(step)
            if entry:
                self.facilitator.gesture(str(entry))
        self.look(f"{kind}, before")
        answer()
        self.look(f"{kind}, after")
        if reveals:
            self._reveals(kind)

    def _reveals(self, kind: str, *, unmoved: Person | None = None) -> None:
        with self._all_follow(unmoved=unmoved):
            self.facilitator.next()
        self.look(f"{kind}, revealed")

    @contextmanager
    def _all_follow(self, *, unmoved: Person | None = None) -> Iterator[None]:
        """What the facilitator does changes what everybody sees."""
        before = {person: _shown(person) for person in self._followers if person is not unmoved}
        yield
        for person, text in before.items():
            eventually(partial(_changed, person, text), person.page, f"{person} does not follow from:\n{text}")

    def _tap(self, options: str, place: int = 0) -> None:
        self.phone.page.locator(options).nth(place).click()
        self.phone.kept()

    def _several(self) -> None:
        for place in (0, 2):
            self._tap("ul.options button", place)
        self.phone.button("Quelqu’un d’autre répond").click()
        self.phone.sees("Personne 2 répond sur ce téléphone.")
        self.facilitator.unfold("Minuteur")
        self.facilitator.button("5 min", exact=True).click()
        expect(self.phone.page.locator(".clock")).to_contain_text("Encore 4:")

    def _card(self) -> None:
        self.phone.page.locator("ul.cards button").nth(3).click()
        self.phone.write("Elle me fait sourire")

    def _slides(self) -> None:
        self.facilitator.jump("Le big data")
        for entry in (2, 3, 5):
            self._slide("big-data", entry)

    def _slide(self, activity: str, entry: int) -> None:
        slide = PACK.activities[activity].scenes()[entry - 1]
        assert isinstance(slide, Slide)
        if entry > 1:
            self.facilitator.gesture(str(entry))
        for person in self._followers:
            person.sees(slide.title)
        self.look(f"{activity}, slide {entry}")

    def _poll(self) -> None:
        self._tap("ul.options button")
        self.facilitator.unfold("Compter des mains levées")
        self.look("poll, counting hands")
        self.facilitator.page.get_by_role("spinbutton").filter(visible=True).first.fill("3")
        self.facilitator.button("Garder ce décompte").click()
        self.facilitator.close_popover()

    def _grid(self) -> None:
        self.facilitator.jump("La grille FAIR")
        self._slide("fair", 1)
        self._asked("", "grid", partial(self._tap, "ul.options button"), entry=2)

    def _comparison(self) -> None:
        self.facilitator.jump("ComparIA")
        self._slide("comparia", 1)
        self._asked("", "comparison", partial(self._tap, "ul.cards button"), entry=2)

    def _hunt(self) -> None:
        for word in ("Volume", "vacances"):
            self.phone.draft(word)
            self.phone.button("Proposer").click()
            self.phone.kept()

    def _order(self) -> None:
        self.phone.button("Envoyer mon ordre").click()
        self.phone.kept()

    def _suggestion(self) -> None:
        self.phone.page.get_by_role("textbox").fill("Alix")
        self.phone.button("Envoyer").click()
        self.phone.kept()

    def _board(self) -> None:
        for number, colour in enumerate(("Donnée personnelle", "Donnée sensible", "Donnée publique non ouverte")):
            self.phone.stick(f"Note {number} {'w' * 40}", "La pause déjeuner", colour)
        self.phone.notes_are_kept()
        self.facilitator.pick_notes("Note 0")
        self.facilitator.button("À débattre", exact=True).click()
        self.phone.sees("à débattre")

    def _debate(self) -> None:
        self._asked("· Débat", "debate, position", lambda: self.phone.answer("Pas d’accord"))
        self.facilitator.pick_in("Montrer les résultats", "En salle, à distance")
        self.look("debate, position by place")
        self.facilitator.next()
        expect(self.phone.button("Coller", exact=True)).to_be_visible()
        self.look("debate, arguments, before")
        self.phone.stick("Nous l’avons déjà vu ailleurs", "D’accord")
        self.phone.notes_are_kept()
        self.phone.support("Nous l’avons déjà vu ailleurs")
        self.look("debate, arguments")
        self.facilitator.next()
        expect(self.phone.button("Coller", exact=True)).to_have_count(0)
        self.phone.answer("D’accord")
        self.look("debate, position again")
        self.facilitator.next()
        self.phone.sees("1 personne sur 1 a changé d’avis")
        self.facilitator.page.get_by_label("Ce que la salle retient").fill("On en reparlera.")
        self.facilitator.page.get_by_label("Ce que la salle retient").blur()
        for person in self._followers:
            person.sees("On en reparlera.")
        self.look("debate, shift")


def _shown(person: Person) -> str:
    """All that a page tells, but for what counts down."""
    return re.sub(r"\d+", "", person.page.locator("body").aria_snapshot())


def _changed(person: Person, before: str) -> bool:
    return _shown(person) != before


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_any_kind_of_activity(house: House, scheme: Scheme) -> None:
    inspection = Inspection()
    facilitator = house.facilitator(scheme=scheme)
    _mixed(facilitator)
    screen = house.screen(facilitator.screen_link, scheme=scheme)
    phone = house.phone(scheme=scheme)
    phone.join(facilitator.code, "Anouk")

    def look(what: str) -> None:
        inspection.look(what, facilitator, screen, phone)

    Visit(facilitator, phone, look, screen=screen).all_kinds()
    facilitator.open(f"/bilan?cafe={facilitator.cafe}")
    facilitator.sees("Emporter les réponses")
    inspection.look("review", facilitator)
    inspection.ends()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_where_a_cafe_is_chosen_and_made(house: House, scheme: Scheme) -> None:
    inspection = Inspection()
    facilitator = house.facilitator(scheme=scheme)
    facilitator.open("/en-un-coup-d-oeil")
    facilitator.sees("Ce qui vous convient")
    inspection.look("choose", facilitator)
    facilitator.unfold("Toutes les formules côte à côte")
    inspection.look("choose, all formulas", facilitator)
    facilitator.open("/activites")
    facilitator.sees("Le panneau des niveaux")
    inspection.look("activities", facilitator)
    facilitator.open("/preparer?formule=americano-virtuel")
    facilitator.unfold("Êtes-vous prêt ou prête ?")
    facilitator.sees("En tout")
    inspection.look("prepare", facilitator)
    facilitator.prepare("Le café composé", formula="sur-mesure")
    facilitator.compose()
    for frame in ("Glissez les étapes", "L’écran", "Un téléphone"):
        expect(facilitator.page.get_by_title(as_shown(frame)).filter(visible=True)).to_have_count(1)
    inspection.look("composer, programme", facilitator)
    facilitator.unfold("Elle a vu le jour")
    expect(facilitator.page.get_by_label("Bonnes réponses").filter(visible=True).first).to_be_visible()
    inspection.look("composer, a question", facilitator)
    facilitator.unfold("Ajouter une étape")
    facilitator.sees("À quel moment ?")
    inspection.look("composer, adding", facilitator)
    facilitator.close_popover()
    tabs = facilitator.page.get_by_role("tab").all_inner_texts()
    assert tabs[:3] == ["Le programme", "Le jour dit", "À imprimer"]
    for tab in tabs[1:]:
        facilitator.tab(tab)
        expect(facilitator.page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        inspection.look(f"composer, {tab}", facilitator)
    inspection.ends()


def test_nothing_to_answer_scrolls_sideways_or_is_too_small_for_a_finger(house: House) -> None:
    facilitator = house.facilitator()
    _mixed(facilitator)
    phone = house.phone()
    phone.join(facilitator.code, "Anouk")
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        for target in (
            phone.page.locator("button, a[href], input, textarea, select, summary, .grip").filter(visible=True).all()
        ):
            size = target.evaluate(SIZE)
            if 1 < min(size["width"], size["height"]) < FINGER:
                found.setdefault(f"{state}, small", []).append(f"{size['width']} × {size['height']}: {size['name']}")
        for width, text in ((320, 16), (320, 32), (390, 16)):
            phone.page.set_viewport_size({"width": width, "height": 844})
            phone.page.evaluate(TEXT_SIZE, f"{text}px")
            if beyond := phone.page.evaluate(BEYOND, width):
                found[f"{state}, {width} px wide, text of {text} px"] = beyond

    Visit(facilitator, phone, look).all_kinds()
    assert found == {}


def test_putting_in_order_takes_nothing_but_a_keyboard(house: House) -> None:
    phone, _ = _at_trial(house, "frise-ia")
    (prompt,) = PACK.activities["frise-ia"].scenes()
    assert isinstance(prompt, Ordering)
    rows = phone.page.locator("ol.order .label")
    expect(rows).to_have_count(len(prompt.entries))
    shown = rows.all_inner_texts()
    phone.tab_to(phone.button(f"Descendre : {shown[0]}"))
    for _ in range(2):  # the focus goes along with the line
        phone.page.keyboard.press("Enter")
    expect(rows).to_have_text([shown[1], shown[2], shown[0], *shown[3:]])
    phone.tab_to(phone.button(f"Monter : {shown[4]}"))
    phone.page.keyboard.press("Space")
    expect(rows).to_have_text([shown[1], shown[2], shown[0], shown[4], shown[3], *shown[5:]])
    phone.tab_to(phone.button("Envoyer mon ordre"))
    phone.page.keyboard.press("Enter")
    phone.kept()


def test_a_board_takes_nothing_but_a_keyboard(house: House) -> None:
    phone, screen = _at_trial(house, "journee-d-agent", entry=5)
    keyboard = phone.page.keyboard
    first, second = ("Le trajet pour aller au travail", "Les tâches de la journée")
    phone.tab_to(phone.page.get_by_label(first, exact=True))
    keyboard.press("ArrowDown")
    expect(phone.page.get_by_label(second, exact=True)).to_be_checked()
    phone.tab_to(phone.page.get_by_label("Donnée personnelle", exact=True))
    keyboard.press("ArrowDown")
    phone.tab_to(phone.page.get_by_role("textbox"))
    keyboard.type("Un badge")
    phone.tab_to(phone.button("Coller", exact=True))
    keyboard.press("Enter")
    phone.notes_are_kept()
    expect(screen.column(second).locator("li")).to_contain_text(["Un badge"])
    expect(screen.column(second).locator("li")).to_contain_text(["Donnée sensible"])
    phone.tab_to(phone.page.get_by_label("Déplacer : Un badge"))
    keyboard.press("ArrowUp")
    expect(screen.column(first).locator("li")).to_contain_text(["Un badge"])
    phone.tab_to(phone.button("Reprendre la note : Un badge"))
    keyboard.press("Enter")
    expect(phone.note("Un badge")).to_have_count(0)
    expect(screen.page.locator(".columns li")).to_have_count(0)


def _at_trial(house: House, activity: str, *, entry: int = 0) -> tuple[Phone, Screen]:
    """A phone without a touch screen and a screen, at an entry of an activity."""
    facilitator = house.facilitator()
    facilitator.try_out(activity)
    screen = house.screen(facilitator.screen_link)
    phone = house.phone(touch=False)
    phone.join(facilitator.code, "Anouk")
    facilitator.next()
    if entry:
        facilitator.gesture(str(entry))
    return phone, screen


def test_composing_takes_nothing_but_a_keyboard(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café composé au clavier", formula="sur-mesure")
    facilitator.compose()
    steps = facilitator.page.locator(".st-key-compose-step-list button")
    expect(steps).to_have_count(4)
    first, second, *rest = [text.partition(" · ")[2] for text in steps.all_inner_texts()]
    # At the end of its course, a step goes over to the next one.
    for order in ([f"Le café · {first}", second, *rest], [second, f"Le café · {first}", *rest]):
        facilitator.rests()
        facilitator.tab_to(facilitator.button("Descendre").first)
        facilitator.page.keyboard.press("Enter")
        expect(steps).to_contain_text(order)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_story_of_a_cafe_nor_does_it_scroll_sideways(house: House, scheme: Scheme) -> None:
    inspection = Inspection()
    facilitator = house.facilitator(scheme=scheme)
    facilitator.prepare(TITLE)
    phones = [house.phone() for _ in range(3)]
    for number, phone in enumerate(phones):
        phone.join(facilitator.code, f"Anouk {number}", level="Novice", place="Dans la salle")
    facilitator.next()
    for phone in phones:
        phone.answer("Madonna")
    facilitator.next()
    facilitator.open(f"/bilan?cafe={facilitator.cafe}")
    facilitator.sees("Qui était là")
    facilitator.sees("Le temps prévu et le temps passé")
    for summary in facilitator.page.locator("summary").filter(visible=True).all():
        summary.click()
    facilitator.sees("Enregistrer en SVG")
    inspection.look("story", facilitator)
    facilitator.page.set_viewport_size({"width": 320, "height": 844})
    inspection.look("story, 320 px wide", facilitator)
    assert facilitator.page.locator(".stMain").evaluate("(main) => main.scrollWidth") <= 320
    facilitator.open(f"/bilan?cafe={facilitator.cafe}&niveau=novice")
    facilitator.sees("3 personnes choisies.")
    inspection.look("story of novices", facilitator)
    inspection.ends()
