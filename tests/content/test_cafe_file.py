"""A café that goes into a file comes back as it was; a wrong file says everything that is, and gives nothing."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from content.activities import KINDS
from content.cafe_file import FORMAT, read_cafe, write_cafe
from content.loader import default_pack
from content.plan import make_plan, starter_step
from content.problems import PackError
from tests.components.reading import HOSTILE
from tests.state.cafes import small_plan, whole_plan

if TYPE_CHECKING:
    from content.plan import Plan

PACK = default_pack()
DETAILS = {"minutes": 45, "place": "Salle Condorcet", "organiser": "", "address": "https://visio.exemple.fr/x"}


def written(plan: Plan | None = None, **changes: Any) -> bytes:
    data = tomllib.loads(write_cafe("Un café", plan or small_plan(), DETAILS).decode())
    return tomli_w.dumps({**data, **changes}).encode()


def told(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(PackError) as refused:
        read_cafe("cafe.toml", data, pictures=PACK.pictures)
    assert all(one.file == "cafe.toml" and one.message and one.mend for one in refused.value.problems)
    return [(one.where, one.message) for one in refused.value.problems]


@pytest.mark.parametrize("formula", PACK.formulas.values(), ids=PACK.formulas)
def test_every_formula_comes_back_as_it_was(formula: Any) -> None:
    plan = make_plan(PACK, formula, {choice.id: choice.options[-1].id for choice in formula.choices}, 60)
    cafe = read_cafe("cafe.toml", write_cafe("Un café", plan, DETAILS), pictures=PACK.pictures)
    assert cafe.plan.steps == plan.steps
    assert (cafe.title, cafe.minutes, cafe.place, cafe.organiser) == ("Un café", 45, "Salle Condorcet", "")
    assert cafe.plan.formula == formula.id


def test_every_kind_of_activity_and_every_blank_one_comes_back() -> None:
    steps = [*whole_plan().steps, *(starter_step(one, "chocolat") for one in PACK.starters.values())]
    plan = small_plan().model_copy(update={"steps": tuple(steps)})
    assert {step.activity.kind for step in steps} == set(KINDS)
    cafe = read_cafe("cafe.toml", write_cafe("Un café", plan, {}), pictures={**PACK.pictures, "oiseau": "", "ile": ""})
    assert cafe.plan.steps == plan.steps


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(lambda one: one.strip()))
def test_any_text_comes_back_letter_for_letter(text: str) -> None:
    plan = small_plan(title=text)
    cafe = read_cafe("cafe.toml", write_cafe("Un café", plan, {}), pictures={})
    assert cafe.plan.steps[0].activity.title == plan.steps[0].activity.title


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_text(text: str) -> None:
    cafe = read_cafe("cafe.toml", write_cafe(text.strip(), small_plan(title=text), {}), pictures={})
    assert cafe.title == text.strip()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"format": FORMAT + 1}, "format"),
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"steps": []}, "steps"),
        ({"minutes": "trois quarts d’heure"}, "minutes"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"inconnu": 1}, "inconnu"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(changes: dict[str, Any], where: str) -> None:
    assert [place for place, _ in told(written(**changes))] == [where]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    data = tomllib.loads(written().decode())
    data["title"] = ""
    data["steps"][0]["minutes"] = -1
    data["steps"][0]["activity"]["items"][0]["prompt"] = ""
    data["steps"][2]["activity"]["kind"] = "quizz"
    places = [place for place, _ in told(tomli_w.dumps(data).encode())]
    assert places == ["title", "steps[0].minutes", "steps[0].activity.items[0].prompt", "steps[2].activity"]


def test_ids_that_are_taken_and_drawings_that_are_not_there_are_said() -> None:
    data = tomllib.loads(written().decode())
    data["steps"][1]["id"] = data["steps"][0]["id"]
    assert told(tomli_w.dumps(data).encode())
    data["steps"][1]["id"] = "accueil"
    assert [place for place, _ in told(tomli_w.dumps(data).encode())] == ["steps[1].id"]
    plan = make_plan(PACK, PACK.formulas["mousse-ia-virtuel"], MOUSSE, 60)
    with pytest.raises(PackError) as refused:
        read_cafe("cafe.toml", write_cafe("Un café", plan, {}), pictures={"autre": ""})
    assert len(refused.value.problems) == 10


MOUSSE = {
    choice.id: next((one.id for one in choice.options if one.id == "photolangage"), choice.options[0].id)
    for choice in PACK.formulas["mousse-ia-virtuel"].choices
}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"ceci n'est pas du TOML",
        b"format = 1",
        b"steps = [" * 2000,
        b"a" + b".a" * 5000 + b" = 1",
        b"x" * 1_000_001,
        b"format = " + b"9" * 6000,
        b"PK\x03\x04 un classeur",
    ],
    ids=["nothing", "bytes", "words", "no steps", "deep", "dots", "large", "a number", "another file"],
)
def test_what_is_no_cafe_is_refused_in_a_sentence(data: bytes) -> None:
    assert told(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    with pytest.raises(PackError):
        read_cafe("cafe.toml", data, pictures={})
