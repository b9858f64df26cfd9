"""What one file says of another must hold; raw tables are read, so that a broken file hides no dangling reference."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from content.activities import Activity
from content.activities.video import Viewing
from content.documents import FOLDERS
from content.plan import chosen_steps
from content.problems import near, problem, translate, under
from content.schema import COURSES, Formula, Video

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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


def lists_have_no_twins(documents: list[Document]) -> Iterator[Problem]:
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


_IN_ONE_FILE = {
    "tips": ("tips.toml", "tips"),
    "terms": ("glossary.toml", "terms"),
    "resources": ("resources.toml", "resources"),
}


def _names(documents: list[Document]) -> dict[str, set[str] | None]:
    """What may be referred to. A name counts even when its file is broken, which is a problem already told;
    None when a file that could not be read might hold any name.
    """
    names: dict[str, set[str] | None] = {"activities": set(), "videos": set(), **{kind: set() for kind in _IN_ONE_FILE}}
    for document in documents:
        known = names.get(document.folder)
        if known is not None:
            known |= {document.stem, str((document.raw or {}).get("id", document.stem))}
        for kind, (file, key) in _IN_ONE_FILE.items():
            if document.file == file:
                ids = {one["id"] for _, one in document.tables(key) if isinstance(one.get("id"), str)}
                names[kind] = ids if document.raw is not None else None
    return names


def _references(document: Document) -> Iterator[tuple[str, str, Any]]:
    if document.folder == "formulas":
        for rank, step in document.tables("steps"):
            yield f"steps[{rank}].activity", "activities", step.get("activity")
            yield from _listed(step, "tips", f"steps[{rank}].")
    elif document.folder == "activities":
        raw = document.raw or {}
        if raw.get("kind") == "video":
            yield "video", "videos", raw.get("video")
        yield from _listed(raw, "terms")
        yield from _listed(raw, "resources")
    elif document.file == "resources.toml":
        for rank, resource in document.tables("resources"):
            yield f"resources[{rank}].video", "videos", resource.get("video")


def _listed(table: dict[str, Any], kind: str, where: str = "") -> Iterator[tuple[str, str, Any]]:
    names = table.get(kind)
    for place, name in enumerate(names if isinstance(names, list) else []):
        yield f"{where}{kind}[{place}]", kind, name


def _steps_fit_their_activities(documents: list[Document]) -> Iterator[Problem]:
    activities = {one.model.id: one.model for one in documents if isinstance(one.model, Activity)}
    videos = {one.model.id: one.model for one in documents if isinstance(one.model, Video)}
    for document in documents:
        if not isinstance(document.model, Formula):
            continue
        for rank, step in enumerate(document.model.steps):
            if (activity := activities.get(step.activity)) is not None:
                parts = _parts(activity, videos)
                if step.part not in parts:
                    known = ", ".join(filter(None, parts)) or "(aucune)"
                    code = "unknown_part" if step.part else "missing_part"
                    yield problem(document.file, f"steps[{rank}].part", code, name=step.part, known=known)
                yield from _keeps_enough(document.file, f"steps[{rank}].only", activity, step.only)


def _parts(activity: Activity, videos: Mapping[str, Video]) -> tuple[str, ...]:
    if isinstance(activity, Viewing) and activity.video in videos:
        count = videos[activity.video].parts
        return ("", *(str(number) for number in range(1, count + 1) if count > 1))
    return activity.PARTS or ("",)


def _keeps_enough(file: str, where: str, activity: Activity, only: tuple[str, ...]) -> Iterator[Problem]:
    """A plan holds the entries that are kept, and is read again as an activity: it must still be one."""
    known = [entry.id for entry in activity.entries]
    strangers = [(place, name) for place, name in enumerate(only) if name not in known]
    for place, name in strangers:
        choices = ", ".join(near(name, known)) or "(aucun)"
        yield problem(file, f"{where}[{place}]", "unknown_entry", name=name, near=choices)
    if only and not strangers:
        try:
            type(activity).model_validate(activity.keeping(only).model_dump())
        except ValidationError as invalid:
            yield problem(file, where, "too_short", **invalid.errors()[0].get("ctx", {"min_length": 1}))


def _scenes_can_be_played(documents: list[Document]) -> Iterator[Problem]:
    """What an activity unfolds into has names of its own, no longer than a name may be."""
    for document in documents:
        if isinstance(document.model, Activity):
            for part in document.model.PARTS or ("",):
                try:
                    names = [scene.id for scene in document.model.scenes(part)]
                except ValidationError as invalid:
                    yield from (replace(one, where="items") for one in translate(document.file, None, invalid))
                    continue
                for name in sorted({name for name in names if names.count(name) > 1}):
                    yield problem(document.file, "items", "twins", id=name)


def pictures_exist(documents: list[Document], pictures: Collection[str]) -> Iterator[Problem]:
    """Every card's drawing is in the pack, and says what it shows."""
    for document in documents:
        for rank, card in document.tables("items"):
            name = card.get("picture")
            if document.folder != "activities" or not isinstance(name, str):
                continue
            if name not in pictures:
                choices = ", ".join(near(name, sorted(pictures))) or "(aucun)"
                yield problem(document.file, f"items[{rank}].picture", "unknown_pictures", name=name, near=choices)
            if not str(card.get("alt", "")).strip():
                yield problem(document.file, f"items[{rank}].alt", "no_alt", name=name)


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
        if formula.mix:  # it lasts as long as the steps that are then chosen
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
    lists_have_no_twins,
    _references_exist,
    _steps_fit_their_activities,
    _scenes_can_be_played,
    _courses_are_in_order,
    _lengths_fit,
    _there_is_a_formula,
)
