"""The pages of rule packs: who reads, who writes, what holds, and that past cases stay."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history import trail
from gongjian.ledgers.tests.city import UNION, told
from gongjian.unions.models import UnionVersion
from gongjian.web.tests.people import signed_in
from gongjian.workflow.actions import NewCase, open_cases
from gongjian.workflow.declare import Source
from gongjian.workflow.models import Case, RulePack
from gongjian.workflow.packs import NewPack, write_pack

pytestmark = pytest.mark.django_db
FLOW = "monthly-report"
DAY = timedelta(days=1)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def written(code: str, begins: date = date(2011, 1, 1), **values: str) -> RulePack:
    source = Source("市办发〔2011〕9号", "第三条", read=True)
    new = NewPack(flow=FLOW, place_id=area(code), valid_from=begins, source=source, values=values)
    return write_pack(new, by=OPERATOR)


def opened(month: str) -> list[Case]:
    """The report of a month of the county and its two townships."""
    new = [NewCase(subject=month, title=f"{code} {month}", place_id=area(code))
           for code in ("511", "5111", "5112", "512")]  # fmt: skip
    return open_cases(FLOW, new, by=OPERATOR, on=date.fromisoformat(f"{month}-01"))


def form(**more: str) -> dict[str, str]:
    """A form as the page sends it."""
    filled = {"flow": FLOW, "place": "511", "valid_from": "2026-01-01", "law": "县办发〔2026〕1号"}
    return filled | {"article": "第二条", "read": "read", "n-again": "5", "u-again": "wd"} | more


def row(shown: str, title: str) -> str:
    """The line of a number in the table of what holds, without tags."""
    found = re.search(rf'<th scope="row">{title}</th>(.*?)</tr>', shown, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>|\s+", " ", found[1])


def error_at(shown: str, name: str) -> str:
    """What stands below an input."""
    found = re.search(rf'id="id_{name}_error">.*?<span>([^<]*)</span>', shown)
    assert found is not None
    return found[1]


# ------------------------------------------------------------------ reading


def test_packs_of_the_place_and_of_those_above_are_listed(client: Client, reader: User) -> None:
    mine, above, below = (
        written("511", again="4wd"),
        written("51", again="9d"),
        written("5111", review="1d"),
    )
    other = written("512", again="7d")
    shown = text(client.get("/rules/"))
    for pack in (mine, above, below):
        assert f'href="/rules/packs/{pack.pk}/"' in shown
    assert f"/rules/packs/{other.pk}/" not in shown
    assert client.get(f"/rules/packs/{above.pk}/").status_code == 200
    assert client.get(f"/rules/packs/{other.pk}/").status_code == 404
    assert client.get("/rules/packs/9999/").status_code == 404
    assert '退回后重报的期限：<b class="num">9 天</b>' in shown
    assert "已核原文" in shown
    assert "凭记忆" in shown
    assert "已经开始的都照旧" in shown


def test_the_nearest_place_wins_and_each_number_says_whence(client: Client, reader: User) -> None:
    written("51", again="9d", review="8wd")
    pack = written("511", again="4wd")
    here = text(client.get("/rules/?area=5111"))
    assert "4 个工作日 三台县" in " ".join(row(here, "退回后重报的期限").split())
    assert f"/rules/packs/{pack.pk}/" in here
    assert "8 个工作日 绵阳市" in " ".join(row(here, "审核期限").split())
    assert "当天 各地通用" in " ".join(row(here, r"报送期限（从截止日起）").split())
    before = text(client.get("/rules/?area=5111&day=2010-12-31"))
    assert "2 个工作日 各地通用" in " ".join(row(before, "退回后重报的期限").split())


def test_a_number_that_no_pack_gives_is_told(client: Client, reader: User) -> None:
    RulePack.objects.filter(place_id=None, law__contains="建议值").delete()
    shown = text(client.get("/rules/"))
    assert "规则包里没有“报送期限遇休息日顺延”" in shown


@pytest.mark.parametrize("bad", ["2011-13-01", "x", "0001-01-01"])
def test_a_day_that_is_none_is_refused(client: Client, reader: User, bad: str) -> None:
    answer = client.get("/rules/", {"day": bad})
    assert answer.status_code == 422
    assert bad in text(answer) or "请填" in text(answer)


def test_outside_is_not_there(client: Client, reader: User) -> None:
    assert client.get("/rules/?area=512").status_code == 404
    assert client.get("/rules/?area=51").status_code == 404
    assert client.get("/rules/?area=nowhere").status_code == 404


def test_who_may_not_see_figures_reads_no_rules(client: Client) -> None:
    pack = written("511", again="4wd")
    signed_in(client, Role.GRID_WORKER, area_id=area("511"))
    assert client.get("/rules/").status_code == 403
    assert client.get(f"/rules/packs/{pack.pk}/").status_code == 403
    assert client.get("/rules/calendar/").status_code == 403


def test_a_post_at_a_union_reads_what_holds_everywhere(client: Client) -> None:
    told("unions", {"工会代码": UNION, "工会名称": "甲工会", "所属区划": "511",
                    "工会类型": "单独基层工会", "建会日期": date(2008, 6, 1)})  # fmt: skip
    union = UnionVersion.objects.get(removed_in=None).entry_id
    written("511", again="4wd")
    signed_in(client, Role.UNION_OFFICER, union_id=union)
    shown = text(client.get("/rules/"))
    assert "各地通用" in shown
    assert "市办发〔2011〕9号" not in shown


def test_a_list_of_many_packs_asks_no_more(
    client: Client, reader: User, django_assert_num_queries: Any
) -> None:
    client.get("/rules/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/rules/")
    before = len(asked)
    for code in ("51", "511", "5111", "5112"):
        written(code, again="4wd")
        written(code, review="4wd")
    client.get("/rules/")
    with django_assert_num_queries(before + 2):  # what the places of both tables are called
        shown = text(client.get("/rules/"))
    assert shown.count("市办发〔2011〕9号") >= 8


# ------------------------------------------------------------------ writing


def test_a_pack_is_written_and_ended_and_past_cases_stay(client: Client, keeper: User) -> None:
    case = opened("2011-06")[1]
    before = case.rules
    assert before["again"]["value"] == "2wd"
    sent = form(place="三台县", valid_from="2011-01-01") | {"n-roll": "是"}
    answer: Any = client.post("/rules/packs/new/", sent)
    pack = RulePack.objects.latest("pk")
    assert answer.url == f"/rules/packs/{pack.pk}/"
    assert (pack.values, pack.read, pack.place_id) == (
        {"again": "5wd", "roll": "是"},
        True,
        area("511"),
    )
    shown = text(client.get(answer.url))
    assert '您的范围内共 <b class="num">0</b> 件' in shown
    assert "已经开始的事项一直按开始时的数值办" in shown
    case.refresh_from_db()
    assert case.rules == before
    later = opened("2011-07")[1]
    assert later.rules["again"] == {"value": "5wd", "pack": pack.pk}
    shown = text(client.get(answer.url))
    assert '您的范围内共 <b class="num">3</b> 件' in shown
    assert f'href="{reverse("case", args=[later.pk])}"' in shown
    ended = client.post(f"/rules/packs/{pack.pk}/end/", {"day": "2011-08-01"})
    assert ended.status_code == 302
    pack.refresh_from_db()
    assert pack.valid_to == date(2011, 8, 1)
    shown = text(client.get(answer.url))
    assert "已停用" in shown
    assert "停用这个规则包" not in shown
    later.refresh_from_db()
    assert later.rules["again"]["value"] == "5wd"
    assert trail.verify().ok


def test_cases_are_listed_page_by_page_within_the_scope(
    client: Client, reader: User, django_assert_max_num_queries: Any
) -> None:
    pack = written("51", date(2010, 1, 1), again="4wd")
    for number in range(1, 13):
        opened(f"2010-{number:02}")
        opened(f"2011-{number:02}")
    with django_assert_max_num_queries(24):
        first = text(client.get(f"/rules/packs/{pack.pk}/"))
    assert '您的范围内共 <b class="num">72</b> 件' in first
    then = re.search(r'rel="next" href="([^"]+)"', first)
    assert then is not None
    rest = text(client.get(then[1]))
    assert len(re.findall(r'<th scope="row"><a href="/cases/', rest)) == 22
    assert client.get(f"/rules/packs/{pack.pk}/?before=x").status_code == 200


@pytest.mark.parametrize(
    ("more", "at", "said"),
    [
        ({"valid_to": "2025-12-31"}, "valid_to", "止日 2025-12-31 不晚于起日 2026-01-01"),
        ({"valid_from": ""}, "valid_from", "请填写起。"),
        ({"valid_from": "2026-02-30"}, "valid_from", "“2026-02-30”不是有效日期"),
        ({"place": "9999"}, "place", "管理范围内没有“9999”"),
        ({"law": ""}, "law", "请填写出处。"),
        ({"law": "法" * 201}, "law", "不要超过 200 个字"),
        ({"read": ""}, "read", "请选“已核原文”或“凭记忆”。"),
        ({"n-again": "五"}, "n-again", "“五”不是整数"),
        ({"n-again": "-1"}, "n-again", "不能小于 0"),
        ({"n-again": "4000"}, "n-again", "不能大于 3650"),
        ({"u-again": ""}, "u-again", "请选单位"),
        ({"n-again": ""}, "n-again", "选了单位，请填多少天"),
        ({"n-again": "", "u-again": ""}, "n-submit", "一个数值也没有"),
    ],
)
def test_a_refusal_stands_at_its_field(
    client: Client, keeper: User, more: dict[str, str], at: str, said: str
) -> None:
    number = RulePack.objects.count()
    answer = client.post("/rules/packs/new/", form(**more))
    assert answer.status_code == 422
    assert said in error_at(text(answer), at)
    assert RulePack.objects.count() == number


def test_a_number_laid_down_already_is_refused_at_its_field(client: Client, keeper: User) -> None:
    written("511", again="4wd")
    answer = client.post("/rules/packs/new/", form())
    assert answer.status_code == 422
    assert "从 2011-01-01 起已有规定" in error_at(text(answer), "n-again")


def test_who_may_not_write(client: Client, reader: User) -> None:
    pack = written("511", again="4wd")
    assert "写规则包" not in text(client.get("/rules/"))
    assert "停用这个规则包" not in text(client.get(f"/rules/packs/{pack.pk}/"))
    assert client.get("/rules/packs/new/").status_code == 403
    assert client.post("/rules/packs/new/", form()).status_code == 403
    assert client.post(f"/rules/packs/{pack.pk}/end/", {"day": "2012-01-01"}).status_code == 403
    other = written("512", again="4wd")
    assert client.post(f"/rules/packs/{other.pk}/end/", {}).status_code == 404


def test_outside_the_posts_of_a_keeper_nothing_is_written(client: Client) -> None:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("511"))
    for place in ("512", "9999"):  # what is outside is as little there as what is nowhere
        answer = client.post("/rules/packs/new/", form(place=place))
        assert answer.status_code == 422
        assert error_at(text(answer), "place") == f"管理范围内没有“{place}”，请填代码或全称。"
    above = written("51", again="4wd")
    everywhere = RulePack.objects.filter(place_id=None)[0]
    for pack in (above, everywhere):
        assert "停用这个规则包" not in text(client.get(f"/rules/packs/{pack.pk}/"))
        answer = client.post(f"/rules/packs/{pack.pk}/end/", {"day": str(today())})
        assert answer.status_code == 404
    assert client.post("/rules/packs/new/", form()).status_code == 302


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "请填写停用日。"), ("2011-01-01", "止日请填在它以后"), ("x", "“x”不是有效日期")],
)
def test_an_end_that_cannot_be(client: Client, keeper: User, day: str, said: str) -> None:
    pack = written("511", again="4wd")
    answer = client.post(f"/rules/packs/{pack.pk}/end/", {"day": day})
    assert answer.status_code == 422
    assert said in error_at(text(answer), "day")
    pack.refresh_from_db()
    assert pack.valid_to is None


def test_a_page_of_the_past_writes_nothing(client: Client, keeper: User) -> None:
    number = RulePack.objects.count()
    assert client.post("/rules/packs/new/?at=2011-12-25", form()).status_code == 422
    assert RulePack.objects.count() == number


def test_an_unknown_flow_is_refused(client: Client, keeper: User) -> None:
    assert client.get("/rules/packs/new/?flow=dance").status_code == 422
