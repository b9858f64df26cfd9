"""The words of the interface: code names a message, the catalogue (gettext) says it in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locale"
LANGUAGE = "fr"


def t(message: str, /, **values: object) -> str:
    """The sentence that `message` names, with its `{placeholders}` filled in.

    Raises:
        KeyError: the catalogue does not have it.
    """
    sentence = _translations(LANGUAGE).gettext(message)
    if sentence == message:
        raise KeyError(message)
    return sentence.format(**values) if values else sentence


def tn(message: str, count: int, /, **values: object) -> str:
    """Like `t`, in the singular or the plural that the language uses for `count`; fills in `{count}`.

    Raises:
        KeyError: the catalogue does not have it.
    """
    sentence = _translations(LANGUAGE).ngettext(message, message + "s", count)
    if sentence in {message, message + "s"}:
        raise KeyError(message)
    return sentence.format(count=count, **values)


def day(seconds: float) -> str:
    """A date in full: `seconds` since 1970, UTC."""
    return format_date(datetime.fromtimestamp(seconds, UTC), format="long", locale=LANGUAGE)


@cache
def _translations(language: str) -> GNUTranslations:
    # The catalogue is compiled in memory: no build step, and no compiled file to forget.
    path = LOCALES / language / "LC_MESSAGES" / "comptoir.po"
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
