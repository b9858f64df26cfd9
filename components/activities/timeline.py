"""A timeline is seen as entries to put in order, then in order."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
