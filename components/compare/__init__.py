"""Comparing cafés: which ones, then one question at a time from kept figures; pandas computes, Altair draws."""

from components.compare.page import comparison

__all__ = ["comparison"]
