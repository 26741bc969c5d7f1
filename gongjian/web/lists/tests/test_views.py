"""Saved views: kept, opened, renamed, let go; nobody else's."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.web.lists.models import ListView
from gongjian.web.lists.saving import MOST_VIEWS
from gongjian.web.tests.desk import clerk, paper_folder, town
from gongjian.web.tests.people import signed_in

__all__ = ["clerk", "paper_folder", "town"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

LIST, SAVE = "ledger", "ledger-view-save"


def save(client: Client, name: str, address: str = "f_name=甲") -> int:
    place = reverse(SAVE, args=["employers"])
    return client.post(place, {"name": name, "address": address}).status_code


def change(client: Client, view: ListView, slug: str = "employers", **form: str) -> int:
    place = reverse("ledger-view-change", args=[slug, view.pk])
    return client.post(place, form).status_code


def offered(client: Client) -> dict[str, str]:
    page = BeautifulSoup(client.get(reverse(LIST, args=["employers"])).content, "html.parser")
    return {a.get_text(): str(a["href"]) for a in page.select(".mine .one a")}


def test_a_view_keeps_conditions_and_columns_but_no_day_and_no_page(clerk: Client) -> None:
    address = "f_name=甲&cols=staff&tab=covered&at=2011-06-30&known=3&after=1.1.1"

    assert save(clerk, " 甲字头 ", address) == 302

    there = offered(clerk)["甲字头"]
    page = BeautifulSoup(clerk.get(there).content, "html.parser")
    assert [chip.get_text() for chip in page.select(".chip")] == ["单位名称：甲…×"]
    assert [th.get_text() for th in page.select("th")][1:] == ["单位名称", "职工人数"]
    assert ListView.objects.get().address == "f_name=%E7%94%B2&cols=staff&tab=covered"


def test_a_view_of_the_same_name_is_replaced(clerk: Client) -> None:
    save(clerk, "常用")
    save(clerk, "常用", "f_name=乙")

    assert [v.address for v in ListView.objects.all()] == ["f_name=%E4%B9%99"]


def test_a_view_is_renamed_and_let_go(clerk: Client) -> None:
    save(clerk, "一")
    save(clerk, "二")
    one = ListView.objects.get(name="一")

    assert change(clerk, one, deed="rename", name="二") == 422
    assert change(clerk, one, deed="rename", name="") == 422
    assert change(clerk, one, deed="rename", name="三") == 302
    assert sorted(offered(clerk)) == ["三", "二"]
    assert change(clerk, one, deed="delete") == 302
    assert sorted(offered(clerk)) == ["二"]


def test_a_bad_name_is_refused(clerk: Client) -> None:
    assert [save(clerk, name) for name in ("", "长" * 41, "a\x00b")] == [422, 422, 422]
    assert save(clerk, "长", "x=" + "1" * 4_000) == 422
    assert ListView.objects.count() == 0


def test_there_are_not_more_views_than_anybody_reads(clerk: Client) -> None:
    assert [save(clerk, f"视图{i}") for i in range(MOST_VIEWS + 1)] == [302] * MOST_VIEWS + [422]
    assert save(clerk, "视图0", "f_name=丙") == 302


def test_nobody_sees_or_changes_anothers_views(clerk: Client) -> None:
    save(clerk, "我的")
    mine = ListView.objects.get()
    assert change(clerk, mine, slug="unions", deed="delete") == 404

    signed_in(clerk, Role.COUNTY_ORGANISER, area_id=area("510703"))

    assert offered(clerk) == {}
    assert change(clerk, mine, deed="delete") == 404
    assert change(clerk, mine, deed="rename", name="别人的") == 404
    assert ListView.objects.get().name == "我的"


def test_a_view_is_opened_only_by_link_and_changed_only_by_form(clerk: Client) -> None:
    assert clerk.get(reverse(SAVE, args=["employers"])).status_code == 405
    assert clerk.get(reverse("ledger-view-change", args=["employers", 1])).status_code == 405
