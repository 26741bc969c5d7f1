"""A city with a county and two townships, and whoever keeps its rules."""

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.web.tests.people import signed_in


@pytest.fixture(autouse=True)
def towns(db: None) -> None:
    write_areas(
        Said(code="51", name="绵阳市", kind="市"),
        Said(code="511", parent="51", name="三台县", kind="县"),
        Said(code="5111", parent="511", name="潼川镇", kind="镇"),
        Said(code="5112", parent="511", name="塔山镇", kind="镇"),
        Said(code="512", parent="51", name="盐亭县", kind="县"),
    )


@pytest.fixture
def keeper(client: Client) -> User:
    """The organiser of the city, signed in."""
    return signed_in(client, Role.CITY_ORGANISER, area_id=area("51"), name="市组织员")


@pytest.fixture
def reader(client: Client) -> User:
    """The organiser of 三台县, signed in, who may read and not write."""
    return signed_in(client, Role.COUNTY_ORGANISER, area_id=area("511"), name="县组织员")
