"""A place to stand, and counters at nought."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from gongjian.areas.tests.builders import Said, area, write_areas


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def county(db: None) -> int:
    write_areas(Said(code="51", name="绵阳市"), Said(code="511", parent="51", name="三台县"))
    return area("511")
