"""What can be printed for a café: each document is one function, from what the café or the pack says to a PDF."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import segno

from components.courses import course_svg
from components.look import LIGHT, NOTE_PAINTS
from components.moments import hour_in_words, moment_in_words
from components.printing.press import press
from components.printing.scenes import printed_scenes
from components.stage.blocks import join_address
from content.activities.board import Day
from content.activities.cards import Cards
from content.catalogue import t, tn
from content.schema import AUDIENCES, COURSES, SETTINGS, THEMES
from state.addresses import short

if TYPE_CHECKING:
    from content.plan import PlannedStep
    from content.schema import Pack
    from state.domain.cafe import Cafe

# The activities of the pack that can be played on paper.
_JOBS, _PHOTOS, _DAY = "crazy-jobs", "photolangage", "journee-d-agent"


def poster(cafe: Cafe, base: str, size: Literal["a4", "a3"]) -> bytes:
    """The invitation to pin up; what is not known yet is left to fill in by hand. `base` is the app's address."""
    details = cafe.details
    address = join_address(base, cafe.code)
    data = {
        "title": cafe.title,
        "size": size,
        "when": moment_in_words(details.starts_at),
        "lasts": tn("print.lasts", details.minutes) if details.minutes else "",
        "place": details.place,
        "organiser": details.organiser,
        "address": details.address,
        "join": short(base),
        "code": _spaced(cafe.code),
        "words": {
            **{name: t(f"print.poster.{name}") for name in ("invitation", "tagline", "cup", "remote", "day")},
            **{name: t(f"print.fact.{name}") for name in ("when", "where", "who")},
            "address": t("join.address"),
            "code": t("join.code"),
            "qr": t("join.qr_text", address=short(address)),
        },
    }
    return press("poster", data, {"qr.svg": _qr(address), "cup.svg": course_svg("tasse", LIGHT)})


def job_cards(pack: Pack, cards: Cards | None = None) -> bytes:
    """The crazy jobs to cut out: those of the pack, or `cards` as a café has them.

    Raises:
        KeyError: the pack has no such activity.
    """
    return press("job_cards", _deck(cards or _cards(pack, _JOBS), {}))


def photo_cards(pack: Pack, cards: Cards | None = None) -> bytes:
    """The pictures of the photolangage to cut out: those of the pack, or `cards` as a café has them.

    Raises:
        KeyError: the pack has no such activity.
    """
    chosen = cards or _cards(pack, _PHOTOS)
    drawn = {card.picture for card in chosen.items} & pack.pictures.keys()
    names = {name: f"{name}.svg" for name in drawn if name is not None}
    return press("photo_cards", _deck(chosen, names), {file: pack.pictures[name] for name, file in names.items()})


def note_legend(pack: Pack, day: Day | None = None) -> bytes:
    """What each colour of note stands for, for the table where they are: the pack's, or `day` as a café has it.

    Raises:
        KeyError: the pack has no such activity.
    """
    chosen = day or pack.activities[_DAY]
    assert isinstance(chosen, Day)
    data = {
        "title": chosen.title,
        "question": chosen.question,
        "colours": [
            {
                "label": colour.label,
                "paint": colour.paint,
                "fill": NOTE_PAINTS[colour.paint],
                "named": t(
                    "print.legend.named", colour=t(f"paint.{colour.paint}"), edge=t(f"print.edge.{colour.paint}")
                ),
            }
            for colour in chosen.colours
        ],
        "moments": [moment.label for moment in chosen.moments],
        "examples": chosen.examples,
        "words": {name: t(f"print.legend.{name}") for name in ("colours", "moments", "examples", "which")},
    }
    return press("note_legend", data)


def speaker_notes_document(cafe: Cafe) -> bytes:
    """All that the facilitator has on the console, to hold in a hand: when, what to say, what to ask, the answers."""
    details = cafe.details
    facts = {
        "when": moment_in_words(details.starts_at),
        "where": details.place,
        "who": details.organiser,
        "remote": details.address,
        "formula": cafe.plan.formula_name,
        "length": tn("print.minutes", cafe.plan.minutes),
        "code": _spaced(cafe.code),
    }
    data = {
        "title": cafe.title,
        "facts": [{"label": t(f"print.fact.{name}"), "text": text} for name, text in facts.items() if text],
        "steps": _printed_steps(cafe),
        "words": {
            "columns": [t(f"print.notes.{name}") for name in ("begins", "course", "step", "minutes")],
            **{name: t(f"print.notes.{name}") for name in ("say", "film", "right", "explanation", "lead", "tip")},
        },
    }
    return press("speaker_notes", data, _course_pictures())


def imagine_sheet() -> bytes:
    """« Imagine your café »: a sheet to think on with a pencil."""
    data = {
        "title": t("print.imagine.title"),
        "facts": [
            _field("name", 1),
            _field("audience", 1, *(t(f"audience.{audience}") for audience in AUDIENCES)),
            _field("theme", 1, *(t(f"theme.{theme}") for theme in THEMES)),
            _field("setting", 1, *(t(f"setting.{setting}") for setting in SETTINGS)),
            _field("formula", 1),
            _field("length", 1),
        ],
        "courses": [
            {"title": t(f"course.{course}"), "hint": t(f"home.course_{course}"), "picture": f"{course}.svg"}
            for course in COURSES
        ],
        "rest": [_field("material", 3), _field("communication", 3), _field("date", 1), _field("place", 1)],
        "words": {"hint": t("print.imagine.hint")},
    }
    return press("imagine_sheet", data, _course_pictures())


def _field(name: str, lines: int, *options: str) -> dict[str, Any]:
    return {"label": t(f"print.imagine.{name}"), "options": options, "lines": lines}


def _printed_steps(cafe: Cafe) -> list[dict[str, Any]]:
    steps, begins = [], 0
    for step in cafe.plan.steps:
        scenes = printed_scenes(step)
        steps.append(
            {
                "begins": _clock(cafe.details.starts_at, begins),
                "course": t(f"course.{step.course}"),
                "picture": f"{step.course}.svg",
                "title": step.activity.title,
                # Where the first question is the introduction itself, it is printed as that question.
                "intro": "" if step.activity.intro in {scene["title"] for scene in scenes} else step.activity.intro,
                "minutes": t("console.minutes", minutes=step.minutes),
                "notes": step.notes,
                "film": _film(cafe, step),
                "scenes": scenes,
                "tips": [{"title": tip.title, "body": tip.body} for tip in step.tips],
            }
        )
        begins += step.minutes
    return steps


def _film(cafe: Cafe, step: PlannedStep) -> list[str]:
    """Where the step's video is seen, and when to stop it."""
    if step.video is None:
        return []
    source = cafe.video_source(step).url
    pauses = [pause for pause in step.video.pauses if step.part in {"", str(pause.part)}]
    return [
        " · ".join(filter(None, [step.video.title, source])),
        *(t("print.notes.pause", at=pause.at, ask=pause.ask) for pause in pauses),
    ]


def _deck(cards: Cards, pictures: dict[str, str]) -> dict[str, Any]:
    return {
        "title": cards.title,
        "cards": [
            {"label": card.label, "text": card.text, "alt": card.alt, "picture": pictures.get(card.picture or "", "")}
            for card in cards.items
        ],
        "words": {"cut": t("print.cut")},
    }


def _cards(pack: Pack, name: str) -> Cards:
    cards = pack.activities[name]
    assert isinstance(cards, Cards)
    return cards


def _clock(starts_at: str, minutes: int) -> str:
    """The hour it is some minutes after the beginning; how long after, where nobody knows when that is."""
    if not starts_at:
        return t("print.notes.after", minutes=minutes)
    return hour_in_words(datetime.fromisoformat(starts_at) + timedelta(minutes=minutes))


def _spaced(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def _qr(address: str) -> str:
    """A QR code, dark on light with its quiet zone, whatever paper it is printed on."""
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=10, border=4, dark="#000", light="#fff")
    return picture.getvalue().decode()


def _course_pictures() -> dict[str, str]:
    return {f"{course}.svg": course_svg(course, LIGHT) for course in COURSES}
