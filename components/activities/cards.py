"""Cards are seen as a mosaic, the most picked first, while the word goes round."""

from components.questions.cards import VIEWS

__all__ = ["VIEWS"]
