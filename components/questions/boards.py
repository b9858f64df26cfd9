"""A board of notes: what a phone may stick, what the facilitator does with the notes, what the room and history see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.charts import colour_chart, colour_table, word_chart, word_table
from components.names import name_of
from components.notices import chosen_in, fresh_id, held_list, renew_list, typed
from components.pictures import caption, save_buttons, save_question
from components.questions.groups import TEXT_OF_GROUPS, drawn_by_groups, listed_by_groups
from components.questions.views import View, Views
from components.stage import board as board_on_screen
from components.words import plain
from content.catalogue import t, tn
from content.prompts import Board
from state.domain import notes
from state.domain.tallies.boards import columns
from state.domain.tallies.choices import answered
from state.domain.tallies.texts import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from components.notices import Act
    from state.domain.cafe import Cafe, Note
    from state.domain.events import Event
    from state.domain.programme import Stop
    from state.domain.tallies.boards import Column, Stuck

# What a phone is shown of each side of a debate, the most supported first: the projector shows all.
_ON_A_PHONE = 10
# What a bar is drawn for, of each side: the table has all.
_MOST_SUPPORTED = 8


def phone(cafe: Cafe, stop: Stop) -> View:
    board = _board(stop)
    view: View = {
        "kind": "board",
        "columns": [column.model_dump() for column in board.columns],
        "colours": [colour.model_dump() for colour in board.colours],
        "examples": list(board.examples),
        "limit": board.max_length,
        "most": board.most,
        "votes": board.votes,
    }
    if cafe.round(stop.id).shown:
        stuck = columns(cafe, stop)
        view["results"] = {
            "people": tn("people.notes", sum(column.count for column in stuck)),
            "counts": {column.id: column.count for column in stuck},
        }
        if board.votes:
            view["results"]["notes"] = [
                {"id": one.note.id, "column": column.id, "text": one.note.text, "votes": one.votes}
                for column in stuck
                for one in column.notes[:_ON_A_PHONE]
            ]
    return view


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    board = _board(stop)
    stuck = columns(cafe, stop, with_hidden=True)
    st.write(tn("people.notes", sum(column.count for column in stuck)))
    by = cafe.round(stop.id).split
    if board.colours:
        colour_chart(columns(cafe, stop), board.colours, key=f"chart-{stop.id}")
    if board.colours or by:
        with st.expander(t("chart.table")):
            if board.colours:
                _table(cafe, stop)
            if by:
                listed_by_groups(cafe, stop, by, lambda part: _table(part, stop))
    _add(cafe, stop, act)
    if any(column.notes for column in stuck):
        _gestures(cafe, stop, stuck, act)
        with st.expander(t("console.all_notes"), expanded=board.votes):
            notes_table(cafe, stop, stuck)


def _add(cafe: Cafe, stop: Stop, act: Act) -> None:
    """What was said aloud, noted by the facilitator."""
    board = _board(stop)
    text, place, colour = f"note-text-{stop.id}", f"note-place-{stop.id}", f"note-colour-{stop.id}"

    def stick() -> None:
        act(
            partial(
                notes.post,
                question=stop.id,
                note=fresh_id(),
                author=None,
                text=typed(text),
                column=typed(place),
                colour=typed(colour) or None,
            )
        )

    with st.form(f"add-{stop.id}", clear_on_submit=True, border=False):
        st.text_input(t("console.note_text"), max_chars=board.max_length, key=text)
        _place_pickers(board, place, colour)
        st.form_submit_button(t("console.note_add"), key="note-add", on_click=stick, disabled=cafe.closed)


def _place_pickers(board: Board, place: str, colour: str, *, now: Note | None = None) -> None:
    """Where a note goes, and its colour if it has one, side by side."""
    pickers = [(t("console.note_place"), place, {one.id: one.label for one in board.columns}, now and now.column)]
    if board.colours:
        names = {one.id: one.label for one in board.colours}
        pickers.append((t("console.note_colour"), colour, names, now and now.colour))
    for column, (label, key, options, chosen) in zip(st.columns(len(pickers)), pickers, strict=True):
        with column:
            st.selectbox(
                label,
                list(options),
                index=list(options).index(chosen) if chosen in options else 0,
                format_func=options.__getitem__,
                key=key,
            )


def _gestures(cafe: Cafe, stop: Stop, stuck: Sequence[Column], act: Act) -> None:
    """Choose one note or several, then move, recolour, flag, merge, hide."""
    heads = {one.note.id: one for column in stuck for one in column.notes}
    # Numbered as they came, and without what may change: another label would lose what is chosen.
    labels = {
        note.id: t("board.numbered", number=number, text=note.text, author=_author(cafe, note))
        for number, note in enumerate(cafe.notes.get(stop.id, {}).values(), start=1)
        if note.id in heads
    }
    key, held = f"notes-{stop.id}", _held(stop)
    # Notes that arrive while one chooses would draw the field anew, and close it under one's fingers.
    offered = held_list(held, list(labels))
    st.multiselect(
        t("console.notes_choose"),
        offered,
        format_func=lambda note: labels.get(note, "…"),
        key=key,
        placeholder=t("console.notes_choose_hint"),
        disabled=cafe.closed,
    )
    if fresh := set(labels) - set(offered):
        st.button(tn("board.fresh", len(fresh)), key="notes-fresh", on_click=renew_list, args=(held,))
    picked = [note for note in chosen_in(key) if note in heads]
    if picked:
        _gestures_on(stop, [heads[note] for note in picked], act)


def _held(stop: Stop) -> str:
    return f"held-notes-{stop.id}"


def _gestures_on(stop: Stop, picked: Sequence[Stuck], act: Act) -> None:
    first = picked[0].note
    place, colour = f"move-place-{stop.id}-{first.id}", f"move-colour-{stop.id}-{first.id}"

    def on_each(decide: Callable[..., Iterable[Event]], some: Sequence[Stuck] = picked, **facts: Any) -> None:
        for one in some:
            act(partial(decide, question=stop.id, note=one.note.id, **facts))
        renew_list(_held(stop))

    def move() -> None:
        on_each(notes.move, column=typed(place), colour=typed(colour) or None)

    _place_pickers(_board(stop), place, colour, now=first)
    gestures: list[tuple[str, str, Callable[[], None]]] = [
        ("move", "console.note_move", move),
        (
            "flag",
            "console.note_unflag" if first.flagged else "console.note_flag",
            partial(on_each, notes.flag, flagged=not first.flagged),
        ),
        (
            "hide",
            "console.text_show" if first.hidden else "console.text_hide",
            partial(on_each, notes.show if first.hidden else notes.hide),
        ),
    ]
    if len(picked) > 1:
        gestures.append(("merge", "console.note_merge", partial(on_each, notes.merge, picked[1:], into=first.id)))
    elif picked[0].twins:
        gestures.append(("split", "console.note_split", partial(on_each, notes.split)))
    with st.container(horizontal=True, gap="small"):
        for name, label, do in gestures:
            st.button(t(label), key=f"note-{name}", on_click=do)


def notes_table(cafe: Cafe, stop: Stop, stuck: Sequence[Column]) -> None:
    """Every note, as a table that sorts and scrolls."""
    board = _board(stop)
    colours = {colour.id: colour.label for colour in board.colours}
    rows = [(column, one) for column in stuck for one in column.notes]
    data = {
        t("board.text"): [_marked(one) for _, one in rows],
        t("board.place"): [column.label for column, _ in rows],
    }
    if board.colours:
        data[t("board.colour")] = [colours.get(one.note.colour or "", "") for _, one in rows]
    if board.votes:
        data[t("board.votes")] = [str(one.votes) for _, one in rows]
    data[t("board.by")] = [_author(cafe, one.note) for _, one in rows]
    st.dataframe(pd.DataFrame(data), hide_index=True, width="stretch", height=220)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    board = _board(stop)
    if not cafe.round(stop.id).shown:
        return
    if by := cafe.round(stop.id).split:
        drawn_by_groups(cafe, stop, by, lambda part, key: _chart(columns(part, stop), board, key=key), key=key)
        return
    stuck = columns(cafe, stop)
    if board.colours and cafe.round(stop.id).revealed:
        colour_chart(stuck, board.colours, size=22, key=f"{key}-{stop.id}")
        return
    paints = {colour.id: (colour.paint, colour.label) for colour in board.colours}
    board_on_screen(
        [
            (
                column.label,
                [
                    {
                        "text": one.note.text,
                        "paint": paints.get(one.note.colour or "", ("", ""))[0],
                        "colour": paints.get(one.note.colour or "", ("", ""))[1],
                        "times": 1 + len(one.twins),
                        "votes": one.votes,
                        "flag": t("board.flag") if one.note.flagged else "",
                    }
                    for one in column.notes
                ],
            )
            for column in stuck
        ],
        legend=[(colour.label, colour.paint) for colour in board.colours],
        key=f"{key}-board",
    )


def _chart(stuck: Sequence[Column], board: Board, *, key: str) -> None:
    """How many notes there are of each colour, or in each column."""
    if board.colours:
        # The names of the colours stand side by side: half a screen has room for small ones only.
        colour_chart(stuck, board.colours, size=14, key=key)
    else:
        word_chart(_counts(stuck), size=TEXT_OF_GROUPS, key=key)


def _counts(stuck: Sequence[Column]) -> list[Word]:
    return [Word(column.label, column.count) for column in stuck]


def _table(cafe: Cafe, stop: Stop) -> None:
    board, stuck = _board(stop), columns(cafe, stop)
    if board.colours:
        colour_table(stuck, board.colours)
    else:
        word_table(_counts(stuck), people=t("board.notes"))


def review(cafe: Cafe, stop: Stop) -> None:
    board = _board(stop)
    stuck = columns(cafe, stop)
    st.text(f"{tn('people.notes', sum(one.count for one in stuck))} · {tn('people.answered', answered(cafe, stop.id))}")
    if not any(column.notes for column in stuck):
        return
    if board.colours:
        drawn = colour_chart(stuck, board.colours, key=f"review-{stop.id}")
        with st.expander(t("chart.table")):
            save_question(drawn, cafe, stop)
            colour_table(stuck, board.colours)
    elif board.votes:
        _supports(cafe, stop, stuck)
    else:
        counts = _counts(stuck)
        drawn = word_chart(counts, key=f"review-{stop.id}")
        with st.expander(t("chart.table")):
            save_question(drawn, cafe, stop)
            word_table(counts, people=t("board.notes"))
    notes_table(cafe, stop, stuck)


def _supports(cafe: Cafe, stop: Stop, stuck: Sequence[Column]) -> None:
    """The most supported notes of each side, side by side; where nobody supported any, the table says it all."""
    assert stop.prompt is not None
    sides = [
        (column, [Word(one.note.text, one.votes) for one in column.notes[:_MOST_SUPPORTED] if one.votes])
        for column in stuck
    ]
    for place, (column, words) in zip(st.columns(len(sides)), sides, strict=True):
        if not words:
            continue
        with place:
            st.markdown(f"**{plain(column.label)}**")
            drawn = word_chart(words, key=f"review-{stop.id}-{column.id}")
            with st.expander(t("chart.table")):
                told = caption(
                    cafe,
                    title=f"{stop.prompt.prompt} {column.label}",
                    people=tn("people.notes", len(column.notes)),
                    name=f"{stop.id.replace('/', '-')}-{column.id}",
                )
                save_buttons(drawn, told, key=f"save-{stop.id}-{column.id}")
                word_table(words, people=t("board.votes"))


def _board(stop: Stop) -> Board:
    assert isinstance(stop.prompt, Board)
    return stop.prompt


def _marked(one: Stuck) -> str:
    marks = [
        t("console.hidden_text") if one.note.hidden else "",
        t("board.flagged") if one.note.flagged else "",
        t("board.times", count=1 + len(one.twins)) if one.twins else "",
    ]
    return " ".join([*filter(None, marks), one.note.text])


def _author(cafe: Cafe, note: Note) -> str:
    return name_of(cafe.participants[note.author]) if note.author else t("board.facilitator")


VIEWS = Views(phone, console, screen, review)
