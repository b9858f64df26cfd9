"""The French pack holds what the inventory lists, and is written as French is printed."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from content.loader import PACKS, default_pack, inventory
from content.plan import make_plan
from content.schema import OpenQuestion, Poll, Quiz, SingleChoice, prompts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAYLIST = "https://www.youtube.com/playlist?list=PLXxl21OaojlyAwX-Tg1m-z4NYKx11cI3l"
USE_CASES = ("ban", "geodae", "collectivites")


def test_the_pack_holds_the_whole_ristretto() -> None:
    held = inventory(default_pack())
    assert held["formulas"]["ristretto-avec-sucre"] == {"minutes": [15, 30], "steps": 4}
    assert held["activities"]["madonna"] == {"kind": "quiz", "items": 11}
    assert held["activities"]["quiz-open-data"] == {"kind": "quiz", "items": 4}
    assert held["activities"]["quiz-data-ia"] == {"kind": "quiz", "items": 4}
    for video in ("open-data", "data-ia"):
        assert held["activities"][f"video-{video}"] == {"kind": "video", "items": 1}
        assert held["activities"][f"sucre-{video}"] == {"kind": "opening", "items": 1}


def test_the_formula_says_what_the_guide_says() -> None:
    formula = default_pack().formulas["ristretto-avec-sucre"]
    assert (formula.minutes, formula.people, formula.audience, formula.sugar) == ((15, 30), (5, 20), "novice", True)
    assert formula.themes == ("data", "ia")
    assert formula.settings == ("room", "hybrid")


def test_the_pack_holds_the_whole_ristretto_without_sugar() -> None:
    held = inventory(default_pack())
    assert held["formulas"]["ristretto-sans-sucre"] == {"minutes": [15, 30], "steps": 4}
    for video in USE_CASES:
        assert held["activities"][f"video-{video}"] == {"kind": "video", "items": 1}
        assert held["activities"][f"quiz-{video}"] == {"kind": "quiz", "items": 3}
        assert held["activities"][f"sucre-{video}"] == {"kind": "opening", "items": 1}


def test_the_formula_without_sugar_says_what_the_guide_says() -> None:
    formula = default_pack().formulas["ristretto-sans-sucre"]
    assert (formula.minutes, formula.people, formula.audience, formula.sugar) == ((15, 30), (5, 20), "averti", False)
    assert formula.themes == ("data",)
    assert formula.settings == ("room", "hybrid")
    assert [(choice.id, tuple(option.id for option in choice.options)) for choice in formula.choices] == [
        ("video", USE_CASES)
    ]
    for step in formula.steps:
        if step.course in ("tasse", "chocolat"):
            assert step.minutes == (5, 10)


@pytest.mark.parametrize("minutes", [15, 22, 30])
@pytest.mark.parametrize("video", USE_CASES)
def test_each_use_case_makes_a_whole_cafe(video: str, minutes: int) -> None:
    pack = default_pack()
    plan = make_plan(pack, pack.formulas["ristretto-sans-sucre"], {"video": video}, minutes)
    assert [step.activity.id for step in plan.steps] == ["madonna", f"video-{video}", f"quiz-{video}", f"sucre-{video}"]
    assert [step.course for step in plan.steps] == ["tasse", "cafe", "chocolat", "sucre"]
    assert [step.video for step in plan.steps] == [None, pack.videos[video], None, None]
    assert all(step.notes and step.tips for step in plan.steps)
    assert plan.minutes == minutes


RIGHT: dict[str, list[tuple[str, ...] | None]] = {
    "madonna": [
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
    ],
    "quiz-open-data": [("faux",), None, ("financement",), ("data-gouv-fr",)],
    "quiz-data-ia": [("annees-1950",), ("entrainement",), None, ("decider",)],
    "quiz-ban": [("communes",), ("tout-le-monde",), ("route", "boite-aux-lettres", "porte")],
    "quiz-geodae": [None, ("controle", "transmission", "services"), ("quarante",)],
    "quiz-collectivites": [("trois-mille-cinq-cents",), ("service",), ("rendre-compte",)],
}


@pytest.mark.parametrize(("activity", "right"), RIGHT.items(), ids=RIGHT.keys())
def test_right_answers_come_in_the_order_of_the_guide(activity: str, right: list[tuple[str, ...] | None]) -> None:
    quiz = default_pack().activities[activity]
    assert isinstance(quiz, Quiz)
    assert [item.right if isinstance(item, SingleChoice) else None for item in quiz.items] == right


@pytest.mark.parametrize("activity", ["quiz-open-data", "quiz-data-ia", *(f"quiz-{video}" for video in USE_CASES)])
def test_no_right_answer_is_always_at_the_same_place(activity: str) -> None:
    quiz = default_pack().activities[activity]
    places = {
        [choice.id for choice in item.choices].index(item.right[0])
        for item in prompts_of(quiz)
        if isinstance(item, SingleChoice)
    }
    assert len(places) > 1


def test_the_open_question_on_big_data_reveals_the_five_v() -> None:
    (question,) = [
        item for item in prompts_of(default_pack().activities["quiz-data-ia"]) if isinstance(item, OpenQuestion)
    ]
    assert "données massives" in question.explanation
    assert all(word in question.explanation for word in ("volume", "variété", "vitesse", "véracité", "valeur"))


def question(activity: str, one: str) -> SingleChoice | Poll:
    (found,) = [item for item in prompts_of(default_pack().activities[activity]) if item.id == one]
    assert isinstance(found, SingleChoice | Poll)
    return found


def test_where_all_answers_are_right_the_reveal_says_so() -> None:
    for quiz, one in (("quiz-ban", "point-sur-la-carte"), ("quiz-geodae", "format-commun")):
        asked = question(quiz, one)
        assert asked.right == tuple(choice.id for choice in asked.choices)
        assert asked.explanation.startswith("Les trois sont justes")


def test_the_defibrillator_at_work_is_a_poll_that_tells_the_duty() -> None:
    asked = question("quiz-geodae", "pres-de-vous")
    assert isinstance(asked, Poll)
    assert asked.right == ()
    assert "entretenu et déclaré" in asked.explanation


def test_figures_come_with_what_they_mean() -> None:
    assert "premières minutes" in question("quiz-geodae", "survie").explanation
    threshold = question("quiz-collectivites", "seuil").explanation
    assert "3\u00a0500\u00a0habitants" in threshold
    assert "50\u00a0agents" in threshold


def test_the_six_videos_lead_to_the_public_playlist() -> None:
    videos = default_pack().videos
    assert set(videos) == {"open-data", "donnees-personnelles", "collectivites", "ban", "geodae", "data-ia"}
    assert {video.url for video in videos.values()} == {PLAYLIST}
    assert (videos["data-ia"].seconds, videos["data-ia"].parts) == (225, 2)


def test_the_glossary_has_the_entries_of_the_guide_and_its_notions() -> None:
    assert set(default_pack().glossary) == {
        "licence-ouverte", "facilitateur", "open-data", "rgpd", "ice-breaker", "donnee-personnelle",
        "donnee-sensible", "anonymisation", "pseudonymisation", "big-data", "marque-blanche", "prompt", "chatbot",
        "cnil", "ban", "bal", "fair", "algorithme", "ia-generative",
    }  # fmt: skip


def test_the_six_tips_are_there_and_each_is_shown() -> None:
    pack = default_pack()
    shown = {tip for formula in pack.formulas.values() for step in formula.steps for tip in step.tips}
    assert set(pack.tips) == shown
    assert len(pack.tips) == 6


def test_every_group_of_resources_has_some() -> None:
    groups = {resource.group for resource in default_pack().resources.values()}
    assert groups == {"video", "animation", "ia", "jeu", "chatbot", "outil", "communaute"}
    assert {resource.video for resource in default_pack().resources.values()} >= set(default_pack().videos)


# Small screens.


def shown_on_phones() -> Iterator[tuple[str, int, str]]:
    for activity in default_pack().activities.values():
        for prompt in prompts_of(activity):
            yield f"{activity.id}/{prompt.id} prompt", 140, prompt.prompt
            if isinstance(prompt, SingleChoice | Poll | OpenQuestion):
                yield f"{activity.id}/{prompt.id} explanation", 260, prompt.explanation
            if isinstance(prompt, SingleChoice | Poll):
                for choice in prompt.choices:
                    yield f"{activity.id}/{prompt.id}/{choice.id}", 90, choice.label


@pytest.mark.parametrize(("limit", "text"), [pytest.param(*one[1:], id=one[0]) for one in shown_on_phones()])
def test_texts_fit_on_a_phone(limit: int, text: str) -> None:
    assert 0 < len(text) <= limit


# French typography, over the files as they are written.


def texts() -> Iterator[tuple[str, str]]:
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
    wrong = re.compile(r"\b(A|Etat|Etats|Ecole|Ecran|Etape|Education|Ecrire|Ecrivez|Etes)\b(?! la carte)")
    assert [(where, text) for where, text in texts() if wrong.search(text) and "A.I." not in text] == []


def test_every_link_is_secure() -> None:
    for path in (PACKS / "fr").rglob("*.toml"):
        assert "http://" not in path.read_text(encoding="utf-8"), path


def test_no_identifier_is_read_as_a_sentence() -> None:
    pack = default_pack()
    ids = [*pack.formulas, *pack.activities, *pack.videos, *pack.tips, *pack.glossary, *pack.resources]
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in ids)
