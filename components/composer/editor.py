"""Rewriting a step: a field for each of its texts, drawn from what the activity is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.composer.fields import LONGEST, LONGEST_LINE, entry_fields, entry_name, fields_of
from components.composer.keeping import follow, saver
from components.words import plain, told_apart
from content import editing
from content.base import Model
from content.catalogue import t
from state.domain.composing import LONGEST_ADDRESS, compose, played

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from components.composer.fields import Field
    from components.notices import Act
    from content.editing import Path
    from content.plan import PlannedStep
    from content.schema import Pack
    from state.domain.cafe import Cafe


class StepEditor:
    """Draws the fields of one step; each is kept as soon as it is left, or a moment after it was typed."""

    def __init__(self, cafe: Cafe, step: PlannedStep, pack: Pack, act: Act, *, key: str) -> None:
        self._step = step
        self._pack = pack
        self._act = act
        self._key = f"{key}-{step.id}"
        self._fixed = cafe.closed or step.id in played(cafe)

    def draw(self) -> None:
        for field in fields_of(self._step):
            self._field(field)

    def _field(self, field: Field) -> None:
        match field.kind:
            case "entries":
                self._entries(field)
            case "table":
                assert isinstance(field.value, Model)
                for inner in entry_fields(field.value, field.path):
                    self._field(inner)
            case _:
                self._single(field)

    def _single(self, field: Field) -> None:
        key = self._key_of(field.path)
        shown = "\n".join(field.value) if field.kind == "lines" else field.value  # type: ignore[arg-type]
        follow(key, list(field.value) if field.kind == "right" else shown)  # type: ignore[call-overload]
        common: dict[str, Any] = {"key": key, "disabled": self._fixed, "on_change": saver(key, self._saving(field))}
        label = t(f"edit.{field.name}")
        options = told_apart(dict(field.options))
        match field.kind:
            case "line":
                most = LONGEST_ADDRESS if field.name == "url" else LONGEST_LINE
                st.text_input(label, max_chars=max(most, len(str(field.value))), **common)
            case "text":
                st.text_area(label, max_chars=LONGEST, height="content", **common)
            case "lines":
                st.text_area(label, max_chars=LONGEST, height="content", help=t("edit.lines_help"), **common)
            case "switch":
                st.toggle(label, **common)
            case "option":
                st.selectbox(label, list(options), format_func=lambda one: t(f"paint.{one}"), **common)
            case "right":
                st.multiselect(
                    label, list(options), format_func=options.__getitem__, placeholder=t("edit.right_hint"), **common
                )

    def _entries(self, field: Field) -> None:
        entries: Sequence[Any] = field.value  # type: ignore[assignment]
        st.markdown(f"**{t(f'edit.{field.name}')}**")
        for place, entry in enumerate(entries):
            path = (*field.path, place)
            with st.expander(
                plain(entry_name(entry)) or t("edit.entry", number=place + 1), key=f"{self._key_of(path)}-fold"
            ):
                for inner in entry_fields(entry, path):
                    self._field(inner)
                self._entry_gestures(path, place, len(entries))
        models = self._models(field, entries)
        if not models:
            return
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            chosen = 0
            if len(models) > 1:
                chosen = st.selectbox(
                    t("edit.kind"),
                    range(len(models)),
                    format_func=lambda one: t(f"question.{models[one]['kind']}"),
                    key=f"{self._key_of(field.path)}-kind",
                )
            st.button(
                t(f"edit.add_{field.name}"),
                key=f"{self._key_of(field.path)}-add",
                on_click=self._change,
                args=(partial(editing.with_entry, path=field.path, entry=models[chosen]),),
                disabled=self._fixed,
            )

    def _entry_gestures(self, path: Path, place: int, count: int) -> None:
        key = self._key_of(path)
        with st.container(horizontal=True, gap="small"):
            for name, by, possible in (("up", -1, place > 0), ("down", 1, place < count - 1)):
                st.button(
                    t(f"compose.{name}"),
                    key=f"{key}-{name}",
                    on_click=self._change,
                    args=(partial(editing.moved_entry, path=path, by=by),),
                    disabled=self._fixed or not possible,
                )
            st.button(
                t("compose.remove"),
                key=f"{key}-remove",
                on_click=self._change,
                args=(partial(editing.without_entry, path=path),),
                disabled=self._fixed,
            )

    def _models(self, field: Field, entries: Sequence[Any]) -> list[dict[str, Any]]:
        """What one more entry may be: one of each kind that the blank activity of this kind has, else like the last."""
        starter = next((one for one in self._pack.starters.values() if one.kind == self._step.activity.kind), None)
        blank: Any = starter
        for part in field.path[1:] if field.path[0] == "activity" else ():
            blank = _inside(blank, part)
        found = [one.model_dump(mode="json") for one in blank or () if isinstance(one, Model)]
        kinds = {one.get("kind", ""): one for one in reversed(found)}
        if kinds:
            return [one for one in found if kinds.get(one.get("kind", "")) is one]
        return [entries[-1].model_dump(mode="json")] if entries else []

    def _saving(self, field: Field) -> Callable[[Any], None]:
        def save(value: Any) -> None:
            wanted = [line.strip() for line in value.splitlines() if line.strip()] if field.kind == "lines" else value
            if field.name == "url" and not wanted:
                wanted = None
            self._change(partial(editing.rewritten, path=field.path, value=wanted))

        return save

    def _change(self, change: Callable[..., Any]) -> None:
        self._act(partial(compose, change=partial(change, step_id=self._step.id)))

    def _key_of(self, path: Path) -> str:
        return "-".join([self._key, *(str(part) for part in path)])


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(part, str):
        return getattr(value, part, None)
    return value[min(part, len(value) - 1)] if value else None
