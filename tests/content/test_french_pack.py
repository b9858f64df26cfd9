"""The French pack holds what the inventory lists, and is written as French is printed."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from content.activities.board import Day
from content.activities.cards import Cards
from content.activities.closing import Closing
from content.activities.comparison import Comparison
from content.activities.debate import Debate
from content.activities.definitions import Definitions
from content.activities.grid import Grid
from content.activities.panel import Panel
from content.activities.placement import Placement
from content.activities.quiz import Quiz
from content.activities.talk import Talk
from content.activities.timeline import Timeline
from content.checks import combinations
from content.loader import PACKS, default_pack, inventory
from content.plan import make_plan
from content.prompts import (
    CardPick,
    Hunt,
    MultipleChoice,
    OpenQuestion,
    Ordering,
    Poll,
    Scale,
    SingleChoice,
    Slide,
    countable,
    right_of,
)
from content.schema import COURSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content.activities import Activity
    from content.prompts import Prompt

PACK = default_pack()
PLAYLIST = "https://www.youtube.com/playlist?list=PLXxl21OaojlyAwX-Tg1m-z4NYKx11cI3l"
USE_CASES = ("ban", "geodae", "collectivites")
VIRTUAL = ("ristretto-virtuel", "americano-virtuel", "cappuccino-virtuel", "mousse-ia-virtuel")
DEBRIEF = ("quiz-open-data", "quiz-data-ia", "quiz-collectivites", "quiz-ban", "quiz-geodae")
Kind = TypeVar("Kind")
FIVE_V = ("Volume", "Variété", "Vitesse", "Véracité", "Valeur")


def activity(name: str, kind: type[Kind]) -> Kind:
    found = PACK.activities[name]
    assert isinstance(found, kind)
    return found


def ids(entries: Iterable[Any]) -> list[str]:
    return [entry.id for entry in entries]


def question(quiz: str, one: str) -> Prompt:
    (found,) = [scene for scene in PACK.activities[quiz].scenes() if scene.id == one]
    assert not isinstance(found, Slide)
    return found


# Formulas.

ROOM, AFAR = ("room", "hybrid"), ("remote",)
# Minutes, minutes advised at most, audience, sugar, themes, settings, steps of the longest café.
FORMULAS = {
    "ristretto-avec-sucre": ((15, 30), None, "novice", True, ("data", "ia"), ROOM, 4),
    "ristretto-sans-sucre": ((15, 30), None, "averti", False, ("data",), ROOM, 4),
    "americano-avec-sucre": ((30, 60), None, "novice", True, ("data",), ROOM, 7),
    "americano-sans-sucre": ((30, 60), None, "averti", False, ("data",), ROOM, 6),
    "cappuccino-mousse-ia": ((55, 65), None, "mixte", None, ("ia",), ROOM, 14),
    "cappuccino": ((60, 75), None, "mixte", None, ("data",), ROOM, 13),
    "ristretto-virtuel": ((15, 30), None, "mixte", None, ("data", "ia"), AFAR, 5),
    "americano-virtuel": ((30, 60), 45, "mixte", None, ("data",), AFAR, 7),
    "cappuccino-virtuel": ((45, 75), 45, "mixte", None, ("data",), AFAR, 14),
    "mousse-ia-virtuel": ((45, 65), 45, "mixte", None, ("ia",), AFAR, 15),
    "sur-mesure": ((15, 120), None, "mixte", None, ("data", "ia"), (*ROOM, *AFAR), 4),
}


def test_the_menu_goes_from_the_shortest_formula_to_the_one_to_compose() -> None:
    assert list(PACK.formulas) == list(FORMULAS)


@pytest.mark.parametrize(("name", "facts"), FORMULAS.items(), ids=FORMULAS.keys())
def test_each_formula_says_what_the_guide_says(name: str, facts: tuple[object, ...]) -> None:
    formula = PACK.formulas[name]
    assert (
        formula.minutes,
        formula.advised,
        formula.audience,
        formula.sugar,
        formula.themes,
        formula.settings,
        inventory(PACK)["formulas"][name]["steps"],
    ) == facts
    assert formula.people == ((2, 100) if formula.mix else (5, 20))
    assert formula.mix == (name == "sur-mesure")


@pytest.mark.parametrize("name", FORMULAS)
def test_each_formula_says_what_to_bring_and_what_to_have_done(name: str) -> None:
    formula = PACK.formulas[name]
    material = " ".join(formula.material).lower()
    assert "connexion internet" in material
    assert ("visio" if name in VIRTUAL else "écran") in material
    assert formula.checklist


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cappuccino", ["tableau blanc", "paper board"]),
        ("cappuccino-mousse-ia", ["tableau blanc", "paper board"]),
        ("americano-avec-sucre", ["tableau", "post-it de quatre couleurs", "stylos"]),
        *((name, ["outil de visio", "support de présentation"]) for name in VIRTUAL),
    ],
)
def test_some_formulas_need_more(name: str, words: list[str]) -> None:
    material = " ".join(PACK.formulas[name].material).lower()
    assert [word for word in words if word not in material] == []


@pytest.mark.parametrize("name", FORMULAS)
def test_whatever_is_chosen_a_cafe_fits_its_minutes_and_has_its_four_courses_in_order(name: str) -> None:
    formula = PACK.formulas[name]
    within = (formula.minutes[0], formula.advised or sum(formula.minutes) // 2, formula.minutes[1])
    if formula.mix:
        within = (20, 25, 30)
    for choices in combinations(formula):
        for minutes in within:
            plan = make_plan(PACK, formula, choices, minutes)
            assert plan.minutes == minutes, choices
            courses = [COURSES.index(step.course) for step in plan.steps]
            assert courses == sorted(courses), choices
            assert set(courses) == {0, 1, 2, 3}, choices
            assert all(step.notes and step.minutes >= 1 for step in plan.steps), choices
            assert all((step.video is not None) == (step.activity.kind == "video") for step in plan.steps)


def activities_of(name: str, **choices: str) -> list[str]:
    formula = PACK.formulas[name]
    return [step.activity.id for step in make_plan(PACK, formula, choices, formula.minutes[0]).steps]


def options(name: str, choice: str) -> list[str]:
    (found,) = [one for one in PACK.formulas[name].choices if one.id == choice]
    return ids(found.options)


@pytest.mark.parametrize("video", ["open-data", "data-ia"])
def test_a_ristretto_with_sugar_is_the_quiz_of_the_video_shown(video: str) -> None:
    assert activities_of("ristretto-avec-sucre", video=video) == [
        "madonna",
        f"video-{video}",
        f"quiz-{video}",
        f"sucre-{video}",
    ]


@pytest.mark.parametrize("video", USE_CASES)
def test_a_ristretto_without_sugar_is_about_one_use_case(video: str) -> None:
    assert options("ristretto-sans-sucre", "video") == list(USE_CASES)
    assert activities_of("ristretto-sans-sucre", video=video) == [
        "madonna",
        f"video-{video}",
        f"quiz-{video}",
        f"sucre-{video}",
    ]


@pytest.mark.parametrize(
    ("chosen", "videos"),
    [
        ("open-data", ["video-open-data"]),
        ("donnees-personnelles", ["video-donnees-personnelles"]),
        ("les-deux", ["video-open-data", "video-donnees-personnelles"]),
    ],
)
def test_an_americano_with_sugar_follows_an_agent_all_day(chosen: str, videos: list[str]) -> None:
    assert activities_of("americano-avec-sucre", videos=chosen) == [
        "donnees-personnelles-ou-sensibles",
        "placement",
        *videos,
        "journee-d-agent",
        "bilan",
        "sucre-open-data",
    ]


def test_an_americano_without_sugar_debates_after_one_or_two_use_cases() -> None:
    assert options("americano-sans-sucre", "videos") == [
        *USE_CASES,
        "ban-geodae",
        "ban-collectivites",
        "geodae-collectivites",
    ]
    assert activities_of("americano-sans-sucre", videos="ban-geodae") == [
        "crazy-jobs",
        "video-ban",
        "video-geodae",
        "debat-donnees",
        "bilan-debat",
        "sucre-cappuccino",
    ]


def test_a_cappuccino_defines_before_and_after_and_debates_three_statements() -> None:
    assert options("cappuccino", "tasse") == ["crazy-jobs", "madonna"]
    assert options("cappuccino", "exemple") == list(USE_CASES)
    formula = PACK.formulas["cappuccino"]
    plan = make_plan(PACK, formula, {"tasse": "crazy-jobs", "exemple": "ban"}, 60)
    assert [(step.activity.id, step.part) for step in plan.steps] == [
        ("niveaux", ""),
        ("crazy-jobs", ""),
        ("big-data", ""),
        ("definitions-donnees", "avant"),
        ("video-open-data", ""),
        ("debrief-open-data", ""),
        ("definitions-donnees", "apres"),
        ("fair", ""),
        ("formats-ouverts", ""),
        ("debat-donnees", ""),
        ("outils-en-ligne", ""),
        ("video-ban", ""),
        ("sucre-cappuccino", ""),
    ]
    (debate,) = [step.activity for step in plan.steps if isinstance(step.activity, Debate)]
    assert ids(debate.items) == ["gratuites", "utile", "financement"]


@pytest.mark.parametrize("sequence", ["idees-recues-ia", "comparia"])
def test_a_cappuccino_with_ai_foam_plays_the_video_in_two_parts(sequence: str) -> None:
    assert options("cappuccino-mousse-ia", "tasse") == ["madonna", "photolangage"]
    choices = {
        "tasse": "photolangage",
        "open-data": "sans",
        "sequence": {"idees-recues-ia": "debat", "comparia": "comparia"}[sequence],
    }
    plan = make_plan(PACK, PACK.formulas["cappuccino-mousse-ia"], choices, 60)
    assert [(step.activity.id, step.part) for step in plan.steps] == [
        ("photolangage", ""),
        ("big-data", ""),
        ("definitions-ia", "avant"),
        ("frise-ia", ""),
        ("video-data-ia", "1"),
        ("debrief-data-ia-1", ""),
        ("video-data-ia", "2"),
        ("debrief-data-ia-2", ""),
        ("definitions-ia", "apres"),
        (sequence, ""),
        ("outils-en-ligne", ""),
        ("sucre-data-ia", ""),
    ]
    longer = activities_of("cappuccino-mousse-ia", **{**choices, "open-data": "avec"})
    assert {"video-open-data", "debrief-open-data"} <= set(longer)


@pytest.mark.parametrize("name", VIRTUAL)
def test_from_afar_any_ice_breaker_will_do_and_placement_is_a_vote(name: str) -> None:
    assert set(options(name, "tasse")) == {"madonna", "crazy-jobs", "photolangage", "placement"}
    used = {step.activity for step in PACK.formulas[name].steps}
    assert {"madonna", "crazy-jobs", "photolangage", "placement"} <= used


# Ice breakers.


def test_madonna_has_its_eleven_answers_in_order() -> None:
    quiz = activity("madonna", Quiz)
    assert [right_of(item) for item in quiz.items] == [
        ("donnee",),
        ("madonna",),
        ("les-deux",),
        ("donnee",),
        ("madonna",),
        ("les-deux",),
        ("donnee",),
        ("donnee",),
        ("donnee", "les-deux"),
        ("les-deux",),
        ("les-deux",),
    ]
    assert {tuple(ids(countable(item))) for item in quiz.items} == {("donnee", "madonna", "les-deux")}


def test_placement_has_nine_statements_and_nobody_is_right() -> None:
    placement = activity("placement", Placement)
    assert len(placement.items) == 9
    assert (placement.agree, placement.disagree) == ("Plutôt d’accord", "Plutôt pas d’accord")
    assert all(item.lead for item in placement.items)


def test_ten_crazy_jobs_come_in_both_genders() -> None:
    jobs = activity("crazy-jobs", Cards).items
    assert len(jobs) == 10
    assert [job.label for job in jobs if " ou " not in job.label] == []
    assert all(job.text for job in jobs)


FILMS = {
    "skynet": ("Terminator", "1984"),
    "hal": ("2001", "1968"),
    "samantha": ("Her", "2013"),
    "viki": ("I, Robot", "2004"),
    "david": ("A.I.", "2001"),
    "rachael": ("Blade Runner", "1982"),
    "jarvis": ("Iron Man", "2008"),
    "matrice": ("Matrix", "1999"),
    "motoko": ("Ghost in the Shell", "1995"),
    "maria": ("Metropolis", "1927"),
}


def test_ten_figures_each_have_their_drawing_its_description_and_their_film() -> None:
    cards = {card.id: card for card in activity("photolangage", Cards).items}
    assert list(cards) == list(FILMS)
    for name, (film, year) in FILMS.items():
        card = cards[name]
        assert card.picture in PACK.pictures
        assert len(card.alt) > 30
        assert film in card.text
        assert f", {year}." in card.text
    assert len({card.picture for card in cards.values()}) == 10
    assert set(PACK.pictures) == {card.picture for card in cards.values()}


def test_the_panel_has_three_levels_in_both_genders() -> None:
    assert [choice.label for choice in activity("niveaux", Panel).choices] == [
        "Novice",
        "Averti ou avertie",
        "Expert ou experte",
    ]


# Videos.


def test_the_six_videos_lead_to_the_public_playlist() -> None:
    videos = PACK.videos
    assert set(videos) == {"open-data", "donnees-personnelles", "collectivites", "ban", "geodae", "data-ia"}
    assert {video.url for video in videos.values()} == {PLAYLIST}
    assert (videos["data-ia"].seconds, videos["data-ia"].parts) == (225, 2)
    assert all(video.objectives and video.notions and video.examples for video in videos.values())


def test_moments_to_pause_belong_to_a_part_that_the_video_has() -> None:
    for video in PACK.videos.values():
        assert all(pause.part <= video.parts for pause in video.pauses)
    assert {pause.part for pause in PACK.videos["data-ia"].pauses} == {1, 2}


# Debrief quizzes.

# What is right in each question, in order; None where nothing is.
RIGHT: dict[str, list[tuple[str, ...] | None]] = {
    "quiz-open-data": [("faux",), None, ("financement",), ("data-gouv-fr",)],
    "quiz-data-ia": [("annees-1950",), ("entrainement",), None, ("decider",)],
    "quiz-collectivites": [("trois-mille-cinq-cents",), ("service",), ("rendre-compte",)],
    "quiz-ban": [("communes",), ("tout-le-monde",), ("route", "boite-aux-lettres", "porte")],
    "quiz-geodae": [None, ("controle", "transmission", "services"), ("quarante",)],
}


@pytest.mark.parametrize(("name", "right"), RIGHT.items(), ids=RIGHT.keys())
def test_right_answers_come_in_the_order_of_the_guide(name: str, right: list[tuple[str, ...] | None]) -> None:
    assert [right_of(item) or None for item in activity(name, Quiz).items] == right


def test_seventeen_questions_are_asked_after_the_videos_each_with_something_to_say() -> None:
    items = [item for name in DEBRIEF for item in activity(name, Quiz).items]
    assert len(items) == 17
    assert all(item.explanation or item.lead for item in items)


@pytest.mark.parametrize("name", [name for name in DEBRIEF if name != "quiz-geodae"])
def test_no_right_answer_is_always_at_the_same_place(name: str) -> None:
    places = {
        ids(item.choices).index(item.right[0]) for item in activity(name, Quiz).items if isinstance(item, SingleChoice)
    }
    assert len(places) > 1


def test_big_data_is_an_open_question_then_five_v_to_guess() -> None:
    asked, guess = question("quiz-data-ia", "big-data"), question("quiz-data-ia", "big-data-devinette")
    assert isinstance(asked, OpenQuestion)
    assert asked.explanation
    assert isinstance(guess, Hunt)
    assert [target.label for target in guess.targets] == list(FIVE_V)


@pytest.mark.parametrize(("quiz", "one"), [("quiz-ban", "point-sur-la-carte"), ("quiz-geodae", "format-commun")])
def test_where_all_answers_are_right_the_reveal_says_so(quiz: str, one: str) -> None:
    asked = question(quiz, one)
    assert list(right_of(asked)) == ids(countable(asked))
    assert asked.explanation.startswith("Les trois")


def test_the_defibrillator_at_work_is_a_poll_that_tells_the_duty() -> None:
    asked = question("quiz-geodae", "pres-de-vous")
    assert isinstance(asked, Poll)
    assert "entretenu et déclaré" in asked.explanation


def test_figures_come_with_what_they_mean() -> None:
    assert "minutes" in question("quiz-geodae", "survie").explanation
    threshold = question("quiz-collectivites", "seuil").explanation
    assert "3\u00a0500\u00a0habitants" in threshold
    assert "50\u00a0agents" in threshold


# Debates and group sequences.


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("debat-donnees", ["concerne", "mode", "gratuites", "utile", "produit", "financement"]),
        ("idees-recues-ia", ["tout-faire", "decider", "travail", "art", "imagination", "recrutement"]),
    ],
)
def test_each_debate_has_six_statements(name: str, statements: list[str]) -> None:
    debate = activity(name, Debate)
    assert ids(debate.items) == statements
    assert all(item.lead for item in debate.items)


def test_an_agents_day_has_five_moments_and_four_colours_after_a_portrait() -> None:
    day = activity("journee-d-agent", Day)
    assert ids(day.moments) == ["trajet-aller", "travail", "dejeuner", "activites", "trajet-retour"]
    assert [(colour.id, colour.paint) for colour in day.colours] == [
        ("personnelle", "blue"),
        ("sensible", "pink"),
        ("publique", "yellow"),
        ("ouverte", "green"),
    ]
    assert ids(day.portrait) == ["prenom", "age", "metier", "foyer"]
    assert len(day.examples) >= 6


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("definitions-donnees", ["donnee", "information", "donnee-publique", "donnee-ouverte"]),
        ("definitions-ia", ["intelligence-artificielle", "algorithme", "machine-learning", "ia-generative"]),
    ],
)
def test_four_words_are_defined_before_and_after(name: str, words: list[str]) -> None:
    definitions = activity(name, Definitions)
    assert ids(definitions.items) == ids(definitions.scenes("avant")) == ids(definitions.scenes("apres")) == words


def test_fair_has_its_four_letters_and_free_of_charge() -> None:
    assert ids(activity("fair", Grid).items) == [
        "facile-a-trouver",
        "accessible",
        "interoperable",
        "reutilisable",
        "gratuite",
    ]


def test_open_formats_are_to_be_named() -> None:
    formats = question("formats-ouverts", "formats")
    assert isinstance(formats, Hunt)
    assert {"CSV", "ODS", "JSON"} <= {target.label for target in formats.targets}


def test_the_talk_on_big_data_has_its_figures_and_says_what_they_are() -> None:
    talk = activity("big-data", Talk)
    told = talk.model_dump_json()
    for figure in (
        "64,2\u00a0zettaoctets",
        "21\u00a0zéros",
        "23\u00a0%",
        "181\u00a0zettaoctets",
        "projection",
        "copie",
    ):
        assert figure in told
    assert [scene.figure for scene in talk.items if isinstance(scene, Slide)] == ["zeros", "growth", "five-v"]
    (hunt,) = [scene for scene in talk.items if isinstance(scene, Hunt)]
    assert [target.label for target in hunt.targets] == list(FIVE_V)


def test_the_history_of_ai_has_six_entries_in_order() -> None:
    timeline = activity("frise-ia", Timeline)
    assert ids(timeline.items) == ["turing", "dartmouth", "ecoles", "systemes-experts", "deep-blue", "images"]
    years = [re.findall(r"\d{4}", item.date)[0] for item in timeline.items if item.id != "ecoles"]
    assert years == ["1950", "1956", "1980", "1997", "2012"]


def test_comparing_leads_to_comparia() -> None:
    assert "comparia.beta.gouv.fr" in activity("comparia", Comparison).link.url


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("bilan", ["surprise", "pas-surprise", "appris", "apport"]),
        ("bilan-debat", ["arguments", "apport-mots", "apport"]),
    ],
)
def test_a_closing_asks_what_is_retained_and_what_the_cafe_brought(name: str, items: list[str]) -> None:
    closing = activity(name, Closing)
    assert ids(closing.items) == items
    assert isinstance(closing.items[-1], Scale)


# Around the café.


def test_the_glossary_has_the_entries_of_the_guide_and_its_notions() -> None:
    assert set(PACK.glossary) >= {
        "licence-ouverte", "facilitateur", "open-data", "rgpd", "ice-breaker", "donnee-personnelle",
        "donnee-sensible", "anonymisation", "pseudonymisation", "big-data", "marque-blanche", "prompt", "chatbot",
        "cnil", "ban", "bal", "fair", "algorithme", "ia-generative",
    }  # fmt: skip


def test_every_tip_is_shown_at_some_step() -> None:
    shown = {tip for formula in PACK.formulas.values() for step in formula.steps for tip in step.tips}
    assert set(PACK.tips) == shown
    assert shown >= {"convivialite", "briser-la-glace", "oser", "interactions", "s-appuyer", "communiquer"}


def test_every_activity_is_part_of_some_formula() -> None:
    assert set(PACK.activities) == {step.activity for formula in PACK.formulas.values() for step in formula.steps}


def test_every_group_of_resources_has_some() -> None:
    groups = {resource.group for resource in PACK.resources.values()}
    assert groups == {"video", "animation", "ia", "jeu", "chatbot", "outil", "communaute"}
    assert {resource.video for resource in PACK.resources.values()} >= set(PACK.videos)


def test_no_two_terms_are_the_same_word() -> None:
    terms = Counter(term.term.casefold() for term in PACK.glossary.values())
    assert [term for term, count in terms.items() if count > 1] == []


# Small screens.


def shown_on_phones(activity: Activity) -> Iterator[tuple[str, int, str]]:
    """Texts of an activity, each with its place and the most characters that fit."""
    for part in ("avant", "apres") if isinstance(activity, Definitions) else ("",):
        for scene in activity.scenes(part):
            if isinstance(scene, Slide):
                yield f"{scene.id} title", 60, scene.title
                yield f"{scene.id} body", 200, scene.body
                yield from ((f"{scene.id} point", 140, point) for point in scene.points)
                continue
            yield f"{scene.id} prompt", 140, scene.prompt
            if scene.explanation:
                yield f"{scene.id} explanation", 260, scene.explanation
            for choice in countable(scene):
                yield f"{scene.id}/{choice.id}", 90, choice.label
            if isinstance(scene, CardPick):
                yield from ((f"{scene.id}/{card.id} text", 260, card.text) for card in scene.cards if card.text)
            if isinstance(scene, Ordering):
                yield from ((f"{scene.id}/{entry.id}", 90, entry.label) for entry in scene.entries)


@pytest.mark.parametrize("name", PACK.activities)
def test_texts_fit_on_a_phone(name: str) -> None:
    texts = list(shown_on_phones(PACK.activities[name]))
    assert [(where, len(text)) for where, limit, text in texts if not 0 < len(text) <= limit] == []


def test_what_is_asked_ends_as_a_question_or_a_sentence() -> None:
    for activity in PACK.activities.values():
        for scene in activity.scenes("apres" if isinstance(activity, Definitions) else ""):
            if not isinstance(scene, Slide):
                assert re.search(r"[.?!…]$", scene.prompt), (activity.id, scene.id)
                assert not scene.explanation or re.search(r"[.?!…]$", scene.explanation), (activity.id, scene.id)


def test_several_answers_are_asked_for_where_there_are_several() -> None:
    for activity in PACK.activities.values():
        for scene in activity.scenes("apres" if isinstance(activity, Definitions) else ""):
            if isinstance(scene, MultipleChoice) and scene.right:
                assert re.search(r"(?i)plusieurs|cochez|lesquel", scene.prompt), (activity.id, scene.id)


# French typography, over the files as they are written.


@cache
def texts() -> tuple[tuple[str, str], ...]:
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted((PACKS / "fr").rglob("*.toml")):
        waiting = [(path.relative_to(PACKS / "fr").as_posix(), tomllib.loads(path.read_text(encoding="utf-8")))]
        while waiting:
            where, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [(f"{where}.{key}", one) for key, one in value.items()]
            elif isinstance(value, list):
                waiting += [(f"{where}[{rank}]", one) for rank, one in enumerate(value)]
            elif isinstance(value, str) and not value.startswith("https://"):
                yield where, value


SLIPS = {
    "a median dot": r"[·•‧]",
    "a straight apostrophe": "'",
    "straight quotes": '"',
    "a breaking space before a sign": r" [?!;:»%]",
    "no space before a sign": r"[^\s\u00a0\u202f?!…(][?!;]|[^\s\u00a0\u202f/\d]:(?!//)",
    "a wide space before ? ! ;": "\u00a0[?!;]",
    "a breaking space after «": r"«(?!\u00a0)",
    "nothing before »": r"(?<!\u00a0)»",
    "three dots": r"\.\.\.",
    "two spaces": r"  ",
    "oe or OE for œ": r"(?i)\b(c|s|v|b)oe(u|r)",
    "a number broken in two": r"\d \d{3}\b",
    "an e-mail address": r"[\w.+-]+@[\w-]+\.\w+",
    "a slash for two genders": r"\w+/\w*(euse|rice|ante|ente|e|s)\b",
    "a bracket for two genders": r"\w\((e|s|es|ne|trice)\)",
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_french_is_written_as_it_is_printed(slip: str) -> None:
    assert [(where, text) for where, text in texts() if re.search(slip, text)] == []


def test_capitals_keep_their_accents() -> None:
    wrong = re.compile(r"(?<!\.)\b(A|Etat|Etats|Ecole|Ecran|Etape|Education|Ecrire|Ecrivez|Etes)\b(?! la carte|\.)")
    assert [(where, text) for where, text in texts() if wrong.search(text)] == []


def test_every_link_is_secure() -> None:
    for path in (PACKS / "fr").rglob("*.toml"):
        assert "http://" not in path.read_text(encoding="utf-8"), path


def test_no_identifier_is_read_as_a_sentence() -> None:
    names = [*PACK.formulas, *PACK.activities, *PACK.videos, *PACK.tips, *PACK.glossary, *PACK.resources]
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in names)
