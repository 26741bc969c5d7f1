"""What is to be seen to about an entry: by the rules of the figures, each with its way on."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongjian.areas.queries import area_by_code
from gongjian.indicators.rows import stream_rows
from gongjian.web.records.tests.desk import fields, main, opened
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import bare, covers, entry, firm, good, member, number, pact, under, union

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Client:
    county()
    good("employers", firm())
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    return client


CODES = [str(firm(i)["统一社会信用代码"]) for i in (1, 2)]


def twins() -> None:
    """Two entries of one name in one place, by CODES."""
    same = {"单位名称": "同名公司"}
    good("employers", firm(1) | same | {"职工人数": 7}, firm(2) | same | {"成立日期": "2000-01-01"})


def told(client: Client, slug: str, name: str, at: str = "2012-06-30") -> dict[str, str | None]:
    """Sentence → where its button leads, on a day."""
    page = main(
        client.get(f"/ledgers/{slug}/{entry(slug, name)}/?at={at}" if at else there(slug, name))
    )
    found = {}
    for task in page.select(".todo"):
        button = task.select_one("a.gb")
        sentence = task.select_one(".lamp span")
        assert sentence is not None
        found[sentence.get_text()] = None if button is None else unquote(str(button["href"]))
    return found


def there(slug: str, name: str) -> str:
    return f"/ledgers/{slug}/{entry(slug, name)}/"


def has(found: dict[str, str | None], words: str) -> bool:
    return any(words in sentence for sentence in found)


# ------------------------------------------------------------------ employers


def test_an_employer_in_operation_without_a_union_leads_to_covering_it(clerk: Client) -> None:
    found = told(clerk, "employers", "第0公司", at="")
    way = found["在业，还没有工会涵盖。"]
    assert way is not None
    assert way.startswith("/ledgers/coverage/new/?employer=")
    assert opened(clerk, way)["employer"] == way.split("=")[1]
    good("unions", union())
    good("coverage", covers())
    assert not has(told(clerk, "employers", "第0公司"), "没有工会涵盖")
    good("unions", union() | {"撤销日期": "2012-01-01"})
    assert has(told(clerk, "employers", "第0公司"), "没有工会涵盖")
    good("employers", firm() | {"经营状态": "停业", "生效日期": "2012-02-01"})
    assert not has(told(clerk, "employers", "第0公司"), "没有工会涵盖")


def test_an_employer_without_people_or_code_is_to_be_corrected(clerk: Client) -> None:
    good("employers", bare("丁店") | {"职工人数": 0})
    found = told(clerk, "employers", "丁店", at="")
    assert [s for s, way in found.items() if way == there("employers", "丁店") + "correct/"] == [
        "在业，职工人数却是 0，请核对。",
        "没有统一社会信用代码，下次报来容易登记成两条，查到后请补上。",
    ]


def test_a_namesake_in_the_same_place_leads_to_comparing_the_two(clerk: Client) -> None:
    twins()
    good("employers", firm(3) | {"单位名称": "同名公司", "所属区划": "510703002"})
    one, two = CODES
    page = main(clerk.get(there("employers", one)))
    ways = [str(a["href"]) for a in page.select(".todo a") if "merge" in str(a["href"])]
    other = entry("employers", two)
    assert ways == [f"{there('employers', one)}merge/?other={other}"]


# ------------------------------------------------------------------ unions


@pytest.mark.parametrize(
    ("elected", "term", "last", "first"),
    [
        ("2008-06-01", "3", "2011-05-31", "2011-06-01"),
        ("2008-02-29", "3", "2011-02-27", "2011-02-28"),
        ("2007-03-05", "5", "2012-03-04", "2012-03-05"),
        (None, None, "2013-05-31", "2013-06-01"),
    ],
)
def test_a_term_is_over_when_the_figure_says_so(
    clerk: Client, elected: str | None, term: str | None, last: str, first: str
) -> None:
    more = {"换届日期": elected, "届期": term} if elected else {}
    good("unions", union() | {"建会日期": "2008-06-01" if not elected else "2005-01-01"} | more)
    for day, over in ((last, False), (first, True)):
        assert has(told(clerk, "unions", "甲工会", at=day), "应当换届") is over
        assert has(told(clerk, "unions", "甲工会", at=day), "着手换届") is not over
        rows = stream_rows("unions.overdue", day=date.fromisoformat(day), known_at=None,
                           node=entry("areas", "5107"))  # fmt: skip
        assert bool(list(rows)) is over


def test_a_union_without_members_or_coverage_is_hollow(clerk: Client) -> None:
    good("unions", union())
    found = told(clerk, "unions", "甲工会", at="")
    assert found["没有一名会籍正常的会员，按空壳工会统计。"] == "/imports/new/members/"
    assert has(found, "没有登记涵盖哪家单位")
    assert has(found, "没有登记主席姓名")
    good("coverage", covers())
    good("members", member())
    assert not has(told(clerk, "unions", "甲工会"), "空壳")
    good("members", member() | {"会籍状态": "保留", "会籍变化日期": "2012-01-01"})
    assert has(told(clerk, "unions", "甲工会"), "空壳")
    good("unions", union() | {"撤销日期": "2012-02-01"})
    found = told(clerk, "unions", "甲工会")
    assert has(found, "已于 2012-02-01 撤销，名下还有 1 名会员")
    assert has(found, "仍登记涵盖 1 家单位")
    assert not has(found, "空壳")


def test_coverage_without_people_and_of_one_that_ended(clerk: Client) -> None:
    good("unions", union())
    good("coverage", covers())
    assert has(told(clerk, "coverage", "甲工会/第0公司"), "没有填涵盖职工数")
    good("employers", firm() | {"经营状态": "注销", "注销日期": "2012-01-01"})
    assert has(told(clerk, "coverage", "甲工会/第0公司"), "用人单位“第0公司”已于 2012-01-01 终止")


# ------------------------------------------------------------------ members, agreements, areas


def test_a_member_without_workplace_telephone_or_union(clerk: Client) -> None:
    good("unions", union())
    good("members", member())
    assert list(told(clerk, "members", number(1))) == ["没有填工作单位。", "没有填手机。"]
    good("members", member() | {"手机": "13900000000", "工作单位": "第0公司"})
    assert told(clerk, "members", number(1), at="") == {}
    handed = {"会籍状态": "转出待接收", "会籍变化日期": "2012-05-01"}
    good("members", {"证件号码": number(1)} | handed)
    assert has(told(clerk, "members", number(1)), "转出待接收已 60 天")
    good("unions", union() | {"撤销日期": "2012-06-01"})
    assert has(told(clerk, "members", number(1)), "所属工会“甲工会”已于 2012-06-01 撤销")


def test_an_agreement_that_runs_out_is_over_or_not_in_force(clerk: Client) -> None:
    good("unions", union())
    good("agreements", pact())
    assert has(told(clerk, "agreements", "一号", at="2012-03-01"), "还有 30 天")
    assert not has(told(clerk, "agreements", "一号", at="2012-02-29"), "到期")
    assert has(told(clerk, "agreements", "一号", at="2012-04-10"), "过了 10 天，没有登记续签")
    assert has(told(clerk, "agreements", "一号"), "没有登记覆盖哪些单位")
    good("agreement-coverage", under())
    assert not has(told(clerk, "agreements", "一号", at="2011-06-30"), "没有登记覆盖")
    longer = {"协议编号": "二号", "签订日期": "2012-03-15", "期限起": "2012-04-01"}
    good("agreements", pact() | longer | {"期限止": "2013-03-31", "生效日期": "", "收到日期": ""})
    assert not has(told(clerk, "agreements", "一号", at="2012-04-10"), "到期")
    assert has(told(clerk, "agreements", "二号"), "没有生效日期，也没有收到日期")


def test_an_area_that_was_stopped_without_an_heir_while_somebody_stands_in_it(
    clerk: Client,
) -> None:
    good("areas", {"区划代码": "510703001", "停用日期": "2012-01-01"})
    found = told(clerk, "areas", "510703001")
    assert has(found, "没有指定并入哪个区划，名下还有1 家单位")
    assert told(clerk, "areas", "510703001", at="2011-12-31") == {}


# ------------------------------------------------------------------ who, when, how dear


def test_the_way_on_is_for_those_who_may_go_it_and_for_the_present(clerk: Client) -> None:
    assert set(told(clerk, "employers", "第0公司").values()) == {None}
    signed_in(clerk, "inspector", area_id=area_by_code("510703"))
    assert set(told(clerk, "employers", "第0公司", at="").values()) == {None}
    past = clerk.get(there("employers", "第0公司") + "?at=2012-06-30&known=2")
    assert main(past).select(".todo") == []


def test_it_costs_three_queries_at_most(
    clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    good("unions", union())
    good("coverage", covers())
    for slug, name in (("employers", "第0公司"), ("unions", "甲工会")):
        clerk.get(there(slug, name))
        with django_assert_max_num_queries(20):
            clerk.get(there(slug, name))


# ------------------------------------------------------------------ two for one


def test_from_the_worry_to_the_merger_and_back(clerk: Client) -> None:
    """The way of a clerk: found, compared, chosen, tried, merged, taken back."""
    twins()
    good("unions", union())
    good("coverage", covers("甲工会", CODES[1]))
    one, two = (there("employers", code) for code in CODES)
    task = main(clerk.get(one)).select_one(".todo a[href*=merge]")
    assert task is not None
    compare = main(clerk.get(str(task["href"])))
    rows = {
        str(row.select("th")[0].get_text()): [cell.get_text() for cell in row.find_all("td")]
        for row in compare.select("table.sides tbody tr")
    }
    assert rows["职工人数"] == ["7", "100"]
    assert rows["引用它的工会涵盖单位（用人单位）"] == ["—", "1 条"]
    assert "合并这两条" not in compare.get_text()

    tried = main(clerk.post(one + "merge/", fields(compare) | {"stays": "this"}))
    assert "工会涵盖单位台账 1 条转到它名下" in tried.get_text(" ", strip=True)
    figures = tried.select_one(".eff")
    assert figures is not None
    assert "用人单位" in figures.get_text()
    made: Any = clerk.post(one + "merge/", fields(tried) | {"why": "录了两次"})
    after = clerk.get(made.headers["Location"]).content.decode()
    landed = BeautifulSoup(after, "html.parser")
    way = landed.select_one(".said a")
    assert way is not None
    assert "并入另一条记录" in main(clerk.get(two)).get_text()
    assert main(clerk.get(two)).find("a", href=way["href"]) is not None

    change = str(way["href"])
    clerk.post(change + "undo/", fields(main(clerk.get(change))) | {"why": "是两家"})
    assert "并入" not in main(clerk.get(two)).get_text().split("经过")[0]
    assert "1 条" in main(clerk.get(str(task["href"]))).get_text()
