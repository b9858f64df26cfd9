"""One function a block; the drawing stands in `stage.js`, which takes texts as texts."""

from __future__ import annotations

import time
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import streamlit as st

from components.courses import DRAWINGS
from components.words import base_path, people_here
from content.catalogue import t, tn
from content.schema import COURSES
from state.addresses import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.schema import CourseName
    from state.domain.cafe import Cafe, Stop
    from state.domain.tallies.texts import Word

_FOLDER = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "comptoir.stage",
        html='<section class="stage" lang="fr"></section>',
        css=(_FOLDER / "stage.css").read_text(encoding="utf-8"),
        js=(_FOLDER / "stage.js").read_text(encoding="utf-8"),
    )


def join_address(base: str, code: str) -> str:
    return f"{base}/c/{code}"


def _join_card(base: str, code: str) -> dict[str, str]:
    address = join_address(base, code)
    return {
        "qr": qr_picture(address),
        "qrText": t("join.qr_text", address=short(address)),
        "addressLabel": t("join.address"),
        "address": short(base),
        "codeLabel": t("join.code"),
        "code": f"{code[:3]} {code[3:]}",
    }


@lru_cache(maxsize=256)
def qr_picture(address: str) -> str:
    """A QR code as an SVG address, dark on light whatever the theme, with its quiet zone."""
    return str(segno.make(address, error="m").svg_data_uri(scale=10, border=4, dark="#000", light="#fff"))


def lobby(cafe: Cafe, base: str, *, connected: int, key: str) -> None:
    """What the room sees while people arrive."""
    _component()(
        key=key,
        data={
            "block": "lobby",
            "title": cafe.title,
            "intro": t("screen.lobby.intro"),
            "people": people_here(connected),
            "menu": [{"name": t(f"course.{course}"), "drawing": DRAWINGS[course]} for course in COURSES],
            **_join_card(base, cafe.code),
        },
    )


def rehearsal_frame(*, key: str) -> None:
    """Around whatever is shown, at all times."""
    _component()(key=key, data={"block": "rehearsal", "text": t("rehearsal.screen")})


def join_strip(cafe: Cafe, base: str, *, key: str) -> None:
    """The way in for latecomers, always within reach."""
    _component()(key=key, data={"block": "strip", "title": cafe.title, **_join_card(base, cafe.code)})


def question(stop: Stop, *, answered: str, with_choices: bool, key: str) -> None:
    """The question being asked, its choices unless the room's answers show them, and how many have answered."""
    assert stop.step is not None
    assert stop.prompt is not None
    prompt = stop.prompt
    progress = t("pad.progress", number=stop.number, count=stop.count) if stop.count > 1 else ""
    moment = t(f"moment.{prompt.moment}") if prompt.moment else ""
    choices = [choice.label for choice in getattr(prompt, "choices", ())] if with_choices else []
    _component()(
        key=key,
        data={
            "block": "question",
            "drawing": DRAWINGS[stop.step.course],
            "where": " · ".join(filter(None, [stop.step.activity.title, progress, moment])),
            "prompt": prompt.prompt,
            "choices": choices,
            "answered": answered,
        },
    )


def zones(sides: Sequence[tuple[str, int, int]], *, question: str = "", moved: str = "", key: str) -> None:
    """Zones that fill with one dot a person: each has a label, people on phones, and raised hands (hollow dots)."""
    _component()(
        key=key,
        data={
            "block": "zones",
            "zones": [
                {"label": label, "count": count, "hands": hands, "people": tn("people.came", count + hands)}
                for label, count, hands in sides
            ],
            "question": question,
            "moved": moved,
        },
    )


def mosaic(tiles: Sequence[dict[str, Any]], *, speaker: str, key: str) -> None:
    """Cards with who picked them; `speaker` says who has the word."""
    address = f"{base_path()}/api/pictures"
    drawn = [{**tile, "picture": f"{address}/{tile['picture']}" if tile["picture"] else ""} for tile in tiles]
    _component()(key=key, data={"block": "mosaic", "tiles": drawn, "speaker": speaker})


def word_cloud(words: Sequence[Word], *, key: str) -> None:
    """Words that come back, larger the more people wrote them, with how many."""
    most = max((word.people for word in words), default=1)
    data = [{"text": word.text, "people": word.people, "weight": round(word.people / most, 2)} for word in words]
    _component()(key=key, data={"block": "cloud", "words": data, "label": t("screen.cloud")})


def found_words(targets: Sequence[tuple[str, int]], others: Sequence[str], *, summary: str, key: str) -> None:
    """Words to guess: a closed card for each that nobody found (its label is empty), and what else was tried."""
    _component()(
        key=key,
        data={
            "block": "hunt",
            "targets": [
                {"label": label, "people": tn("people.found_it", count) if count else "", "closed": t("screen.to_find")}
                for label, count in targets
            ],
            "others": list(others),
            "othersLabel": t("screen.tried"),
            "summary": summary,
        },
    )


def timeline(entries: Sequence[tuple[str, str]], *, ordered: bool, key: str) -> None:
    """Entries with their date; numbered where they are in order."""
    data = [{"label": label, "date": date} for label, date in entries]
    _component()(key=key, data={"block": "timeline", "entries": data, "ordered": ordered})


def board(
    columns: Sequence[tuple[str, Sequence[dict[str, Any]]]], *, legend: Sequence[tuple[str, str]], key: str
) -> None:
    """Notes in columns, as large as they all fit, in pages when they are many."""
    _component()(
        key=key,
        data={
            "block": "board",
            "columns": [{"label": label, "notes": list(notes)} for label, notes in columns],
            "legend": [{"label": label, "paint": paint} for label, paint in legend],
            "empty": t("board.empty"),
            "page": t("screen.wall.page"),
            "votes": t("board.votes"),
        },
    )


def line(text: str, *, key: str) -> None:
    """One sentence, as large as the rest."""
    _component()(key=key, data={"block": "line", "text": text})


def portrait(line: str, *, key: str) -> None:
    _component()(key=key, data={"block": "portrait", "title": t("screen.portrait"), "text": line})


def big_number(number: str, sentence: str, *, key: str) -> None:
    _component()(key=key, data={"block": "number", "number": number, "text": sentence})


def tiles(entries: Sequence[tuple[str, str]], *, key: str) -> None:
    """Words side by side, each with what it means."""
    data = [{"title": title, "text": text} for title, text in entries]
    _component()(key=key, data={"block": "tiles", "tiles": data})


def film(name: str, *, key: str) -> None:
    """A video file of the facilitator's, played from this app. It is started on the page that shows it."""
    address = f"{base_path()}/api/films/{st.query_params.get('cafe', '')}/{name}"
    _component()(key=key, data={"block": "film", "address": address, "label": t("screen.film")})


def countdown(*, step_ends: float | None, timer: tuple[float, int] | None, key: str) -> None:
    """What is left of the step, and of the timer of the question; times are seconds since 1970."""
    _component()(
        key=key,
        data={
            "block": "countdown",
            "now": round(1000 * time.time()),
            "stepEnds": step_ends,
            "timer": {"ends": timer[0], "seconds": timer[1]} if timer else None,
            "labels": {name: t(f"timer.{name}") for name in ("step", "step_over", "question", "soon", "over")},
        },
    )


def wall_of_texts(texts: Sequence[str], *, key: str) -> None:
    """Texts in notes, as large as they all fit, in pages when they are many."""
    _component()(
        key=key,
        data={
            "block": "wall",
            "texts": list(texts),
            "empty": t("screen.wall.empty"),
            "page": t("screen.wall.page"),
        },
    )


def explanation(title: str, text: str, *, key: str) -> None:
    _component()(key=key, data={"block": "explanation", "title": title, "text": text})


def message(
    title: str,
    body: str,
    *,
    course: CourseName | None = None,
    points: Sequence[str] = (),
    links: Sequence[str] = (),
    key: str,
) -> None:
    _component()(
        key=key,
        data={
            "block": "message",
            "title": title,
            "body": body,
            "drawing": DRAWINGS[course] if course else (),
            "points": list(points),
            "links": list(links),
        },
    )
