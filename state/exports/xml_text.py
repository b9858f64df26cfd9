"""Texts that XML can hold: what it forbids is shown by a sign instead of being lost or breaking the file."""

from __future__ import annotations

# XML 1.0, section 2.2; a carriage return is allowed, but readers turn it into a line feed.
_SIGNS = {
    **{code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}},
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **dict.fromkeys((0xFFFE, 0xFFFF), 0xFFFD),
}


def visible(text: str) -> str:
    r"""The text with Unicode's pictures of control characters in their place; any other text is left as it is.

    >>> visible("a\x00b")
    'a␀b'
    """
    return text if text.isprintable() else text.translate(_SIGNS)
