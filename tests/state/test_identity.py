"""Cookies, links and codes: what is forged opens nothing, and nobody becomes somebody else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from state.identity import (
    CARNET_COOKIE,
    CODE_ALPHABET,
    CODE_LENGTH,
    KEYRING_COOKIE,
    LOGIN_COOKIE,
    LOGIN_SECONDS,
    PERSON_COOKIE,
    Identity,
    Keyring,
    carnet_id,
    carnet_token,
    hash_token,
    new_cafe_id,
    new_code,
    new_token,
    personal_carnet,
    screen_token,
    tidy_code,
    token_matches,
)

SECRET = "un secret de test assez long pour signer"
IDENTITY = Identity(SECRET)
PERSON = IDENTITY.new_person_cookie()
RING = Keyring().with_facilitator("cafe1", "clef").with_screen("cafe2", "écran")
HELD = IDENTITY.keyring_cookie(RING)


def person(cookie: str, cafe: str = "cafe1") -> str | None:
    return IDENTITY.person({PERSON_COOKIE: cookie}, cafe)


def test_the_same_browser_is_the_same_person_at_every_visit() -> None:
    assert person(PERSON) is not None
    assert person(PERSON) == person(PERSON) == Identity(SECRET).person({PERSON_COOKIE: PERSON}, "cafe1")


def test_the_same_browser_is_somebody_else_in_another_cafe() -> None:
    ids = {person(PERSON, f"cafe{number}") for number in range(50)}
    assert len(ids) == 50


def test_a_person_cannot_be_told_from_their_id() -> None:
    browser = URLSafeSerializer(SECRET, salt="person").loads(PERSON)
    assert browser not in str(person(PERSON))


def test_two_browsers_are_two_people() -> None:
    assert len({person(IDENTITY.new_person_cookie()) for _ in range(200)}) == 200


FORGED = [
    "",
    " ",
    ".",
    "..",
    PERSON[:-1],
    PERSON[1:],
    PERSON + "x",
    PERSON.upper(),
    PERSON.rpartition(".")[0],
    PERSON.rpartition(".")[0] + ".",
    "." + PERSON.rpartition(".")[2],
    URLSafeSerializer("another secret", salt="person").dumps("browser"),
    URLSafeSerializer(SECRET, salt="keyring").dumps("browser"),
    HELD,
    "é\x00\n",
    "x" * 100_000,
]


@pytest.mark.parametrize("cookie", FORGED, ids=lambda cookie: ascii(cookie[:20]))
def test_a_forged_or_cut_cookie_is_nobody(cookie: str) -> None:
    assert person(cookie) is None


@pytest.mark.parametrize("cookie", [PERSON, *FORGED[:-3]], ids=lambda cookie: ascii(cookie[:20]))
def test_a_forged_or_cut_keyring_opens_nothing(cookie: str) -> None:
    assert IDENTITY.keyring({KEYRING_COOKIE: cookie}) == Keyring()


@given(st.text(max_size=200))
def test_no_text_is_a_person_by_chance(cookie: str) -> None:
    assert person(cookie) is None
    assert IDENTITY.keyring({KEYRING_COOKIE: cookie}) == Keyring()


@given(st.integers(0, len(PERSON) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_changing_one_letter_of_a_cookie_makes_nobody(place: int, letter: str) -> None:
    changed = PERSON[:place] + letter + PERSON[place + 1 :]
    # The last letter of a base-64 signature carries bits that mean nothing: it may be read the same, never as another.
    assert person(changed) in {None, person(PERSON)}


def test_no_cookie_is_nobody() -> None:
    assert IDENTITY.person({}, "cafe1") is None
    assert IDENTITY.keyring({}) == Keyring()


@pytest.mark.parametrize("value", [None, 3, ["a"], {"f": {}}, True])
def test_a_person_is_a_text(value: object) -> None:
    assert person(URLSafeSerializer(SECRET, salt="person").dumps(value)) is None


@pytest.mark.parametrize("value", [None, 3, "a", ["a"]])
def test_a_keyring_is_a_table(value: object) -> None:
    signed = URLSafeSerializer(SECRET, salt="keyring").dumps(value)
    assert IDENTITY.keyring({KEYRING_COOKIE: signed}) == Keyring()


def test_a_keyring_comes_back_as_it_was() -> None:
    assert IDENTITY.keyring({KEYRING_COOKIE: HELD}) == RING


def test_a_keyring_keeps_the_newest_links() -> None:
    ring = Keyring()
    for number in range(100):
        ring = ring.with_facilitator(f"{number}", new_token()).with_screen(f"{number}", new_token())
    for held in (ring.facilitator, ring.screen):
        assert 10 <= len(held) < 100
        assert list(held) == [f"{number}" for number in range(100 - len(held), 100)]


def test_a_full_keyring_fits_in_a_cookie() -> None:
    # Browsers drop a cookie over 4,096 bytes, its name and attributes included: every café would be lost at once.
    ring = Keyring()
    for _ in range(100):
        cafe, token = new_cafe_id(), new_token()
        ring = ring.with_facilitator(cafe, token).with_screen(cafe, screen_token(token))
    cookie = f"{KEYRING_COOKIE}={IDENTITY.keyring_cookie(ring)}"
    assert len(f"{cookie}; HttpOnly; Max-Age=34560000; Path=/; SameSite=lax; Secure") <= 4096


def test_opening_a_link_again_makes_it_the_newest() -> None:
    ring = Keyring().with_facilitator("a", "1").with_facilitator("b", "2").with_facilitator("a", "3")
    assert list(ring.facilitator.items()) == [("b", "2"), ("a", "3")]


def test_a_code_is_short_and_has_no_lookalikes() -> None:
    assert not set(CODE_ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET)
    for _ in range(200):
        code = new_code()
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(CODE_ALPHABET)
        assert tidy_code(code.lower()) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ABC34D", "ABC34D"),
        ("abc34d", "ABC34D"),
        (" abc 34d ", "ABC34D"),
        ("abc-34-d", "ABC34D"),
        ("abc.34/d", "ABC34D"),
        ("\u200babc\u202f34d\n", "ABC34D"),
        ("", ""),
        ("---", ""),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str, meant: str) -> None:
    assert tidy_code(typed) == meant


def test_a_token_opens_what_was_made_with_it_only() -> None:
    token = new_token()
    assert token_matches(token, hash_token(token))
    for other in ("", token[:-1], token + "x", token.swapcase(), new_token(), hash_token(token)):
        assert not token_matches(other, hash_token(token))


def test_the_projectors_link_follows_from_the_facilitators_but_is_another() -> None:
    token = new_token()
    assert screen_token(token) == screen_token(token)
    assert screen_token(token) != token
    assert not token_matches(screen_token(token), hash_token(token))


def test_tokens_and_ids_do_not_repeat() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000
    ids = {new_cafe_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(name.isascii() and name.isalnum() and name == name.lower() for name in ids)


def test_a_carnet_is_read_from_its_own_cookie_and_from_no_forged_one() -> None:
    secret = new_token()
    cookie = IDENTITY.carnet_cookie(secret)
    assert IDENTITY.carnet({CARNET_COOKIE: cookie}) == secret
    for forged in ("", secret, cookie[:-1], cookie + "x", PERSON, HELD, Identity(SECRET[::-1]).carnet_cookie(secret)):
        assert IDENTITY.carnet({CARNET_COOKIE: forged}) is None
    assert IDENTITY.person({PERSON_COOKIE: cookie}, "cafe1") is None
    assert IDENTITY.keyring({KEYRING_COOKIE: cookie}) == Keyring()


def test_a_carnet_has_one_token_for_each_cafe_and_shows_none_of_its_secrets() -> None:
    secret, other = new_token(), new_token()
    assert carnet_token(secret, "cafe1") == carnet_token(secret, "cafe1")
    tokens = {carnet_token(one, cafe) for one in (secret, other) for cafe in ("cafe1", "cafe2")}
    assert len(tokens) == 4
    assert carnet_id(secret) == carnet_id(secret) != carnet_id(other)
    assert secret not in carnet_id(secret)


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_each_person_of_each_provider_has_a_carnet_of_their_own(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert (personal_carnet(SECRET, *one) == personal_carnet(SECRET, *two)) == (one == two)
    assert personal_carnet(SECRET[::-1], *one) != personal_carnet(SECRET, *one)


def test_a_carnet_does_not_say_whose_it_is() -> None:
    secret = personal_carnet(SECRET, "https://identite.exemple.fr", "ada")
    assert len(secret) == 43
    assert personal_carnet(SECRET, "https://identite.exemple.f", "rada") != secret


def test_whoever_holds_a_carnet_by_its_link_is_not_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    identity = Identity(SECRET)
    held = {CARNET_COOKIE: identity.carnet_cookie("a secret")}
    assert not identity.logged_in(held)
    for other in ("forged", identity.login_cookie("another secret"), identity.carnet_cookie("a secret")):
        assert not identity.logged_in({**held, LOGIN_COOKIE: other})
    logged = {**held, LOGIN_COOKIE: identity.login_cookie("a secret")}
    assert identity.logged_in(logged)
    assert not identity.logged_in({LOGIN_COOKIE: logged[LOGIN_COOKIE]})
    assert not Identity(SECRET[::-1]).logged_in(logged)
    later = time.time() + LOGIN_SECONDS + 2
    monkeypatch.setattr(time, "time", lambda: later)
    assert not identity.logged_in(logged)
