"""What one file says of another must hold; raw tables are read, so that a broken file hides no dangling reference."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from content.documents import FOLDERS
from content.plan import chosen_steps
from content.problems import near, problem, under
from content.schema import COURSES, Formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content.documents import Document
    from content.problems import Problem

# Every combination of choices is tried, so their number must stay small.
MAX_COMBINATIONS = 256


def combinations(formula: Formula) -> Iterator[dict[str, str]]:
    """Every way to answer the choices of a formula, as `{choice id: option id}`; one empty way without choices."""
    ids = [choice.id for choice in formula.choices]
    for picked in product(*([option.id for option in choice.options] for choice in formula.choices)):
        yield dict(zip(ids, picked, strict=True))


def _names_match(documents: list[Document]) -> Iterator[Problem]:
    for document in documents:
        name = (document.raw or {}).get("id")
        if document.folder and isinstance(name, str) and name != document.stem:
            yield problem(document.file, "id", "other_name", id=name, stem=document.stem)


def _ids_are_unique(documents: list[Document]) -> Iterator[Problem]:
    for folder in FOLDERS:
        files: dict[str, str] = {}
        for document in documents:
            name = (document.raw or {}).get("id")
            if document.folder != folder or not isinstance(name, str):
                continue
            if name in files:
                yield problem(document.file, "id", "twin_file", id=name, other=files[name])
            files.setdefault(name, document.file)


def _lists_have_no_twins(documents: list[Document]) -> Iterator[Problem]:
    for document in documents:
        for where, table in _lists_of_tables(document.raw or {}):
            seen: set[str] = set()
            for rank, one in enumerate(table):
                name = one.get("id") if isinstance(one, dict) else None
                if isinstance(name, str):
                    if name in seen:
                        yield problem(document.file, f"{where}[{rank}].id", "twins", id=name)
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
            waiting += [(under(where, key), one) for key, one in value.items()]


def _references_exist(documents: list[Document]) -> Iterator[Problem]:
    names = _names(documents)
    for document in documents:
        for where, kind, name in _references(document):
            known = names[kind]
            if known is not None and isinstance(name, str) and name.strip() not in known:
                choices = ", ".join(near(name, sorted(known))) or "(aucun)"
                yield problem(document.file, where, f"unknown_{kind}", name=name, near=choices)


def _names(documents: list[Document]) -> dict[str, set[str] | None]:
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


def _references(document: Document) -> Iterator[tuple[str, str, Any]]:
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


def _courses_are_in_order(documents: list[Document]) -> Iterator[Problem]:
    for document in documents:
        if document.folder == "formulas":
            steps = [(rank, step["course"]) for rank, step in document.tables("steps") if step.get("course") in COURSES]
            for (_, before), (rank, course) in pairwise(steps):
                if COURSES.index(course) < COURSES.index(before):
                    yield problem(document.file, f"steps[{rank}].course", "out_of_order", course=course, before=before)


def _lengths_fit(documents: list[Document]) -> Iterator[Problem]:
    for document in documents:
        formula = document.model
        if not isinstance(formula, Formula):
            continue
        if math.prod(len(choice.options) for choice in formula.choices) > MAX_COMBINATIONS:
            yield problem(document.file, "choices", "too_many_choices", limit=MAX_COMBINATIONS)
            continue
        least, most = formula.minutes
        for choices in combinations(formula):
            spans = [step.minutes for step in chosen_steps(formula, choices)]
            shortest, longest = sum(low for low, _ in spans), sum(high for _, high in spans)
            if shortest > least or longest < most:
                picked = ", ".join(f"{choice} = {option}" for choice, option in choices.items())
                yield problem(
                    document.file,
                    "minutes",
                    "does_not_fit",
                    picked=f" ({picked})" if picked else "",
                    shortest=shortest,
                    longest=longest,
                    least=least,
                    most=most,
                )


def _there_is_a_formula(documents: list[Document]) -> Iterator[Problem]:
    if documents and not any(document.folder == "formulas" for document in documents):
        yield problem("formulas", "", "no_formula")


CHECKS = (
    _names_match,
    _ids_are_unique,
    _lists_have_no_twins,
    _references_exist,
    _courses_are_in_order,
    _lengths_fit,
    _there_is_a_formula,
)
