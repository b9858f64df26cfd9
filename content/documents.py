"""A folder becomes documents: each file is read safely, and is refused for one reason or told error by error."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter, ValidationError

from content import pictures
from content.activities import AnyActivity
from content.base import Model, Slug, Text
from content.problems import near, problem, translate
from content.schema import Formula, Resource, Term, Tip, Video

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from content.problems import Problem

MAX_BYTES = 1_000_000
# A dotted key of thousands of parts costs tomllib quadratic time, and no sentence has as many dots.
MAX_DOTS_IN_A_LINE = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Refused(Exception):
    """A file cannot be read: `code` names the sentence to say. It never leaves this module."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class _Cover(Model):
    id: Slug
    language: Literal["fr", "en"]
    title: Text
    credit: Text


class _Tips(Model):
    tips: tuple[Tip, ...] = ()


class _Glossary(Model):
    terms: tuple[Term, ...] = ()


class _Resources(Model):
    resources: tuple[Resource, ...] = ()


COVER = "pack.toml"
PICTURES = "pictures"
FOLDERS: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {
        "formulas": TypeAdapter(Formula),
        "activities": TypeAdapter(AnyActivity),
        "starters": TypeAdapter(AnyActivity),
        "videos": TypeAdapter(Video),
    }
)
FILES: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {
        COVER: TypeAdapter(_Cover),
        "tips.toml": TypeAdapter(_Tips),
        "glossary.toml": TypeAdapter(_Glossary),
        "resources.toml": TypeAdapter(_Resources),
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file as far as it could be read: `raw` is None when it is not TOML, `model` when it is not valid."""

    file: str
    raw: dict[str, Any] | None
    model: Any

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    @property
    def stem(self) -> str:
        return self.file.rpartition("/")[2].removesuffix(".toml")

    def tables(self, key: str) -> list[tuple[int, dict[str, Any]]]:
        """The tables of a list, with their rank; whatever else stands there is reported by validation."""
        return [(rank, one) for rank, one in enumerate(self.entries(key)) if isinstance(one, dict)]

    def entries(self, key: str) -> list[Any]:
        found = (self.raw or {}).get(key)
        return found if isinstance(found, list) else []


def read_folder(folder: Path) -> tuple[list[Document], list[Problem]]:
    if not folder.is_dir():
        return [], [problem(".", "", "no_folder", name=folder.name)]
    documents: list[Document] = []
    problems = _strays(folder)
    for name, shape in FILES.items():
        if name == COVER or _exists(folder / name):
            _read_file(folder, folder / name, shape, documents, problems)
        else:
            documents.append(Document(name, {}, shape.validate_python({})))
    for name, shape in FOLDERS.items():
        try:
            paths = _list(folder, folder / name)
        except _Refused as refused:
            problems.append(problem(name, "", refused.code))
            continue
        for path in paths:
            _read_file(folder, path, shape, documents, problems)
    return documents, problems


def read_pictures(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """The drawings of a pack by name, and what is wrong with the others."""
    found: dict[str, str] = {}
    try:
        paths = _list(folder, folder / PICTURES, "*.svg")
    except _Refused as refused:
        return {}, [problem(PICTURES, "", refused.code)]
    problems = []
    for path in paths:
        file = path.relative_to(folder).as_posix()
        try:
            text = _read_text(folder, path, pictures.MAX_BYTES)
        except _Refused as refused:
            code = "picture_too_big" if refused.code == "too_big" else refused.code
            problems.append(problem(file, "", code, **refused.facts))
            text = ""  # what cannot be read is not missing as well
        else:
            problems += [problem(file, "", fault) for fault in pictures.faults(text)]
        if not _SLUG.fullmatch(path.stem):
            problems.append(problem(file, "", "bad_slug"))
        found[path.stem] = text
    return found, problems


def _list(folder: Path, part: Path, names: str = "*.toml") -> list[Path]:
    if not _exists(part):
        return []
    _refuse_escape(folder, part)
    if not part.is_dir():
        raise _Refused("not_a_folder")
    return sorted(part.glob(names))


def _read_file(
    folder: Path, path: Path, shape: TypeAdapter[Any], documents: list[Document], problems: list[Problem]
) -> None:
    file = path.relative_to(folder).as_posix()
    raw = model = None
    try:
        raw = _parse(folder, path)
        model = shape.validate_python(raw)
    except _Refused as refused:
        problems.append(problem(file, "", refused.code, **refused.facts))
    except ValidationError as invalid:
        problems += translate(file, raw, invalid)
    documents.append(Document(file, raw, model))


def parse_document(file: str, content: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What the bytes of one TOML file hold; None, and why, where they cannot be read."""
    try:
        return _parsed(_decoded(content, MAX_BYTES)), []
    except _Refused as refused:
        return None, [problem(file, "", refused.code, **refused.facts)]


def _parse(folder: Path, path: Path) -> dict[str, Any]:
    return _parsed(_read_text(folder, path))


def _parsed(text: str) -> dict[str, Any]:
    if any(line.count(".") > MAX_DOTS_IN_A_LINE for line in text.split("\n")):
        raise _Refused("too_deep")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _Refused("too_deep") from error
    except tomllib.TOMLDecodeError as error:
        if place := re.search(r"at line (\d+), column (\d+)", str(error)):
            raise _Refused("bad_toml", line=place[1], column=place[2]) from error
        raise _Refused("bad_toml_at_the_end") from error
    except ValueError as error:  # what int() says of a number of 5,000 digits
        raise _Refused("bad_number") from error


def _read_text(folder: Path, path: Path, limit: int = MAX_BYTES) -> str:
    _refuse_escape(folder, path)
    if not path.exists():
        raise _Refused("no_file", name=path.name)
    if not path.is_file():  # opening a pipe would wait for ever
        raise _Refused("not_a_file")
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise _Refused("unreadable") from error
    return _decoded(content, limit)


def _decoded(content: bytes, limit: int) -> str:
    if len(content) > limit:
        raise _Refused("too_big")
    try:
        return content.decode("utf-8-sig")  # some editors on Windows sign their files
    except UnicodeDecodeError as error:
        raise _Refused("not_utf8", line=content.count(b"\n", 0, error.start) + 1) from error


def _refuse_escape(folder: Path, path: Path) -> None:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads back to itself
        inside = False
    if not inside:
        raise _Refused("escapes")


def _exists(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _strays(folder: Path) -> list[Problem]:
    """A file or folder that would be ignored is probably misspelt: nothing is left out in silence."""
    problems = []
    for path in sorted(folder.iterdir()):
        known = path.name in {*FILES, *FOLDERS, PICTURES} or path.name.startswith(".")
        if not known and (path.is_dir() or path.suffix.lower() == ".toml"):
            expected = ", ".join(near(path.name, [*FILES, *FOLDERS, PICTURES]))
            problems.append(problem(path.name, "", "stray", expected=expected))
    return problems
