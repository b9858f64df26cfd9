"""The projector's own pieces: words, walls of texts and join codes, large enough for the back of the room."""

from components.stage.blocks import explanation, join_strip, lobby, message, question, wall_of_texts

__all__ = ["explanation", "join_strip", "lobby", "message", "question", "wall_of_texts"]
