"""Figures counted from a café: pure functions from answers to numbers, a module for each way of counting."""
