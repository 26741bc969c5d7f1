"""The frame around every page: the menu's place, the bar of days, what the browser keeps."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.web.tests.people import signed_in
from tests.papers import county

pytestmark = pytest.mark.django_db


def seen(client: Client, role: Role, address: str) -> BeautifulSoup:
    county()
    signed_in(client, role, area_id=area_by_code("510703"))
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "工作台"),
        ("/staff/", "人员与岗位"),
        ("/staff/new/", "人员与岗位"),
        ("/staff/roles/", "岗位权限表"),
        ("/jobs/", "后台作业"),
    ],
)
def test_at_most_one_line_of_the_menu_is_here(
    client: Client, address: str, title: str | None
) -> None:
    page = seen(client, Role.ADMINISTRATOR, address)

    here = [line.get_text(strip=True) for line in page.select("#side [aria-current=page]")]
    assert here == ([] if title is None else [title])


@pytest.mark.parametrize(
    ("address", "bars"),
    [
        ("/ledgers/employers/", 1),
        ("/figures/", 1),
        ("/search/", 0),
        ("/imports/", 0),
        ("/imports/new/employers/", 0),
    ],
)
def test_a_page_without_a_past_offers_no_other_day(client: Client, address: str, bars: int) -> None:
    page = seen(client, Role.COUNTY_ORGANISER, address)

    assert len(page.select("#asbar")) == bars


def test_the_browser_keeps_no_page_for_going_back(client: Client) -> None:
    page = seen(client, Role.COUNTY_ORGANISER, "/")

    meta = page.select_one("meta[name=htmx-config]")
    assert meta is not None
    kept = json.loads(str(meta["content"]))
    assert (kept["historyCacheSize"], kept["refreshOnHistoryMiss"]) == (0, True)
