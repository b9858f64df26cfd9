"""A talk is seen slide by slide, question by question."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
