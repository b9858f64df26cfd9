"""What people type, made safe to keep and to draw: one normal form, no control characters, no disguise."""

from __future__ import annotations

import re
import unicodedata

from state.domain.errors import PseudonymReserved, TextEmpty, TextTooLong

PSEUDONYM_LENGTH = 24
TITLE_LENGTH = 80
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+")

# Joiners that emoji and some scripts need; every other format character (bidi overrides, zero-width spaces,
# byte-order marks, tags) could hide or reorder what stands beside it.
_KEPT_FORMAT = {"\u200d", "\u200c"}
_MOST_MARKS = 3
_BLANK_LETTERS = {"\u3164", "\u115f", "\u1160", "\uffa0", "\u2800"}

# Letters of other alphabets, and digits, that read as a Latin letter.
_LOOKALIKES = str.maketrans(
    "аеіїјӏорсухѕтмпԁнкαεικονρτυχμηıɑɡƒ0134578@$!|ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeiijlopcyxstmndhkaeikovptuxmniagfoieastbasilabcdefghijklmnoprstuvwyz",
)
# Letters in boxes and discs, three alphabets of 26: Unicode gives them no plain form.
_BOXED = {first + index: chr(ord("a") + index) for first in (0x1F130, 0x1F150, 0x1F170) for index in range(26)}
# What reads as something else at a glance, once everything is in small Latin letters.
_AT_A_GLANCE = (("rn", "m"), ("vv", "w"), ("l", "i"))
_RESERVED = (
    "admin",
    "animat",
    "facilitat",
    "moderat",
    "administrat",
    "comptoir",
    "organisat",
    "formateur",
    "formatrice",
)


def clean(raw: str, *, limit: int, lines: bool = False) -> str:
    """Normalise to NFC, drop what cannot be seen or disturbs its neighbours, fold white space.

    Args:
        raw: anything a person or a program sent.
        limit: most characters (Unicode code points, after cleaning) that are accepted.
        lines: keep line breaks.

    Raises:
        TextEmpty: nothing visible is left.
        TextTooLong: more than `limit` characters; says `limit` and `length`.
    """
    # Longer than any normal form of an acceptable text: refuse before spending time on it.
    if len(raw) > 16 * limit + 1000:
        raise TextTooLong(limit=limit, length=len(raw))
    visible = "".join(_kept(char, lines=lines) for char in unicodedata.normalize("NFC", raw.replace("\r\n", "\n")))
    text = _without_towers(visible)
    if lines:
        rows = [" ".join(row.split()) for row in text.split("\n")]
        text = "\n".join(rows).strip("\n")
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
    else:
        text = " ".join(text.split())
    # Dropping characters may have brought a base and its accent together.
    text = unicodedata.normalize("NFC", text)
    if not any(_is_visible(char) for char in text):
        raise TextEmpty
    if len(text) > limit:
        raise TextTooLong(limit=limit, length=len(text))
    return text


def clean_pseudonym(raw: str) -> str | None:
    """A pseudonym ready to keep, or None where nothing was typed.

    Raises:
        PseudonymReserved: it would pass for the facilitator.
        TextTooLong: over `PSEUDONYM_LENGTH` characters.
    """
    try:
        pseudonym = clean(raw, limit=PSEUDONYM_LENGTH)
    except TextEmpty:
        return None
    if any(skeleton(word) in skeleton(pseudonym) for word in _RESERVED):
        raise PseudonymReserved
    return pseudonym


def skeleton(text: str) -> str:
    """What a text looks like at a glance: lower case, no accents, no spaces, look-alike letters made Latin."""
    latin = unicodedata.normalize("NFKD", text).casefold().translate(_LOOKALIKES).translate(_BOXED)
    letters = "".join(char for char in latin if char.isalpha())
    for written, read in _AT_A_GLANCE:
        letters = letters.replace(written, read)
    return letters


def folded(text: str) -> str:
    """A text for searching: without case or accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(char))


def _kept(char: str, *, lines: bool) -> str:
    if char == "\n" and lines:
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cs", "Co", "Cn"} or (category == "Cf" and char not in _KEPT_FORMAT):
        return ""
    return char


def _is_visible(char: str) -> bool:
    if char in _BLANK_LETTERS:
        return False
    return unicodedata.category(char)[0] in "LNPS"


def _without_towers(text: str) -> str:
    """Keep at most three accents on a letter: more would spill over the lines around."""
    kept: list[str] = []
    marks = 0
    for char in text:
        if unicodedata.category(char) in {"Mn", "Me"}:
            marks += 1
        elif char not in _KEPT_FORMAT:
            marks = 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
