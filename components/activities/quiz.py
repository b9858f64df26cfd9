"""A quiz is seen question by question."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
