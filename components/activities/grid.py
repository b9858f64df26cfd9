"""A grid is seen as a slide of its criteria, then as a question with several answers."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
