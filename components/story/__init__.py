"""A café told afterwards, in the order of its programme: who was there, what was said, how long it took."""

from components.story.head import head
from components.story.page import story

__all__ = ["head", "story"]
