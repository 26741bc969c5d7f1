"""On the day that all hand in, a page of a month is a handful of questions."""

from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.accounts.queries import seats
from gongjian.areas.tests.builders import area
from gongjian.core.days import cut_offs, today, year_before
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.ledgers.tests.city import told
from gongjian.reporting.tests.months import CITY, COUNTY, JUNE, OTHER, TOWN, opened
from gongjian.web.tests.people import signed_in
from gongjian.web.todos.forms import Wanted
from gongjian.web.todos.queries import counts, counts_of, held_by, listed

pytestmark = pytest.mark.django_db
WARM = 10


@pytest.mark.parametrize(
    ("role", "code", "cold"),
    [
        (Role.TOWNSHIP_CLERK, TOWN, 40),
        (Role.COUNTY_ORGANISER, COUNTY, 62),
        (Role.CITY_ORGANISER, CITY, 25),
    ],
)
def test_a_month_is_a_handful_of_questions(
    client: Client,
    role: Role,
    code: str,
    cold: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    ensure(with_eves({*cut_offs(JUNE.cut_off, 13), year_before(JUNE.cut_off)}))
    user = signed_in(client, role, area_id=area(code))
    key = client.session.session_key  # as a sign-in by password enters it
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")
    address = f"/reports/?area={code}&month={JUNE}"
    assert client.get(address).status_code == 200
    told("unions", {"工会名称": "新店工会", "工会类型": "单独基层工会", "所属区划": OTHER,
                    "建会日期": date(2011, 6, 1)})  # fmt: skip
    # The record has moved on: the change is looked through once, by whoever comes first, and what
    # it is felt in, here the county, is asked anew.
    with django_assert_max_num_queries(cold):
        client.get(address)
    with django_assert_max_num_queries(WARM):
        assert client.get(address).status_code == 200


def test_the_to_dos_on_the_page_are_counted_as_all_are() -> None:
    opened()
    user = signed_in(Client(), Role.COUNTY_ORGANISER, area_id=area(COUNTY))
    held, day = held_by(user.posts.all()), today()
    shown, more = listed(held, Wanted(), day)
    assert (len(shown), more) == (1, False)
    assert counts_of(shown, held, day) == counts(held, day)
    assert seats(user, day).keys() >= held.keys()
