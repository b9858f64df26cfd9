"""OpenDocument spreadsheets, written line by line: a whole tree of elements would take a hundred times the memory."""

from __future__ import annotations

import re
from datetime import datetime
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from state.exports.parts import parts_of
from state.exports.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe
    from state.exports.sheets import Cell, Sheet

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
# A fixed moment: the same café gives the same bytes.
_MOMENT = (2026, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_START = (
    f'{_XML}<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0" '
    f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="moment"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
    '</number:date-style><style:style style:name="at" style:family="table-cell" style:data-style-name="moment"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    '</style:style><style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"
_SPACES = re.compile(r"^ +| {2,}| +$|(?<=\t) ", re.MULTILINE)


def ods(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
    """A spreadsheet with a sheet for each activity, and one to read first."""

    def write(file: IO[bytes]) -> None:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            # What a file is must come first, uncompressed: that is how systems recognise it.
            archive.writestr(_entry("mimetype", ZIP_STORED), MEDIA_TYPE)
            drawn: list[str] = []
            with archive.open(_entry("content.xml"), "w") as content:
                content.write(_START.encode())
                for sheet in sheets(cafe, names=names):
                    drawn.append(sheet.name)
                    _sheet(content, sheet)
                content.write(_END.encode())
            archive.writestr(_entry("settings.xml"), _settings(drawn))
            archive.writestr(_entry("META-INF/manifest.xml"), _MANIFEST)

    return parts_of(write)


def _entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, _MOMENT)
    entry.compress_type = compression
    return entry


def _sheet(content: IO[bytes], sheet: Sheet) -> None:
    heading = _line(sheet.heading, ' table:style-name="head"')
    content.write(
        f'<table:table table:name={quoteattr(sheet.name)}><table:table-column table:style-name="wide" '
        f'table:number-columns-repeated="{len(sheet.heading)}"/><table:table-header-rows>{heading}'
        "</table:table-header-rows>".encode()
    )
    for cells in sheet.lines:
        content.write(_line(cells).encode())
    content.write(b"</table:table>")


def _line(cells: tuple[Cell, ...], style: str = "") -> str:
    return f"<table:table-row>{''.join(_cell(cell, style) for cell in cells)}</table:table-row>"


def _cell(cell: Cell, style: str) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
        case int():
            kind = f'office:value-type="float" office:value="{cell}"'
        case datetime():
            kind = f'table:style-name="at" office:value-type="date" office:date-value="{cell.isoformat()}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell{style} {kind}>{_paragraphs(str(cell))}</table:table-cell>"


def _paragraphs(text: str) -> str:
    """Lines of a text; readers fold ordinary white space, so that runs of it have elements of their own."""
    marked = _SPACES.sub(_run, escape(text)).replace("\t", "<text:tab/>")
    return "".join(f"<text:p>{line}</text:p>" for line in marked.split("\n"))


def _run(spaces: re.Match[str]) -> str:
    return f'<text:s text:c="{len(spaces[0])}"/>'


def _settings(names: list[str]) -> str:
    """The headings of each sheet stay in sight."""
    frozen = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in (
            ("VerticalSplitMode", "short", 2),
            ("VerticalSplitPosition", "int", 1),
            ("PositionBottom", "int", 1),
            ("ActiveSplitRange", "short", 2),
        )
    )
    entries = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{frozen}</config:config-item-map-entry>"
        for name in names
    )
    return (
        f'{_XML}<office:document-settings xmlns:office="{_OASIS}:office:1.0" xmlns:config="{_OASIS}:config:1.0" '
        'office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{entries}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )
