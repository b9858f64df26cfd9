"""The tables of the open-data package, column by column, as Table Schema describes them (specs.frictionlessdata.io)."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from content.catalogue import t


class Column(NamedTuple):
    """`required` columns are never empty."""

    name: str
    kind: Literal["string", "integer", "boolean"] = "string"
    required: bool = False

    @property
    def description(self) -> str:
        return t(f"open.column_{self.name}")


RESULTS = (
    Column("etape", required=True),
    Column("id_question", required=True),
    Column("question", required=True),
    Column("moment"),
    Column("dimension", required=True),
    Column("groupe"),
    Column("reponse"),
    Column("personnes", "integer"),
    Column("repondants", "integer"),
    Column("masque", "boolean", required=True),
    Column("plusieurs_reponses", "boolean", required=True),
)
DICTIONARY = (
    Column("table", required=True),
    Column("colonne", required=True),
    Column("type", required=True),
    Column("description", required=True),
)
TEXTS = (Column("id_question", required=True), Column("question", required=True), Column("texte", required=True))


def resource(path: str, columns: tuple[Column, ...], *, size: int, digest: str) -> dict[str, Any]:
    """How the package describes one of its tables; `digest` is the SHA-256 of its `size` bytes."""
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv"),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "description": column.description,
                    **({"constraints": {"required": True}} if column.required else {}),
                }
                for column in columns
            ],
            "missingValues": [""],
        },
    }
