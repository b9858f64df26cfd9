"""How sure a share is, when few people make it."""

from __future__ import annotations

from math import sqrt

# Two standard deviations of a normal law, or 95 % of it.
_Z = 1.959963984540054


def wilson(some: float, of: int) -> tuple[float, float]:
    """Wilson's interval at 95 % for a share seen as `some` people of `of`; from 0 to 1 where nobody was asked.

    Source: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », JASA 22, 1927;
    unlike the usual interval it stays between 0 and 1 and holds for small groups.

    Raises:
        ValueError: `some` is not between 0 and `of`.
    """
    if not 0 <= some <= of:
        raise ValueError(f"{some} of {of}")
    if not of:
        return 0.0, 1.0
    share, square = some / of, _Z**2 / of
    middle = (share + square / 2) / (1 + square)
    reach = _Z / (1 + square) * sqrt(share * (1 - share) / of + square / (4 * of))
    return (0.0 if not some else middle - reach), (1.0 if some == of else middle + reach)
