"""One drawing at a time: pages that redraw on news take turns (decision 13)."""

from __future__ import annotations

from threading import Lock

# Drawing is work for one interpreter: two at once end no sooner, and the loop that acknowledges votes waits for both.
one_at_a_time = Lock()
