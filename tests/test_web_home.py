"""The first page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.indicators.declare import CATALOG
from gongjian.jobs.actions import enqueue
from gongjian.ledgers.tests.city import city
from gongjian.unions.models import UnionVersion
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, upload, workbook
from gongjian.web.tests.people import sign_in, signed_in
from tests.papers import county

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)


def seen(client: Client, address: str = "/") -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def figures(page: BeautifulSoup) -> dict[str, str]:
    return {
        line.dt.text: line.select_one(".dn").text  # type: ignore[union-attr]
        for line in page.select(".heads > div")
    }


def test_names_the_posts_and_what_they_allow(client: Client) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏")

    page = seen(client)

    assert page.h1 is not None
    assert page.h1.text == "王敏，您好"
    assert page.select_one(".ph .sub").text.strip() == "涪城区 · 县级组织员"  # type: ignore[union-attr]
    assert [a.text for a in page.select(".ways a")] == ["导入台账", "口径与核对", "变更与留痕"]


def test_somebody_without_a_post_is_told_whom_to_ask(client: Client) -> None:
    county()
    sign_in(client, User.objects.create(username="新人"))

    page = seen(client)

    assert "请找本级管理员分配岗位" in page.select_one(".note.warn").text  # type: ignore[union-attr]
    assert page.select(".ways, #figures, .find") == []
    assert [a["href"] for a in page.select("#side .nav1 a")] == ["/", "/staff/roles/", "/jobs/"]


def test_who_hands_out_posts_sees_no_figures(client: Client) -> None:
    county()
    signed_in(client, Role.ADMINISTRATOR, area_id=area_by_code("510703"))

    assert seen(client).select("#figures") == []
    assert client.get("/home/figures/").status_code == 403


def test_the_figures_are_those_of_the_own_area_and_open_their_rows(client: Client) -> None:
    city()
    signed_in(client, Role.LEADER, area_id=area_by_code("510703"))

    page = seen(client, "/home/figures/?at=2012-06-30")

    assert page.select_one(".where").text == "涪城区"  # type: ignore[union-attr]
    told = figures(page)
    assert list(told) == [figure.name for figure in CATALOG.headlines()]
    for link in page.select(".heads .dn"):
        rows = client.get(str(link["href"]))
        assert rows.status_code == 200
        assert link.text in rows.content.decode()


def test_the_figures_of_somebody_at_a_union_are_those_of_its_branch(client: Client) -> None:
    city()
    union = UnionVersion.objects.filter(removed_in=None, superior=None).earliest("entry_id")
    signed_in(client, Role.UNION_OFFICER, union_id=union.entry_id)

    page = seen(client, "/home/figures/?at=2012-06-30")

    assert page.select_one(".where").text == union.name  # type: ignore[union-attr]
    assert f"tree=affiliation&union={union.entry_id}" in str(page.select(".heads .dn")[0]["href"])


def test_before_anything_was_known_a_sentence_stands_for_figures(client: Client) -> None:
    county()
    signed_in(client, Role.LEADER, area_id=area_by_code("510703"))

    page = seen(client, f"/home/figures/?at={YESTERDAY}&known=0")

    assert page.select(".heads") == []
    assert "还没有您管理的地方" in page.select_one(".note").text  # type: ignore[union-attr]


def test_lists_only_the_own_changes_and_jobs(client: Client) -> None:
    county()
    me = signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    other = User.objects.create(username="别人")
    assert Change.objects.count() == 1
    enqueue("ledger-export", title="导出会员台账", owner_id=other.pk, payload={})
    assert seen(client).select(".rows:not(.ways) a") == []

    Change.objects.update(actor_id=me.pk)
    enqueue("ledger-export", title="导出工会台账", owner_id=me.pk, payload={})

    page = seen(client)
    lines = page.select(".rows:not(.ways) a")
    assert [line.text for line in lines] == ["填报 · 区划台账", "导出工会台账"]


def test_papers_that_wait_are_listed_until_nothing_is_left_to_mend(client: Client) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    paper = upload(client, workbook(firm(1), firm(2, staff="许多")), name="12月.xlsx")
    other = upload(client, workbook(firm(3)), name="早一张.xlsx")
    Paper.objects.filter(pk=other.pk).update(owner=User.objects.create(username="别人"))

    assert todos(seen(client)) == [("有 1 行要改", "12月.xlsx")]

    assert paper.counted is not None
    paper.result = {"left": [4], "bad": 1}
    paper.change = 1
    paper.save()
    assert todos(seen(client)) == [("待改 1 行", "12月.xlsx")]

    paper.result = {"left": [], "bad": 0}
    paper.save()
    assert todos(seen(client)) == []


def todos(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [
        (line.select_one(".tag").text, line.select_one(".what a").text)  # type: ignore[union-attr]
        for line in page.select(".todos li")
    ]


def test_a_past_day_leaves_what_is_to_be_done_as_it_is(client: Client) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))

    panel = seen(client, f"/?at={YESTERDAY}").select_one("[aria-labelledby=todos-title]")

    assert panel is not None
    assert "总按今天排" in panel.text


@pytest.mark.parametrize(
    ("role", "panels"),
    [
        (Role.COUNTY_ORGANISER, ["todos", "figures", "changes", "ways", "jobs"]),
        (Role.GRID_WORKER, ["todos", "changes", "ways", "jobs"]),
        (Role.INSPECTOR, ["figures", "ways", "jobs"]),
        (Role.LEADER, ["figures", "ways"]),
        (Role.AUDITOR, ["ways"]),
        (Role.ADMINISTRATOR, ["ways"]),
    ],
)
def test_each_role_finds_what_it_can_do(client: Client, role: Role, panels: list[str]) -> None:
    county()
    signed_in(client, role, area_id=area_by_code("510703"))

    page = seen(client)

    found = [str(panel["aria-labelledby"]) for panel in page.select("main section.panel")]
    assert found == [f"{panel}-title" for panel in panels]
    for link in page.select("main a, main [hx-get]"):
        address = str(link.get("href") or link["hx-get"])
        assert client.get(address).status_code == 200, address


def test_costs_a_handful_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    city()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    client.get("/")

    # Session, person, posts, the tree's state (scope, names), papers, changes, jobs.
    with django_assert_num_queries(8):
        client.get("/")
