"""Everybody takes part: nothing that axe-core finds, large text, small phones, keyboards, screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.people import Facilitator, House, Person, Phone, Scheme

pytestmark = pytest.mark.browser

STATEMENT = "Dans les années 1980, elle passait presque inaperçue."
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Inspection:
    """Collects what axe finds and where, so that one run tells everything."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def look(self, what: str, *people: Person) -> None:
        for person in people:
            for fault in faults(person.page):
                self._found.setdefault(fault, []).append(f"{type(person).__name__}, {what}")

    def ends(self) -> None:
        assert not self._found, "\n\n".join(f"{fault}\n    seen: {'; '.join(on)}" for fault, on in self._found.items())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_the_pages_to_read(house: House, scheme: Scheme) -> None:
    inspection = Inspection()
    reader = house.facilitator(scheme=scheme)
    for path, sign in (
        ("/", "Rejoindre un café"),
        ("/?code=AAAAAA", "Aucun café ne porte ce code"),
        ("/preparer", "Créer le café"),
        ("/bilan", "Aucun café dans ce navigateur"),
        ("/a-propos", "Ce qui est gardé"),
        ("/console?cafe=inconnu", "Ce café n’existe pas"),
        ("/en-un-coup-d-oeil", "Ce qui vous convient"),
        ("/comparer", "Comparer"),
        ("/vos-donnees", "Combien de temps"),
        ("/accessibilite", "Ce qui manque"),
        ("/mentions-legales", "Qui héberge"),
        ("/style", "C’était un plaisir"),
    ):
        reader.open(path)
        reader.sees(sign)
        inspection.look(path, reader)
    reader.open("/pour-aller-plus-loin")
    for tab, sign in (
        ("Vidéos", "Data et IA"),
        ("Ressources", "ComparIA"),
        ("Lexique", "Algorithme"),
        ("Conseils", ""),
    ):
        reader.tab(tab)
        if sign:
            reader.sees(sign)
        inspection.look(f"/pour-aller-plus-loin, {tab}", reader)
    inspection.ends()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_during_a_cafe(house: House, scheme: Scheme) -> None:
    inspection = Inspection()
    facilitator = house.facilitator(scheme=scheme)
    facilitator.prepare("Le café accessible")
    screen = house.screen(facilitator.screen_link, scheme=scheme)
    phone = house.phone(scheme=scheme)
    everybody = (facilitator, screen, phone)

    screen.sees("Scannez")
    phone.arrive(facilitator.code)
    inspection.look("arriving", *everybody)
    phone.join(facilitator.code, "Anouk")
    phone.sees("Bienvenue")
    facilitator.sees("1 personne est là")
    inspection.look("lobby", phone)
    _look_at_tabs(facilitator, inspection, "lobby")

    facilitator.next()
    phone.is_asked(STATEMENT)
    screen.sees(STATEMENT)
    inspection.look("vote, before", *everybody)
    phone.lose_network()
    phone.choose("Madonna")
    phone.waits()
    inspection.look("vote, without network", phone)
    phone.find_network()
    phone.kept()
    screen.sees("1 réponse sur 1")
    facilitator.page.get_by_text("Les chiffres").click()
    inspection.look("vote, after", *everybody)
    _look_at_tabs(facilitator, inspection, "vote")

    facilitator.next()
    phone.sees("Bonne réponse")
    screen.sees("faisait déjà la couverture")
    expect(screen.page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    inspection.look("reveal", *everybody)

    facilitator.jump("Le café ·")
    phone.sees("J’ai fini la vidéo")
    inspection.look("video", *everybody)

    facilitator.jump("Le carré")
    facilitator.gesture("2")
    expect(phone.page.get_by_role("textbox")).to_be_visible()
    inspection.look("text, before", *everybody)
    phone.write("Les horaires des agents")
    facilitator.sees("Les horaires des agents")
    inspection.look("text, after", *everybody)
    facilitator.next()
    screen.sees("Les horaires des agents")
    phone.sees("1 réponse")
    inspection.look("texts shown", *everybody)
    facilitator.hide("Les horaires des agents")
    screen.sees("Pas encore de réponse.")
    inspection.look("text hidden", *everybody)

    facilitator.jump("Le sucre")
    phone.sees("Merci d’avoir partagé ce café")
    inspection.look("opening", *everybody)
    phone.button("Modifier mon profil").click()
    inspection.look("profile", phone)
    phone.button("Enregistrer").click()
    facilitator.next()
    phone.sees("C’était un plaisir")
    inspection.look("end", *everybody)
    facilitator.close()
    phone.sees("Ce café est clos")
    inspection.look("closed", *everybody)

    facilitator.review()
    inspection.look("review", facilitator)
    facilitator.page.get_by_role("link", name="Tous vos cafés").click()
    facilitator.sees("Ouvrir la console")
    inspection.look("past cafés", facilitator)
    inspection.ends()


def _look_at_tabs(facilitator: Facilitator, inspection: Inspection, when: str) -> None:
    facilitator.tab("Qui est là")
    facilitator.page.get_by_role("combobox", name="Une personne").click()
    facilitator.page.get_by_role("option", name="Anouk").click()
    facilitator.sees("Nouveau pseudonyme")
    inspection.look(f"{when}, people", facilitator)
    facilitator.tab("Inviter")
    facilitator.page.get_by_text("Les liens à copier").filter(visible=True).last.click()
    inspection.look(f"{when}, invitation", facilitator)
    facilitator.tab("À dire")


# What a person cannot reach sideways: boxes that scroll, and whatever stands beyond the edge.
BEYOND = """
(width) => {
  const beyond = [];
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) look(node.shadowRoot);
      const style = getComputedStyle(node);
      const hidden = style.clipPath !== "none" || style.visibility === "hidden" || !node.checkVisibility();
      const box = node.getBoundingClientRect();
      if (hidden || box.width <= 1) continue;
      const scrolls = ["auto", "scroll"].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1;
      if (scrolls || box.right > width + 1 || box.left < -1) beyond.push(node.outerHTML.slice(0, 200));
    }
  };
  look(document.body);
  return beyond;
}
"""
TEXT_SIZE = """
(size) => {
  document.documentElement.style.setProperty("font-size", size, "important");
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""
SIZE = """
(node) => {
  const { width, height } = (node.closest("label") ?? node).getBoundingClientRect();
  return { name: node.outerHTML.slice(0, 160), width, height };
}
"""
_LISTEN = """
(region) => {
  window.said = [];
  new MutationObserver(() => region.textContent && window.said.push(region.textContent))
    .observe(region, { childList: true, characterData: true, subtree: true });
}
"""
FINGER = 44


def _phone_states(facilitator: Facilitator, phone: Phone, look: Callable[[str], None]) -> None:
    """Take a phone through all that it ever shows, and look at each."""
    phone.arrive(facilitator.code)
    look("join")
    phone.join(facilitator.code, "Anticonstitutionnellement"[:24], level="Averti ou avertie")
    phone.sees("Bienvenue")
    look("lobby")
    facilitator.next()
    phone.is_asked(STATEMENT)
    look("vote, before")
    phone.answer("Madonna")
    look("vote, after")
    facilitator.next()
    phone.sees("Bonne réponse")
    look("reveal")
    facilitator.jump("Le café ·")
    phone.sees("J’ai fini la vidéo")
    look("video")
    phone.finish_video()
    look("video, done")
    facilitator.jump("Le carré")
    facilitator.gesture("2")
    expect(phone.page.get_by_role("textbox")).to_be_visible()
    look("text, before")
    phone.write("w" * 120)
    facilitator.next()
    phone.sees("1 réponse")
    look("texts shown")
    facilitator.jump("Le sucre")
    phone.sees("Merci d’avoir partagé ce café")
    look("opening")
    phone.button("Modifier mon profil").click()
    phone.sees("Enregistrer")
    look("profile")
    phone.button("Enregistrer").click()
    facilitator.next()
    phone.sees("C’était un plaisir")
    look("end")


def test_a_phone_never_scrolls_sideways_however_narrow_or_large_its_text(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café anticonstitutionnellement étroit")
    phone = house.phone()
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        for width, text in ((320, 16), (390, 32), (320, 32)):
            phone.page.set_viewport_size({"width": width, "height": 568})
            phone.page.evaluate(TEXT_SIZE, f"{text}px")
            if beyond := phone.page.evaluate(BEYOND, width):
                found[f"{state}, {width} px wide, text of {text} px"] = beyond

    _phone_states(facilitator, phone, look)
    assert found == {}


def test_everything_to_touch_is_as_large_as_a_finger(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café des grandes mains")
    phone = house.phone()
    small: dict[str, list[str]] = {}

    def look(state: str) -> None:
        targets = phone.page.locator("button, a[href], input, textarea, summary").filter(visible=True).all()
        assert targets, state
        for size in (target.evaluate(SIZE) for target in targets):
            # One pixel: the way past the menu, which grows when a keyboard reaches it.
            if 1 < min(size["width"], size["height"]) < FINGER:
                small.setdefault(state, []).append(f"{size['width']} × {size['height']}: {size['name']}")

    _phone_states(facilitator, phone, look)
    assert small == {}


def test_a_phone_held_sideways_shows_the_choices_at_once(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café couché")
    phone = house.phone(size={"width": 740, "height": 360})
    phone.join(facilitator.code, "Anouk")
    facilitator.next()
    phone.is_asked(STATEMENT)
    for part in phone.page.locator("button.option").all():
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 360


READING = ("/", "/preparer", "/en-un-coup-d-oeil", "/accessibilite", "/mentions-legales", "/vos-donnees", "/a-propos")


def test_pages_to_read_reflow_at_400_percent(house: House) -> None:
    """A window of 1280 pixels enlarged four times is one of 320: nothing stands beyond its edge but the folded menu."""
    reader = house.facilitator()
    reader.page.set_viewport_size({"width": 320, "height": 256})
    found = {}
    for path in READING:
        reader.open(path)
        reader.page.get_by_role("link", name="Mentions légales").last.wait_for()
        beyond = reader.page.evaluate(BEYOND.replace("document.body", "document.querySelector('.stMain')"), 320)
        # What a slider holds for screen readers alone is wider than its thumb, and cannot be seen.
        if seen := [one for one in beyond if 'type="range"' not in one]:
            found[path] = seen
    assert found == {}


MOVING = "() => document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"


def test_in_forced_colours_what_was_chosen_is_still_told_apart(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café aux couleurs de chacun")
    phone = house.phone()
    phone.page.emulate_media(forced_colors="active")
    phone.join(facilitator.code, "Anouk")
    facilitator.next()
    phone.is_asked(STATEMENT)
    phone.answer("Madonna")
    edge = "(node) => `${getComputedStyle(node).borderTopWidth} ${getComputedStyle(node).borderTopColor}`"
    assert phone.option("Madonna").evaluate(edge) != phone.option("Les deux").evaluate(edge)
    # Whoever asks for less movement has none.
    assert phone.page.evaluate(MOVING) == 0


def test_a_small_phone_shows_the_whole_question_at_once(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café data du jeudi")
    phone = house.phone(size={"width": 360, "height": 640})
    phone.join(facilitator.code, "Anouk")
    facilitator.next()
    for number, question in ((1, STATEMENT), (11, "Elle vaut de l’or : sa caisse a passé le milliard de dollars.")):
        if number > 1:
            facilitator.gesture(str(number))
        phone.is_asked(question)
        _is_all_in_sight(phone, height=640)
        phone.answer("Les deux")
        _is_all_in_sight(phone, height=640)


def _is_all_in_sight(phone: Phone, *, height: int) -> None:
    for part in (*phone.page.locator("button.option").all(), phone.status):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height


def test_joining_and_voting_take_nothing_but_a_keyboard(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café au clavier")
    phone = house.phone(touch=False)
    keyboard = phone.page.keyboard
    phone.arrive(facilitator.code)
    phone.tab_to(phone.page.get_by_label("Votre pseudonyme"))
    keyboard.type("Anouk")
    phone.tab_to(phone.page.get_by_label("Novice"))
    keyboard.press("Space")
    phone.tab_to(phone.page.get_by_label("Dans la salle"))
    keyboard.press("ArrowDown")
    expect(phone.page.get_by_label("À distance")).to_be_checked()
    phone.tab_to(phone.button("Entrer dans le café"))
    keyboard.press("Enter")
    phone.sees("Bienvenue")
    phone.sees("Anouk")

    facilitator.next()
    phone.is_asked(STATEMENT)
    phone.tab_to(phone.option("Madonna"))
    keyboard.press("Enter")
    phone.has_chosen("Madonna")
    phone.kept()
    phone.tab_to(phone.option("Les deux"))
    keyboard.press("Space")
    phone.has_chosen("Les deux")
    phone.kept()


def test_focus_stays_on_the_chosen_option_and_what_is_kept_is_said_once(house: House) -> None:
    facilitator = house.facilitator()
    facilitator.prepare("Le café à l’oreille")
    phone = house.phone(touch=False)
    phone.join(facilitator.code, "Anouk")
    facilitator.next()
    phone.is_asked(STATEMENT)
    phone.page.locator(".announce").evaluate(_LISTEN)
    phone.tab_to(phone.option("Madonna"))
    phone.page.keyboard.press("Space")
    phone.kept()
    _is_focused(phone, "Madonna")

    facilitator.next()
    phone.sees("Bonne réponse")
    _is_focused(phone, "Madonna")
    facilitator.next()
    phone.is_asked("Elle a vu le jour tout près d’un grand lac.")
    phone.page.wait_for_function("() => window.said.some((one) => one.includes('grand lac'))")
    said: list[str] = phone.page.evaluate("window.said")
    assert [one for one in said if one.startswith(("✓ Gardé", "Gardé"))] == [
        "Gardé. Vous pouvez encore changer d’avis."
    ]
    assert len([one for one in said if "grand lac" in one]) == 1


def _is_focused(phone: Phone, label: str) -> None:
    option = phone.option(label)
    assert option.evaluate("(node) => node.getRootNode().activeElement === node")
