"""What the tests of pages share: somebody who visits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.visitor import Visitor

if TYPE_CHECKING:
    import asyncio

    from state.session import Comptoir
    from tests.conftest import CarriedIdentity


@pytest.fixture
def visitor(served: Comptoir, identity: CarriedIdentity, loop: asyncio.AbstractEventLoop) -> Visitor:
    return Visitor(served, identity, loop)
