"""Samples of the look: colours, courses, papers, gestures, sentences, charts, the phone's and the screen's pieces."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from components.charts import choice_chart, choice_table
from components.courses import course_svg
from components.look import NOTE_INK, NOTES, PAIRS, palette
from components.pad.mount import addresses, pad
from components.pad.view import Snapshot, View
from components.stage.blocks import explanation, message
from components.words import base_path
from content.catalogue import t, tn
from content.schema import COURSES
from state.domain.tallies.choices import ChoiceCount, ChoiceTally

_ME: View = {"name": "Camille", "number": 1, "pseudonym": "Camille", "level": None, "place": None, "removed": False}


def samples(*, key: str) -> None:
    _colours()
    _courses()
    _notes()
    _gestures(key=key)
    _sentences()
    _charts(key=key)
    _phones(key=key)
    _screen(key=key)


def _colours() -> None:
    st.header(t("style.colours"), anchor=False)
    colours = asdict(palette())
    drawn = "".join(
        f'<g transform="translate({index % 5 * 130} {index // 5 * 76})">'
        f'<rect x="1" y="1" width="118" height="64" rx="10" fill="{colour}" stroke="{colours["muted"]}"/></g>'
        for index, colour in enumerate(colours.values())
    )
    st.image(f'<svg xmlns="http://www.w3.org/2000/svg" width="650" height="150">{drawn}</svg>', width=650, alt="")
    st.table(pd.DataFrame({t("style.value"): colours}).rename_axis(t("style.name")))
    st.table(
        pd.DataFrame(
            [(f"{one} / {other}", f"{owed:g}") for one, other, owed in PAIRS],
            columns=[t("style.pair"), t("style.owed")],
        ).set_index(t("style.pair"))
    )


def _courses() -> None:
    st.header(t("style.courses"), anchor=False)
    for column, course in zip(st.columns(len(COURSES)), COURSES, strict=True):
        with column:
            st.image(course_svg(course, palette()), width=88, alt="")
            st.write(t(f"course.{course}"))


def _notes() -> None:
    st.header(t("style.notes"), anchor=False)
    rows = {
        t(f"style.paper_{name}"): {
            t("style.paint"): note.paint,
            t("style.ink"): NOTE_INK,
            t("style.edge"): f"{note.edge}, {t(f'style.pattern_{note.pattern}')}",
        }
        for name, note in NOTES.items()
    }
    st.table(pd.DataFrame(rows).T.rename_axis(t("style.name")))


def _gestures(*, key: str) -> None:
    st.header(t("style.gestures"), anchor=False)
    with st.container(horizontal=True, gap="small"):
        for kind in ("primary", "secondary", "tertiary"):
            st.button(t(f"style.{kind}"), type=kind, key=f"{key}-{kind}")
            st.button(t(f"style.{kind}_off"), type=kind, key=f"{key}-{kind}-off", disabled=True)
    left, right = st.columns(2)
    with left:
        st.text_input(t("style.field"), key=f"{key}-field")
        st.text_input(t("style.field_off"), key=f"{key}-field-off", disabled=True)
        st.checkbox(t("style.box"), value=True, key=f"{key}-box")
    with right:
        st.selectbox(t("style.list"), [t(f"course.{course}") for course in COURSES], key=f"{key}-list")
        st.radio(t("style.one_of"), [t(f"course.{course}") for course in COURSES], key=f"{key}-radio")
    with st.expander(t("style.folded")):
        st.write(t("style.sentence"))


def _sentences() -> None:
    st.header(t("style.sentences"), anchor=False)
    st.info(t("style.sentence"))
    st.success(t("style.sentence"))
    st.warning(t("style.sentence"))
    st.error(t("style.sentence"))
    st.caption(t("style.sentence"))


def _charts(*, key: str) -> None:
    st.header(t("style.charts"), anchor=False)
    names = [t(f"course.{course}") for course in COURSES]
    asked, empty = _tally(names, (9, 4, 2, 0)), _tally(names, (0, 0, 0, 0))
    for name, tally, right in (("asked", asked, False), ("told", asked, True), ("empty", empty, False)):
        st.write(tn("people.answered", tally.answered))
        choice_chart(tally, show_right=right, key=f"{key}-chart-{name}")
    choice_table(asked, show_right=True)


def _tally(names: list[str], counts: tuple[int, ...]) -> ChoiceTally:
    whole = sum(counts)
    rows = tuple(
        ChoiceCount(str(place), name, count, count / whole if whole else 0.0, place == 0)
        for place, (name, count) in enumerate(zip(names, counts, strict=True))
    )
    return ChoiceTally(rows, whole, 16, counts[0])


def _phones(*, key: str) -> None:
    st.header(t("style.phone"), anchor=False)
    question: View = {
        "cafe": t("app.name"),
        "course": "tasse",
        "step": t("course.tasse"),
        "progress": t("pad.progress", number=3, count=11),
        "question": "sample",
        "kind": "choice",
        "prompt": t("style.sentence"),
        "choices": [{"id": course, "label": t(f"course.{course}")} for course in COURSES],
        "open": True,
    }
    told: View = {**question, "open": False, "right": ["cafe"], "explanation": t("style.sentence")}
    text: View = {**question, "kind": "text", "course": "chocolat", "limit": 140}
    wait: View = {
        "cafe": t("app.name"),
        "course": "",
        "step": "",
        "kind": "message",
        "title": t("pad.lobby.title"),
        "body": t("pad.lobby.body"),
        "over": False,
    }
    states: tuple[tuple[str, View, View | None, dict[str, str]], ...] = (
        ("join", wait, None, {}),
        ("wait", wait, _ME, {}),
        ("ask", question, _ME, {}),
        ("kept", question, _ME, {"sample": "cafe"}),
        ("told", told, _ME, {"sample": "cafe"}),
        ("text", text, _ME, {}),
    )
    for place, column in enumerate(st.columns(3)):
        with column:
            for name, view, me, mine in states[place::3]:
                st.subheader(t(f"style.phone_{name}"), anchor=False)
                with st.container(border=True):
                    shown = Snapshot(1, view, me, mine, {}, {}, {})
                    pad("style", shown, addresses(base_path(), "style"), key=f"{key}-{name}", preview=True)


def _screen(*, key: str) -> None:
    st.header(t("style.screen"), anchor=False)
    message(t("pad.end.title"), t("pad.end.thanks"), course="sucre", key=f"{key}-message")
    explanation(t("course.cafe"), t("style.sentence"), key=f"{key}-explanation")
