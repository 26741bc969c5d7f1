"""Twelve months of a figure: what the store has, what it lacks, and who may have it worked out."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.core.days import today
from gongjian.indicators.declare import AFFILIATION, CATALOG, TERRITORY
from gongjian.indicators.jobs import KEEP_DAYS
from gongjian.indicators.models import KeptDay
from gongjian.indicators.query import figures
from gongjian.indicators.store.keeping import ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.jobs.models import Job
from gongjian.jobs.worker import run_pending
from gongjian.ledgers.tests.city import FIRM, told
from gongjian.ledgers.tests.city import city as ledgers_city
from gongjian.web.figures.forms import Question
from gongjian.web.figures.presenters.trend import WIDE, _marks, _shares, _strokes
from gongjian.web.figures.queries import Value
from gongjian.web.figures.tests.city import HEAD, ROOT, count, get, small_city, text, texts
from gongjian.web.figures.tests.test_contract import questions, shown
from gongjian.web.figures.trends import MONTHS, Point, days_beside, days_of
from gongjian.web.moment import AsOf
from gongjian.web.tests.people import make_person, sign_in, signed_in
from tests.cities import D, FullCity

AGO = date(2010, 12, 28)
CODES = [figure.code for figure in CATALOG]


@pytest.fixture
def city(db: None) -> FullCity:
    return small_city()


@pytest.fixture
def leader(city: FullCity, client: Client) -> User:
    return signed_in(client, "leader", area_id=ROOT)


def drawn(page: Any) -> list[tuple[str, str]]:
    """Day and value of each point of the wide drawing."""
    points = page.select(".run.wide a")
    return [(str(a["data-at"]), text(a.select_one("text"))) for a in points]


def test_the_days_are_the_cut_offs_before_the_day_and_the_day() -> None:
    days = days_of(D)

    assert len(days) == MONTHS
    assert (days[0], days[-2], days[-1]) == (date(2011, 2, 25), date(2011, 12, 25), D)
    assert days_of(date(2011, 12, 25))[-2:] == [date(2011, 11, 25), date(2011, 12, 25)]
    assert days_beside(date(2012, 2, 29)) == [date(2011, 2, 28)]
    assert days_of(date(1949, 10, 25)) == [date(1949, 10, 25)]
    assert days_beside(date(1949, 10, 25)) == []


@pytest.mark.parametrize("code", CODES)
def test_each_point_is_the_figure_of_its_day_and_opens_it(
    leader: User, client: Client, code: str
) -> None:
    ensure(with_eves([*days_of(D), *days_beside(D)]))
    page = get(client, f"/figures/{code}/", area="10")
    said = {
        day.isoformat(): shown(figures([code], day=day, known_at=None, node=ROOT)["figures"][0])
        for day in (*days_of(D), AGO)
    }

    assert drawn(page) == [(day.isoformat(), said[day.isoformat()]) for day in days_of(D)]
    rows = page.select(".same tbody tr")
    assert [(text(row.th), text(row.select("td")[0])) for row in rows] == drawn(page)
    assert page.select(".months .note") == []
    for link in page.select(".run a, .same a, .beside a"):
        address = urlsplit(str(link["href"]))
        day = parse_qs(address.query)["at"][0]
        assert address.path == f"/figures/{code}/"
        assert text(link.find("text") or link) == said[day]


@pytest.mark.parametrize("node", ["11", "12", "1101"])
def test_the_months_are_those_of_the_place(leader: User, client: Client, node: str) -> None:
    ensure(with_eves(days_of(D)))
    code = "agreements.employers"
    page = get(client, f"/figures/{code}/", area=node)
    entry = {"11": 2, "12": 3, "1101": 4}[node]

    assert drawn(page) == [
        (
            day.isoformat(),
            shown(figures([code], day=day, known_at=None, node=entry)["figures"][0]),
        )
        for day in days_of(D)
    ]


def test_beside_the_value_stand_the_last_cut_off_and_the_same_day_a_year_ago(
    leader: User, client: Client
) -> None:
    ensure([date(2011, 12, 25), AGO])
    page = get(client, "/figures/agreements.signed/", area="10")

    assert texts(page, ".hero .v") == ["8"]
    assert texts(page, ".beside li") == [
        "比上一截止日（2011-12-25） 8 持平",
        "比去年同日（2010-12-28） 0 增 8",
    ]


def test_what_the_store_lacks_is_named_and_drawn_as_a_dash(leader: User, client: Client) -> None:
    ensure([date(2011, 11, 25), date(2011, 12, 25), AGO])
    page = get(client, "/figures/members.total/", area="10")

    assert text(page.select_one(".months .note div")).startswith(
        "2011-02-25、2011-03-25、2011-04-25、2011-05-25 等 9 天 的数还没有算出来，图上写“—”。"
    )
    assert [value for _, value in drawn(page)] == ["—"] * 9 + ["7", "7", "7"]
    assert len(page.select(".run.wide circle")) == 3
    assert KeptDay.objects.count() == 3


def test_a_page_of_months_asks_little_and_counts_nothing(leader: User, client: Client) -> None:
    ensure(with_eves([*days_of(D), *days_beside(D)]))
    codes = ("members.total", "agreements.employers", "rate.signing", "members.total.net")
    for code in codes:
        with CaptureQueriesContext(connection) as asked:
            get(client, f"/figures/{code}/", area="10")
        cold, asked_cold = len(questions(asked)), questions(asked)
        with CaptureQueriesContext(connection) as asked:
            get(client, f"/figures/{code}/", area="10")

        assert (cold <= 34, len(questions(asked)) <= 16) == (True, True), (code, cold, len(asked))
        assert not [said for said in asked_cold if "members_" in said or "bargaining_" in said]


def test_a_day_that_the_store_gave_up_is_missing_at_once(leader: User, client: Client) -> None:
    ensure(days_of(D))
    before = drawn(get(client, "/figures/members.total/", area="10"))
    KeptDay.objects.filter(day=date(2011, 5, 25)).delete()
    after = drawn(get(client, "/figures/members.total/", area="10"))

    assert [b for b, a in zip(before, after, strict=True) if b != a] == [("2011-05-25", "7")]
    assert after[3] == ("2011-05-25", "—")


def test_a_change_is_in_the_months_at_once(db: None, client: Client) -> None:
    ledgers_city()
    signed_in(client, "leader", area_id=area_by_code("5107"))
    days = days_of(date(2012, 6, 30))
    ensure(days)
    asked = {"area": "5107", "at": "2012-06-30"}
    before = drawn(get(client, "/figures/employers.staff/", **asked))
    told("employers", {"统一社会信用代码": FIRM, "职工人数": 1_150, "生效日期": date(2012, 4, 1)})
    after = drawn(get(client, "/figures/employers.staff/", **asked))

    assert KeptDay.objects.count() == len(days)
    assert [
        (day, (count(a) or 0) - (count(b) or 0))
        for (day, b), (_, a) in zip(before, after, strict=True)
        if a != b
    ] == [
        ("2012-04-25", 1_000),
        ("2012-05-25", 1_000),
        ("2012-06-25", 1_000),
        ("2012-06-30", 1_000),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"area": "10", "known": "0"}, "看过去所知没有走势"),
        ({"tree": AFFILIATION, "union": HEAD}, "按隶属看没有走势"),
        ({"area": "10", "year_start": "07-01"}, "年度不从 1 月 1 日起算"),
        ({"area": "10", "at": "2099-01-01"}, "将来的日子没有走势"),
    ],
)
def test_what_the_store_cannot_answer_is_said(
    leader: User, client: Client, asked: dict[str, Any], said: str
) -> None:
    page = get(client, "/figures/members.total/", **asked)

    assert text(page.select_one(".months .none")).startswith(said)
    assert page.select(".months form, .run, .beside") == []


def test_a_place_that_was_not_there_yet_has_no_number_of_that_day(db: None, client: Client) -> None:
    city = FullCity()
    city.area(1, "10")
    city.area(2, "11", 1, days=(date(2011, 8, 1), None))
    city.firm(1, 2, staff=5)
    city.write()
    signed_in(client, "leader", area_id=ROOT)
    ensure(days_of(D))
    page = get(client, "/figures/employers.total/", area="11")

    assert [value for _, value in drawn(page)] == ["—"] * 6 + ["1"] * 6
    assert text(page.select_one(".months .note div")).startswith(
        "去年同日（2010-12-28）的数还没有算出来。"
    )


# ------------------------------------------------------------------ having them worked out


def wish(client: Client, **given: Any) -> Any:
    return client.post("/figures/keep/", {"at": D.isoformat(), **given})


def test_the_days_missing_are_worked_out_in_the_background(leader: User, client: Client) -> None:
    address = "/figures/members.total/"
    here = f"{address}?at=2011-12-28&area=10"
    page = get(client, address, area="10")
    form = page.select_one(".months form")
    assert form is not None
    sent = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden]")}
    answer = client.post(str(form["action"]), sent)

    assert (answer.status_code, answer["Location"]) == (302, here)
    job = Job.objects.get()
    assert (job.kind, job.owner_id) == (KEEP_DAYS, leader.pk)
    wanted = [AGO, *days_of(D)]
    assert job.payload == {"days": [day.isoformat() for day in wanted]}
    assert "正在后台算" in text(get(client, address, area="10").select_one(".months .note"))
    assert f"/jobs/{job.pk}/" in str(get(client, address, area="10").select_one(".months .note"))

    run_pending()
    kept = KeptDay.objects.order_by("day").values_list("day", flat=True)
    assert list(kept) == with_eves(wanted)
    assert get(client, address, area="10").select(".months .note") == []
    assert len(drawn(get(client, address, area="10"))) == MONTHS
    assert wish(client).status_code == 302  # nothing is missing any more
    assert Job.objects.count() == 1


def test_somebody_elses_wish_is_seen_without_its_job(leader: User, client: Client) -> None:
    wish(client)
    other = Client()
    sign_in(other, make_person("leader", area_id=ROOT))
    note = get(other, "/figures/members.total/", area="10").select_one(".months .note")

    assert "正在后台算" in text(note)
    assert note is not None
    assert note.select("a, form") == []


def test_one_wish_at_a_time(leader: User, client: Client) -> None:
    wish(client)
    again = wish(client, at="2010-06-30")

    assert again.status_code == 422
    assert "还在算" in again.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at": "2011-02-30"}, "“2011-02-30”不是有效日期"),
        ({"at": "1900-01-01"}, "没有走势可算"),
        ({"at": "2099-01-01"}, "没有走势可算"),
        ({"known": "3"}, "只有属地的、此刻所知的"),
        ({"tree": AFFILIATION}, "只有属地的、此刻所知的"),
    ],
)
def test_what_the_store_cannot_keep_is_refused(
    leader: User, client: Client, given: dict[str, str], said: str
) -> None:
    answer = wish(client, **given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_a_wish_without_a_day_is_of_today(leader: User, client: Client) -> None:
    assert client.post("/figures/keep/").status_code == 302
    days = Job.objects.get().payload["days"]
    assert today().isoformat() in days


@pytest.mark.parametrize("where", ["https://example.com/", "//example.com/x", ""])
def test_the_way_back_leads_nowhere_else(leader: User, client: Client, where: str) -> None:
    assert wish(client, next=where)["Location"] == "/figures/"


def test_looking_asks_for_nothing(leader: User, client: Client) -> None:
    assert client.get("/figures/keep/").status_code == 405
    get(client, "/figures/members.total/", area="10")
    assert not Job.objects.exists()


# ------------------------------------------------------------------ the drawing


@pytest.mark.parametrize(("value", "sides"), [(260_284, 1), (1_260_284, 2)])
def test_long_values_of_neighbours_stand_on_two_sides_of_the_line(value: int, sides: int) -> None:
    question = Question(asof=AsOf(day=D), tree=TERRITORY, node=ROOT, code="10")
    (figure,) = CATALOG.asked(["members.total"])
    points = [Point(day, Value(value), kept=True) for day in days_of(D)]
    marks = _marks(figure, question, points)

    assert len({mark.text_y - mark.y > 0 for mark in marks}) == sides
    assert [mark.x for mark in marks] == sorted({mark.x for mark in marks})
    assert all(0 < mark.x < WIDE for mark in marks)


def test_values_lie_between_the_lowest_and_the_highest() -> None:
    assert _shares([10, 20, None, 15]) == [0.0, 1.0, 0.0, 0.5]
    assert _shares([7, 7]) == [0.5, 0.5]
    assert _shares([-4, 0, 4]) == [0.0, 0.5, 1.0]
    assert _shares([None, None]) == [0.5, 0.5]


def test_the_line_is_broken_where_a_day_is_missing() -> None:
    assert _strokes([(1, 2), (3, 4), None, (5, 6), None, (7, 8), (9, 1)]) == ["1,2 3,4", "7,8 9,1"]
