"""Placement is seen as two zones that fill as people move, and between which they may change."""

from components.activities.by_question import VIEWS

__all__ = ["VIEWS"]
