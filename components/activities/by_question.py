"""The views of an activity that is nothing but its questions: each is seen as any question of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.questions import boards, cards, choices, done, hunt, order, sides, slides, suggestions, texts
from components.questions.views import View, Views
from content.prompts import (
    Board,
    CardPick,
    DonePrompt,
    Hunt,
    LevelChoice,
    MultipleChoice,
    OneChoice,
    Ordering,
    Sides,
    Slide,
    Suggestion,
    Written,
)

if TYPE_CHECKING:
    from components.notices import Act
    from content.prompts import Scene
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

# The first that fits: two sides and levels are choices too.
_BY_QUESTION: tuple[tuple[type | tuple[type, ...], Views], ...] = (
    ((Sides, LevelChoice), sides.VIEWS),
    ((OneChoice, MultipleChoice), choices.VIEWS),
    (Written, texts.VIEWS),
    (Suggestion, suggestions.VIEWS),
    (Hunt, hunt.VIEWS),
    (CardPick, cards.VIEWS),
    (Ordering, order.VIEWS),
    (Board, boards.VIEWS),
    (DonePrompt, done.VIEWS),
    (Slide, slides.VIEWS),
)


def question_views(scene: Scene | None) -> Views:
    return next(views for kinds, views in _BY_QUESTION if isinstance(scene, kinds))


def phone(cafe: Cafe, stop: Stop) -> View:
    return question_views(stop.scene).phone(cafe, stop)


def console(cafe: Cafe, stop: Stop, act: Act) -> None:
    question_views(stop.scene).console(cafe, stop, act)


def screen(cafe: Cafe, stop: Stop, key: str) -> None:
    question_views(stop.scene).screen(cafe, stop, key)


def review(cafe: Cafe, stop: Stop) -> None:
    question_views(stop.scene).review(cafe, stop)


VIEWS = Views(phone, console, screen, review)
