"""A broken pack is refused whole, and everything wrong with it is said at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.documents import MAX_BYTES
from content.loader import default_pack, inventory, load_pack, whole_pack
from content.plan import chosen_steps
from content.problems import MAX_PROBLEMS_IN_A_FILE, PackError, Problem
from content.prompts import SingleChoice
from tests.content.packs import SOUND, Changes, changed, write_pack

CHOICE = """
[[choices]]
id = "film"
prompt = "Lequel ?"
options = [{ id = "un", label = "Un" }, { id = "deux", label = "Deux" }]

[[steps]]"""

WITH_CHOICE = SOUND["formulas/court.toml"].replace("[[steps]]", CHOICE, 1)

TWO_PARTS: Changes = {
    "activities/mots.toml": """
kind = "definitions"
id = "mots"
title = "Les mots"
intro = "Définissons."
items = [{ id = "donnee", prompt = "Une donnée ?", reference = "Une trace." }]
"""
}
ORDERED: Changes = {
    "activities/frise.toml": """
kind = "timeline"
id = "frise"
title = "La frise"
intro = "Rangeons."
question = "Dans quel ordre ?"
explanation = "Le bon."
items = [{ id = "un", label = "1" }, { id = "deux", label = "2" }, { id = "trois", label = "3" }]
"""
}
DEBATE = """
kind = "debate"
id = "debat"
title = "Le débat"
intro = "Débattons."
items = [{{ id = "{}", prompt = "Oui." }}]
"""
GUESS = """
[[then]]
item = "deux"
prompt = "Et en un mot ?"
explanation = "Un mot."
targets = [{ id = "mot", label = "Mot" }]
"""
PANEL = """
kind = "panel"
id = "niveaux"
title = "Les niveaux"
intro = "Et vous ?"
choices = [{ id = "un", label = "1" }, { id = "deux", label = "2" }, { id = "trois", label = "3" }]
"""

EXTRA_STEP = """
[[steps]]
id = "fin"
course = "sucre"
activity = "jeu"
minutes = [0, 5]
notes = ["Merci."]
when = { film = "deux" }
"""


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    return refused.value.problems


def places(folder: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.where) for problem in problems_of(folder)]


def test_a_sound_pack_is_read_whole(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert pack.id == "petit"
    assert list(pack.formulas) == ["court"]
    (question, _) = pack.activities["jeu"].scenes()
    assert isinstance(question, SingleChoice)
    assert [choice.id for choice in question.choices] == ["oui", "non"]
    assert list(pack.tips) == ["sourire"]
    assert list(pack.glossary) == ["donnee"]
    assert pack.resources["lecture"].video == "film"


def test_side_files_may_be_left_out_when_nothing_refers_to_them(tmp_path: Path) -> None:
    changes = changed("formulas/court.toml", ('tips = ["sourire"]\n', ""))
    pack = load_pack(
        write_pack(tmp_path, {**changes, "tips.toml": None, "glossary.toml": None, "resources.toml": None})
    )
    assert (pack.tips, pack.glossary, pack.resources) == ({}, {}, {})


def test_the_byte_order_mark_of_windows_editors_is_forgiven(tmp_path: Path) -> None:
    load_pack(write_pack(tmp_path, {"pack.toml": b"\xef\xbb\xbf" + SOUND["pack.toml"].encode()}))


def test_the_longest_way_through_a_formula_counts_its_steps(tmp_path: Path) -> None:
    formula = WITH_CHOICE + EXTRA_STEP
    pack = load_pack(write_pack(tmp_path, {"formulas/court.toml": formula}))
    assert inventory(pack)["formulas"] == {"court": {"minutes": [5, 15], "steps": 3}}


BROKEN: dict[str, tuple[Changes, str, str, str, str]] = {
    "the cover is missing": ({"pack.toml": None}, "pack.toml", "", "manque", "Créez"),
    "a key is missing": (
        changed("pack.toml", ('title = "Petit paquet"\n', "")),
        "pack.toml",
        "title",
        "manque",
        "Ajoutez",
    ),
    "a key is unknown": (
        changed("videos/film.toml", ("summary", 'couleur = "bleu"\nsummary')),
        "videos/film.toml",
        "couleur",
        "inconnue",
        "orthographe",
    ),
    "a key of a list file is unknown": ({"glossary.toml": "mots = []"}, "glossary.toml", "mots", "inconnue", "retirez"),
    "not UTF-8": (
        {"tips.toml": '\n# caf\xe9\n[[tips]]\nid = "sourire"'.encode("latin-1")},
        "tips.toml",
        "",
        "ligne 2",
        "UTF-8",
    ),
    "not TOML": ({"glossary.toml": "[[terms]]\nid = "}, "glossary.toml", "", "TOML", "guillemet"),
    "a key twice": ({"glossary.toml": "a = 1\na = 2"}, "glossary.toml", "", "TOML", "deux fois"),
    "a number of many digits": (
        {"glossary.toml": "terms = " + "9" * 5000},
        "glossary.toml",
        "",
        "démesuré",
        "raisonnable",
    ),
    "too big": ({"glossary.toml": "#" * (MAX_BYTES + 1)}, "glossary.toml", "", "1 Mo", "raccourcissez"),
    "lists nested": ({"glossary.toml": "terms = " + "[" * 200_000}, "glossary.toml", "", "imbrique", "forme simple"),
    "dotted keys nested": (
        {"glossary.toml": "a." * 400_000 + "a = 1"},
        "glossary.toml",
        "",
        "imbrique",
        "forme simple",
    ),
    "another name than its file": (
        changed("videos/film.toml", ('"film"', '"cinema"')),
        "videos/film.toml",
        "id",
        "diffère",
        "cinema.toml",
    ),
    "two tips with one id": (
        {"tips.toml": SOUND["tips.toml"] * 2},
        "tips.toml",
        "tips[1].id",
        "deux fois",
        "chacun le sien",
    ),
    "two questions with one id": (
        changed("activities/jeu.toml", ('"deux"', '"une"')),
        "activities/jeu.toml",
        "items[1].id",
        "deux fois",
        "chacun le sien",
    ),
    "a right answer that is no choice": (
        changed("activities/jeu.toml", ('["oui"]', '["oui", "peut-etre"]')),
        "activities/jeu.toml",
        "items[0].right[1]",
        "peut-etre",
        "oui, non",
    ),
    "no right answer": (
        changed("activities/jeu.toml", ('["oui"]', "[]")),
        "activities/jeu.toml",
        "items[0].right",
        "trop courte",
        "au moins 1",
    ),
    "an unknown kind of activity": (
        changed("activities/jeu.toml", ('"quiz"', '"loterie"')),
        "activities/jeu.toml",
        "",
        "loterie",
        "board, cards, closing",
    ),
    "an unknown kind of question": (
        changed("activities/jeu.toml", ('"open"', '"devinette"')),
        "activities/jeu.toml",
        "items[1]",
        "devinette",
        "single_choice, poll, scale",
    ),
    "no kind": (
        changed("activities/voir.toml", ('kind = "video"\n', "")),
        "activities/voir.toml",
        "",
        "kind",
        "Ajoutez",
    ),
    "an error in a viewing, whose kind and key share a name": (
        changed("activities/voir.toml", ('video = "film"', "video = 3")),
        "activities/voir.toml",
        "video",
        "texte",
        "guillemets",
    ),
    "a shared choice that is wrong, told once": (
        changed("activities/jeu.toml", ('label = "Oui"', 'label = ""')),
        "activities/jeu.toml",
        "choices[0].label",
        "trop court",
        "au moins 1",
    ),
    "a number that is text": (
        changed("formulas/court.toml", ("[2, 20]", '["deux", 20]')),
        "formulas/court.toml",
        "people[0]",
        "entier",
        "sans guillemets",
    ),
    "a number that is huge": (
        changed("formulas/court.toml", ("[2, 20]", "[2, 0x" + "f" * 9000 + "]")),
        "formulas/court.toml",
        "people[1]",
        "",
        "",
    ),
    "a length that is negative": (
        changed("formulas/court.toml", ("[3, 10]", "[-3, 10]")),
        "formulas/court.toml",
        "steps[0].minutes[0]",
        "trop petit",
        "au moins 0",
    ),
    "half a span": (
        changed("formulas/court.toml", ("[3, 10]", "[3]")),
        "formulas/court.toml",
        "steps[0].minutes[1]",
        "manque une valeur",
        "toutes les valeurs",
    ),
    "a span upside down": (
        changed("formulas/court.toml", ("[3, 10]", "[10, 3]")),
        "formulas/court.toml",
        "steps[0].minutes",
        "envers",
        "plus petit",
    ),
    "a word outside the list": (
        changed("formulas/court.toml", ('"novice"', '"curieux"')),
        "formulas/court.toml",
        "audience",
        "pas prévue",
        "novice, averti, mixte",
    ),
    "an id with a space": (
        changed("tips.toml", ('"sourire"', '"Sou rire"')) | changed("formulas/court.toml", ('tips = ["sourire"]', "")),
        "tips.toml",
        "tips[0].id",
        "identifiant",
        "minuscules",
    ),
    "an address that is none": (
        changed("videos/film.toml", ("https://example.org/film", "javascript:alert(1)")),
        "videos/film.toml",
        "url",
        "adresse",
        "https://",
    ),
    "a text too long": (
        changed("tips.toml", ("Tout ira bien.", "a" * 2001)),
        "tips.toml",
        "tips[0].body",
        "trop long",
        "2000",
    ),
    "a table that is none": ({"glossary.toml": "terms = [3]"}, "glossary.toml", "terms[0]", "table", "clé"),
    "a list that is none": ({"glossary.toml": "terms = 3"}, "glossary.toml", "terms", "liste", "crochets"),
    "an unknown activity": (
        changed("formulas/court.toml", ('activity = "jeu"', 'activity = "jeux"')),
        "formulas/court.toml",
        "steps[0].activity",
        "« jeux »",
        "jeu",
    ),
    "an unknown tip": (
        changed("formulas/court.toml", ('["sourire"]', '["sourire", "danser"]')),
        "formulas/court.toml",
        "steps[0].tips[1]",
        "« danser »",
        "tips.toml",
    ),
    "an unknown video shown": (
        changed("activities/voir.toml", ('"film"', '"court-metrage"')),
        "activities/voir.toml",
        "video",
        "court-metrage",
        "film",
    ),
    "an unknown video read about": (
        changed("resources.toml", ('"film"', '"films"')),
        "resources.toml",
        "resources[0].video",
        "« films »",
        "film",
    ),
    "courses out of order": (
        changed("formulas/court.toml", ('"tasse"', '"sucre"')),
        "formulas/court.toml",
        "steps[1].course",
        "« cafe »",
        "tasse, cafe, chocolat, sucre",
    ),
    "steps too short for the formula": (
        changed("formulas/court.toml", ("[5, 15]", "[5, 16]")),
        "formulas/court.toml",
        "minutes",
        "de 5 à 15",
        "au moins 16",
    ),
    "steps too long for the formula": (
        changed("formulas/court.toml", ("[5, 15]", "[4, 15]")),
        "formulas/court.toml",
        "minutes",
        "de 5 à 15",
        "au plus 4",
    ),
    "a condition that no choice offers": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\nwhen = { film = "un" }')),
        "formulas/court.toml",
        "steps[1]",
        "film = un",
        "when",
    ),
    "a condition on several options, one of which no choice offers": (
        {
            "formulas/court.toml": WITH_CHOICE.replace(
                'activity = "voir"', 'activity = "voir"\nwhen = { film = ["un", "trois"] }'
            )
        },
        "formulas/court.toml",
        "steps[1]",
        "film = trois",
        "when",
    ),
    "a condition that is a number": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\nwhen = { film = 3 }')),
        "formulas/court.toml",
        "steps[1].when.film",
        "liste",
        "crochets",
    ),
    "a condition that is a sentence": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\nwhen = { film = "Le premier" }')),
        "formulas/court.toml",
        "steps[1].when.film[0]",
        "identifiant",
        "minuscules",
    ),
    "a condition on no option": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\nwhen = { film = [] }')),
        "formulas/court.toml",
        "steps[1].when.film",
        "trop courte",
        "au moins 1",
    ),
    "a part that is a number": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\npart = 1')),
        "formulas/court.toml",
        "steps[1].part",
        "texte",
        "guillemets",
    ),
    "a part of an activity that has none": (
        changed("formulas/court.toml", ('activity = "jeu"', 'activity = "jeu"\npart = "avant"')),
        "formulas/court.toml",
        "steps[0].part",
        "« avant »",
        "(aucune)",
    ),
    "a part that is not one of them": (
        TWO_PARTS | changed("formulas/court.toml", ('activity = "jeu"', 'activity = "mots"\npart = "pendant"')),
        "formulas/court.toml",
        "steps[0].part",
        "« pendant »",
        "avant, apres",
    ),
    "no part where the activity has two": (
        TWO_PARTS | changed("formulas/court.toml", ('activity = "jeu"', 'activity = "mots"')),
        "formulas/court.toml",
        "steps[0].part",
        "plusieurs fois",
        "avant, apres",
    ),
    "a part that the video does not have": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\npart = "2"')),
        "formulas/court.toml",
        "steps[1].part",
        "« 2 »",
        "(aucune)",
    ),
    "an entry to keep that the activity does not have": (
        changed("formulas/court.toml", ('activity = "jeu"', 'activity = "jeu"\nonly = ["une", "trois"]')),
        "formulas/court.toml",
        "steps[0].only[1]",
        "« trois »",
        "une, deux",
    ),
    "entries to keep of an activity that has none": (
        changed("formulas/court.toml", ('activity = "voir"', 'activity = "voir"\nonly = ["film"]')),
        "formulas/court.toml",
        "steps[1].only[0]",
        "« film »",
        "(aucun)",
    ),
    "too few entries kept": (
        ORDERED | changed("formulas/court.toml", ('activity = "jeu"', 'activity = "frise"\nonly = ["un", "deux"]')),
        "formulas/court.toml",
        "steps[0].only",
        "trop courte",
        "au moins 3",
    ),
    "an unknown term": (
        changed("activities/jeu.toml", ("intro", 'terms = ["donnee", "information"]\nintro')),
        "activities/jeu.toml",
        "terms[1]",
        "« information »",
        "glossary.toml",
    ),
    "an unknown resource": (
        changed("activities/jeu.toml", ("intro", 'resources = ["lecture", "film"]\nintro')),
        "activities/jeu.toml",
        "resources[1]",
        "« film »",
        "lecture",
    ),
    "scenes whose names, once made longer, are too long": (
        {"activities/debat.toml": DEBATE.format("a" * 58)},
        "activities/debat.toml",
        "items",
        "trop long",
        "60",
    ),
    "scenes that take one another's name": (
        {"activities/jeu.toml": SOUND["activities/jeu.toml"] + GUESS + GUESS},
        "activities/jeu.toml",
        "items",
        "deux-devinette",
        "chacun le sien",
    ),
    "a guess about no question": (
        {"activities/jeu.toml": SOUND["activities/jeu.toml"] + GUESS.replace("deux", "trois")},
        "activities/jeu.toml",
        "then[0]",
        "« trois »",
        "une, deux",
    ),
    "levels that are others": (
        {"activities/niveaux.toml": PANEL},
        "activities/niveaux.toml",
        "choices",
        "niveaux",
        "novice, averti, expert",
    ),
    "a folder misspelt": ({"activites/jeu.toml": ""}, "activites", "", "ignoré", "activities"),
    "a file misspelt": ({"glossaire.toml": ""}, "glossaire.toml", "", "ignoré", "glossary.toml"),
}


@pytest.mark.parametrize(("changes", "file", "where", "message", "mend"), BROKEN.values(), ids=BROKEN.keys())
def test_one_wrong_thing_is_said_with_its_place_and_its_mend(
    tmp_path: Path, changes: Changes, file: str, where: str, message: str, mend: str
) -> None:
    (problem,) = problems_of(write_pack(tmp_path, changes))
    assert (problem.file, problem.where) == (file, where)
    assert message in problem.message.replace("\u00a0", " ")
    assert mend in problem.mend.replace("\u00a0", " ")


def test_two_files_cannot_share_an_id(tmp_path: Path) -> None:
    problems = problems_of(write_pack(tmp_path, {"videos/autre.toml": SOUND["videos/film.toml"]}))
    assert [(one.file, one.where) for one in problems] == [("videos/autre.toml", "id"), ("videos/film.toml", "id")]
    assert "diffère du nom" in problems[0].message
    assert "videos/autre.toml" in problems[1].message


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    together = {
        **changed(
            "activities/jeu.toml",
            ('["oui"]', '["peut-etre"]'),
            ('explanation = "Oui."', 'explication = "Oui."'),
            ('id = "deux"', 'id = "une"'),
        ),
        **changed("formulas/court.toml", ('"novice"', '"curieux"'), ('activity = "voir"', 'activity = "absente"')),
        "glossary.toml": b"\xff",
        "tips.toml": "[[tips",
        "activites/x.toml": "",
    }
    assert places(write_pack(tmp_path, together)) == [
        ("activites", ""),
        ("activities/jeu.toml", "items[0].explanation"),
        ("activities/jeu.toml", "items[0].right[0]"),
        ("activities/jeu.toml", "items[0].explication"),
        ("activities/jeu.toml", "items[1].id"),
        ("formulas/court.toml", "audience"),
        ("formulas/court.toml", "steps[1].activity"),
        ("glossary.toml", ""),
        ("tips.toml", ""),
    ]


def test_a_broken_file_is_not_also_called_missing(tmp_path: Path) -> None:
    assert places(write_pack(tmp_path, {"activities/jeu.toml": "kind ="})) == [("activities/jeu.toml", "")]


def test_too_many_combinations_are_refused_rather_than_tried(tmp_path: Path) -> None:
    options = ", ".join(f'{{ id = "o{rank}", label = "O" }}' for rank in range(10))
    choices = "\n".join(f'[[choices]]\nid = "c{rank}"\nprompt = "?"\noptions = [{options}]' for rank in range(30))
    changes = changed("formulas/court.toml", ("[[steps]]", choices + "\n[[steps]]"))
    assert places(write_pack(tmp_path, changes)) == [("formulas/court.toml", "choices")]


def test_each_combination_that_does_not_fit_is_named(tmp_path: Path) -> None:
    changes = changed(
        "formulas/court.toml", ("[[steps]]", CHOICE), ('activity = "voir"', 'activity = "voir"\nwhen = { film = "un" }')
    )
    problems = problems_of(write_pack(tmp_path, changes))
    assert [problem.where for problem in problems] == ["minutes"]
    assert "film = deux" in problems[0].message


@pytest.mark.parametrize("wanted", ['"deux"', '["deux"]', '["un", "deux"]'])
def test_a_step_may_depend_on_one_option_or_on_several(tmp_path: Path, wanted: str) -> None:
    formula = WITH_CHOICE + EXTRA_STEP.replace('"deux"', wanted)
    pack = load_pack(write_pack(tmp_path, {"formulas/court.toml": formula}))
    steps = {
        option: [step.id for step in chosen_steps(pack.formulas["court"], {"film": option})]
        for option in ("un", "deux")
    }
    assert steps["deux"] == ["jeu", "voir", "fin"]
    assert ("fin" in steps["un"]) == ('"un"' in wanted)


@pytest.mark.parametrize("part", ["", "1", "3"])
def test_a_step_may_show_one_part_of_a_video(tmp_path: Path, part: str) -> None:
    video = changed("videos/film.toml", ("summary", "parts = 3\nsummary"))
    formula = changed("formulas/court.toml", ('activity = "voir"', f'activity = "voir"\npart = "{part}"'))
    pack = load_pack(write_pack(tmp_path, video | formula))
    assert pack.formulas["court"].steps[1].part == part


def test_a_mix_of_steps_lasts_as_long_as_what_is_picked(tmp_path: Path) -> None:
    changes = changed("formulas/court.toml", ("minutes = [5, 15]", "mix = true\nminutes = [15, 120]"))
    assert load_pack(write_pack(tmp_path, changes)).formulas["court"].mix


def test_a_file_that_cannot_be_read_might_hold_any_name(tmp_path: Path) -> None:
    changes = changed("activities/jeu.toml", ("intro", 'terms = ["absent"]\nresources = ["absente"]\nintro'))
    broken: Changes = {**changes, "glossary.toml": "[[terms", "resources.toml": "[[resources"}
    assert places(write_pack(tmp_path, broken)) == [("glossary.toml", ""), ("resources.toml", "")]


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write_pack(outside)
    pack = write_pack(tmp_path / "pack", {"glossary.toml": None, "videos/film.toml": None})
    (pack / "glossary.toml").symlink_to(outside / "glossary.toml")
    (pack / "videos").symlink_to(outside / "videos")
    found = [problem for problem in problems_of(pack) if "hors du dossier" in problem.message]
    assert [problem.file for problem in found] == ["glossary.toml", "videos"]


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"glossary.toml": None})
    (pack / "glossary.toml").symlink_to(pack / "glossary.toml")
    assert places(pack) == [("glossary.toml", "")]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"glossary.toml": None, ".brouillon/glossary.toml": SOUND["glossary.toml"]})
    (pack / "glossary.toml").symlink_to(pack / ".brouillon/glossary.toml")
    assert list(load_pack(pack).glossary) == ["donnee"]


def test_what_is_not_a_file_is_never_opened(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"glossary.toml": None})
    os.mkfifo(pack / "glossary.toml")  # opening it would wait for ever
    (pack / "tips.toml").unlink()
    (pack / "tips.toml").mkdir()
    messages = {problem.file: problem.message for problem in problems_of(pack)}
    assert set(messages) == {"glossary.toml", "tips.toml"}
    assert all("fichier ordinaire" in message for message in messages.values())


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    assert places(tmp_path / "absent") == [(".", "")]


def test_a_pack_without_a_formula_is_refused(tmp_path: Path) -> None:
    assert places(write_pack(tmp_path, {"formulas/court.toml": None})) == [("formulas", "")]


def test_a_file_in_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (problem, *_) = problems_of(write_pack(tmp_path, {"formulas/court.toml": None, "formulas": ""}))
    assert (problem.file, problem.message) == ("formulas", "Ce n’est pas un dossier.")


def test_a_flood_of_problems_is_cut_and_counted(tmp_path: Path) -> None:
    problems = problems_of(write_pack(tmp_path, {"glossary.toml": f"terms = [{'{},' * 1000}]"}))
    assert len(problems) == MAX_PROBLEMS_IN_A_FILE + 1
    assert "2800 autres" in problems[-1].message


def test_no_escape_sequence_reaches_the_terminal(tmp_path: Path) -> None:
    problems = problems_of(write_pack(tmp_path, {"glossary.toml": r'"\u001b[31m\u202Erouge" = 1'}))
    assert not any(one in str(problem) for problem in problems for one in "\u001b\u202e")


def test_the_error_reads_as_a_list(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(write_pack(tmp_path, {"tips.toml": "astuces = []", "glossary.toml": "mots = []"}))
    assert str(refused.value).count("→") == len(refused.value.problems)


def read_or_refused(folder: Path) -> None:
    """Anything but a PackError that says everything about each of its problems escapes, and fails the test."""
    try:
        load_pack(folder)
    except PackError as error:
        told = [problem.file and problem.message and problem.mend for problem in error.problems]
        if not told or not all(told):
            raise


FILES = st.sampled_from(sorted(SOUND))
WORDS = st.text(st.sampled_from("[]{}=\"'.#\n\\ié0-:,") | st.characters(), max_size=80)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FILES, WORDS.map(lambda text: text.encode(errors="surrogatepass")) | st.binary(max_size=80)))
def test_garbage_is_refused_and_never_crashes(garbage: Changes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_or_refused(write_pack(Path(folder), garbage))


def splice(text: str, place: int, cut: int, word: str) -> str:
    start = place % len(text)
    return text[:start] + word + text[start + cut :]


@settings(max_examples=300, deadline=None)
@given(FILES, st.integers(min_value=0), st.integers(0, 12), WORDS)
def test_a_slip_of_the_pen_is_refused_or_harmless(file: str, place: int, cut: int, word: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        slip = splice(SOUND[file], place, cut, word).encode(errors="replace")
        read_or_refused(write_pack(Path(folder), {file: slip}))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("kind", "id", "items", "choices", "steps", "minutes", "when", "tips", "video", "right", "options")


def as_toml(value: object) -> str:
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case str():
            letters = "".join(one if one.isalnum() and one.isascii() else f"\\U{ord(one):08X}" for one in value)
            return f'"{letters}"'
        case list():
            return f"[{', '.join(as_toml(one) for one in value)}]"
        case dict():
            return "{" + ", ".join(f"{as_toml(key)} = {as_toml(one)}" for key, one in value.items()) + "}"
        case _:
            raise AssertionError(value)


@settings(max_examples=300, deadline=None)
@given(FILES, st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1))
def test_sound_toml_of_any_shape_is_refused_or_read(file: str, table: dict[str, object]) -> None:
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in table.items())
    with tempfile.TemporaryDirectory() as folder:
        read_or_refused(write_pack(Path(folder), {file: text}))


# An organisation's own packs


EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_the_worked_example_joins_the_menu() -> None:
    whole = whole_pack(EXAMPLES)
    assert "mairie-express" in whole.formulas
    assert {"mairie-quiz", "mairie-suite"} <= set(whole.activities)
    assert set(default_pack().formulas) < set(whole.formulas)
    # The one to compose stays last.
    assert list(whole.formulas)[-1] == "sur-mesure"


def test_without_packs_of_ones_own_there_is_the_applications() -> None:
    assert whole_pack(None) == default_pack()


def test_an_id_that_another_pack_has_is_said(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "mairie", tmp_path / "un")
    shutil.copytree(EXAMPLES / "mairie", tmp_path / "deux")
    with pytest.raises(PackError) as refused:
        whole_pack(tmp_path)
    assert {(one.file, one.where) for one in refused.value.problems} == {
        ("un/formulas", "mairie-express"),
        ("un/activities", "mairie-quiz"),
        ("un/activities", "mairie-suite"),
    }


def test_what_is_wrong_with_a_pack_says_which_pack(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "mairie", tmp_path / "mairie")
    (tmp_path / "mairie" / "activities" / "mairie-quiz.toml").write_text("kind = 'quizz'", encoding="utf-8")
    with pytest.raises(PackError) as refused:
        whole_pack(tmp_path)
    assert any(one.file == "mairie/activities/mairie-quiz.toml" for one in refused.value.problems)
