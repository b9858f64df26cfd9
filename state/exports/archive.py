"""A café's answers as JSON, for archives and programs: the format is numbered, and its schema is published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from state.exports.naming import held_at
from state.exports.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from state.domain.cafe import Cafe
    from state.exports.rows import Row

FORMAT = 1


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ArchivedCafe(_Model):
    """The café that the answers were given in."""

    title: str = Field(alias="titre")
    day: date = Field(alias="jour")
    formula: str = Field(alias="formule")
    rehearsal: bool = Field(alias="repetition")
    people: int = Field(alias="personnes", ge=0)


class ArchivedAnswer(_Model):
    """An answer, a note or a show of hands."""

    step_id: str = Field(alias="id_etape")
    step: str = Field(alias="etape")
    number: int = Field(alias="numero")
    question_id: str = Field(alias="id_question")
    question: str
    moment: str
    source: Literal["person", "facilitator", "hands"]
    person: int | None = Field(alias="personne", ge=1)
    name: str | None = Field(alias="pseudonyme")
    level: str | None = Field(alias="niveau")
    place: str | None = Field(alias="lieu")
    answer: str = Field(alias="reponse")
    right: bool | None = Field(alias="juste")
    counted: bool = Field(alias="comptee")
    at: datetime | None = Field(alias="date_heure")
    column: str | None = Field(alias="colonne")
    colour: str | None = Field(alias="couleur")
    votes: int | None = Field(alias="soutiens")
    people: int = Field(alias="personnes", ge=0)


class Archive(_Model):
    """Everything said in a café."""

    format: Literal[1]
    cafe: ArchivedCafe
    answers: tuple[ArchivedAnswer, ...] = Field(alias="reponses")


def archive(cafe: Cafe, *, names: bool = False) -> Iterator[bytes]:
    """One JSON object, in UTF-8; `Archive.model_validate_json` reads it back."""
    about = ArchivedCafe(
        title=_storable(cafe.title),
        day=datetime.fromtimestamp(held_at(cafe), UTC).date(),
        formula=cafe.plan.formula_name,
        rehearsal=cafe.plan.rehearsal,
        people=len(cafe.present),
    )
    # The envelope is written by the model, the answers one by one inside it.
    head, _, tail = Archive(format=FORMAT, cafe=about, answers=()).model_dump_json(by_alias=True).rpartition("[]")
    yield f"{head}[".encode()
    for index, row in enumerate(rows(cafe, names=names)):
        yield f"{',' if index else ''}\n{_answer(row).model_dump_json(by_alias=True)}".encode()
    yield f"\n]{tail}\n".encode()


def _answer(row: Row) -> ArchivedAnswer:
    return ArchivedAnswer(
        step_id=row.step_id,
        step=_storable(row.step),
        number=row.number,
        question_id=row.question_id,
        question=_storable(row.question),
        moment=row.moment,
        source=row.source,
        person=row.person,
        name=_storable(row.name) or None,
        level=row.level or None,
        place=row.place or None,
        answer=_storable(row.answer),
        right=row.right,
        counted=row.counted,
        at=None if row.at is None else datetime.fromtimestamp(row.at, UTC),
        column=_storable(row.column) or None,
        colour=_storable(row.colour) or None,
        votes=row.votes,
        people=row.people,
    )


def _storable(text: str) -> str:
    """A lone surrogate has no bytes: a question mark shows that something stood there."""
    return text.encode(errors="replace").decode()
