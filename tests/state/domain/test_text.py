"""Whatever people type comes out short, visible, in one form, and harmless to what stands beside it."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.errors import PseudonymReserved, TextEmpty, TextTooLong
from state.domain.text import PSEUDONYM_LENGTH, clean, clean_pseudonym, folded, skeleton

LIMIT = 60
BIDI = "\u200e\u200f\u061c" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
# What clumsy and hostile texts are made of, drawn far more often than chance would.
ODD = st.sampled_from([
    *"\x00\x07\x1b\n\r\t\x85\xa0\xad ", *BIDI, "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u2028", "\ufffe",
    "\ud800", "\udfff", "\ue000", "\u0301", "\u0323", "\u20dd", "\u3164", "\u2800", "\U000e0041", "e", "é", "œ", "ÿ",
    "\u1100", "\u1161", "\u11a8", "\u0958", "\u0344", "\ufe0f", "\U0001f468", "\U0001f3fb",
])  # fmt: skip
ANY = st.lists(ODD | st.characters(), max_size=80).map("".join)


def cleaned(raw: str, *, lines: bool) -> str | None:
    try:
        return clean(raw, limit=LIMIT, lines=lines)
    except (TextEmpty, TextTooLong):
        return None


@given(ANY, st.booleans())
def test_what_is_clean_stays_as_it_is(raw: str, lines: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    once = cleaned(raw, lines=lines)
    assert once is None or clean(once, limit=LIMIT, lines=lines) == once


@given(ANY, st.booleans())
def test_nothing_unseen_or_disturbing_is_left(raw: str, lines: bool) -> None:  # noqa: FBT001
    text = cleaned(raw, lines=lines) or ""
    assert len(text) <= LIMIT
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    left = set(text) - ({"\n"} if lines else set())
    assert not {char for char in left if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}}
    assert not left & set(BIDI)
    assert "\n\n\n" not in text
    text.encode()


@given(ANY)
def test_twins_in_nfc_and_nfd_are_one_text(raw: str) -> None:
    twins = [cleaned(unicodedata.normalize(form, raw), lines=False) for form in ("NFC", "NFD")]
    assert twins[0] == twins[1]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  deux   mots ", "deux mots"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("nul\x00 et \x1b[31mrouge", "nul et [31mrouge"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\u2067cote\u2069", "cote"),
        ("sou\xadli\u200bgne\ufeff", "souligne"),
        ("a\ud800b", "ab"),
        ("\ud83d\ude00 fin", "fin"),
        ("e\u0301te\u0301", "été"),
        ("œ ’ ÿ « »", "œ ’ ÿ « »"),
        ("a\xa0b\u2028c\u2009d", "a b c d"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u200b\u0301", "é"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("{{7*7}} :red[x] $x^2$", "{{7*7}} :red[x] $x^2$"),
        ("\ue000\U000e0041x", "x"),
    ],
)
def test_a_text_keeps_what_is_seen_and_loses_the_rest(raw: str, kept: str) -> None:
    assert clean(raw, limit=LIMIT) == kept


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("un\ndeux", "un\ndeux"),
        ("un\r\ndeux", "un\ndeux"),
        ("\n\n un \n\n\n\n deux \n\n", "un\n\ndeux"),
        ("un\u2028deux\x85trois", "un deux trois"),
    ],
)
def test_line_breaks_are_kept_where_they_are_welcome(raw: str, kept: str) -> None:
    assert clean(raw, limit=LIMIT, lines=True) == kept


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "\t\n\r",
        "\u200b\u200c\u200d\ufeff",
        "\x00\x07",
        "\u202e\u2067",
        "\u0301\u0301",
        "\u3164\u115f\u1160\uffa0",
        "\u2800",
        "\xad",
        "\ud800",
        "\U000e0041",
        "\ufe0f",
        "\u034f",
    ],
    ids=ascii,
)
def test_a_text_that_nobody_can_see_is_refused(raw: str) -> None:
    for lines in (False, True):
        with pytest.raises(TextEmpty):
            clean(raw, limit=LIMIT, lines=lines)


@pytest.mark.parametrize("letter", ["a", "é", "œ", "\U0001f600", "漢"])
def test_the_limit_is_accepted_and_one_more_is_not(letter: str) -> None:
    assert clean(letter * LIMIT, limit=LIMIT) == letter * LIMIT
    with pytest.raises(TextTooLong) as refused:
        clean(letter * (LIMIT + 1), limit=LIMIT)
    assert refused.value.details == {"limit": LIMIT, "length": LIMIT + 1}


def test_the_limit_counts_what_is_kept() -> None:
    assert clean("e\u0301" * LIMIT, limit=LIMIT) == "é" * LIMIT
    assert clean(" \u200b" * LIMIT + "a" * LIMIT, limit=LIMIT) == "a" * LIMIT


@pytest.mark.parametrize("unit", ["a", " ", "\u0301", "\u200b", "\ufdfa", "a\u0301"], ids=ascii)
def test_ten_megabytes_are_refused_at_once(unit: str) -> None:
    raw = unit * (10_000_000 // len(unit))
    began = time.process_time()
    with pytest.raises(TextTooLong):
        clean(raw, limit=LIMIT)
    assert time.process_time() - began < 0.5


def marks_after(text: str) -> int:
    """How many marks stand on the most loaded letter: joiners are no letters."""
    most = here = 0
    for char in text:
        category = unicodedata.category(char)
        here = here + 1 if category in {"Mn", "Me"} else here if category == "Cf" else 0
        most = max(most, here)
    return most


@pytest.mark.parametrize("joiner", ["", "\u200b", "\u200d", "\u200c", "\u2060"], ids=ascii)
def test_stacked_accents_do_not_spill_over_the_lines_around(joiner: str) -> None:
    text = clean("Z" + f"\u0301\u0310\u0323{joiner}" * 12 + "algo", limit=LIMIT)
    assert text.endswith("algo")
    assert marks_after(text) <= 3


@pytest.mark.parametrize("raw", ["", " ", "\u200b\u3164", "\x00"], ids=ascii)
def test_no_pseudonym_is_no_pseudonym(raw: str) -> None:
    assert clean_pseudonym(raw) is None


@pytest.mark.parametrize(
    "name",
    [
        "Camille",
        "Jean-Noël",
        "Zoë 2",
        "L’équipe data",
        "Αθηνά",
        "Наталья",
        "漢字",
        "O'Brien",
        "\U0001f41d",
        "Ann",
        "Rémi",
    ],
)
def test_ordinary_names_are_welcome(name: str) -> None:
    assert clean_pseudonym(name) == name


def test_a_pseudonym_may_be_as_long_as_the_limit() -> None:
    assert clean_pseudonym("x" * PSEUDONYM_LENGTH) == "x" * PSEUDONYM_LENGTH
    with pytest.raises(TextTooLong):
        clean_pseudonym("x" * (PSEUDONYM_LENGTH + 1))


@pytest.mark.parametrize(
    "name",
    [
        "Animateur",
        "animatrice",
        "L’ANIMATEUR",
        "a n i m a t e u r",
        "A.n-i_m*a/t'e|u,r",
        "4nim4t3ur",
        "An1mateur",
        "Ànïmáteûr",
        "\u0410nimateur",
        "\u0391nim\u0430teur",
        "Ａｎｉｍａｔｅｕｒ",
        "𝐀𝐧𝐢𝐦𝐚𝐭𝐞𝐮𝐫",
        "Ⓐⓝⓘⓜⓐⓣⓔⓤⓡ",
        "anim\u200bateur",
        "ani\u00admateur",
        "ani\u202emateur",
        "a\u0301\u0301\u0301nimateur",
        "Facilitatrice",
        "Modérateur",
        "Administrateur",
        "Comptoir",
        "C0mpt0ir",
        "l’organisateur",
        "Formatrice IA",
        "\u1d00\u0274\u026a\u1d0d\u1d00\u1d1b\u1d07\u1d1c\u0280",
        "\U0001f170\U0001f17d\U0001f178\U0001f17c\U0001f170\U0001f183\U0001f174\U0001f184\U0001f181",
        "\U0001f150\U0001f15d\U0001f158\U0001f15c\U0001f150\U0001f163\U0001f154\U0001f164\U0001f161",
        "Anirnateur",
        "Anlmateur",
    ],
    ids=ascii,
)
def test_nobody_poses_as_the_facilitator(name: str) -> None:
    with pytest.raises(PseudonymReserved):
        clean_pseudonym(name)


@given(ANY)
def test_a_pseudonym_is_short_clean_or_refused(raw: str) -> None:
    try:
        name = clean_pseudonym(raw)
    except (TextTooLong, PseudonymReserved):
        return
    assert name is None or (0 < len(name) <= PSEUDONYM_LENGTH and clean_pseudonym(name) == name)


@given(ANY)
def test_a_skeleton_has_letters_only(raw: str) -> None:
    assert all(char.isalpha() for char in skeleton(raw))


def test_searching_forgets_case_and_accents() -> None:
    assert folded("Donnée À CARACTÈRE") == "donnee a caractere"
