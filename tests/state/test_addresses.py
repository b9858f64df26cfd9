"""The address on the QR code is one that a phone can follow."""

from __future__ import annotations

import ipaddress

import pytest

from state.addresses import Address, lan_address, phone_address, short

LAN = "192.168.1.20"


@pytest.mark.parametrize(
    ("public", "browser", "base", "lan", "given"),
    [
        ("https://cafe.fr", "http://localhost:8501/console", "", LAN, Address("https://cafe.fr")),
        ("https://cafe.fr/app", "http://localhost:8501", "/app", None, Address("https://cafe.fr/app")),
        ("", "https://cafe.exemple.fr/console", "", LAN, Address("https://cafe.exemple.fr")),
        ("", "http://10.1.2.3:8501/console?cafe=x", "", LAN, Address("http://10.1.2.3:8501")),
        ("", "http://pc-accueil:8501", "/app", None, Address("http://pc-accueil:8501/app")),
        ("", "http://[2001:db8::5]:8501", "", LAN, Address("http://[2001:db8::5]:8501")),
        ("", "http://localhost:8501/console", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://LOCALHOST:8501", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://comptoir.localhost:8501", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://127.0.0.1:8501", "/app", LAN, Address(f"http://{LAN}:8501/app", same_network=True)),
        ("", "http://127.8.8.8", "", LAN, Address(f"http://{LAN}", same_network=True)),
        ("", "http://[::1]:8501", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://0.0.0.0:8501", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://[::]:8501", "", LAN, Address(f"http://{LAN}:8501", same_network=True)),
        ("", "http://localhost:8501", "", "2001:db8::7", Address("http://[2001:db8::7]:8501", same_network=True)),
        ("", "http://localhost:8501", "", None, Address("http://localhost:8501", reachable=False)),
        ("", "http://[::1]:8501", "/app", None, Address("http://[::1]:8501/app", reachable=False)),
    ],
)
def test_phones_are_given_an_address_they_can_follow(
    public: str, browser: str, base: str, lan: str | None, given: Address
) -> None:
    assert phone_address(public, browser, base, lan) == given


def test_a_browser_that_does_not_say_where_it_is_gives_this_machine() -> None:
    given = phone_address("", "", "", LAN)
    assert given.base == f"http://{LAN}"
    assert given.same_network


def test_this_machine_has_an_address_that_others_can_use_or_none() -> None:
    found = lan_address()
    if found is not None:
        address = ipaddress.ip_address(found)
        assert not address.is_loopback
        assert not address.is_unspecified


@pytest.mark.parametrize(
    ("address", "read"),
    [("https://cafe.fr", "cafe.fr"), ("http://10.0.0.1:8501/app", "10.0.0.1:8501/app"), ("cafe.fr", "cafe.fr")],
)
def test_an_address_is_read_aloud_without_its_scheme(address: str, read: str) -> None:
    assert short(address) == read
