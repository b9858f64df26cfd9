"""A presentation clicker, or the keyboard, drives the café: one press one step, and never by accident."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack
from content.prompts import SingleChoice
from tests.e2e.browsing import eventually
from tests.e2e.ears import Ears

if TYPE_CHECKING:
    from tests.e2e.people import Facilitator, House, Phone

pytestmark = pytest.mark.browser

_STATEMENTS = [one for one in default_pack().activities["madonna"].scenes() if isinstance(one, SingleChoice)]
# Where the game may be: each statement asked, then its answer shown.
PLACES = [(f"tasse/{one.id}", revealed) for one in _STATEMENTS for revealed in (False, True)]
REST_SECONDS = 0.7
# What a busy machine may add to or take from the time between two messages.
SLACK_SECONDS = 0.4  # presses rest in the browser; what a phone hears of them comes with the jitter of a busy machine


class Game:
    """A café whose first statement is asked; a phone tells where the room has been since."""

    def __init__(self, house: House) -> None:
        self.facilitator: Facilitator = house.facilitator()
        self.facilitator.prepare("Le café à la télécommande")
        self.phone: Phone = house.phone()
        self.phone.join(self.facilitator.code, "Anouk")
        self._ears = Ears(self.phone.page)
        self._console = Ears(self.facilitator.page)
        self.facilitator.next()
        self.facilitator.is_at(_STATEMENTS[0].prompt)
        self.has_been(0)

    @property
    def visited(self) -> list[int]:
        """Where the room was, one after another: positions in `PLACES`."""
        seen: list[int] = []
        for heard in self._ears.views:
            here = (heard.view.get("question"), "explanation" in heard.view)
            if here in PLACES and seen[-1:] != [PLACES.index(here)]:
                seen.append(PLACES.index(here))
        return seen

    @property
    def asked(self) -> list[float]:
        """When the console's keys asked for a move, in seconds: before whatever a busy machine adds."""
        return [message.at for message in self._console.sent if '"beat"' in message.text]

    def has_been(self, *places: int) -> None:
        """Exactly there, in this order."""
        page = self.facilitator.page
        eventually(lambda: len(self.visited) >= len(places), page, f"the room did not go through {places}")
        assert self.visited == list(places)


@pytest.fixture
def game(house: House) -> Game:
    return Game(house)


def test_arrows_space_and_page_keys_go_on_and_back(game: Game) -> None:
    for key in ("ArrowRight", "ArrowDown", "PageDown", "Space", "ArrowLeft", "ArrowUp", "PageUp"):
        game.facilitator.press(key)
    game.has_been(0, 1, 2, 3, 4, 3, 2, 1)


def test_a_held_key_moves_once(game: Game) -> None:
    keyboard, page = game.facilitator.page.keyboard, game.facilitator.page
    for _ in range(60):
        keyboard.down("ArrowRight")  # again and again without `up`: what a keyboard sends while a key is held
        page.wait_for_timeout(30)
    keyboard.up("ArrowRight")
    game.has_been(0, 1)
    game.facilitator.press("ArrowRight")
    game.has_been(0, 1, 2)


def test_thirty_quick_presses_skip_nothing(game: Game) -> None:
    lasted = game.facilitator.drum("ArrowRight", times=30)
    last = game.visited[-1]
    game.facilitator.press("ArrowRight")
    game.has_been(*range(last + 2))
    assert 2 <= last <= lasted / REST_SECONDS + 1
    assert len(game.asked) == last + 1
    for before, after in pairwise(game.asked):
        assert after - before >= REST_SECONDS - SLACK_SECONDS


def test_keys_typed_in_a_field_stay_there(game: Game) -> None:
    facilitator, keyboard = game.facilitator, game.facilitator.page.keyboard
    facilitator.tab("Qui est là")
    facilitator.page.get_by_role("combobox", name="Une personne").click()
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        keyboard.press(key)
    field = facilitator.page.get_by_label("Nouveau pseudonyme")
    expect(field).to_have_value("Anouk")
    field.focus()
    for key in ("End", "Space", "ArrowLeft", "ArrowRight", "PageDown", "ArrowDown", "B", "PageUp", "ArrowUp"):
        keyboard.press(key)
    expect(field).to_have_value("Anouk B")
    facilitator.button("Renommer").click()
    game.phone.sees("Anouk B")
    facilitator.press("ArrowRight")
    game.has_been(0, 1)


def test_space_on_a_focused_button_does_what_that_button_does_and_no_more(game: Game) -> None:
    facilitator, keyboard = game.facilitator, game.facilitator.page.keyboard
    facilitator.button("Fermer le vote").focus()
    keyboard.press("Space")
    expect(facilitator.button("Ouvrir le vote")).to_be_visible()
    game.phone.sees("Le vote est fermé.")
    facilitator.button("Ouvrir le vote").focus()
    for key in ("ArrowRight", "PageDown", "ArrowLeft"):
        keyboard.press(key)
    keyboard.press("Enter")
    expect(facilitator.button("Fermer le vote")).to_be_visible()
    game.phone.sees("Touchez votre réponse")
    facilitator.button("Révéler ▶").focus()
    keyboard.press("Space")
    game.has_been(0, 1)


def test_arrows_work_at_once_after_a_click(game: Game) -> None:
    facilitator = game.facilitator
    facilitator.next()
    facilitator.press("ArrowRight")
    facilitator.next()
    facilitator.press("ArrowLeft")
    facilitator.gesture("Montrer les résultats")
    facilitator.press("ArrowRight")
    facilitator.gesture("5")
    facilitator.press("ArrowRight")
    game.has_been(0, 1, 2, 3, 2, 3, 8, 9)


def test_keys_change_nothing_once_the_cafe_is_closed(game: Game) -> None:
    facilitator, keyboard = game.facilitator, game.facilitator.page.keyboard
    facilitator.jump("Merci")
    for _ in range(4):
        facilitator.close()
        # At once: what listens to keys may still be on the page while the server has already drawn it without.
        for key in ("ArrowLeft", "Space", "ArrowRight"):
            keyboard.press(key)
        facilitator.rests()
        facilitator.button("Rouvrir le café").click()
        facilitator.sees("C’est la fin")
    game.phone.sees("C’était un plaisir")
    game.has_been(0)
