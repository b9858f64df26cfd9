"""Every refusal has a sentence of its own for the person who was refused."""

from __future__ import annotations

import pytest

from content.catalogue import t
from state.domain.errors import Refusal

REFUSALS: tuple[type[Refusal], ...] = (Refusal, *Refusal.__subclasses__())


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in REFUSALS]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("refusal", REFUSALS, ids=[refusal.code for refusal in REFUSALS])
def test_every_refusal_is_said_in_a_sentence(refusal: type[Refusal]) -> None:
    sentence = t(f"refusal.{refusal.code}", limit=3, length=4)
    assert sentence.endswith(".")
    assert "{" not in sentence
