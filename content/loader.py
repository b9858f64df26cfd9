"""A pack enters whole or not at all: everything wrong with its folder is said at once, in French, with its mend."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter, ValidationError

from content.plan import chosen_steps
from content.schema import (
    COURSES,
    Activity,
    Formula,
    Model,
    Pack,
    Quiz,
    Resource,
    Slug,
    Term,
    Text,
    Tip,
    Video,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

PACKS = Path(__file__).parent / "packs"
MAX_BYTES = 1_000_000
# A dotted key of thousands of parts costs tomllib quadratic time, and no sentence has as many dots.
MAX_DOTS_IN_A_LINE = 200
# Every combination of choices is tried, so their number must stay small.
MAX_COMBINATIONS = 256
# Beyond, it is no slip of the pen: a hostile file would fill the screen and the memory.
MAX_PROBLEMS_IN_A_FILE = 200
LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `file` is relative to the pack, `where` a path such as `items[3].right[0]`."""

    file: str
    where: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return f"{place}\n    {self.message}\n    → {self.mend}"


class PackError(Exception):
    """A pack was refused; `problems` says everything that is wrong with it, in the order of its files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


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


_COVER = "pack.toml"
_FOLDERS: dict[str, TypeAdapter[Any]] = {
    "formulas": TypeAdapter(Formula),
    "activities": TypeAdapter(Activity),
    "videos": TypeAdapter(Video),
}
_FILES: dict[str, TypeAdapter[Any]] = {
    _COVER: TypeAdapter(_Cover),
    "tips.toml": TypeAdapter(_Tips),
    "glossary.toml": TypeAdapter(_Glossary),
    "resources.toml": TypeAdapter(_Resources),
}


@dataclass(frozen=True, slots=True)
class _Document:
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


@cache
def default_pack() -> Pack:
    """The French pack that comes with the application.

    Raises:
        PackError: its files were broken since they were installed.
    """
    return load_pack(PACKS / "fr")


def load_pack(folder: Path) -> Pack:
    """Read and check every file of a pack.

    Raises:
        PackError: anything is wrong; all the problems are in it.
    """
    try:
        documents, problems = _read_folder(folder)
    except OSError as error:  # a folder without the right to look into it
        raise PackError([_problem(".", "", "unreadable")]) from error
    problems += [problem for check in _CHECKS for problem in check(documents)]
    if problems:
        raise PackError(sorted(dict.fromkeys(problems), key=lambda problem: problem.file))
    whole = {document.file: document.model for document in documents}
    found: dict[str, dict[str, Any]] = {name: {} for name in _FOLDERS}
    for document in documents:
        if document.folder:
            found[document.folder][document.stem] = document.model
    return Pack(
        **whole[_COVER].model_dump(),
        **found,
        tips={tip.id: tip for tip in whole["tips.toml"].tips},
        glossary={term.id: term for term in whole["glossary.toml"].terms},
        resources={resource.id: resource for resource in whole["resources.toml"].resources},
    )


def inventory(pack: Pack) -> dict[str, Any]:
    """Count what a pack holds; the steps of a formula are those of one café, the longest there can be."""
    return {
        "formulas": {
            formula.id: {
                "minutes": list(formula.minutes),
                "steps": max(len(chosen_steps(formula, choices)) for choices in combinations(formula)),
            }
            for formula in pack.formulas.values()
        },
        "activities": {
            activity.id: {
                "kind": activity.kind,
                "items": len(activity.items) if isinstance(activity, Quiz) else 1,
            }
            for activity in pack.activities.values()
        },
        "videos": len(pack.videos),
        "glossary": len(pack.glossary),
        "resources": len(pack.resources),
    }


def combinations(formula: Formula) -> Iterator[dict[str, str]]:
    """Every way to answer the choices of a formula, as `{choice id: option id}`; one empty way without choices."""
    ids = [choice.id for choice in formula.choices]
    for picked in product(*([option.id for option in choice.options] for choice in formula.choices)):
        yield dict(zip(ids, picked, strict=True))


# Reading: from a folder to documents, each of them refused for one reason or translated error by error.


def _read_folder(folder: Path) -> tuple[list[_Document], list[Problem]]:
    if not folder.is_dir():
        return [], [_problem(".", "", "no_folder", name=folder.name)]
    documents: list[_Document] = []
    problems = _strays(folder)
    for name, shape in _FILES.items():
        if name == _COVER or _exists(folder / name):
            _read_file(folder, folder / name, shape, documents, problems)
        else:
            documents.append(_Document(name, {}, shape.validate_python({})))
    for name, shape in _FOLDERS.items():
        try:
            paths = _list(folder, folder / name)
        except _Refused as refused:
            problems.append(_problem(name, "", refused.code))
            continue
        for path in paths:
            _read_file(folder, path, shape, documents, problems)
    return documents, problems


def _list(folder: Path, part: Path) -> list[Path]:
    if not _exists(part):
        return []
    _refuse_escape(folder, part)
    if not part.is_dir():
        raise _Refused("not_a_folder")
    return sorted(part.glob("*.toml"))


def _read_file(
    folder: Path, path: Path, shape: TypeAdapter[Any], documents: list[_Document], problems: list[Problem]
) -> None:
    file = path.relative_to(folder).as_posix()
    raw = model = None
    try:
        raw = _parse(folder, path)
        model = shape.validate_python(raw)
    except _Refused as refused:
        problems.append(_problem(file, "", refused.code, **refused.facts))
    except ValidationError as invalid:
        problems += _translate(file, raw, invalid)
    documents.append(_Document(file, raw, model))


def _parse(folder: Path, path: Path) -> dict[str, Any]:
    text = _read_text(folder, path)
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


def _read_text(folder: Path, path: Path) -> str:
    _refuse_escape(folder, path)
    if not path.exists():
        raise _Refused("no_file", name=path.name)
    if not path.is_file():  # opening a pipe would wait for ever
        raise _Refused("not_a_file")
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _Refused("unreadable") from error
    if len(content) > MAX_BYTES:
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
        known = path.name in _FILES or path.name in _FOLDERS or path.name.startswith(".")
        if not known and (path.is_dir() or path.suffix.lower() == ".toml"):
            expected = ", ".join(_near(path.name, [*_FILES, *_FOLDERS]))
            problems.append(_problem(path.name, "", "stray", expected=expected))
    return problems


# Checking what one file says of another. Raw tables are read, so that a broken file hides no dangling reference.


def _names_match(documents: list[_Document]) -> Iterator[Problem]:
    for document in documents:
        name = (document.raw or {}).get("id")
        if document.folder and isinstance(name, str) and name != document.stem:
            yield _problem(document.file, "id", "other_name", id=name, stem=document.stem)


def _ids_are_unique(documents: list[_Document]) -> Iterator[Problem]:
    for folder in _FOLDERS:
        files: dict[str, str] = {}
        for document in documents:
            name = (document.raw or {}).get("id")
            if document.folder != folder or not isinstance(name, str):
                continue
            if name in files:
                yield _problem(document.file, "id", "twin_file", id=name, other=files[name])
            files.setdefault(name, document.file)


def _lists_have_no_twins(documents: list[_Document]) -> Iterator[Problem]:
    for document in documents:
        for where, table in _lists_of_tables(document.raw or {}):
            seen: set[str] = set()
            for rank, one in enumerate(table):
                name = one.get("id") if isinstance(one, dict) else None
                if isinstance(name, str):
                    if name in seen:
                        yield _problem(document.file, f"{where}[{rank}].id", "twins", id=name)
                    seen.add(name)


def _lists_of_tables(raw: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Every list in a document, with its path; a stack, because a hostile file nests deeper than Python calls."""
    waiting: list[tuple[str, Any]] = [("", raw)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, list):
            yield where, value
            waiting += [(f"{where}[{rank}]", one) for rank, one in enumerate(value)]
        elif isinstance(value, dict):
            waiting += [(_under(where, key), one) for key, one in value.items()]


def _references_exist(documents: list[_Document]) -> Iterator[Problem]:
    names = _names(documents)
    for document in documents:
        for where, kind, name in _references(document):
            known = names[kind]
            if known is not None and isinstance(name, str) and name.strip() not in known:
                near = ", ".join(_near(name, sorted(known)))
                yield _problem(document.file, where, f"unknown_{kind}", name=name, near=near or "(aucun)")


def _names(documents: list[_Document]) -> dict[str, set[str] | None]:
    """What may be referred to. A name counts even when its file is broken, which is a problem already told;
    None when a file that could not be read might hold any name.
    """
    names: dict[str, set[str] | None] = {"activities": set(), "videos": set(), "tips": set()}
    for document in documents:
        known = names.get(document.folder)
        if known is not None:
            known |= {document.stem, str((document.raw or {}).get("id", document.stem))}
        if document.file == "tips.toml":
            tips = {tip["id"] for _, tip in document.tables("tips") if isinstance(tip.get("id"), str)}
            names["tips"] = tips if document.raw is not None else None
    return names


def _references(document: _Document) -> Iterator[tuple[str, str, Any]]:
    if document.folder == "formulas":
        for rank, step in document.tables("steps"):
            yield f"steps[{rank}].activity", "activities", step.get("activity")
            tips = step.get("tips")
            for place, tip in enumerate(tips if isinstance(tips, list) else []):
                yield f"steps[{rank}].tips[{place}]", "tips", tip
    elif document.folder == "activities" and (document.raw or {}).get("kind") == "video":
        yield "video", "videos", (document.raw or {}).get("video")
    elif document.file == "resources.toml":
        for rank, resource in document.tables("resources"):
            yield f"resources[{rank}].video", "videos", resource.get("video")


def _courses_are_in_order(documents: list[_Document]) -> Iterator[Problem]:
    for document in documents:
        if document.folder == "formulas":
            steps = [(rank, step["course"]) for rank, step in document.tables("steps") if step.get("course") in COURSES]
            for (_, before), (rank, course) in pairwise(steps):
                if COURSES.index(course) < COURSES.index(before):
                    yield _problem(document.file, f"steps[{rank}].course", "out_of_order", course=course, before=before)


def _lengths_fit(documents: list[_Document]) -> Iterator[Problem]:
    for document in documents:
        formula = document.model
        if not isinstance(formula, Formula):
            continue
        if math.prod(len(choice.options) for choice in formula.choices) > MAX_COMBINATIONS:
            yield _problem(document.file, "choices", "too_many_choices", limit=MAX_COMBINATIONS)
            continue
        least, most = formula.minutes
        for choices in combinations(formula):
            spans = [step.minutes for step in chosen_steps(formula, choices)]
            shortest, longest = sum(low for low, _ in spans), sum(high for _, high in spans)
            if shortest > least or longest < most:
                picked = ", ".join(f"{choice} = {option}" for choice, option in choices.items())
                yield _problem(
                    document.file,
                    "minutes",
                    "does_not_fit",
                    picked=f" ({picked})" if picked else "",
                    shortest=shortest,
                    longest=longest,
                    least=least,
                    most=most,
                )


def _there_is_a_formula(documents: list[_Document]) -> Iterator[Problem]:
    if documents and not any(document.folder == "formulas" for document in documents):
        yield _problem("formulas", "", "no_formula")


_CHECKS = (
    _names_match,
    _ids_are_unique,
    _lists_have_no_twins,
    _references_exist,
    _courses_are_in_order,
    _lengths_fit,
    _there_is_a_formula,
)


# Saying it: from an error's code to a French sentence and its mend.


def _translate(file: str, raw: dict[str, Any] | None, invalid: ValidationError) -> list[Problem]:
    errors = invalid.errors(include_url=False, include_input=False)
    told = errors[:MAX_PROBLEMS_IN_A_FILE]
    places = [error["loc"] for error in told]
    problems = [
        _problem(file, _where(error["loc"], raw), _code(error), **_facts(error))
        for error in told
        if error["type"] != "twins" and not _only_follows(error, places)  # twins are looked for in every file
    ]
    if len(errors) > len(told):
        problems.append(_problem(file, "", "and_more", count=len(errors) - len(told)))
    return problems


def _only_follows(error: ErrorDetails, places: list[tuple[int | str, ...]]) -> bool:
    """Pydantic counts the valid entries of a list: "too short" may only repeat that some are wrong."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(place != loc and place[: len(loc)] == loc for place in places)


def _code(error: ErrorDetails) -> str:
    code = error["type"]
    if code == "missing" and isinstance(error["loc"][-1], int):
        return "missing_value"
    if code == "string_pattern_mismatch":
        return "bad_url" if "http" in error["ctx"]["pattern"] else "bad_slug"
    return code if code in _SENTENCES else "unsuitable"


def _facts(error: ErrorDetails) -> dict[str, object]:
    last = error["loc"][-1] if error["loc"] else ""
    facts: dict[str, object] = {"code": error["type"], "key": last, **error.get("ctx", {})}
    for listed in ("expected", "expected_tags"):
        if listed in facts:  # "'novice', 'averti' or 'mixte'"
            facts[listed] = str(facts[listed]).replace("'", "").replace(" or ", ", ")
    return facts


def _where(loc: tuple[int | str, ...], raw: Any) -> str:
    """A path as the author wrote it: without the names pydantic adds for unions, and with shared choices
    told once, where they stand.
    """
    where, value, inside = "", raw, False
    for part in loc:
        table = value if isinstance(value, dict) else {}
        if not inside and isinstance(part, str) and table.get("kind") == part:
            inside = True  # the kind itself, once for each table
            continue
        if part == "choices" and where and "choices" not in table and isinstance(raw, dict) and "choices" in raw:
            where, table = "", raw
        value, inside = _inside(table or value, part), False
        where = f"{where}[{part}]" if isinstance(part, int) else _under(where, part)
    return where


def _inside(value: Any, part: int | str) -> Any:
    try:
        return value[part]
    except (LookupError, TypeError):
        return None


def _under(where: str, key: str) -> str:
    return f"{where}.{_shown(key)}" if where else _shown(key)


def _near(name: str, known: list[str]) -> list[str]:
    return get_close_matches(name[:LONGEST_SHOWN], known, n=3, cutoff=0.4) or known[:5]


def _shown(value: object) -> str:
    """What a hostile file may put in a sentence or in a terminal: short, and letters only."""
    letters = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in str(value)[:LONGEST_SHOWN])
    return letters + "…" * (len(str(value)) > LONGEST_SHOWN)


def _problem(file: str, where: str, code: str, /, **facts: object) -> Problem:
    shown: Mapping[str, str] = {name: _shown(fact) for name, fact in facts.items()}
    message, mend = _SENTENCES[code]
    return Problem(_shown(file), where, message.format(**shown), mend.format(**shown))


_SENTENCES: dict[str, tuple[str, str]] = {
    # The folder and its files.
    "no_folder": (
        "Le dossier « {name} » n’existe pas, ou n’est pas un dossier.",
        "Vérifiez le chemin donné.",
    ),
    "no_file": ("Le fichier « {name} » manque.", "Créez-le dans le dossier du paquet."),
    "no_formula": ("Ce paquet n’a aucune formule.", "Ajoutez au moins un fichier .toml dans « formulas »."),
    "stray": (
        "Ce nom n’est pas prévu dans un paquet : son contenu serait ignoré.",
        "Renommez-le ou retirez-le. Noms proches : {expected}.",
    ),
    "escapes": (
        "Ce lien mène hors du dossier du paquet.",
        "Remplacez le lien par une copie du fichier.",
    ),
    "not_a_file": ("Ce n’est pas un fichier ordinaire.", "Remplacez-le par un fichier texte."),
    "not_a_folder": ("Ce n’est pas un dossier.", "Remplacez-le par un dossier de fichiers .toml."),
    "unreadable": ("Il est impossible de lire ici.", "Vérifiez vos droits sur ce fichier ou ce dossier."),
    "too_big": ("Ce fichier dépasse 1 Mo.", "Partagez-le en plusieurs fichiers, ou raccourcissez ses textes."),
    "not_utf8": (
        "Ce fichier n’est pas en UTF-8 (ligne {line}).",
        "Enregistrez-le de nouveau en choisissant l’encodage UTF-8.",
    ),
    "bad_toml": (
        "Ce n’est pas du TOML valide : la lecture s’arrête ligne {line}, colonne {column}.",
        "Vérifiez à cet endroit les guillemets, les crochets, et qu’aucune clé n’est donnée deux fois.",
    ),
    "bad_toml_at_the_end": (
        "Ce n’est pas du TOML valide : la lecture s’arrête à la fin du fichier.",
        "Vérifiez les dernières lignes : un guillemet ou un crochet à fermer, une clé donnée deux fois.",
    ),
    "bad_number": ("Un nombre de ce fichier est démesuré.", "Écrivez un nombre raisonnable."),
    "too_deep": (
        "Ce fichier imbrique trop de niveaux les uns dans les autres.",
        "Revenez à la forme simple des fichiers du paquet « fr ».",
    ),
    # One value.
    "missing": ("La clé « {key} » manque.", "Ajoutez-la."),
    "missing_value": ("Il manque une valeur à cette liste.", "Donnez toutes les valeurs attendues."),
    "extra_forbidden": ("La clé « {key} » est inconnue.", "Corrigez son orthographe, ou retirez-la."),
    "string_type": ("Un texte est attendu.", "Écrivez-le entre guillemets."),
    "int_type": ("Un nombre entier est attendu.", "Écrivez un nombre sans guillemets ni virgule."),
    "int_parsing": ("Un nombre entier est attendu.", "Écrivez un nombre sans guillemets ni virgule."),
    "int_parsing_size": ("Ce nombre est démesuré.", "Écrivez un nombre raisonnable."),
    "int_from_float": ("Un nombre entier est attendu.", "Écrivez un nombre sans virgule."),
    "finite_number": ("Un nombre entier est attendu.", "Écrivez un nombre ordinaire."),
    "bool_type": ("« true » ou « false » est attendu.", "Écrivez l’un des deux, sans guillemets."),
    "bool_parsing": ("« true » ou « false » est attendu.", "Écrivez l’un des deux, sans guillemets."),
    "tuple_type": ("Une liste est attendue.", "Mettez les valeurs entre crochets, séparées par des virgules."),
    "dict_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur » entre accolades."),
    "model_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur »."),
    "model_attributes_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur »."),
    "string_too_short": ("Ce texte est vide ou trop court.", "Écrivez au moins {min_length} caractère(s)."),
    "string_too_long": ("Ce texte est trop long.", "Tenez-vous à {max_length} caractères au plus."),
    "too_short": ("Cette liste est trop courte.", "Donnez au moins {min_length} valeur(s)."),
    "too_long": ("Cette liste est trop longue.", "Donnez au plus {max_length} valeur(s)."),
    "greater_than_equal": ("Ce nombre est trop petit.", "Donnez au moins {ge}."),
    "less_than_equal": ("Ce nombre est trop grand.", "Donnez au plus {le}."),
    "bad_slug": (
        "Ce nom ne convient pas comme identifiant.",
        "Employez des minuscules sans accent, des chiffres et des tirets, comme « open-data ».",
    ),
    "bad_url": ("Cette adresse n’est pas une adresse web.", "Donnez une adresse qui commence par https://."),
    "literal_error": ("Cette valeur n’est pas prévue.", "Choisissez parmi : {expected}."),
    "union_tag_not_found": ("La clé « kind » manque : elle dit de quoi il s’agit.", "Ajoutez-la."),
    "union_tag_invalid": ("« {tag} » n’est pas un genre connu.", "Pour « kind », choisissez parmi : {expected_tags}."),
    "shortest_first": ("Les deux nombres sont à l’envers.", "Donnez d’abord le plus petit."),
    "not_a_choice": ("La bonne réponse « {name} » n’est pas un des choix.", "Choisissez parmi : {known}."),
    "not_offered": (
        "Cette étape dépend de « {choice} = {option} », qu’aucun choix ne propose.",
        "Corrigez « when », ou ajoutez cette option aux choix de la formule.",
    ),
    "unsuitable": ("Cette valeur ne convient pas ({code}).", "Comparez-la aux fichiers du paquet « fr »."),
    "and_more": (
        "Ce fichier a encore {count} autres problèmes.",
        "Corrigez les premiers, puis vérifiez de nouveau.",
    ),
    # One file and the others.
    "other_name": (
        "L’identifiant « {id} » diffère du nom du fichier.",
        "Renommez le fichier en « {id}.toml », ou donnez-lui l’identifiant « {stem} ».",
    ),
    "twin_file": ("L’identifiant « {id} » est déjà pris par {other}.", "Donnez à chacun le sien."),
    "twins": ("L’identifiant « {id} » sert deux fois dans cette liste.", "Donnez à chacun le sien."),
    "unknown_activities": (
        "L’activité « {name} » n’existe pas.",
        "Créez activities/{name}.toml, ou choisissez parmi : {near}.",
    ),
    "unknown_videos": (
        "La vidéo « {name} » n’existe pas.",
        "Créez videos/{name}.toml, ou choisissez parmi : {near}.",
    ),
    "unknown_tips": (
        "Le conseil « {name} » n’existe pas.",
        "Ajoutez-le à tips.toml, ou choisissez parmi : {near}.",
    ),
    "out_of_order": (
        "Une étape « {course} » ne peut pas suivre une étape « {before} ».",
        "Rangez les étapes dans l’ordre : tasse, cafe, chocolat, sucre.",
    ),
    "too_many_choices": (
        "Cette formule offre trop de combinaisons de choix.",
        "Restez sous {limit} combinaisons en tout.",
    ),
    "does_not_fit": (
        "La formule annonce de {least} à {most} minutes, mais ses étapes{picked} durent de {shortest} à {longest}.",
        "Ajustez les durées : au plus {least} en prenant les plus courtes, au moins {most} avec les plus longues.",
    ),
}
