"""Composing a café: its steps dragged or moved, its texts made one's own, what the room will see beside them."""

from components.composer.page import composer

__all__ = ["composer"]
