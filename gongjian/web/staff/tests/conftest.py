"""A city with a county, and whoever hands out posts there."""

from datetime import date

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.web.tests.people import make_person, signed_in


@pytest.fixture(autouse=True)
def towns(db: None) -> None:
    write_areas(
        Said(code="51", name="绵阳市"),
        Said(code="511", parent="51", name="三台县"),
        Said(code="5111", parent="511", name="潼川镇"),
        Said(code="512", parent="51", name="盐亭县"),
        Said(code="519", parent="51", name="旧区", ends=date(2011, 1, 1)),
    )


@pytest.fixture
def chief(client: Client) -> User:
    """The administrator of 三台县, signed in; another one has the whole city."""
    make_person(Role.ADMINISTRATOR, area_id=area("51"), name="city")
    return signed_in(client, Role.ADMINISTRATOR, area_id=area("511"), name="chief")
