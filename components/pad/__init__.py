"""The phone's pad: one component that shows a view computed in Python and knows only kinds of input."""

from components.pad.mount import Addresses, addresses, pad
from components.pad.view import render_view, snapshot

__all__ = ["Addresses", "addresses", "pad", "render_view", "snapshot"]
