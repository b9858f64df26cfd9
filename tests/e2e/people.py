"""The people of a café and what each does with their page; a test says what they do, this says where they click."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeVar

from playwright.sync_api import TimeoutError, expect  # noqa: A004 - Playwright's own

from content.loader import default_pack
from tests.e2e.browsing import ANSWER_REFUSED, OFFLINE, PATIENCE_MS, Watch, as_shown, eventually
from tests.e2e.server import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Browser, BrowserContext, Locator, StorageState, ViewportSize

PACK = default_pack()
Scheme = Literal["light", "dark"]
CONSOLE: ViewportSize = {"width": 1280, "height": 720}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
POCKET: ViewportSize = {"width": 390, "height": 844}
# The clicker's own rest after a move, and a little more.
_CLICKER_SECONDS = 0.75
# A list that was folded while it was looked at is opened again after so long.
_FOLDED_MS = 1_000
_CODE = re.compile(r"^[A-Z0-9]{3} [A-Z0-9]{3}$")
_FETCHED = "async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())]"
_VISIBLE_PLACE = """
() => {
  const found = document.querySelectorAll("h2, .st-key-next button, [class*='st-key-gesture-'] button");
  const seen = [...found].filter((node) => node.checkVisibility()).map((node) => node.innerText.trim());
  return document.querySelector(".stApp")?.dataset.testScriptState === "notRunning" ? seen : null;
}
"""


class Person:
    """Somebody with a browser of their own, open on one page."""

    def __init__(self, context: BrowserContext, watch: Watch, port: int) -> None:
        self.context = context
        self.watch = watch
        self.port = port
        self.base = f"http://{HOST}:{port}"
        self.page = context.new_page()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(as_shown(words)).filter(visible=True).first).to_be_visible()

    def does_not_see(self, words: str) -> None:
        expect(self.page.get_by_text(as_shown(words)).filter(visible=True)).to_have_count(0)

    def button(self, name: str, *, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def tab_to(self, target: Locator) -> None:
        """Reach something with the Tab key alone."""
        for _ in range(40):
            if target.evaluate("(node) => node.getRootNode().activeElement === node"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {target}")


class Facilitator(Person):
    """Prepares a café, hosts it from the console, reviews it."""

    code = ""
    screen_link = ""
    cafe = ""
    _moved = 0.0

    def prepare(
        self,
        title: str,
        *,
        formula: str = "ristretto-avec-sucre",
        options: Mapping[str, str] | None = None,
        video: str = "La donnée et l’open data",
    ) -> None:
        """From the front door to the console of a new café; `options` are what to pick for the formula's choices.

        The « Ristretto avec sucre » with its `video` unless another formula is asked for.
        """
        self.open("/")
        self.button("Préparer un café").click()
        wanted = PACK.formulas[formula]
        self.page.locator(".st-key-prepare-formula").get_by_text(wanted.name, exact=True).click()
        for choice, label in (options or {"video": video}).items() if wanted.choices else ():
            picks = self.page.locator(f".st-key-prepare-{formula}-choice-{choice}")
            picks.get_by_text(as_shown(label, whole=True)).click()
        self.page.get_by_label("Le titre de votre café").fill(title)
        self.button("Créer le café").click()
        if wanted.mix:
            self.to_console()
        self.has_opened(title)

    def compose(self) -> None:
        """From the console to the composer."""
        self.page.get_by_role("link", name="Composer et préparer").filter(visible=True).first.click()
        self.sees("Ce que la salle verra")

    def add_step(self, course: str, activity: str) -> None:
        """In the composer: a step of any formula, by the beginning of its name, in a course."""
        steps = self.page.locator(".st-key-compose-step-list button")
        count = steps.count()
        self.unfold("Ajouter une étape")
        self.pick_in("À quel moment ?", course)
        self.pick_in("Une étape des formules", activity)
        self.button("Ajouter cette étape").click()
        expect(steps).to_have_count(count + 1)
        self.close_popover()
        self.rests()

    def to_console(self) -> None:
        """From the composer back to the console."""
        self.page.get_by_role("link", name="Ouvrir la console de ce café").click()

    def try_out(self, activity: str) -> None:
        """From the page of all activities to the console of a trial of one."""
        self.open("/activites")
        self.page.locator(f".st-key-try-{activity}").get_by_role("button", name="Essayer").click()
        self.has_opened(PACK.activities[activity].title)

    def has_opened(self, title: str) -> None:
        """The console of a new café is there: read from it what others need to come."""
        expect(self.button("Commencer ▶")).to_be_enabled()
        expect(self.page.get_by_role("heading", name=as_shown(title, whole=True), level=1)).to_be_visible()
        shown = self.page.get_by_role("heading", name=_CODE, level=2).filter(visible=True)
        self.code = shown.inner_text().replace(" ", "")
        link = self.page.get_by_role("link", name="Ouvrir l’écran à projeter").filter(visible=True)
        self.screen_link = link.get_attribute("href") or ""
        self.cafe = self.page.url.partition("cafe=")[2]

    def place(self) -> Sequence[str] | None:
        """What the console shows of where the café is: question, gestures, next step; None while it is drawn."""
        shown: list[str] | None = self.page.evaluate(_VISIBLE_PLACE)
        return shown

    def next(self) -> None:
        self._go(self.page.locator(".st-key-next button"))

    def previous(self) -> None:
        self._go(self.page.locator(".st-key-previous button"))

    def press(self, key: str) -> None:
        """A key of the clicker, pressed when it listens again after the last move; the room moves."""
        self.rests()
        eventually(lambda: time.monotonic() - self._moved > _CLICKER_SECONDS, self.page, "time stands still")
        before = self.place()
        self.page.keyboard.press(key)
        eventually(lambda: self.place() not in (None, before), self.page, f"{key} leaves the console at {before}")
        self._moved = time.monotonic()

    def drum(self, key: str, *, times: int) -> float:
        """Press a key ten times a second, whatever the console does; returns how long that took, in seconds."""
        began = time.monotonic()
        for _ in range(times):
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(100)
        lasted = time.monotonic() - began
        self.rests()
        self._moved = time.monotonic()
        return lasted

    def rests(self) -> None:
        """Nothing is being drawn any more."""
        eventually(lambda: self.place() is not None, self.page, "the console does not come to rest")

    def jump(self, step: str) -> None:
        """To a step of the programme, by its name."""
        self._go(self.button(step))

    def gesture(self, name: str) -> None:
        self._go(self.button(name, exact=True))

    def is_at(self, question: str) -> None:
        expect(self.page.get_by_role("heading", name=as_shown(question, whole=True), level=2)).to_be_visible()

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def unfold(self, name: str) -> None:
        """Open a popover, or a part that is folded."""
        self.rests()
        self.page.locator("button, summary").filter(has_text=name).filter(visible=True).first.click()

    def close_popover(self) -> None:
        self.page.keyboard.press("Escape")

    def count_hands(self, *counts: int) -> None:
        """Write down a show of hands; a count for each choice, in their order."""
        self.unfold("Compter des mains levées")
        fields = self.page.get_by_test_id("stForm").filter(has_text="Garder ce décompte").get_by_role("spinbutton")
        for place, count in enumerate(counts):
            fields.nth(place).fill(str(count))
        self.button("Garder ce décompte").click()
        self.close_popover()

    def pick_in(self, label: str, option: str) -> None:
        """An option, by its beginning, of a field that offers several."""
        self.rests()
        field = self.page.get_by_role("combobox", name=label).filter(visible=True).last
        element = self.page.get_by_test_id("stElementContainer").filter(has=field).last
        wanted = self.page.get_by_role("option", name=as_shown(option)).filter(visible=True).first

        def picked() -> bool:
            # What is typed goes, what was picked stays; where no list is open, the popover around would go.
            if field.get_attribute("aria-expanded") == "true":
                self.page.keyboard.press("Escape")
            return bool(as_shown(option).search(f"{element.inner_text()}\n{field.input_value()}"))

        def picks() -> bool:
            # Long lists show only what matches; a page that moves or draws the field again folds them.
            field.fill(option)
            with suppress(TimeoutError):
                wanted.click(timeout=_FOLDED_MS)
            return picked()

        field.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
        eventually(picks, self.page, f"{label} does not take {option}")
        self.rests()

    def pick_notes(self, *texts: str) -> None:
        for text in texts:
            self.pick_in("Choisir des notes", text)

    def unpick(self, label: str) -> None:
        """Choose nothing any more in a field that takes several."""
        self.page.get_by_role("combobox", name=label).click()
        for _ in range(3):
            self.page.keyboard.press("Backspace")
        self.page.keyboard.press("Escape")
        self.rests()

    def note_down(self, text: str, place: str) -> None:
        """What was said aloud goes on the board."""
        self.page.get_by_label("Noter ce qui vient d’être dit").fill(text)
        self.pick_in("Où", place)
        self.button("Coller", exact=True).click()

    def hide(self, text: str) -> None:
        self._text_gesture(text, "Masquer")
        self.sees(f"(masqué) {text}")

    def show(self, text: str) -> None:
        self._text_gesture(f"(masqué) {text}", "Remontrer")
        self.does_not_see(f"(masqué) {text}")

    def close(self) -> None:
        self.button("Clore le café").click()
        self.sees("Le café est clos")

    def review(self) -> None:
        self.rests()
        self.page.get_by_role("link", name="Voir le bilan").click()
        self.sees("Emporter les réponses")

    def download(self) -> bytes:
        """The answers with their pseudonyms, as a French spreadsheet opens them."""
        self.sees("Emporter les réponses")
        folded = self.page.locator("[inert]").filter(has=self.page.locator(".st-key-names"))
        if folded.count():
            self.unfold("Emporter les réponses")
        link = self.page.get_by_role("link", name="CSV pour tableur français")
        if "noms=1" not in (link.get_attribute("href") or ""):
            self.page.locator(".st-key-names label").first.click()
        expect(link).to_have_attribute("href", re.compile("noms=1"))
        # The link opens a tab that only downloads: its address is asked by this page instead, with the same cookies.
        return bytes(self.page.evaluate(_FETCHED, link.get_attribute("href")))

    def _go(self, button: Locator) -> None:
        self.rests()
        before = self.place()
        button.click()
        eventually(lambda: self.place() not in (None, before), self.page, f"the console stays at {before}")

    def _text_gesture(self, text: str, name: str) -> None:
        row = self.page.locator(".stHorizontalBlock").filter(has_text=as_shown(text)).filter(has=self.button(name)).last
        row.get_by_role("button", name=name).click()


class Phone(Person):
    """Somebody in the room, with their telephone."""

    def arrive(self, code: str) -> None:
        """Follow the QR code."""
        self.open(f"/c/{code}")
        expect(self.button("Entrer dans le café")).to_be_visible()

    def join(self, code: str, name: str = "", *, level: str = "", place: str = "") -> None:
        self.arrive(code)
        self.page.get_by_label("Votre pseudonyme").fill(name)
        for pick in filter(None, (level, place)):
            self.page.get_by_text(pick, exact=True).click()
        self.button("Entrer dans le café").click()
        expect(self.button("Entrer dans le café")).to_have_count(0)

    def option(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(label)}"))

    @property
    def _body(self) -> Locator:
        return self.page.locator(".pad .body")

    @property
    def chosen(self) -> Locator:
        return self.page.get_by_role("button", pressed=True)

    @property
    def status(self) -> Locator:
        return self.page.locator(".status")

    @property
    def notice(self) -> Locator:
        return self._body.locator(".notice")

    def sees(self, words: str) -> None:
        # Not what is said to screen readers alone.
        expect(self._body.get_by_text(as_shown(words)).filter(visible=True).first).to_be_visible()

    def does_not_see(self, words: str) -> None:
        expect(self._body.get_by_text(as_shown(words)).filter(visible=True)).to_have_count(0)

    def is_asked(self, question: str) -> None:
        expect(self.page.get_by_role("heading", name=as_shown(question, whole=True), level=2)).to_be_visible()

    def choose(self, label: str) -> None:
        self.option(label).click()

    def answer(self, *labels: str) -> None:
        """Tap an option, perhaps another after it: each is kept before the next."""
        for label in labels:
            self.choose(label)
            self.has_chosen(label)
            self.kept()

    def has_chosen(self, label: str) -> None:
        expect(self.chosen).to_have_count(1)
        expect(self.chosen).to_have_text(re.compile(f"^{re.escape(label)}"))

    def kept(self) -> None:
        expect(self.status).to_have_class(re.compile(r"\bkept\b"))

    def waits(self) -> None:
        """The answer is said to wait for the network."""
        expect(self.status).to_contain_text("En attente du réseau")

    def draft(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)

    def write(self, text: str) -> None:
        self.draft(text)
        self.button("Envoyer").click()
        self.kept()

    def stick(self, text: str, column: str, colour: str = "") -> None:
        """Stick a note on the board; it may still be on its way."""
        for label in filter(None, (column, colour)):
            self.page.locator("section.sticking").get_by_label(label, exact=True).check()
        self.page.locator("section.sticking").get_by_role("textbox").fill(text)
        self.button("Coller", exact=True).click()
        expect(self.note(text)).to_have_count(1)

    def note(self, text: str) -> Locator:
        return self._body.locator("li.note").filter(has=self.page.get_by_text(as_shown(text, whole=True)))

    def notes_are_kept(self) -> None:
        expect(self._body.locator("li.note").filter(has_text="en attente")).to_have_count(0)
        self.kept()

    def support(self, text: str) -> None:
        vote = self.note(text).get_by_role("button", name="Soutenir")
        vote.click()
        expect(vote).to_have_attribute("aria-pressed", "true")
        self.kept()

    def unfolds(self, name: str) -> None:
        self.page.locator("summary").filter(has_text=name).click()

    def pick_card(self, label: str, why: str) -> None:
        self.page.locator("ul.cards button").filter(has_text=label).first.click()
        self.page.locator("section.why").get_by_role("textbox").fill(why)
        self.button("Envoyer").click()
        self.kept()

    def finish_video(self) -> None:
        self.button("J’ai fini la vidéo").click()
        self.kept()

    def lose_network(self) -> None:
        self.watch.forgive(OFFLINE)
        self.context.set_offline(offline=True)

    def find_network(self, *, too_late: bool = False) -> None:
        if too_late:
            self.watch.forgive(ANSWER_REFUSED)
        self.context.set_offline(offline=False)


class Screen(Person):
    """The projector in front of the room."""

    def has_dots(self, *counts: int) -> None:
        """How many dots the zones have, one after another."""
        for place, count in enumerate(counts):
            expect(self.page.locator(".zone").nth(place).locator(".dots span")).to_have_count(count)

    def column(self, label: str) -> Locator:
        """A column of the board, with its notes."""
        return self.page.locator(".columns section").filter(has=self.page.get_by_role("heading", name=label))

    def shows_chart(self, summary: str) -> None:
        """The chart's text alternative tells the same figures."""
        expect(self.page.get_by_label(summary, exact=True).first).to_be_visible()


_P = TypeVar("_P", bound=Person)


class House:
    """Opens a browser of its own for each person, and at the end says what went wrong in any of them."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._browser = browser
        self._port = port
        self.people: list[Person] = []

    def facilitator(self, *, scheme: Scheme = "light") -> Facilitator:
        return self._seat(Facilitator(*self._context(CONSOLE, scheme=scheme)))

    def screen(self, link: str, *, scheme: Scheme = "light", port: int | None = None) -> Screen:
        screen = self._seat(Screen(*self._context(PROJECTOR, scheme=scheme, port=port)))
        screen.open(link)
        return screen

    def phone(
        self,
        *,
        size: ViewportSize = POCKET,
        scheme: Scheme = "light",
        touch: bool = True,
        port: int | None = None,
        memory: StorageState | None = None,
    ) -> Phone:
        """`memory` is the storage state of a browser that was closed; `port` leads through a proxy."""
        return self._seat(Phone(*self._context(size, scheme=scheme, touch=touch, port=port, memory=memory)))

    def tab(self, phone: Phone) -> Phone:
        """Another tab of the same phone."""
        return self._seat(Phone(phone.context, phone.watch, phone.port))

    def leave(self, person: Person) -> None:
        """Close somebody's browser. What went wrong in it still counts."""
        person.context.close()

    def empty(self) -> list[str]:
        """Close every browser and return all that went wrong."""
        for person in self.people:
            person.context.close()
        return [problem for person in self.people for problem in person.watch.problems]

    def _seat(self, person: _P) -> _P:
        self.people.append(person)
        return person

    def _context(
        self,
        size: ViewportSize,
        *,
        scheme: Scheme,
        touch: bool = False,
        port: int | None = None,
        memory: StorageState | None = None,
    ) -> tuple[BrowserContext, Watch, int]:
        port = port or self._port
        context = self._browser.new_context(
            viewport=size,
            locale="fr-FR",
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
            storage_state=memory,
        )
        context.set_default_timeout(PATIENCE_MS)
        return context, Watch(context, port=port), port
