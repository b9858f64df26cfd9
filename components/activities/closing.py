"""The closing is seen question by question: a wall, a cloud, a mean."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
