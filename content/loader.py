"""A pack enters whole or not at all: everything wrong with its folder is said at once, in French, with its mend."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.checks import CHECKS, combinations, pictures_exist
from content.documents import COVER, FOLDERS, read_folder, read_pictures
from content.plan import chosen_steps
from content.problems import PackError, problem
from content.schema import Formula, Pack

if TYPE_CHECKING:
    from content.problems import Problem

PACKS = Path(__file__).parent / "packs"
_PARTS = ("formulas", "activities", "starters", "videos", "tips", "glossary", "resources", "pictures")


@cache
def default_pack() -> Pack:
    """The French pack that comes with the application.

    Raises:
        PackError: its files were broken since they were installed.
    """
    return load_pack(PACKS / "fr")


def whole_pack(own: Path | None) -> Pack:
    """The pack of the application, and those of an organisation: each folder inside `own` is one.

    Raises:
        PackError: one of them is wrong, or calls something by an id that another has; all the problems are in it.
    """
    whole = default_pack()
    problems: list[Problem] = []
    for folder in sorted(path for path in own.iterdir() if path.is_dir()) if own is not None else ():
        try:
            more = load_pack(folder)
        except PackError as error:
            problems += [replace(one, file=f"{folder.name}/{one.file}") for one in error.problems]
            continue
        taken = [
            problem(f"{folder.name}/{part}", name, "twin_pack", id=name)
            for part in _PARTS
            for name in getattr(more, part)
            if name in getattr(whole, part)
        ]
        problems += taken
        if not taken:
            whole = whole.model_copy(update={part: getattr(whole, part) | getattr(more, part) for part in _PARTS})
    if problems:
        raise PackError(problems)
    formulas = sorted(whole.formulas.values(), key=_on_the_menu)
    return whole.model_copy(update={"formulas": {formula.id: formula for formula in formulas}})


def load_pack(folder: Path) -> Pack:
    """Read and check every file of a pack.

    Raises:
        PackError: anything is wrong; all the problems are in it.
    """
    try:
        documents, problems = read_folder(folder)
        pictures, faults = read_pictures(folder) if folder.is_dir() else ({}, [])
    except OSError as error:  # a folder without the right to look into it
        raise PackError([problem(".", "", "unreadable")]) from error
    problems += faults + [one for check in CHECKS for one in check(documents)]
    problems += pictures_exist(documents, pictures)
    if problems:
        raise PackError(sorted(dict.fromkeys(problems), key=lambda one: one.file))
    whole = {document.file: document.model for document in documents}
    found: dict[str, dict[str, Any]] = {name: {} for name in FOLDERS}
    for document in documents:
        if document.folder:
            found[document.folder][document.stem] = document.model
    found["formulas"] = {formula.id: formula for formula in sorted(found["formulas"].values(), key=_on_the_menu)}
    return Pack(
        **whole[COVER].model_dump(),
        **found,
        pictures=pictures,
        tips={tip.id: tip for tip in whole["tips.toml"].tips},
        glossary={term.id: term for term in whole["glossary.toml"].terms},
        resources={resource.id: resource for resource in whole["resources.toml"].resources},
    )


def _on_the_menu(formula: Formula) -> tuple[bool, bool, int, bool]:
    """From the shortest to the longest, with sugar first; then those for afar, and last the one to compose."""
    return formula.mix, formula.settings == ("remote",), formula.minutes[0], not formula.sugar


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
            activity.id: {"kind": activity.kind, "items": activity.size} for activity in pack.activities.values()
        },
        "videos": len(pack.videos),
        "glossary": len(pack.glossary),
        "resources": len(pack.resources),
    }
