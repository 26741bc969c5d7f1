"""The pages of the working-day calendar: the year, the deadline, and who may change them."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import User
from gongjian.areas.tests.builders import area
from gongjian.calendars.models import Arrangement, SpecialDay
from gongjian.calendars.queries import calendar, year_kept
from gongjian.calendars.rules import Calendar, Span
from gongjian.core.access import OPERATOR
from gongjian.core.days import today
from gongjian.history.models import TrailRecord
from gongjian.web.rules.months import deadline, months, wanted
from gongjian.web.rules.wording import Stretch, stretches
from gongjian.web.tests.people import signed_in
from gongjian.workflow.actions import NewCase, open_case
from gongjian.workflow.models import Todo

pytestmark = pytest.mark.django_db
NEXT = today().year + 1
LINES = f"{NEXT}-01-01 放假 元旦\n{NEXT}-10-01 至 {NEXT}-10-07 放假 国庆节"
SOURCE = "国务院办公厅关于部分节假日安排的通知"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def entered(client: Client, lines: str = LINES, year: int = NEXT, source: str = SOURCE) -> Any:
    sent = {"year": str(year), "days": lines, "source": source}
    return client.post("/rules/calendar/enter/", sent)


def corrected(client: Client, day: date, kind: str, name: str = "节") -> Any:
    sent = {"day": day.isoformat(), "kind": kind, "name": name, "source": SOURCE}
    return client.post("/rules/calendar/correct/", sent)


def error_at(shown: str, name: str) -> str:
    """What stands below an input."""
    found = re.search(rf'id="id_{name}_error">.*?<span>([^<]*)</span>', shown)
    assert found is not None
    return found[1]


def due(client: Client, **asked: str) -> str:
    """What the page says of a deadline, without tags."""
    shown = text(client.get("/rules/calendar/", {"year": "2026"} | asked))
    return " ".join(re.sub(r"<[^>]+>", " ", shown.partition("最后一天")[2]).split())


# ------------------------------------------------------------------ the year


def test_a_year_shows_its_days(client: Client, reader: User) -> None:
    shown = text(client.get("/rules/calendar/?year=2026"))
    assert shown.count('<table class="rl-month">') == 12
    assert re.search(r'<td class="hol" title="国庆节">1<b>休</b></td>', shown)
    assert re.search(r'<td class="swap" title="国庆节">10<b>班</b></td>', shown)
    assert "2026-02-15 至 2026-02-23" in shown
    assert "chinesecalendar" in shown
    assert "更正一天" not in shown
    assert "录入 2026" not in shown


def test_every_day_of_a_year_stands_once_and_is_worked_as_it_is_kept() -> None:
    kept = calendar()
    for year in (2024, 2026, NEXT):
        shown = months(year_kept(year), kept)
        cells = [cell for month in shown for week in month.weeks for cell in week if cell]
        first = date(year, 1, 1)
        days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
        assert [cell.day for cell in cells] == days
        assert all(kept.works(c.day) == (c.kind in ("", "swap")) for c in cells)
        assert sum(month.worked for month in shown) == sum(map(kept.works, days))


def test_a_year_without_an_arrangement_says_so(client: Client, reader: User) -> None:
    shown = text(client.get(f"/rules/calendar/?year={NEXT}"))
    assert f"{NEXT} 年的放假安排还没有录入" in shown
    assert "都是暂算" in shown


def test_from_november_on_a_missing_year_is_asked_for(client: Client, keeper: User) -> None:
    year = today().year + (today().month >= 11)
    Arrangement.objects.filter(year=year).delete()
    assert wanted(calendar()) == year
    shown = text(client.get("/rules/calendar/?year=2024"))
    assert f"{year} 年的放假安排还没有录入" in shown
    Arrangement.objects.create(year=year, source=SOURCE)
    assert wanted(calendar()) is None
    assert "还没有录入，" not in text(client.get("/rules/calendar/?year=2024"))


@pytest.mark.parametrize("year", ["1999", "2101", "x", "２０２６", "99999999"])
def test_a_year_that_is_none_is_refused(client: Client, reader: User, year: str) -> None:
    answer = client.get("/rules/calendar/", {"year": year})
    assert answer.status_code == 422
    assert f"年份“{year}”不对" in text(answer)


def test_the_year_asks_little(
    client: Client, keeper: User, django_assert_max_num_queries: Any
) -> None:
    client.get("/rules/calendar/")
    asked = "/rules/calendar/?year=2026&event=2026-09-28&days=10&unit=wd"
    with django_assert_max_num_queries(18):
        assert client.get(asked).status_code == 200


# ------------------------------------------------------------------ a deadline


def test_a_deadline_is_counted_as_by_the_command(client: Client, reader: User) -> None:
    said = due(client, event="2026-09-28", days="10", unit="wd")
    assert said.startswith("2026-10-16 星期五")
    assert "从 2026-09-29（星期二）起数 10 个工作日" in said
    assert "跳过 8 天： 2026-10-01 至 2026-10-07 国庆节 2026-10-11 周末" in said
    assert "10-10 第 5 天" in said
    assert "暂算" not in said.partition("事情发生的那天不计，从次日")[0]


def test_a_deadline_of_calendar_days_and_its_roll(client: Client, reader: User) -> None:
    plain = due(client, event="2026-09-20", days="15", unit="d")
    assert plain.startswith("2026-10-05 星期一")
    assert "没有选“遇休息日顺延”" in plain
    assert "没有跳过的日子" in plain
    rolled = due(client, event="2026-09-20", days="15", unit="d", roll="on")
    assert rolled.startswith("2026-10-08 星期四")
    assert "数到 2026-10-05 是休息日" in rolled
    assert "跳过 3 天： 2026-10-05 至 2026-10-07 国庆节" in rolled


def test_a_deadline_beyond_what_is_published_is_provisional(client: Client, reader: User) -> None:
    said = due(client, event=f"{NEXT}-03-01", days="3", unit="wd")
    assert "暂算" in said
    assert "还没有录入放假安排" in said
    today_only = due(client, event="2026-09-28", days="0", unit="wd")
    assert "期限是当天：2026-09-28" in today_only


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"event": "", "days": "3", "unit": "wd"}, "请填写事情发生的那天。"),
        ({"event": "2026-02-30", "days": "3", "unit": "wd"}, "“2026-02-30”不是有效日期"),
        ({"event": "2026-02-03", "days": "", "unit": "wd"}, "请填写多久。"),
        ({"event": "2026-02-03", "days": "4000", "unit": "wd"}, "不能大于 3650"),
        ({"event": "2026-02-03", "days": "3", "unit": "y"}, "请选工作日或自然日。"),
        ({"event": "9999-12-30", "days": "9", "unit": "d"}, "超出了能表示的日期"),
    ],
)
def test_a_deadline_that_cannot_be_counted(
    client: Client, reader: User, asked: dict[str, str], said: str
) -> None:
    shown = text(client.get("/rules/calendar/", {"year": "2026"} | asked))
    assert said in shown
    assert "最后一天" not in shown


def test_a_long_deadline_is_cut_short() -> None:
    found = deadline(calendar(), date(2020, 1, 1), Span(900, working=True), roll=False)
    assert found["due"] == calendar().due(date(2020, 1, 1), Span(900, working=True)).day
    assert (len(found["skipped"]), found["strip"]) == (60, [])
    assert found["more"] > 0


def test_days_that_follow_are_put_together() -> None:
    first = date(2026, 1, 1)
    days = [
        (first + timedelta(days=n), what)
        for n, what in ((0, "甲"), (1, "甲"), (2, "乙"), (4, "乙"))
    ]
    found = stretches(days)
    assert [(s.days, str(s), s.what) for s in found] == [
        (2, "2026-01-01 至 2026-01-02", "甲"),
        (1, "2026-01-03", "乙"),
        (1, "2026-01-05", "乙"),
    ]
    assert stretches([]) == []
    assert Stretch(first, first, "").days == 1


def test_the_strip_counts_what_counts() -> None:
    kept = Calendar({}, frozenset())
    found = deadline(kept, date(2026, 3, 5), Span(2, working=True), roll=False)["strip"]
    assert [(str(one["day"])[5:], one["kind"], one["said"]) for one in found] == [
        ("03-05", "", "事情发生"),
        ("03-06", "", "第 1 天"),
        ("03-07", "off", "周末"),
        ("03-08", "off", "周末"),
        ("03-09", "due", "第 2 天"),
    ]


# ------------------------------------------------------------------ keeping


def test_an_arrangement_is_entered_and_moves_the_open_to_dos(client: Client, keeper: User) -> None:
    case = open_case(
        "monthly-report",
        NewCase(subject=f"{NEXT}-10", title="月报", place_id=area("5111")),
        by=OPERATOR,
    )
    Todo.objects.filter(case=case).update(since=date(NEXT, 9, 30), working=True, days=3)
    case.rules["submit"]["value"] = "3wd"
    case.save()
    Todo.objects.filter(case=case).update(due=date(NEXT, 10, 5), published=False)
    answer = entered(client)
    assert answer.url == f"/rules/calendar/?year={NEXT}"
    shown = text(client.get(answer.url))
    assert f"已录入 {NEXT} 年的放假安排。" in shown
    assert "1 件由暂算改为确定" in shown
    assert "少于《全国年节及纪念日放假办法》规定的 13 天" in shown
    assert SOURCE in shown
    assert f"撤销 {NEXT} 年的安排" in shown
    link = json.loads(TrailRecord.objects.latest("number").body)
    assert (link["name"], link["deed"], len(link["days"])) == ("市组织员", "enter", 8)
    assert Todo.objects.get(case=case).published
    trail = text(client.get("/changes/trail/?kind=flows"))
    assert f"录入 {NEXT} 年的放假安排" in trail


def test_a_day_is_corrected_and_the_year_taken_back(client: Client, keeper: User) -> None:
    entered(client)
    day = date(NEXT, 10, 8)
    while day.weekday() > 4:
        day += timedelta(days=1)
    answer = corrected(client, day, "off", "加一天")
    assert answer.url == f"/rules/calendar/?year={NEXT}"
    shown = text(client.get(answer.url))
    assert f"更正：{SOURCE}" in shown
    assert "加一天" in shown
    assert corrected(client, day, "plain").status_code == 302
    assert not SpecialDay.objects.filter(day=day).exists()
    taken: Any = client.post("/rules/calendar/withdraw/", {"year": str(NEXT)})
    assert taken.status_code == 302
    assert not Arrangement.objects.filter(year=NEXT).exists()
    assert "改回暂算" in text(client.get(taken.url))
    trail = text(client.get("/changes/trail/?kind=flows"))
    assert f"更正工作日历：{day}" in trail
    assert f"撤销 {NEXT} 年的放假安排" in trail


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "请逐行填写"),
        ("春节放七天", "第 1 行：“春节放七天”看不懂"),
        (f"{NEXT}-02-30 放假 春节", f"“{NEXT}-02-30”不是有效日期"),
        (f"{NEXT + 1}-02-03 放假 春节", f"不属于 {NEXT} 年的安排"),
        (f"{NEXT}-05-01 放假 节\n{NEXT}-05-01 放假 节", "写了两次"),
        ("春" * 20_001, "不要超过 20000 个字"),
    ],
)
def test_what_is_wrong_with_the_lines_stands_below_them(
    client: Client, keeper: User, lines: str, said: str
) -> None:
    answer = entered(client, lines)
    assert answer.status_code == 422
    assert said in error_at(text(answer), "days")
    assert not Arrangement.objects.filter(year=NEXT).exists()


def test_several_faults_are_told_at_once(client: Client, keeper: User) -> None:
    shown = text(entered(client, f"x\n{NEXT + 1}-05-01 放假 劳动节\ny"))
    assert f"{NEXT + 1}-05-01 不属于 {NEXT} 年的安排" in shown
    assert "第 1 行" in shown
    assert "第 3 行" in shown


def test_no_source_no_year(client: Client, keeper: User) -> None:
    assert "请填写依据。" in text(entered(client, source=""))
    early = text(entered(client, f"{NEXT + 1}-01-01 放假 元旦", year=NEXT + 1))
    assert "还没有公布" in error_at(early, "year")
    assert client.post("/rules/calendar/withdraw/", {"year": "2026"}).status_code == 422
    assert client.post("/rules/calendar/withdraw/", {"year": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "at", "said"),
    [
        ({"day": "", "kind": "off", "name": "节"}, "day", "请填写日期。"),
        ({"day": "2026-10-01", "kind": "", "name": "节"}, "kind", "请选这一天"),
        ({"day": "2026-10-01", "kind": "off", "name": ""}, "name", "请写明是什么节日"),
        ({"day": "2026-10-01", "kind": "off", "name": "国庆节"}, "kind", "不用更正"),
        ({"day": f"{NEXT}-10-01", "kind": "off", "name": "节"}, "day", "请先录入整年的安排"),
    ],
)
def test_a_correction_that_cannot_be(
    client: Client, keeper: User, sent: dict[str, str], at: str, said: str
) -> None:
    answer = client.post("/rules/calendar/correct/", sent | {"source": SOURCE})
    assert answer.status_code == 422
    assert said in error_at(text(answer), at)


@pytest.mark.parametrize("role", [Role.COUNTY_ORGANISER, Role.LEADER, Role.INSPECTOR])
def test_who_reads_but_may_not_keep(client: Client, role: Role) -> None:
    signed_in(client, role, area_id=area("51"))
    assert client.get("/rules/calendar/").status_code == 200
    assert client.get("/rules/calendar/enter/").status_code == 403
    assert entered(client).status_code == 403
    assert corrected(client, date(2026, 10, 1), "plain").status_code == 403
    assert client.post("/rules/calendar/withdraw/", {"year": str(NEXT)}).status_code == 403
    assert not Arrangement.objects.filter(year=NEXT).exists()
    assert SpecialDay.objects.filter(day=date(2026, 10, 1)).exists()


def test_whoever_keeps_rules_below_the_top_keeps_no_calendar(client: Client) -> None:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("511"))
    assert "更正一天" not in text(client.get("/rules/calendar/?year=2026"))
    answer = entered(client)
    assert answer.status_code == 403
    assert "只有管到最上一级的人能改" in text(answer)
    assert client.get("/rules/calendar/correct/").status_code == 403


def test_a_page_of_the_past_changes_nothing(client: Client, keeper: User) -> None:
    sent = {"year": str(NEXT), "days": LINES, "source": SOURCE}
    assert client.post("/rules/calendar/enter/?at=2011-12-25", sent).status_code == 422
    assert client.post("/rules/calendar/withdraw/?at=2011-12-25", sent).status_code == 422
    assert not Arrangement.objects.filter(year=NEXT).exists()
