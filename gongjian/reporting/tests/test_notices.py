"""Who is told of what: urges, days that come near, what went up."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted, Refused
from gongjian.history import trail
from gongjian.history.models import TrailRecord
from gongjian.reporting.actions import submit
from gongjian.reporting.rules import MONTHLY_REPORT, Period
from gongjian.reporting.tests.months import (
    CITY,
    COUNTY,
    OTHER,
    TOWN,
    city_organiser,
    clerk,
    opened,
    organiser,
    report,
    somebody,
)
from gongjian.workflow.actions import NewCase, open_cases
from gongjian.workflow.models import Case, Notice, Todo, Urge
from gongjian.workflow.notices import tell_of_raised, urge, urged_on, warn_of_deadlines
from gongjian.workflow.queries import notices_for
from gongjian.workflow.raising import raise_overdue

pytestmark = pytest.mark.django_db


def holder(role: Role = Role.TOWNSHIP_CLERK, code: str = TOWN, name: str = "陈静") -> User:
    user = User.objects.create(username=name, password="!")
    Post.objects.create(user=user, role=role, area_id=area(code), valid_from=date(2000, 1, 1))
    return user


def refused(kind: type[Refused], *codes: str, by: object = None, text: str = "") -> str:
    with pytest.raises(Refused) as error:
        urge([report(code).pk for code in codes], by=by or organiser(), text=text)  # type: ignore[arg-type]
    assert type(error.value) is kind
    return error.value.sentence


def test_everybody_at_the_place_is_told_and_it_is_a_link_of_the_trail() -> None:
    opened()
    one, other = holder(), holder(name="李芳")
    away = holder(name="赵明")
    Post.objects.filter(user=away).update(valid_to=today())
    holder(Role.INSPECTOR, name="吴敏")
    before = report().passed
    assert urge([report().pk], by=organiser(), text=" 请今天报来 ") == 1
    told = [notices_for(user.pk).get() for user in (one, other)]
    assert {n.urge.text for n in told if n.urge} == {"请今天报来"}
    assert Notice.objects.count() == 2
    link = TrailRecord.objects.latest("number")
    assert (link.kind, '"deed":"urge"' in link.body) == ("flow", True)
    assert report().passed == before
    assert urged_on([report().pk, report(OTHER).pk]) == {report().pk: today()}
    assert trail.verify().ok


def test_once_a_day_and_those_left_out_of_a_list() -> None:
    opened()
    holder()
    holder(code=OTHER, name="李芳")
    assert urge([report().pk], by=organiser()) == 1
    assert refused(Refused, TOWN).endswith("今天已经催过，一天只催一次，请明天再催。")
    assert urge([report().pk, report(OTHER).pk], by=organiser()) == 1
    Urge.objects.update(day=today() - timedelta(days=1))
    assert urge([report().pk, report(OTHER).pk], by=organiser()) == 2


def test_who_may_urge_whom() -> None:
    opened()
    holder()
    holder(Role.COUNTY_ORGANISER, COUNTY, "王敏")
    assert refused(NotInScope, OTHER, by=clerk()) != ""
    assert refused(NotPermitted, TOWN, by=clerk()) != ""
    assert refused(NotPermitted, COUNTY) != ""
    assert refused(NotPermitted, TOWN, by=somebody(9, COUNTY)) != ""
    assert urge([report(COUNTY).pk], by=city_organiser()) == 1
    assert urge([report().pk], by=city_organiser()) == 1
    with pytest.raises(NotInScope):
        urge([987_654], by=city_organiser())
    with pytest.raises(Refused):
        urge([], by=city_organiser())


def test_what_waits_for_oneself_is_not_urged() -> None:
    opened()
    holder()
    holder(Role.COUNTY_ORGANISER, COUNTY, "王敏")
    submit(report().pk, by=clerk())
    assert "现在等您这一级办理" in refused(Refused, TOWN)
    assert urge([report().pk], by=city_organiser()) == 1


def test_nobody_to_tell_is_said() -> None:
    opened()
    assert "没有人担任这个岗位" in refused(Refused, TOWN)
    assert not Urge.objects.exists()


def test_a_long_text_is_refused() -> None:
    opened()
    holder()
    assert "201 个字" in refused(Refused, TOWN, text="字" * 201)


def test_what_went_up_is_told_at_both_levels() -> None:
    opened()
    town, county = holder(), holder(Role.COUNTY_ORGANISER, COUNTY, "王敏")
    holder(Role.CITY_ORGANISER, CITY, "市总")
    Todo.objects.filter(case=report()).update(raise_on=today())
    Todo.objects.exclude(case=report()).update(raise_on=None)
    assert raise_overdue() == 1
    for user in (town, county):
        (notice,) = notices_for(user.pk)
        assert notice.passage is not None
        assert notice.passage.step == "raise"
    assert Notice.objects.count() == 2
    tell_of_raised([])


def near(days: int) -> None:
    """The report of the town is due in so many days; all others were told of."""
    Todo.objects.filter(case=report()).update(due=today() + timedelta(days=days))
    Todo.objects.exclude(case=report()).update(due=today() + timedelta(days=400))


def test_a_day_that_is_near_is_told_once(settings: Settings) -> None:
    opened()
    user = holder()
    settings.NOTICE_DAYS = 2
    near(30)
    assert warn_of_deadlines() == 0
    near(1)
    assert warn_of_deadlines() == 1
    (notice,) = notices_for(user.pk)
    assert notice.todo == Todo.objects.get(case=report())
    assert notice.case == report()
    assert warn_of_deadlines() == 0
    Todo.objects.update(warned_at=None)
    settings.NOTICE_DAYS = 0
    assert warn_of_deadlines() == 0


def test_what_is_over_already_is_not_near() -> None:
    opened()
    holder()
    assert warn_of_deadlines() == 0


def test_to_see_that_no_day_is_near_is_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    near(400)
    with django_assert_num_queries(1):
        warn_of_deadlines()


def test_many_cases_are_urged_by_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    holder()
    holder(code=OTHER, name="李芳")
    by, cases = city_organiser(), [report().pk, report(OTHER).pk]
    with django_assert_max_num_queries(16):
        assert urge(cases, by=by) == 2


def reports(number: int) -> list[int]:
    """So many reports of the town, each of a month of its own."""
    months = [Period(1960 + at // 12, at % 12 + 1) for at in range(number)]
    new = [NewCase(subject=str(m), title=f"{m} 月报", place_id=area(TOWN)) for m in months]
    return [case.pk for case in open_cases(MONTHLY_REPORT, new, by=OPERATOR)]


def test_forty_cases_are_urged_by_as_many_queries_as_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    holder()
    by, cases = organiser(), reports(42)
    with CaptureQueriesContext(connection) as of_two:
        assert urge(cases[:2], by=by) == 2
    with django_assert_max_num_queries(len(of_two) + 2):
        assert urge(cases[2:], by=by) == 40


def test_forty_go_up_by_as_many_queries_as_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    opened()
    holder()
    Todo.objects.update(raise_on=None)
    cases = reports(42)
    Todo.objects.filter(case__in=cases).update(raise_on=None)
    Todo.objects.filter(case__in=cases[:2]).update(raise_on=today())
    with CaptureQueriesContext(connection) as of_two:
        assert raise_overdue() == 2
    Todo.objects.update(raise_on=None)
    Todo.objects.filter(case__in=cases[2:]).update(raise_on=today())
    with django_assert_max_num_queries(len(of_two) + 2):
        assert raise_overdue() == 40
    assert Case.objects.filter(pk__in=cases, passed=2).count() == 42
