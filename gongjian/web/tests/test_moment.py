"""The day and the knowledge in the address."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, QueryDict
from django.test import Client

from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.core.errors import Refused
from gongjian.history.record import newest
from gongjian.web.moment import AsOf, as_of, bar, newest_change_on, presets
from gongjian.web.tests.people import signed_in
from tests.papers import county

YESTERDAY = today() - timedelta(days=1)


def asked(query: str) -> HttpRequest:
    request = HttpRequest()
    request.GET = QueryDict(query)
    return request


def test_without_parameters_it_is_the_present() -> None:
    moment = as_of(asked(""))

    assert moment == AsOf(day=today())
    assert moment.present
    assert moment.query() == ""


def test_the_moment_goes_into_every_address() -> None:
    moment = as_of(asked("at=2011-12-25&known=57"))

    assert not moment.present
    assert moment.query(area="5107", tree=None) == "?at=2011-12-25&known=57&area=5107"


def test_today_with_past_knowledge_is_not_the_present() -> None:
    assert not as_of(asked("known=0")).present


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("at=2011-13-01", "2011-13-01"),
        ("at=昨天", "昨天"),
        ("at=1949-09-30", "1949-09-30"),
        ("at=2100-01-01", "2100-01-01"),
        ("at=0001-01-01", "0001-01-01"),
        ("at=9999-12-31", "9999-12-31"),
        ("known=-1", "-1"),
        ("known=１", "１"),
        ("known=1000000000000000", "1000000000000000"),
    ],
)
def test_a_moment_that_is_none_is_named(query: str, value: str) -> None:
    with pytest.raises(Refused, match=f"“{value}”"):
        as_of(asked(query))


@pytest.mark.parametrize("day", [date(1949, 10, 1), date(2099, 12, 31)])
def test_the_first_and_the_last_day_can_be_asked_for(day: date) -> None:
    assert as_of(asked(f"at={day}")).day == day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2011, 12, 28), (date(2011, 11, 25), date(2011, 6, 28), date(2011, 1, 1))),
        (date(2012, 1, 1), (date(2011, 12, 25), date(2011, 7, 1), date(2012, 1, 1))),
        (date(2012, 8, 31), (date(2012, 7, 25), date(2012, 2, 29), date(2012, 1, 1))),
        (date(2011, 8, 31), (date(2011, 7, 25), date(2011, 2, 28), date(2011, 1, 1))),
    ],
)
def test_days_one_click_away(day: date, expected: tuple[date, date, date]) -> None:
    assert tuple(presets(day).values()) == (day, *expected)


def test_other_parameters_stay_and_places_in_lists_do_not() -> None:
    shown = bar(asked("q=%E7%9F%BF&q=2&after=xyz&known=3"), AsOf(day=today(), known_at=3))

    assert shown.kept == [("q", "矿"), ("q", "2")]
    assert shown.back == "?q=%E7%9F%BF&q=2"
    assert shown.presets[0].address == "?q=%E7%9F%BF&q=2&known=3"
    assert shown.knowledge == [("", "此刻所知"), ("3", "到第 3 号变更")]
    assert shown.state == "正在看过去所知，只读 · 只用第 3 号变更及以前的"


@pytest.mark.django_db
def test_what_was_known_at_the_end_of_a_day() -> None:
    county()

    assert newest_change_on(today()) == newest()
    assert newest_change_on(YESTERDAY) == 0


@pytest.mark.django_db
def test_the_bar_offers_what_was_known_on_the_past_day(client: Client) -> None:
    county()
    signed_in(client, "leader", area_id=area_by_code("510703"))

    page = BeautifulSoup(client.get(f"/?at={YESTERDAY}").content, "html.parser")

    offered = [(option["value"], option.text) for option in page.select("#asbar option")]
    assert offered == [("", "此刻所知"), ("0", "当天所知")]
    assert page.select_one("#asbar.past .st").text == (  # type: ignore[union-attr]
        f"正在看 {YESTERDAY} 当天，只读 · 含以后补录和更正"
    )


@pytest.mark.django_db
def test_a_coming_day_is_told_as_such(client: Client) -> None:
    county()
    signed_in(client, "leader", area_id=area_by_code("510703"))
    day = today() + timedelta(days=1)

    page = client.get(f"/?at={day}").content.decode()

    assert f"正在看将来的 {day}，只读 · 只含已登记的将来事项" in page
