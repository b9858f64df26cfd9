"""What happens in a real room: the server dies, phones lock, networks hold streams back, thumbs tap twice."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack
from content.prompts import SingleChoice
from tests.e2e.browsing import SERVER_GONE
from tests.e2e.proxy import Proxy
from tests.e2e.server import HOST

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.e2e.people import Facilitator, House, Phone
    from tests.e2e.server import Server

pytestmark = pytest.mark.browser

STATEMENTS = [one for one in default_pack().activities["madonna"].scenes() if isinstance(one, SingleChoice)]
FIRST, SECOND = (one.prompt for one in STATEMENTS[:2])


def _hosted(house: House) -> Facilitator:
    facilitator = house.facilitator()
    facilitator.prepare("Le café qui tient")
    return facilitator


def _voting(house: House, *names: str) -> tuple[Facilitator, list[Phone]]:
    """A café whose first statement is asked, and the phones of those who are there."""
    facilitator = _hosted(house)
    phones = [house.phone() for _ in names]
    for phone, name in zip(phones, names, strict=True):
        phone.join(facilitator.code, name)
    facilitator.next()
    for phone in phones:
        phone.is_asked(FIRST)
    return facilitator, phones


def _rows(facilitator: Facilitator) -> list[tuple[str, str, str]]:
    """Who answered what, as the file of the review has it."""
    facilitator.open(f"/bilan?cafe={facilitator.cafe}")
    file = facilitator.download().decode("utf-8-sig")
    lines = csv.DictReader(io.StringIO(file, newline=""), delimiter=";")
    return [(line["question"], line["pseudonyme"], line["réponse"]) for line in lines]


def _posts(phone: Phone) -> list[str]:
    """The answers that this phone sends, from now on."""
    sent: list[str] = []
    phone.page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/answers") else None
    )
    return sent


def test_a_killed_server_comes_back_with_everybody_and_everything(own_house: House, own_server: Server) -> None:
    facilitator, (anouk, basile) = _voting(own_house, "Anouk", "Basile")
    screen = own_house.screen(facilitator.screen_link)
    screen.sees(FIRST)
    anouk.answer("Madonna")
    screen.sees("1 réponse sur 2")
    for person in own_house.people:
        person.watch.forgive(*SERVER_GONE)

    own_server.kill()
    basile.choose("Les deux")
    basile.waits()
    own_server.start()

    basile.kept()
    basile.has_chosen("Les deux")
    anouk.has_chosen("Madonna")
    anouk.sees("Anouk")
    screen.sees("2 réponses sur 2")
    facilitator.sees("2 réponses sur 2")
    facilitator.next()
    for phone in (anouk, basile):
        phone.sees(STATEMENTS[0].explanation)
    screen.sees(STATEMENTS[0].explanation)
    facilitator.next()
    for phone in (anouk, basile):
        phone.is_asked(SECOND)
    anouk.answer("Les deux")
    facilitator.sees("1 réponse sur 2")
    assert _rows(facilitator) == [
        (FIRST, "Anouk", "Madonna"),
        (FIRST, "Basile", "Les deux"),
        (SECOND, "Anouk", "Les deux"),
    ]


def test_a_server_stopped_in_the_middle_of_a_vote_ends_by_itself_and_loses_nothing(
    own_house: House, own_server: Server
) -> None:
    facilitator, (anouk,) = _voting(own_house, "Anouk")
    anouk.answer("Madonna")
    for person in own_house.people:
        person.watch.forgive(*SERVER_GONE)
    own_server.restart()
    anouk.answer("Les deux")
    facilitator.sees("1 réponse sur 1")
    assert _rows(facilitator) == [(FIRST, "Anouk", "Les deux")]


def test_a_phone_whose_browser_was_closed_is_the_same_person(house: House) -> None:
    facilitator, (anouk,) = _voting(house, "Anouk")
    anouk.answer("Madonna")
    memory = anouk.context.storage_state()
    house.leave(anouk)
    facilitator.tab("Qui est là")
    facilitator.sees("0 téléphone connecté")

    again = house.phone(memory=memory)
    again.open(f"/c/{facilitator.code}")
    again.is_asked(FIRST)
    again.has_chosen("Madonna")
    again.sees("Anouk")
    facilitator.sees("1 téléphone connecté")
    facilitator.sees("1 réponse sur 1")
    again.answer("Ma donnée")
    assert _rows(facilitator) == [(FIRST, "Anouk", "Ma donnée")]


def test_a_phone_behind_a_proxy_that_holds_streams_back_asks_slowly_instead(house: House, server: Server) -> None:
    facilitator = _hosted(house)
    with Proxy(server.port, holding=True) as proxy:
        phone = house.phone(port=proxy.port)
        phone.join(facilitator.code, "Anouk")
        phone.sees("Le direct passe mal sur ce réseau")
        facilitator.next()
        phone.is_asked(FIRST)
        phone.answer("Madonna")
        phone.sees("Le direct passe mal sur ce réseau")
        facilitator.sees("1 réponse sur 1")
        proxy.let_streams_go()
        phone.does_not_see("Le direct passe mal sur ce réseau")
        facilitator.next()
        phone.sees(STATEMENTS[0].explanation)
        house.leave(phone)


def test_a_screen_whose_socket_was_cut_while_the_room_answered_catches_up(house: House, server: Server) -> None:
    facilitator, (phone,) = _voting(house, "Anouk")
    with Proxy(server.port) as proxy:
        screen = house.screen(facilitator.screen_link, port=proxy.port)
        screen.watch.forgive(*SERVER_GONE)
        screen.sees("0 réponse sur 1")
        with screen.page.expect_event("websocket"):
            proxy.cut_sockets()
        phone.answer("Madonna")
        facilitator.sees("1 réponse sur 1")
        proxy.mend_sockets()
        screen.sees("1 réponse sur 1")
        facilitator.next()
        screen.sees(STATEMENTS[0].explanation)
        house.leave(screen)


def test_two_tabs_of_one_phone_are_one_person_and_tell_the_same(house: House) -> None:
    facilitator, (phone,) = _voting(house, "Anouk")
    tab = house.tab(phone)
    tab.open(f"/c/{facilitator.code}")
    tab.is_asked(FIRST)
    phone.answer("Madonna")
    tab.has_chosen("Madonna")
    tab.kept()
    tab.answer("Les deux")
    phone.has_chosen("Les deux")
    phone.kept()
    facilitator.sees("1 réponse sur 1")
    assert _rows(facilitator) == [(FIRST, "Anouk", "Les deux")]


def test_a_double_tap_is_one_answer(house: House) -> None:
    facilitator, (phone,) = _voting(house, "Anouk")
    sent = _posts(phone)
    phone.option("Madonna").dblclick()
    phone.has_chosen("Madonna")
    phone.kept()
    facilitator.next()
    phone.sees(STATEMENTS[0].explanation)
    assert len(sent) == 1
    assert _rows(facilitator) == [(FIRST, "Anouk", "Madonna")]


def test_a_draft_survives_a_reload(house: House) -> None:
    facilitator, (phone,) = _voting(house, "Anouk")
    facilitator.jump("Le carré")
    facilitator.gesture("2")
    phone.draft("Les horaires des agen")
    phone.page.reload()
    expect(phone.page.get_by_role("textbox")).to_have_value("Les horaires des agen")
    expect(phone.button("Envoyer")).to_be_visible()
    phone.write("Les horaires des agents")
    facilitator.sees("Les horaires des agents")


def test_a_draft_survives_the_news_of_the_room(house: House) -> None:
    facilitator, (anouk, basile) = _voting(house, "Anouk", "Basile")
    facilitator.jump("Le carré")
    facilitator.gesture("2")
    anouk.draft("Les horaires des agen")
    area = anouk.page.get_by_role("textbox")
    area.evaluate("(node) => node.setSelectionRange(4, 12)")
    facilitator.gesture("Montrer les résultats")
    basile.write("La carte des arbres")
    anouk.sees("La carte des arbres")
    expect(area).to_have_value("Les horaires des agen")
    assert area.evaluate("(node) => [node.selectionStart, node.selectionEnd]") == [4, 12]
    anouk.page.keyboard.type("trajets")
    expect(area).to_have_value("Les trajets des agen")


def test_a_phone_without_a_cookie_is_told_what_to_do(house: House) -> None:
    facilitator = _hosted(house)
    phone = house.phone()
    phone.page.goto(f"{phone.base}/participer?cafe={facilitator.cafe}")
    expect(phone.page.get_by_text("Votre navigateur n’a pas encore de place dans ce café.")).to_be_visible()
    expect(phone.page.get_by_text("entrez le code du café")).to_be_visible()


def test_a_browser_that_refuses_cookies_is_told_to_accept_one(house: House) -> None:
    facilitator = _hosted(house)
    phone = house.phone()
    phone.context.route("**/c/*", _without_cookies)
    phone.open(f"/c/{facilitator.code}")
    expect(phone.page.get_by_text("Si ce message revient, autorisez les cookies")).to_be_visible()


def _without_cookies(route: Route) -> None:
    reply = route.fetch(url=route.request.url.replace(HOST, "127.0.0.1"), max_redirects=0)
    headers = {name: value for name, value in reply.headers.items() if name != "set-cookie"}
    route.fulfill(status=reply.status, headers=headers)
