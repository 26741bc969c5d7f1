"""The page of a month: what is compared and explained, refusals at their field, urging, paper."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_identity
from gongjian.core.days import today
from gongjian.ledgers.tests.city import told
from gongjian.reporting.actions import lock, open_month, submit
from gongjian.reporting.rules import Period
from gongjian.reporting.tests.months import (
    CITY,
    COUNTY,
    JUNE,
    OTHER,
    TOWN,
    WHY,
    opened,
    organiser,
    report,
    state,
    swung,
)
from gongjian.reporting.tests.months import clerk as the_clerk
from gongjian.web.reports import arrival, presenters
from gongjian.web.reports.tests.test_pages import address, clerk, got, panel, person, taken, text
from gongjian.web.tests.people import make_person, sign_in
from gongjian.workflow.actions import take
from gongjian.workflow.models import Case, Notice, Urge

pytestmark = pytest.mark.django_db
FIELD = "why-members.total"


def sent(client: Client, step: str, code: str = TOWN, **more: str) -> HttpResponse:
    case = report(code)
    answer = client.post(
        f"/reports/{case.pk}/take/", {"step": step, "seen": str(case.passed), **more}
    )
    assert isinstance(answer, HttpResponse)
    return answer


def shown_again(answer: HttpResponse) -> BeautifulSoup:
    """The page of the month, with what was refused on it."""
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert text(page, "h1").endswith("2011 年 6 月月报")
    return page


def test_an_explanation_is_asked_for_and_kept() -> None:
    swung()
    town, county = clerk(), person(Role.COUNTY_ORGANISER, COUNTY)
    page = got(town, address())
    assert [one["name"] for one in page.select(".figs input")] == [FIELD]
    assert "还差 1 条异常说明" in panel(page, "deeds")
    row = text(page, ".figs tr.swung")
    assert "+6 7 上月为 0" in row
    assert "多或少超过 50%，而且相差 5 以上的，报送前要写异常说明" in panel(page, "numbers")
    page = shown_again(sent(town, "submit", remark="核对过", **{FIELD: "太短了"}))
    (field,) = page.select(".figs input")
    assert field["value"] == "太短了"
    (error,) = page.select(f"#{str(field['aria-describedby']).replace('.', chr(92) + '.')}")
    assert error.get_text(strip=True) == "本月新增 +6，上月新增 0，请写明原因，至少 10 个字。"
    assert page.select_one("textarea") is not None
    assert text(page, "textarea") == "核对过"
    assert page.select("#remark-err") == []
    assert state() == "due"
    assert sent(town, "submit", **{FIELD: WHY}).status_code == 302
    page = got(county, address())
    assert WHY in text(page, ".figs tr.swung")
    assert f"会员：{WHY}" in panel(page, "path")
    assert "1 条已说明" in panel(got(county, address(COUNTY)), "below")
    assert sent(county, "return", remark="再细一些").status_code == 302
    (field,) = got(town, address()).select(".figs input")
    assert field["value"] == WHY


def test_what_was_asked_then_stays_asked() -> None:
    swung()
    submit(report().pk, by=the_clerk(), explanations={"members.total": WHY})
    told("members", {"证件号码": make_identity("510703", date(1990, 1, 1), 400), "姓名": "迟来",
                     "入会日期": date(2011, 5, 1), "所属工会": "老店工会"})  # fmt: skip
    row = text(got(clerk(), address()), ".figs tr.swung")
    assert WHY in row
    assert "+6 8 +500% 上月 +1" in row


def test_a_long_explanation_is_refused_with_its_name() -> None:
    swung()
    page = shown_again(sent(clerk(), "submit", **{FIELD: "字" * 501}))
    assert "“会员”的异常说明有 501 个字，请缩到 500 个字以内" in text(page, "main > .note.bad")


def test_a_return_without_a_reason_is_told_at_the_field() -> None:
    opened()
    assert taken(clerk(), "submit") == 302
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    page = shown_again(sent(county, "return", remark=" "))
    (field,) = page.select("textarea")
    assert (field["aria-describedby"], field["aria-invalid"]) == ("remark-err", "true")
    assert text(page, "#remark-err") == "“退回”要写明理由，请填写后再办。"
    long = shown_again(sent(county, "return", remark="字" * 2001))
    assert "请缩到 2000 个字以内" in text(long, "#remark-err")
    assert text(long, "textarea") == "字" * 2001
    assert state() == "submitted"


def test_a_county_that_names_nobody_missing_is_told_where() -> None:
    opened()
    page = shown_again(sent(person(Role.COUNTY_ORGANISER, COUNTY), "submit", COUNTY))
    assert "还有 2 个下级没有通过（城厢街道、塘汛镇）" in text(page, "#remark-err")


def test_a_second_lock_without_a_reason_is_told_at_the_field() -> None:
    opened()
    city = person(Role.CITY_ORGANISER, CITY)
    sent_ = {"area": CITY, "month": "2011-06"}
    assert city.post("/reports/lock/", sent_).status_code == 302
    answer = city.post("/reports/lock/", {**sent_, "remark": "  "})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert "再次锁定请写明理由" in text(page, "#why-err")


def test_whose_lock_it_is_and_a_link_for_those_who_may_look() -> None:
    opened()
    lock(JUNE, area_id=area(COUNTY), by=OPERATOR)
    for client, links in ((clerk(), 0), (person(Role.COUNTY_ORGANISER, COUNTY), 1)):
        page = got(client, address())
        assert "已由涪城区锁定（系统操作员" in text(page, "main > .note.ok")
        assert "列在涪城区的" in text(page, "main > .note.ok")
        found = page.select(f".note a[href='/reports/difference/?area={COUNTY}&month=2011-06']")
        assert len(found) == links


def test_on_paper_stands_the_month_and_not_today() -> None:
    swung()
    page = got(clerk(), address())
    said = text(page, ".printed")
    assert said.startswith("截至 2011-06-25 · 所知截至变更 ")
    assert f"{today()}" in said  # only as the day of printing
    assert "报送 还没有报送" in text(page, ".filed")
    submit(report().pk, by=the_clerk(), explanations={"members.total": WHY}, remark="核对过")
    take(report().pk, "return", by=organiser(), remark="再看")
    submit(report().pk, by=the_clerk(), explanations={"members.total": WHY})
    take(report().pk, "accept", by=organiser())
    lock(JUNE, area_id=area(CITY), by=OPERATOR)
    page = got(clerk(), address())
    terms = [one.get_text() for one in page.select(".filed dt")]
    assert terms == ["首次报送", "退回", "最后报送", "报送时所知", "审核通过", "锁定", "锁定时所知"]
    assert "迟报" in text(page, ".filed dd")
    assert "填报单位（盖章）" in text(page, ".sign")


def test_all_names_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    swung()
    monkeypatch.setattr(presenters, "NAMES", 2)
    page = got(clerk(), address())
    everyone = {f"增职工{n}" for n in range(6)}
    assert {one.get_text() for one in page.select(".moved .add")} >= everyone
    assert len(page.select(".moved .add.on-paper")) == 4
    assert "另有 4 个" in panel(page, "moved")
    monkeypatch.setattr(presenters, "PRINTED", 3)
    page = got(clerk(), address())
    assert "另有 3 个，见名单" in text(page, ".moved .on-paper")


def two_posts(over: Role, place: str) -> Client:
    """Somebody who is the clerk of the township and something else elsewhere."""
    user = make_person(Role.TOWNSHIP_CLERK, area_id=area(TOWN))
    Post.objects.create(user=user, role=over, area_id=area(place), valid_from=date(2000, 1, 1))
    client = Client()
    sign_in(client, User.objects.get(pk=user.pk))
    return client


@pytest.mark.parametrize(
    ("role", "place", "buttons", "answer"),
    [
        (Role.CITY_ORGANISER, CITY, ["代报"], 403),
        (Role.COUNTY_ORGANISER, COUNTY, ["代报"], 403),
        (Role.TOWNSHIP_CLERK, OTHER, ["报送"], 302),
        (Role.LEADER, CITY, ["报送"], 302),
        (Role.INSPECTOR, COUNTY, ["报送"], 302),
    ],
)
def test_who_looks_from_above_stands_in_and_does_not_speak_for_the_unit(
    role: Role, place: str, buttons: list[str], answer: int
) -> None:
    opened()
    client = two_posts(role, place)
    page = got(client, address())
    assert [one.get_text() for one in page.select("#take button")] == buttons
    assert taken(client, "submit") == answer
    if answer == 403:
        assert taken(client, "submit-for") == 302


def test_a_post_elsewhere_gives_no_button_here() -> None:
    opened()
    assert taken(clerk(), "submit") == 302
    user = make_person(Role.LEADER, area_id=area(CITY))
    Post.objects.create(user=user, role=Role.COUNTY_ORGANISER, area_id=area(OTHER),
                        valid_from=date(2000, 1, 1))  # fmt: skip
    client = Client()
    sign_in(client, user)
    assert got(client, address()).select("#take button") == []
    assert taken(client, "accept") == 403


def test_a_month_too_early_is_refused_on_its_page_and_an_old_one_warned_of() -> None:
    opened()
    city = person(Role.CITY_ORGANISER, CITY)
    answer = city.post("/reports/open/", {"area": CITY, "month": "1950-01"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert "1950-01 太早：台账里最早一家工会从 1990-01-01 起" in text(page, "#open-err")
    assert "个月以前的月份" in panel(got(city, address(CITY, "2011-07")), "lock")
    last = Period.of(today()).previous
    assert "个月以前的月份" not in panel(got(city, address(CITY, str(last))), "lock")
    assert Case.objects.exclude(subject="2011-06").count() == 0


def test_how_many_were_in_time_stands_below_the_year() -> None:
    opened()
    this = Period.of(today())
    open_month(this, area_id=area(CITY), by=OPERATOR)
    submit(report(TOWN, this).pk, by=the_clerk())
    page = got(person(Role.COUNTY_ORGANISER, COUNTY), address(COUNTY, str(this)))
    (foot,) = page.select(".grid tfoot tr")
    cells = [" ".join(one.get_text(" ").split()) for one in foot.select("td.m")]
    assert cells[:-1] == ["—"] * 11
    assert cells[-1] in {"100% 1 / 1", "50% 1 / 2", "0% 0 / 2"}  # before or after the 25th
    june = got(person(Role.COUNTY_ORGANISER, COUNTY), address(COUNTY))
    assert "0% 0 / 2" in text(june, ".grid tfoot")


def urged(client: Client, code: str = COUNTY, **more: str) -> HttpResponse:
    answer = client.post("/reports/urge/", {"area": code, "month": "2011-06", **more})
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_level_above_urges_those_who_are_late() -> None:
    opened()
    someone = make_person(Role.TOWNSHIP_CLERK, area_id=area(TOWN))
    make_person(Role.TOWNSHIP_CLERK, area_id=area(OTHER))
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    assert "催 2 个未报单位" in panel(got(county, address(COUNTY)), "below")
    assert urged(county, remark="请今天报来").status_code == 302
    assert Urge.objects.count() == 2
    assert Notice.objects.get(for_id=someone.pk).urge_id is not None
    said = panel(got(county, address(COUNTY)), "below")
    assert "没有报的单位今天都催过了" in said
    assert str(today()) in said
    again = urged(county)
    assert again.status_code == 422
    assert "今天已经催过" in text(BeautifulSoup(again.content, "html.parser"), "#urge-err")
    page = got(county, address())
    assert f"上次催报 {today()}" in panel(page, "deeds")
    once_more = urged(county, TOWN, whose="unit", remark="再催")
    assert once_more.status_code == 422
    page = BeautifulSoup(once_more.content, "html.parser")
    assert "一天只催一次" in text(page, "#urge-unit-err")
    assert page.select_one("#urge-unit[value=再催]") is not None


def test_only_the_level_above_urges() -> None:
    opened()
    town = clerk()
    assert "催报" not in text(got(town, address()), "main")
    assert urged(town, TOWN, whose="unit").status_code == 403
    assert urged(town).status_code == 404
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    assert urged(county, whose="unit").status_code == 403  # the county's own month
    make_person(Role.TOWNSHIP_CLERK, area_id=area(TOWN))
    assert urged(county, TOWN, whose="unit").status_code == 302
    assert Urge.objects.get().case_id == report().pk
    assert urged(county, OTHER, whose="below").status_code == 422
    assert urged(county, TOWN, whose="unit", month="2011-07").status_code == 422


def test_many_units_stay_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    told("areas", *(
        {"区划代码": f"5107031{n:02}", "名称": f"第{n}镇", "上级代码": COUNTY, "类型": "镇"}
        for n in range(30)
    ))  # fmt: skip
    july = Period(2011, 7)
    open_month(july, area_id=area(CITY), by=OPERATOR)
    submit(report(TOWN, july).pk, by=the_clerk())
    take(report(TOWN, july).pk, "accept", by=organiser())
    submit(report(OTHER, july).pk, by=the_clerk(OTHER, 7))
    county = person(Role.COUNTY_ORGANISER, COUNTY)
    where = address(COUNTY, "2011-07")
    page = got(county, where)
    assert "32 个单位，只列没办完的 31 个" in panel(page, "below")
    assert [one.get_text() for one in page.select(".arrived tbody th")] == ["塘汛镇"]
    assert len(page.select(".tg li")) == 30
    assert page.select("section[aria-labelledby=timely] details:not([open])") != []
    choices = [" ".join(one.get_text(" ").split()) for one in page.select(".pick a")]
    assert choices == ["全部 32", "没办完 31", "迟报、未报 32", "待审 1", "已退回 0"]
    every = got(county, f"{where}&show=all")
    assert [one.get_text() for one in every.select(".arrived tbody th")] == ["城厢街道", "塘汛镇"]
    assert len(every.select(".grid tbody tr")) == 32
    monkeypatch.setattr(arrival, "MOST", 31)
    every = got(county, f"{where}&show=all")
    assert text(every, ".grid tbody").startswith("32 个单位太多")
    assert "32 个单位按时" in text(every, ".grid tfoot")
    waiting = got(county, f"{where}&show=waiting")
    assert [one.get_text() for one in waiting.select(".arrived tbody th")] == ["塘汛镇"]
    assert waiting.select(".tg li") == []
    assert "没有这样的单位" in panel(got(county, f"{where}&show=returned"), "below")
    assert len(got(county, f"{where}&show=late").select(".tg li")) == 30
    assert "只列没办完" in panel(got(county, f"{where}&show=fly"), "below")
