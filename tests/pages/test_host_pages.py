"""What a host says of itself, how accessible the app is, and the page of samples."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.catalogue import t
from content.schema import COURSES
from state.legal import Legal
from tests.pages.visitor import Visitor, all_links, said, words

FOOT = [t("nav.accessibility"), t("nav.data"), t("nav.legal")]
TOLD = Legal(
    publisher="Mairie *de* Trifouilly",
    address="1 place du <b>Marché</b>",
    director="Camille Martin",
    contact="acces@exemple.fr",
    host="Hébergeur & fils",
    host_address="2 rue des Serveurs",
)


def told(visitor: Visitor, legal: Legal) -> None:
    visitor.served.settings = replace(visitor.served.settings, legal=legal)


def test_what_is_not_set_is_said_to_be_missing(visitor: Visitor) -> None:
    page = visitor.open("legal.py")
    assert [text.value for text in page.text].count(t("legal.unset")) == 4
    for section in ("publisher", "director", "host", "contact", "rights"):
        assert t(f"legal.{section}") in words(page)


def test_what_a_host_says_stands_letter_for_letter(visitor: Visitor) -> None:
    told(visitor, TOLD)
    texts = [text.value for text in visitor.open("legal.py").text]
    assert texts[:4] == [
        f"{TOLD.publisher}\n{TOLD.address}",
        TOLD.director,
        f"{TOLD.host}\n{TOLD.host_address}",
        TOLD.contact,
    ]
    assert t("legal.unset") not in texts


def test_the_access_page_says_what_was_not_tested_and_where_to_write(visitor: Visitor) -> None:
    said = words(visitor.open("accessibility.py"))
    for section in ("done", "tested", "missing"):
        assert t(f"access.{section}_body") in said
    assert t("access.state") in said
    assert t("access.write_nowhere") in said
    told(visitor, TOLD)
    said = words(visitor.open("accessibility.py"))
    assert TOLD.contact in said
    assert t("access.write_nowhere") not in said


@pytest.mark.parametrize("page", ["home.py", "learn.py", "about.py", "data.py", "legal.py", "accessibility.py"])
def test_every_page_to_read_leads_to_what_one_may_ask_of_the_host(visitor: Visitor, page: str) -> None:
    assert all_links(visitor.open(page))[-len(FOOT) :] == FOOT


def test_a_console_has_no_foot(visitor: Visitor) -> None:
    visitor.make()
    visitor.hold_console()
    assert not set(FOOT) & set(all_links(visitor.open("host.py", cafe="cafe00000001")))


def test_the_page_of_samples_shows_every_piece(visitor: Visitor) -> None:
    page = visitor.open("style.py")
    found = said(page)
    for section in ("colours", "courses", "notes", "gestures", "sentences", "charts", "phone", "screen"):
        assert t(f"style.{section}") in found
    for course in COURSES:
        assert t(f"course.{course}") in found
    for state in ("join", "wait", "ask", "kept", "told", "text"):
        assert t(f"style.phone_{state}") in found
