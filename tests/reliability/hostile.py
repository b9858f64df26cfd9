"""Texts and bodies that clumsy or hostile people, phones and files send, generated family by family.

Each family starts from what is known to hurt, and goes around it: cut, doubled, wrapped, mixed with another.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    Draw = Callable[[random.Random], str]

# What runs, if anything does, says so to the page or to a host of its own.
_RUNS = "globalThis.pwned=1"
_BLANK = ("", " ", "\u200b", "\u200b\u2060\ufeff", "\t\r\n", "\u00a0\u3000", "\u00ad", "\u2800")
_ODD = (
    *("\0", "\x1b[31mrouge\x1b[0m", "\x07", "\ud800", "\udfff x", "\u202egpj.exe", "\u2066\u2069", "a" + "\u0301" * 60),
    *(
        "👩\u200d👩\u200d👧\u200d👦",
        "🏳️\u200d🌈",
        "œ’ÿ",
        "é",
        "e\u0301",
        "\u1e9b\u0323",
        "ﬁ",
        "\U000e0041",
        "￿",
        "ﷺ" * 5,
        "\x85\u2028\u2029",
    ),
)
_POSING = (
    "Animateur",
    "anim\u0430teur",
    "Ａｎｉｍａｔｒｉｃｅ",
    "L’équipe",
    "a n i m a t e u r",
    "Comptoir",
    "admin",
    "4nimateur",
)
_MARKUP = (
    f"<script>{_RUNS}</script>", f"<img src=x onerror={_RUNS}>", f"<svg onload={_RUNS}>", f"[x](javascript:{_RUNS})",
    f'"><script>{_RUNS}</script>', f"</style><script>{_RUNS}</script>", "![x](http://pwned.test/x.png)", ":red[x]",
    "$$\\def\\a{\\a\\a}\\a$$", "{{7*7}}", "${7*7}", "datum.x", "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href='javascript:globalThis.pwned=1'>x</a>", "&lt;b&gt;", "<!--", "]]>", "`code`",
    "# titre", "| a | b |", ":material/home:",
    "<math><mtext><table><mglyph><style><img src=x onerror=globalThis.pwned=1>",
)  # fmt: skip
_FORMULAS = (
    '=HYPERLINK("http://pwned.test","x")', "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x", "﹦1",
    "=cmd|' /C calc'!A0", '";=1', "'=1", "../../x", "a;b\r\n=1", "\u3000=1", "%0A=1",
)  # fmt: skip
_TEXTS = {
    "text, empty": _BLANK,
    "text, odd": _ODD,
    "text, posing": _POSING,
    "markup": _MARKUP,
    "export": _FORMULAS,
}
TEXT_FAMILIES = ("text, long", *_TEXTS)
_LONGEST = (19, 20, 21, 40, 41, 140, 280, 281, 2_000, 15_000)


def text(family: str, chance: random.Random) -> str:
    """A text of a family."""
    if family == "text, long":
        one = chance.choice(("a", "é", "e\u0301", "👩\u200d👧", "mot ", "œ"))
        return (one * chance.choice(_LONGEST))[: chance.choice(_LONGEST)]
    return _around(chance.choice(_TEXTS[family]), chance)


def _around(seed: str, chance: random.Random) -> str:
    others = [one for family in _TEXTS.values() for one in family]
    match chance.randrange(9):
        case 0:
            return seed * chance.randint(2, 4)
        case 1:
            return seed + chance.choice(others)
        case 2:
            return chance.choice(others) + seed
        case 3:
            at = chance.randrange(len(seed) + 1)
            return seed[:at] + chance.choice(others) + seed[at:]
        case 4:
            return seed[: chance.randrange(len(seed) + 1)]
        case 5:
            return seed.swapcase()
        case 6:
            return unicodedata.normalize(chance.choice(("NFC", "NFD", "NFKC")), seed) + str(chance.randrange(1000))
        case _:
            return seed


def body(fields: dict[str, Any]) -> bytes:
    """As JSON: a lone surrogate goes as the escape that a browser would send."""
    return json.dumps(fields).encode()


_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, float("nan"), float("inf"), [], {}, ["a"], "", "z", "a,b", "a" * 400,
    {"a": 1}, "\0", "NaN",
)  # fmt: skip


def answer(chance: random.Random, questions: Sequence[str]) -> bytes:
    """An answer that is wrong in its question, value, key, seat or form."""
    fields: dict[str, Any] = {"question": chance.choice(questions), "value": "a", "key": f"k{chance.random()}"[:20]}
    for name in chance.sample(("question", "value", "key", "seat"), chance.randint(1, 3)):
        fields[name] = chance.choice(_VALUES)
    if chance.random() < 0.2:
        fields.pop(chance.choice(list(fields)))
    return body(fields)


def malformed(chance: random.Random) -> bytes:
    """What is no JSON object, or more than is read."""
    sound = body({"pseudonym": "Zoé", "question": "x", "value": "y", "key": "k"})
    match chance.randrange(7):
        case 0:
            return sound[: chance.randrange(len(sound))]
        case 1:
            return b"[" * chance.randint(1, 15_000)
        case 2:
            return b'{"a":' * 2_000 + b"1" + b"}" * 2_000
        case 3:
            return chance.randbytes(chance.randint(0, 300))
        case 4:
            return b'"' + b"x" * chance.choice((17_000, 200_000))
        case 5:
            return body({"pseudonym": "a"})[:-1] + b', "pseudonym": "b", "pseudonym": ["c"]}'
        case _:
            return chance.choice((b"null", b"1", b'"x"', b"\xff\xfe{}", b"{}\0", b"", b"1e99999", b"9" * 5_000))


def cookie(chance: random.Random, sound: str) -> str:
    """A cookie that was forged, cut, or changed by a letter."""
    match chance.randrange(4):
        case 0:
            return sound[: chance.randrange(len(sound))]
        case 1:
            at = chance.randrange(len(sound))
            return sound[:at] + chance.choice("abcXYZ019._-") + sound[at + 1 :]
        case 2:
            return chance.choice(("", "x", "a.b.c", "." * 200, "eyJhIjoxfQ.abc", "A" * 3_000))
        case _:
            head, _, tail = sound.partition(".")
            return f"{head[::-1]}.{tail}"


def code(chance: random.Random, sound: str) -> str:
    """A join code as people type it, nearly right, or as guessed."""
    match chance.randrange(5):
        case 0:
            return " ".join(sound).lower()
        case 1:
            return sound.replace("C", "0").replace("A", "O")
        case 2:
            return f"{sound[:3]}-{sound[3:]}"
        case 3:
            return "".join(chance.choice("ACDEFGHJKMNPQRTWXY34679") for _ in range(chance.choice((5, 6, 7, 60))))
        case _:
            return _around(chance.choice((*_MARKUP, *_ODD, *_FORMULAS)), chance)


def toml(chance: random.Random, sound: str) -> bytes:
    """A café's file that was damaged, nested, doubled, or written by somebody who wishes us ill."""
    lines = sound.splitlines()
    at = chance.randrange(len(lines))
    match chance.randrange(9):
        case 0:
            lines.insert(at, lines[chance.randrange(len(lines))])
        case 1:
            lines[at] = f'inconnu = "{chance.random()}"'
        case 2:
            del lines[at]
        case 3:
            lines[at] = "x = " + "[" * 3_000
        case 4:
            return sound.encode("utf-16")
        case 5:
            return chance.randbytes(2_000)
        case 6:
            return sound.encode() + b"#" * chance.choice((1_000, 3_000_000))
        case 7:
            name, mark, _ = lines[at].partition(" = ")
            lines[at] = f"{name}{mark}{json.dumps(text('markup', chance))}"
        case _:
            name, mark, _ = lines[at].partition(" = ")
            lines[at] = name + mark + chance.choice(("nan", "-1", "1e308", "[]", "{}", "true", '""', "1979-05-27"))
    return "\n".join(lines).encode("utf-8", "replace")
