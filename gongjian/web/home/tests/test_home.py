"""The first page: whose it is, what waits, what each role finds."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.queries import area_by_code
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.store.keeping import ensure
from gongjian.jobs.actions import enqueue
from gongjian.ledgers.tests.city import city
from gongjian.unions.models import UnionVersion
from gongjian.web.imports.models import Paper
from gongjian.web.imports.tests.books import firm, upload, workbook
from gongjian.web.tests.people import sign_in, signed_in
from tests import worlds
from tests.papers import bring, county

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
HTMX = {"HX-Request": "true"}


def seen(client: Client, address: str = "/") -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def figures(page: BeautifulSoup) -> dict[str, str]:
    return {
        line.dt.text: line.select_one(".dn").text  # type: ignore[union-attr]
        for line in page.select(".heads > div")
    }


def place(page: BeautifulSoup) -> str:
    told = page.select_one("[aria-labelledby=figures-title] .hd span")
    return told.text if told else ""


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
    assert page.select(".ways, #figures, .heads, .find") == []
    assert [a["href"] for a in page.select("#side .nav1 a")] == ["/", "/staff/roles/", "/jobs/"]


def test_who_hands_out_posts_sees_no_figures(client: Client) -> None:
    county()
    signed_in(client, Role.ADMINISTRATOR, area_id=area_by_code("510703"))

    assert seen(client).select("#figures, .heads, .troubles") == []
    assert client.get("/home/figures/").status_code == 403
    assert client.get("/home/changes/").status_code == 403


def test_the_figures_are_those_of_the_own_area_and_open_their_rows(client: Client) -> None:
    city()
    signed_in(client, Role.LEADER, area_id=area_by_code("510703"))

    page = seen(client, "/home/figures/?at=2012-06-30")

    assert place(page) == "涪城区"
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

    assert place(page) == union.name
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
    assert own(seen(client)) == []

    Change.objects.update(actor_id=me.pk)
    enqueue("ledger-export", title="导出工会台账", owner_id=me.pk, payload={})

    assert own(seen(client)) == ["填报 · 区划台账", "导出工会台账"]


def own(page: BeautifulSoup) -> list[str]:
    panels = "[aria-labelledby=changes-title], [aria-labelledby=jobs-title]"
    return [line.text for panel in page.select(panels) for line in panel.select(".rows a")]


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


def test_a_doubt_waits_for_whoever_keeps_the_data_and_then_for_whoever_put_it() -> None:
    city()
    leader, clerk = Client(), Client()
    signed_in(leader, Role.LEADER, area_id=area_by_code("510703"), name="罗主席")
    signed_in(clerk, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"), name="王敏")
    address = reverse("doubt-new", args=[CATALOG.headlines()[0].code]) + "?area=510703"
    leader.post(address, {"word": "word-of-a-form", "text": "比上月多了不少，请核对。"})

    ((state, title),) = todos(seen(clerk))
    assert (state, title.rsplit("：", 1)[1]) == ("疑问", "等您答复")
    assert todos(seen(leader)) == []

    doubt = str(seen(clerk).select(".todos a")[0]["href"])
    assert (
        clerk.post(
            f"{doubt}answer/", {"word": "another-word", "text": "十月并入三家。"}
        ).status_code
        == 302
    )
    assert todos(seen(clerk)) == []
    ((state, title),) = todos(seen(leader))
    assert title.endswith("已有答复，请看过后了结")


def test_a_past_day_leaves_what_is_to_be_done_as_it_is(client: Client) -> None:
    county()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))

    panel = seen(client, f"/?at={YESTERDAY}").select_one("[aria-labelledby=todos-title]")

    assert panel is not None
    assert "总按今天排" in panel.text


CLERK = ["todos", "troubles", "figures", "changes", "trail", "doubts", "ways", "jobs"]


@pytest.mark.parametrize(
    ("role", "panels"),
    [
        (Role.COUNTY_ORGANISER, CLERK),
        (Role.TOWNSHIP_CLERK, CLERK),
        (Role.GRID_WORKER, ["todos", "visits", "changes", "ways", "jobs"]),
        (Role.INSPECTOR, ["figures", "troubles", "trail", "doubts", "ways", "jobs"]),
        (Role.LEADER, ["figures", "troubles", "ways"]),
        (Role.AUDITOR, ["trail", "ways"]),
        (Role.ADMINISTRATOR, ["ways"]),
    ],
)
def test_each_role_finds_what_it_can_do(client: Client, role: Role, panels: list[str]) -> None:
    county()
    ensure([today()])
    signed_in(client, role, area_id=area_by_code("510703"))

    page = seen(client)

    found = [str(panel["aria-labelledby"]) for panel in page.select("main section.panel")]
    assert found == [f"{panel}-title" for panel in panels]
    for link in page.select("main a, main [hx-get]"):
        address = str(link.get("href") or link["hx-get"])
        assert client.get(address).status_code == 200, address


def test_several_posts_show_the_sections_of_all(client: Client) -> None:
    county()
    me = signed_in(client, Role.AUDITOR, area_id=area_by_code("510703"))
    Post.objects.create(
        user=me, role=Role.LEADER, area_id=area_by_code("510703001"), valid_from=YESTERDAY
    )
    ensure([today()])

    page = seen(client)

    found = [str(panel["aria-labelledby"]) for panel in page.select("main section.panel")]
    assert found == [f"{panel}-title" for panel in ("figures", "troubles", "trail", "ways")]
    assert place(page) == "城厢街道"


def test_a_grid_worker_finds_whom_to_visit(client: Client) -> None:
    city()
    signed_in(client, Role.GRID_WORKER, area_id=area_by_code("510703"))

    page = seen(client)

    told = {}
    for line in page.select("[aria-labelledby=visits-title] li"):
        count = client.get(str(line.select_one("[hx-get]")["hx-get"]), headers=HTMX)  # type: ignore[index]
        told[line.a.text] = count.content.decode().strip()  # type: ignore[union-attr]
    assert told == {
        "用人单位：职工人数空缺": "0",
        "用人单位：可能登记重了": "0",
        "用人单位：已建会": "1",
        "用人单位：未建会": "2",
    }


def test_the_changes_of_the_scope_are_fetched_once_the_page_stands(client: Client) -> None:
    county()
    bring("employers", worlds.firm(1), actor=OPERATOR)
    signed_in(client, Role.AUDITOR, area_id=area_by_code("510703002"))

    page = seen(client, "/home/changes/")

    assert [a.text for a in page.select("main .rows a")] == ["填报 · 区划台账"]
    assert [a.text for a in page.select("main .rows .what .mut")] == ["系统操作员"]
    assert client.get("/home/changes/", headers=HTMX).content.decode().strip().startswith("<ul")


def test_costs_a_handful_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    city()
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area_by_code("510703"))
    client.get("/")

    # Session, person, posts, the tree's state (scope, names), the store's days; doubts,
    # papers, changes, jobs, what is to be done in flows.
    with django_assert_num_queries(14):
        client.get("/")
