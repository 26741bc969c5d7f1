"""A small city, who doubts its figures and who answers."""

import pytest

from gongjian.accounts.models import User
from gongjian.web.figures.tests.city import (
    ROOT,
    TOWN,
    WEST,
    WEST_HEAD,
    small_city,
)
from gongjian.web.tests.people import make_person
from tests.cities import FullCity


@pytest.fixture
def city(db: None) -> FullCity:
    return small_city()


@pytest.fixture
def leader(city: FullCity) -> User:
    """Who sees the figures of the whole city, and keeps none of its ledgers."""
    return make_person("leader", area_id=ROOT, name="领导")


@pytest.fixture
def keepers(city: FullCity) -> dict[str, User]:
    """Who keeps the ledgers where; the eastern county has nobody."""
    return {
        "city": make_person("city-organiser", area_id=ROOT, name="市级"),
        "west": make_person("county-organiser", area_id=WEST, name="西县"),
        "town": make_person("township-clerk", area_id=TOWN, name="乡镇"),
        "union": make_person("union-officer", union_id=WEST_HEAD, name="县总"),
    }
