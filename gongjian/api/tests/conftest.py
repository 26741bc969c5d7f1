"""What every test of the api stands on."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def uncounted() -> None:
    """Each test counts requests for itself: people of other tests had the same numbers."""
    cache.clear()
