"""The panel of levels is seen as zones with a dot for each person."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
