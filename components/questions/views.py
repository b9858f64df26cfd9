"""What a way of seeing is made of: four functions, for a phone, for the console, for the screen, for the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.notices import Act
    from state.domain.cafe import Cafe
    from state.domain.programme import Stop

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Views:
    """How something is seen, wherever the room looks at it.

    `phone` gives what a phone draws, as plain data in which nothing is that has not been shown or revealed; `console`
    draws what the facilitator follows, `screen` what the projector shows below the question, `review` what is found
    afterwards.
    """

    phone: Callable[[Cafe, Stop], View]
    console: Callable[[Cafe, Stop, Act], None]
    screen: Callable[[Cafe, Stop, str], None]
    review: Callable[[Cafe, Stop], None]
