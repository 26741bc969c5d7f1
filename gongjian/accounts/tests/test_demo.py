"""The people of the demonstration."""

import json

import pytest
from pytest_django import Settings

from gongjian.accounts.actions import DEMO_PASSWORD, add_demo_people
from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import Said, area, write_areas
from gongjian.core.errors import Refused
from gongjian.history.models import TrailRecord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns() -> None:
    write_areas(Said(code="51"), Said(code="511", parent="51"), Said(code="5111", parent="511"))


def add() -> list[User]:
    return add_demo_people(city=area("51"), county=area("511"), township=area("5111"), union_id=7)


def test_one_for_each_role_at_its_place(settings: Settings) -> None:
    settings.DEMO = True

    people = add()

    city, county, town = (area(code) for code in ("51", "511", "5111"))
    assert {post.role: (post.area_id, post.union_id) for post in Post.objects.all()} == {
        "city-organiser": (city, None),
        "county-organiser": (county, None),
        "township-clerk": (town, None),
        "union-officer": (None, 7),
        "grid-worker": (town, None),
        "inspector": (county, None),
        "leader": (city, None),
        "auditor": (city, None),
        "administrator": (city, None),
    }
    assert len(people) == len(Role)
    assert all(user.check_password(DEMO_PASSWORD) for user in people)
    assert not any(user.must_change_password for user in people)


def test_people_who_are_there_stay_as_they_are(settings: Settings) -> None:
    settings.DEMO = True
    first = add()
    first[0].set_password("another-one-1")
    first[0].save()

    again = add()

    assert [user.pk for user in again] == [user.pk for user in first]
    assert again[0].check_password("another-one-1") is True
    assert (User.objects.count(), Post.objects.count()) == (9, 9)
    bodies = TrailRecord.objects.filter(kind="user").values_list("body", flat=True)
    assert {json.loads(body)["deed"] for body in bodies} == {"demo"}
    assert DEMO_PASSWORD not in "".join(bodies)


def test_nobody_outside_the_demonstration() -> None:
    with pytest.raises(Refused) as refusal:
        add()

    assert refusal.value.sentence == ("演示账号只在演示环境里有，请设置 GONGJIAN_DEMO=1 后再添加。")
    assert User.objects.count() == 0
