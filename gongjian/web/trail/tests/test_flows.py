"""Links of flows lie where their cases are, name them, and open them for whoever may."""

import pytest
from bs4 import Tag
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.core.days import now
from gongjian.files.actions import keep
from gongjian.history.models import TrailRecord
from gongjian.reporting.actions import submit
from gongjian.reporting.tests.months import COUNTY, OTHER, TOWN, clerk, opened, report
from gongjian.web.records.tests.desk import main
from gongjian.web.tests.people import signed_in
from gongjian.web.trail.tests.scene import auditor, listed
from gongjian.workflow.models import CasePaper

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(db: None) -> int:
    """A month was opened for all, and that of a township handed in; the number of its link."""
    opened()
    submit(report().pk, by=clerk(), remark="核对过")
    return TrailRecord.objects.latest("number").number


def row(client: Client, number: int, query: str = "") -> Tag:
    found = main(client.get(f"/changes/trail/{query}")).select("#rows tbody tr")
    (one,) = (r for r in found if r.select("td")[0].get_text().replace(",", "") == str(number))
    return one


def test_a_link_names_its_case_and_opens_it(client: Client, link: int) -> None:
    signed_in(client, Role.COUNTY_ORGANISER, area_id=area(COUNTY))
    cells = [" ".join(c.get_text(" ").split()) for c in row(client, link).select("td")]
    assert cells[3:] == ["流程 月报：报送", "城厢街道 2011 年 6 月月报", "核对过"]
    (opens,) = row(client, link).select("td:nth-child(5) a")
    assert str(opens["href"]) == f"/reports/?area={TOWN}&month=2011-06"
    page = main(client.get(f"/changes/trail/{link}/"))
    assert [str(a["href"]) for a in page.select(".found a")] == [str(opens["href"])]
    assert client.get(str(opens["href"])).status_code == 200


def test_whoever_may_not_open_the_case_reads_its_name_alone(client: Client, link: int) -> None:
    auditor(client)
    assert row(client, link).select("td:nth-child(5) a") == []
    page = main(client.get(f"/changes/trail/{link}/"))
    assert "城厢街道 2011 年 6 月月报" in page.select(".found")[0].get_text()
    assert page.select(".found a") == []


def test_an_area_has_the_links_of_its_cases(client: Client, link: int) -> None:
    everything = link - 1  # opened for all at once
    auditor(client)
    assert listed(client, f"?kind=flows&area={TOWN}") == [link, everything]
    assert listed(client, f"?kind=flows&area={OTHER}") == [everything]
    town = Client()
    signed_in(town, Role.TOWNSHIP_CLERK, area_id=area(OTHER))
    assert listed(town, "?kind=flows") == [everything]
    assert town.get(f"/changes/trail/{link}/").status_code == 404


def test_of_a_link_over_many_only_those_within_are_named(client: Client, link: int) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area(OTHER))
    told = " ".join(row(client, link - 1).get_text(" ").split())
    assert "月报：开始 塘汛镇 2011 年 6 月月报等 3 件" in told
    page = client.get(f"/changes/trail/{link - 1}/").content.decode()
    assert "塘汛镇 2011 年 6 月月报" in page
    assert "城厢街道" not in page
    assert f"[{report().pk}," not in page


def test_a_paper_lies_where_its_case_is(client: Client, link: int) -> None:
    by = clerk()
    file = keep(b"%PDF-1", "表.pdf")
    CasePaper.objects.create(
        case=report(), code="form", file=file, actor_name=by.name, at=now(), link=link - 1
    )
    CasePaper.objects.create(
        case=report(OTHER), code="form", file=file, actor_name=by.name, at=now(), link=link
    )
    auditor(client)
    assert listed(client, f"?kind=flows&area={OTHER}") == [link, link - 1]
