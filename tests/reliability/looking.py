"""What was kept of bad inputs, where people see it: in a browser, and in the files that a facilitator takes away."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
from playwright.sync_api import sync_playwright

from tests.e2e.browsing import launch
from tests.reliability.rooms import Plain, code_of, id_of
from tests.state.cafes import TOKEN
from tests.state.exports.test_french_csv import starts_a_formula

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.figures import Figures
    from tests.reliability.serving import App

_NAMES = ("tableur.csv", "donnees.csv", "tableur.xlsx", "tableur.ods", "archive.json", "donnees-ouvertes.zip")
_ODS_FORMULA = re.compile(rb"table:formula")
_SETTLED_MS = 2_500


async def at_files(app: App, cafes: Iterable[int]) -> Figures:
    """Every file of these cafés, with pseudonyms, as a spreadsheet would read it."""
    browser = Plain(app.address)
    formulas = files = cells = 0
    for number in cafes:
        await browser.get(f"/animer/{id_of(number)}/{TOKEN}")
        for name in _NAMES:
            reply = await browser.get(f"/api/cafes/{id_of(number)}/exports/{name}?noms=1")
            assert reply.status == 200, (name, reply.status, reply.body[:200])
            found = _read(name, reply.body)
            files += 1
            cells += len(found)
            formulas += sum(found)
    browser.close()
    return {"files": files, "cells": cells, "live_formulas": formulas}


def _read(name: str, data: bytes) -> list[bool]:
    """For each cell of a file, whether a spreadsheet would compute it."""
    if name.endswith(".csv"):
        text = data.decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if name == "tableur.csv" else ",")
        return [starts_a_formula(cell) and not _is_number(cell) for row in rows for cell in row]
    if name.endswith(".xlsx"):
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return [cell.data_type == "f" for sheet in sheets for row in sheet.iter_rows() for cell in row]
    if name.endswith(".ods"):
        content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
        return [True for _ in _ODS_FORMULA.finditer(content)] or [False] * content.count(b"<table:table-cell")
    if name.endswith(".zip"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        assert not [one for one in archive.namelist() if ".." in one or one.startswith("/")]
        return [hit for one in archive.namelist() if one.endswith(".csv") for hit in _read(one, archive.read(one))]
    return []


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(?:[.,]\d+)?", cell) is not None


def in_a_browser(app: App, *cafes: int) -> Figures:
    """A phone, the console, the screen and the review of these cafés: nothing of what people wrote runs there."""
    scripts = pages = showing = faults = 0
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.on("request", lambda request: asked.append(request.url))
        for number in cafes:
            cafe = id_of(number)
            for path in (
                f"/c/{code_of(number)}",
                f"/animer/{cafe}/{TOKEN}",
                f"/ecran?cafe={cafe}",
                f"/bilan?cafe={cafe}",
                f"/telecommande?cafe={cafe}",
            ):
                page = context.new_page()
                page.on("dialog", lambda dialog: dialog.dismiss())
                page.goto(f"{app.address.origin}{path}", wait_until="domcontentloaded")
                page.wait_for_timeout(_SETTLED_MS)
                scripts += bool(page.evaluate("globalThis.pwned === 1"))
                faults += page.locator('[data-testid="stException"]').count()
                showing += page.get_by_text("pwned").count() > 0
                pages += 1
                page.close()
        browser.close()
    scripts += faults + sum(not url.startswith((app.address.origin, "data:", "blob:", "ws:")) for url in asked)
    return {"pages_looked_at": pages, "pages_that_show_them": showing, "scripts_run": scripts}
