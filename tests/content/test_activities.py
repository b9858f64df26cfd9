"""Each kind of activity is read from a few lines of TOML, and unfolds into what people are shown and asked."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from content.activities import KINDS, Activity, AnyActivity
from content.base import Choice
from content.prompts import (
    Board,
    CardPick,
    Definition,
    Hunt,
    LevelChoice,
    MultipleChoice,
    OpenQuestion,
    Ordering,
    Scale,
    Sides,
    SingleChoice,
    Slide,
    Suggestion,
    countable,
    right_of,
)

if TYPE_CHECKING:
    from content.prompts import Scene

ADAPTER: TypeAdapter[Activity] = TypeAdapter(AnyActivity)

# The least that each kind of activity needs, beside its kind, id, title and intro.
TINY = {
    "board": """
question = "Quelles données ?"
moments = [{ id = "matin", label = "Le matin" }, { id = "soir", label = "Le soir" }]
colours = [{ id = "bleu", label = "Personnelle", paint = "blue" }]
""",
    "cards": """
why = "Pourquoi ?"
items = [{ id = "une", label = "Une" }, { id = "deux", label = "Deux" }]
""",
    "closing": """
items = [{ kind = "open", id = "retenu", prompt = "Que retenez-vous ?" }]
""",
    "comparison": """
link = { label = "Le site", url = "https://exemple.fr" }
tasks = ["Essayer."]
question = "Laquelle ?"
why = "Pourquoi ?"
choices = [{ id = "a", label = "A" }, { id = "b", label = "B" }]
""",
    "debate": """
items = [{ id = "gratuit", prompt = "Tout est gratuit." }]
""",
    "definitions": """
items = [{ id = "donnee", prompt = "Une donnée ?", reference = "Une trace." }]
""",
    "grid": """
question = "Lesquels ?"
items = [{ id = "un", label = "Un", detail = "Le premier." }, { id = "deux", label = "Deux", detail = "L’autre." }]
""",
    "opening": "",
    "panel": """
choices = [{ id = "novice", label = "N" }, { id = "averti", label = "A" }, { id = "expert", label = "E" }]
""",
    "placement": """
agree = "Oui"
disagree = "Non"
items = [{ id = "partout", prompt = "Partout." }]
""",
    "quiz": """
items = [{ kind = "open", id = "libre", prompt = "Quoi ?" }]
""",
    "talk": """
items = [{ kind = "slide", id = "vue", title = "Vue", body = "Voici." }]
""",
    "timeline": """
question = "Dans quel ordre ?"
explanation = "Le bon."
items = [{ id = "un", label = "Un" }, { id = "deux", label = "Deux" }, { id = "trois", label = "Trois" }]
""",
    "video": 'video = "film"',
}


def raw(kind: str, more: str = "") -> dict[str, Any]:
    head = f'kind = "{kind}"\nid = "essai"\ntitle = "Essai"\nintro = "On essaie."\n'
    return tomllib.loads(head + TINY[kind] + more)


def read(kind: str, more: str = "") -> Activity:
    return ADAPTER.validate_python(raw(kind, more))


def scene(kind: str, more: str = "", part: str = "") -> Scene:
    (only,) = read(kind, more).scenes(part)
    return only


def test_there_is_a_tiny_activity_of_each_kind() -> None:
    assert set(TINY) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_activity_of_each_kind_is_read_and_written(kind: str) -> None:
    activity = read(kind)
    assert activity.kind == kind
    assert ADAPTER.validate_json(activity.model_dump_json()) == activity
    for part in activity.PARTS or ("",):
        names = [scene.id for scene in activity.scenes(part)]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", KINDS)
def test_an_activity_of_each_kind_refuses_a_key_that_it_does_not_know(kind: str) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        ADAPTER.validate_python({**raw(kind), "couleur": "bleu"})


@pytest.mark.parametrize("kind", KINDS)
def test_an_activity_of_each_kind_may_name_what_helps(kind: str) -> None:
    activity = ADAPTER.validate_python({**raw(kind), "terms": ["big-data"], "resources": ["lecture"]})
    assert (activity.terms, activity.resources) == (("big-data",), ("lecture",))


@pytest.mark.parametrize(
    ("kind", "size"),
    [("board", 2), ("cards", 2), ("comparison", 1), ("grid", 2), ("opening", 1), ("panel", 3), ("timeline", 3),
     ("video", 1)],
)  # fmt: skip
def test_the_size_of_an_activity_is_how_many_entries_it_has(kind: str, size: int) -> None:
    assert read(kind).size == size


# What each unfolds into.


def test_a_placement_lets_people_move_before_everybodys_eyes() -> None:
    sides = scene("placement")
    assert isinstance(sides, Sides)
    assert [(choice.id, choice.label) for choice in sides.choices] == [("d-accord", "Oui"), ("pas-d-accord", "Non")]
    assert sides.moves


def test_a_debate_asks_three_things_about_each_statement() -> None:
    (before, arguments, after) = read("debate").scenes()
    assert isinstance(before, Sides)
    assert isinstance(arguments, Board)
    assert isinstance(after, Sides)
    assert [scene.moment for scene in (before, arguments, after)] == ["before", "arguments", "after"]
    assert {scene.item for scene in (before, arguments, after)} == {"gratuit"}
    assert after.earlier == before.id
    assert not before.moves
    assert ([column.id for column in arguments.columns], arguments.votes, arguments.colours) == (
        ["d-accord", "pas-d-accord"],
        True,
        (),
    )


def test_definitions_tell_the_reference_only_in_the_part_after() -> None:
    before, after = scene("definitions", part="avant"), scene("definitions", part="apres")
    assert isinstance(before, Definition)
    assert isinstance(after, Definition)
    assert (before.explanation, before.earlier) == ("", "")
    assert (after.explanation, after.earlier) == ("Une trace.", before.id)
    assert "Une trace." not in before.model_dump_json()


def test_a_board_draws_the_portrait_first() -> None:
    day = read(
        "board",
        '[[portrait]]\nid = "prenom"\nprompt = "Son prénom ?"\nchoices = [{ id = "camille", label = "Camille" }]',
    )
    (portrait, board) = day.scenes()
    assert isinstance(portrait, Suggestion)
    assert [choice.id for choice in portrait.choices] == ["camille"]
    assert isinstance(board, Board)
    assert (board.votes, [colour.id for colour in board.colours]) == (False, ["bleu"])


def test_a_grid_explains_its_criteria_before_it_asks() -> None:
    (criteria, question) = read("grid").scenes()
    assert isinstance(criteria, Slide)
    assert criteria.points == ("Un : Le premier.", "Deux : L’autre.")
    assert isinstance(question, MultipleChoice)
    assert question.right == ()


def test_a_comparison_leads_elsewhere_then_asks_for_a_preference() -> None:
    (there, back) = read("comparison").scenes()
    assert isinstance(there, Slide)
    assert (there.points, there.links[0].url) == (("Essayer.",), "https://exemple.fr")
    assert isinstance(back, CardPick)


def test_cards_panel_and_timeline_are_one_question_each() -> None:
    assert isinstance(scene("cards"), CardPick)
    assert isinstance(scene("panel"), LevelChoice)
    assert isinstance(scene("timeline"), Ordering)


def test_an_opening_asks_nothing() -> None:
    assert read("opening").scenes() == ()


@pytest.mark.parametrize("part", ["", "1", "2"])
def test_a_viewing_asks_who_has_finished_whatever_the_part(part: str) -> None:
    assert scene("video", part=part).id == "fin"


GUESS = """
[[then]]
item = "libre"
prompt = "Et en un mot ?"
explanation = "Données."
targets = [{ id = "donnees", label = "Données" }, { id = "masse", label = "Masse" }]
"""


def test_a_guess_follows_its_question() -> None:
    (question, hunt) = read("quiz", GUESS).scenes()
    assert isinstance(question, OpenQuestion)
    assert isinstance(hunt, Hunt)
    assert (hunt.id, hunt.item, hunt.moment, hunt.most) == ("libre-devinette", "libre", "guess", 2)


def test_a_guess_about_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="not_an_entry"):
        read("quiz", GUESS.replace('item = "libre"', 'item = "autre"'))


# Keeping some entries.


def test_an_activity_keeps_only_the_entries_that_are_wanted() -> None:
    kept = read("timeline").keeping(["un", "trois"])
    assert [entry.id for entry in kept.entries] == ["un", "trois"]
    assert (kept.title, kept.kind) == ("Essai", "timeline")


def test_a_guess_leaves_with_its_question() -> None:
    quiz = ADAPTER.validate_python(
        {**raw("quiz", GUESS), "items": [{"kind": "open", "id": name, "prompt": "?"} for name in ("libre", "autre")]}
    )
    kept = quiz.keeping(["autre"])
    assert [scene.id for scene in kept.scenes()] == ["autre"]
    assert ADAPTER.validate_json(kept.model_dump_json()) == kept
    assert [scene.id for scene in quiz.keeping(["libre"]).scenes()] == ["libre", "libre-devinette"]


# Questions.


def test_a_scale_goes_from_1_to_5_and_says_what_its_ends_mean() -> None:
    scale = Scale(id="note", prompt="?", lowest="Peu", highest="Tout à fait")
    assert [(choice.id, choice.label) for choice in scale.choices] == [
        ("1", "1 · Peu"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 · Tout à fait"),
    ]  # fmt: skip
    assert Scale.model_validate_json(scale.model_dump_json()) == scale


def test_a_scale_of_anything_else_is_refused() -> None:
    choices = [{"id": name, "label": name} for name in "abcde"]
    with pytest.raises(ValidationError, match="not_levels"):
        Scale.model_validate({"id": "note", "prompt": "?", "lowest": "Peu", "highest": "Très", "choices": choices})


@pytest.mark.parametrize(
    "choices",
    [
        "[]",
        '[{ id = "novice", label = "N" }, { id = "averti", label = "A" }]',
        '[{ id = "averti", label = "A" }, { id = "novice", label = "N" }, { id = "expert", label = "E" }]',
        '[{ id = "a", label = "A" }, { id = "b", label = "B" }, { id = "c", label = "C" }]',
    ],
)
def test_a_panel_of_other_levels_is_refused(choices: str) -> None:
    with pytest.raises(ValidationError, match=r"not_levels|too_short"):
        ADAPTER.validate_python({**raw("panel"), **tomllib.loads(f"choices = {choices}")})


A_AND_B = (Choice(id="a", label="A"), Choice(id="b", label="B"))


def test_what_is_right_is_asked_of_any_question() -> None:
    single = SingleChoice(id="q", prompt="?", choices=A_AND_B, right=("a", "b"), explanation="Les deux.")
    several = MultipleChoice(id="q", prompt="?", choices=A_AND_B, right=("b",))
    assert (right_of(single), right_of(several)) == (("a", "b"), ("b",))
    assert right_of(OpenQuestion(id="q", prompt="?")) == ()
    assert right_of(None) == ()


def test_several_right_answers_must_be_choices() -> None:
    with pytest.raises(ValidationError, match="not_a_choice"):
        MultipleChoice(id="q", prompt="?", choices=A_AND_B, right=("a", "z"))


def test_hands_are_raised_for_what_has_choices() -> None:
    def names(scene: Scene) -> list[str]:
        assert not isinstance(scene, Slide)
        return [choice.id for choice in countable(scene)]

    assert names(scene("cards")) == ["une", "deux"]
    assert names(scene("panel")) == ["novice", "averti", "expert"]
    assert names(scene("placement")) == ["d-accord", "pas-d-accord"]
    assert [names(one) for one in read("board").scenes()] == [[]]
    assert countable(None) == ()
