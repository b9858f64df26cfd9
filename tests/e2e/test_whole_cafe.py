"""A whole « Ristretto avec sucre », from the front door to the downloaded answers, as people live it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from content.loader import default_pack
from content.prompts import DonePrompt, Hunt, OpenQuestion, SingleChoice
from tests.e2e.ears import Ears, recognisable

if TYPE_CHECKING:
    from content.prompts import Scene
    from tests.e2e.people import Facilitator, House, Phone, Screen

pytestmark = pytest.mark.browser

TITLE = "Le café d’Anne & Zoé <em>*jeudi*</em>"
HOSTILE = "<img src=x onerror=alert(1)> :red[x] $a$ =1+1"
FORMULA = '=HYPERLINK("http://x") des *données*'
TWO_LINES = "Beaucoup de données\nsur deux lignes"
PACK = default_pack()
STATEMENTS = [prompt for prompt in PACK.activities["madonna"].scenes() if isinstance(prompt, SingleChoice)]
SCENES = PACK.activities["quiz-data-ia"].scenes()
QUIZ = [scene for scene in SCENES if not isinstance(scene, Hunt)]
(GUESS,) = [scene for scene in SCENES if isinstance(scene, Hunt)]
VIDEO = PACK.activities["video-data-ia"]
DATA, MADONNA, BOTH = "Ma donnée", "Madonna", "Les deux"


@dataclass
class Row:
    """A line of the file that the review gives, but for the hour."""

    step: str
    number: int
    question: str
    name: str
    answer: str
    right: str = ""
    counted: str = "oui"
    moment: str = ""


@dataclass
class Taps:
    """What was tapped, told by the test itself: the app has no part in it."""

    rows: list[Row] = field(default_factory=list)

    def statement(self, number: int, **answers: str) -> None:
        self._choice(PACK.activities["madonna"].title, number, STATEMENTS[number - 1], answers)

    def quiz(self, number: int, **answers: str) -> None:
        prompt = QUIZ[number - 1]
        assert isinstance(prompt, SingleChoice)
        self._choice(PACK.activities["quiz-data-ia"].title, number, prompt, answers)

    def _choice(self, step: str, number: int, prompt: SingleChoice, answers: dict[str, str]) -> None:
        right = {choice.label for choice in prompt.choices if choice.id in prompt.right}
        for name, label in answers.items():
            known = [choice.label for choice in prompt.choices]
            answer = next(choice for choice in known if choice.startswith(label))
            verdict = "oui" if answer in right else "non"
            self.rows.append(Row(step, number, prompt.prompt, name, answer, verdict))

    def summary(self, prompt: SingleChoice) -> str:
        """The sentence that goes with the chart once the answer is revealed."""
        given = [row.answer for row in self.rows if row.question == prompt.prompt]
        marks = [("✓ " if one.id in prompt.right else "") + one.label for one in prompt.choices]
        counts = [f"{mark} {given.count(one.label)}" for mark, one in zip(marks, prompt.choices, strict=True)]
        return f"{len(given)} réponse{'s' if len(given) > 1 else ''} : {', '.join(counts)}."


def test_a_whole_cafe_from_the_front_door_to_the_downloaded_answers(house: House) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    facilitator = house.facilitator()
    facilitator.prepare(TITLE, video="Data et IA")
    code = facilitator.code
    screen = house.screen(facilitator.screen_link)
    assert screen.context is not facilitator.context
    screen.sees(TITLE)
    screen.sees(f"{code[:3]} {code[3:]}")
    anouk, chloe, basile = house.phone(), house.phone(), house.phone()
    ears = Ears(anouk.page)
    anouk.join(code, "Anouk", level="Novice", place="Dans la salle")
    chloe.join(code, "Chloé", level="Expert ou experte")
    screen.sees("2 personnes sont là")
    room = _Room(facilitator, screen, {"Anouk": anouk, "Chloé": chloe}, ears)

    room.taps.statement(1, Anouk=DATA, Chloé=DATA)
    room.asks(STATEMENTS[0])
    anouk.answer(DATA)
    chloe.answer(MADONNA, BOTH, DATA)
    facilitator.sees("2 réponses sur 2")
    assert "Prenez place" in ears.everything, "the page's WebSocket is listened to"
    assert '"value":"donnee"' in ears.everything, "what is answered to a POST is listened to"
    room.reveals(STATEMENTS[0])

    room.taps.statement(2, Chloé=BOTH)
    room.asks(STATEMENTS[1])
    chloe.answer(BOTH)
    screen.sees("1 réponse sur 2")
    room.reveals(STATEMENTS[1])

    # Somebody arrives late, and lands where the room is.
    room.taps.statement(3, Anouk=MADONNA, Chloé=BOTH, Basile=DATA)
    room.asks(STATEMENTS[2])
    anouk.answer(MADONNA)
    basile.join(code, "Basile", place="À distance")
    room.phones["Basile"] = basile
    basile.is_asked(STATEMENTS[2].prompt)
    basile.answer(DATA)
    chloe.answer(BOTH)
    facilitator.sees("3 réponses sur 3")
    room.reveals(STATEMENTS[2])

    # Somebody reloads, and finds their answer.
    room.taps.statement(4, Anouk=BOTH, Chloé=DATA, Basile=MADONNA)
    room.asks(STATEMENTS[3])
    anouk.answer(BOTH)
    anouk.page.reload()
    anouk.has_chosen(BOTH)
    anouk.kept()
    basile.answer(MADONNA)
    chloe.answer(DATA)
    room.reveals(STATEMENTS[3])

    # Somebody answers without network, and is back while the vote is still open.
    room.taps.statement(5, Anouk=MADONNA, Chloé=MADONNA, Basile=DATA)
    room.asks(STATEMENTS[4])
    kept = _acknowledgements(chloe)
    chloe.lose_network()
    chloe.choose(MADONNA)
    chloe.waits()
    anouk.answer(MADONNA)
    basile.answer(DATA)
    screen.sees("2 réponses sur 3")
    chloe.find_network()
    chloe.kept()
    chloe.has_chosen(MADONNA)
    screen.sees("3 réponses sur 3")
    assert kept == [200]
    room.reveals(STATEMENTS[4])

    # Somebody answers without network, and is back once the answer is known.
    room.taps.statement(6, Anouk=BOTH)
    room.asks(STATEMENTS[5])
    anouk.answer(BOTH)
    chloe.lose_network()
    chloe.choose(DATA)
    chloe.waits()
    room.reveals(STATEMENTS[5], missing="Chloé")
    chloe.find_network(too_late=True)
    chloe.sees(STATEMENTS[5].explanation)
    chloe.sees("Le vote n’est pas ouvert : votre réponse n’a pas été comptée.")
    expect(chloe.chosen).to_have_count(0)

    # Somebody answers without network, and is back when the room is one question further.
    room.taps.statement(7, Anouk=DATA, Basile=DATA, Chloé=DATA)
    room.taps.statement(8, Anouk=DATA, Basile=BOTH, Chloé=MADONNA)
    room.asks(STATEMENTS[6])
    anouk.answer(DATA)
    basile.answer(DATA)
    chloe.answer(DATA)
    chloe.lose_network()
    chloe.choose(MADONNA)
    chloe.waits()
    room.reveals(STATEMENTS[6], missing="Chloé")
    room.asks(STATEMENTS[7], missing="Chloé")
    chloe.find_network(too_late=True)
    chloe.is_asked(STATEMENTS[7].prompt)
    expect(chloe.notice).to_contain_text("trop tard", ignore_case=True)
    anouk.answer(DATA)
    basile.answer(BOTH)
    chloe.answer(MADONNA)
    room.reveals(STATEMENTS[7])

    # The rest of the game: both right answers of the ninth are right.
    for number, answers in (
        (9, {"Anouk": DATA, "Chloé": BOTH, "Basile": MADONNA}),
        (10, {"Anouk": BOTH}),
        (11, {"Basile": BOTH, "Chloé": DATA}),
    ):
        room.taps.statement(number, **answers)
        room.asks(STATEMENTS[number - 1])
        for name, answer in answers.items():
            room.phones[name].answer(answer)
        room.reveals(STATEMENTS[number - 1])

    # The video.
    (video,) = VIDEO.scenes()
    assert isinstance(video, DonePrompt)
    facilitator.next()
    for phone in room.phones.values():
        phone.sees(video.prompt)
    anouk.finish_video()
    basile.finish_video()
    screen.sees("2 personnes sur 3 ont fini")
    room.taps.rows += [Row(VIDEO.title, 1, video.prompt, name, "fini") for name in ("Anouk", "Basile")]

    # The quiz, with words of one's own among its questions.
    room.plays_quiz(1, Anouk="Les années 1950", Chloé="2015", Basile="1968")
    room.plays_quiz(2, Anouk="Elle s’est entraînée", Basile="Elle a un faible")
    _own_words(room, QUIZ[2])
    _guesses(room)
    room.plays_quiz(4, Chloé="Décider", Basile="Résumer", Anouk="Classer")

    # The last course, then thanks, then nothing more.
    facilitator.next()
    for phone in room.phones.values():
        phone.sees(PACK.activities["sucre-data-ia"].title)
        expect(phone.page.get_by_role("link", name="Le dossier de la CNIL sur l’IA")).to_be_visible()
    facilitator.next()
    for phone in room.phones.values():
        phone.sees("C’était un plaisir de prendre ce café avec vous.")
    screen.sees("Merci !")
    facilitator.close()
    for phone in room.phones.values():
        phone.sees("Ce café est clos.")

    facilitator.review()
    facilitator.sees(TITLE)
    facilitator.sees("3 personnes")
    for prompt in STATEMENTS:
        facilitator.sees(prompt.prompt)
        facilitator.sees(room.taps.summary(prompt))
    facilitator.sees(f"« {FORMULA} »")
    facilitator.does_not_see(HOSTILE)
    _compare(facilitator.download(), room.taps, began)


@dataclass
class _Room:
    """Everybody together; a question is asked, then revealed, and each person is checked to be there."""

    facilitator: Facilitator
    screen: Screen
    phones: dict[str, Phone]
    ears: Ears
    taps: Taps = field(default_factory=Taps)

    def asks(self, prompt: SingleChoice | OpenQuestion, *, missing: str = "") -> None:
        self.facilitator.next()
        self.facilitator.is_at(prompt.prompt)
        self.screen.sees(prompt.prompt)
        for phone in self._present(missing):
            phone.is_asked(prompt.prompt)

    def reveals(self, prompt: SingleChoice, *, missing: str = "") -> None:
        """What is revealed comes to everybody, and nothing of it came before."""
        self._nothing_known_of(prompt)
        self.facilitator.next()
        self.facilitator.is_at(prompt.prompt)
        for phone in self._present(missing):
            phone.sees(prompt.explanation)
            expect(phone.page.locator(".option.right")).to_have_count(len(prompt.right))
        self.screen.sees(prompt.explanation)
        self.screen.shows_chart(self.taps.summary(prompt))
        assert recognisable(prompt.explanation) in self.ears.everything

    def plays_quiz(self, number: int, **answers: str) -> None:
        prompt = QUIZ[number - 1]
        assert isinstance(prompt, SingleChoice)
        self.taps.quiz(number, **answers)
        self.asks(prompt)
        for name, label in answers.items():
            self.phones[name].answer(label)
        self.reveals(prompt)

    def _nothing_known_of(self, prompt: SingleChoice) -> None:
        """Neither the explanation nor anybody's answers have reached the phone that listens."""
        assert recognisable(prompt.explanation) not in self.ears.everything
        views = [heard.view for heard in self.ears.views if heard.view.get("prompt") == prompt.prompt]
        assert views, "the phone that listens did not hear of this question"
        for view in views:
            assert view.keys().isdisjoint({"right", "explanation", "results"})

    def _present(self, missing: str) -> list[Phone]:
        return [phone for name, phone in self.phones.items() if name != missing]


def _own_words(room: _Room, prompt: Scene) -> None:
    """An open question: whatever is written shows letter for letter, and not at all once hidden."""
    assert isinstance(prompt, OpenQuestion)
    question = prompt.prompt
    facilitator, screen = room.facilitator, room.screen
    facilitator.next()
    for phone in room.phones.values():
        phone.is_asked(question)
    room.phones["Anouk"].write(HOSTILE)
    room.phones["Chloé"].write(TWO_LINES)
    room.phones["Basile"].write(FORMULA)
    facilitator.sees(FORMULA)
    facilitator.hide(HOSTILE)
    assert recognisable(FORMULA) not in room.ears.everything
    assert recognisable(TWO_LINES) not in room.ears.everything
    screen.does_not_see(FORMULA)

    facilitator.next()
    screen.sees(FORMULA)
    screen.sees("sur deux lignes")
    screen.does_not_see(HOSTILE)
    for phone in room.phones.values():
        phone.sees(FORMULA)
    room.phones["Chloé"].does_not_see(HOSTILE)

    facilitator.show(HOSTILE)
    screen.sees(HOSTILE)
    room.phones["Chloé"].sees(HOSTILE)
    facilitator.hide(HOSTILE)
    screen.does_not_see(HOSTILE)
    room.phones["Chloé"].does_not_see(HOSTILE)

    step = PACK.activities["quiz-data-ia"].title
    room.taps.rows += [
        Row(step, 3, question, "Anouk", "", counted="non"),
        Row(step, 3, question, "Chloé", TWO_LINES),
        Row(step, 3, question, "Basile", f"'{FORMULA}"),
    ]


def _guesses(room: _Room) -> None:
    """Words to guess together: those found show at once to all, the others only when they are revealed."""
    facilitator, screen, chloe = room.facilitator, room.screen, room.phones["Chloé"]
    facilitator.next()
    chloe.is_asked(GUESS.prompt)
    for word in ("les VOLUMES", "vacances"):
        chloe.draft(word)
        chloe.button("Proposer").click()
        chloe.kept()
    screen.sees("1 mot trouvé sur 5")
    room.phones["Basile"].sees("✓ Volume")
    for word in ("Variété", "Véracité"):
        screen.does_not_see(word)
        assert recognisable(word) not in room.ears.everything
    facilitator.next()
    screen.sees("Variété")
    room.phones["Basile"].sees("Véracité")
    moment = "À deviner"
    room.taps.rows.append(
        Row(PACK.activities["quiz-data-ia"].title, 3, GUESS.prompt, "Chloé", "les VOLUMES, vacances", moment=moment)
    )


def _acknowledgements(phone: Phone) -> list[int]:
    """The statuses that this phone's answers are given, from now on."""
    statuses: list[int] = []
    phone.page.on(
        "response", lambda response: statuses.append(response.status) if response.url.endswith("/answers") else None
    )
    return statuses


def _compare(file: bytes, taps: Taps, began: datetime) -> None:
    assert file.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))
    order = ["Anouk", "Chloé", "Basile"]
    people = {"Anouk": ("Novice", "Dans la salle"), "Chloé": ("Expert ou experte", ""), "Basile": ("", "À distance")}
    steps = [PACK.activities[one].title for one in ("madonna", "video-data-ia", "quiz-data-ia")]
    expected = sorted(
        taps.rows, key=lambda row: (steps.index(row.step), row.number, bool(row.moment), order.index(row.name))
    )
    assert [{key: cell for key, cell in line.items() if key != "heure (UTC)"} for line in lines] == [
        {
            "étape": row.step,
            "n°": str(row.number),
            "question": row.question,
            "moment": row.moment,
            "personne": str(order.index(row.name) + 1),
            "pseudonyme": row.name,
            "niveau": people[row.name][0],
            "lieu": people[row.name][1],
            "réponse": row.answer,
            "juste": row.right,
            "comptée": row.counted,
            "colonne": "",
            "couleur": "",
            "soutiens": "",
            "personnes": "1",
        }
        for row in expected
    ]
    for line in lines:
        assert began <= datetime.fromisoformat(line["heure (UTC)"]) <= datetime.now(UTC)
