"""New entries, changes and corrections: the checks of the import, the days, stale and double."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.areas.queries import area_by_code
from gongjian.core.builders import make_credit_code
from gongjian.core.days import today
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.history.undo import undo
from gongjian.ledgers.tests.city import told
from gongjian.web.records.tests.desk import committed, errors, fields, lines, main, opened, tried
from gongjian.web.tests.people import signed_in
from tests.papers import county
from tests.worlds import BY, entries, entry, firm, good, member, number, story, union

pytestmark = pytest.mark.django_db
CODE = make_credit_code(0)
NEW = "/ledgers/employers/new/"
CELLS = {
    "code": make_credit_code(7),
    "name": "新立公司",
    "area": "510703001",
    "nature": "企业",
    "staff": "12",
    "opened": "2011-03-01",
}


@pytest.fixture
def clerk(client: Client) -> Client:
    county()
    good("employers", firm() | {"职工人数": 10, "女职工人数": 4, "联系电话": "13800001234"})
    signed_in(client, "township-clerk", area_id=area_by_code("510703001"))
    return client


def place(part: str) -> str:
    return f"/ledgers/employers/{entry('employers', '第0公司')}/{part}/"


# ------------------------------------------------------------------ new


def test_a_new_entry_is_tried_first_and_taken_after(clerk: Client) -> None:
    answer = tried(clerk, NEW, **CELLS)
    assert ("职工人数", "—", "12", "以后有新的变更为止") in lines(answer)
    assert entries("employers") == 1

    taken: Any = clerk.post(NEW, fields(main(answer)) | {"step": "commit"})
    assert taken.headers["Location"] == f"/ledgers/employers/{entry('employers', '新立公司')}/"
    assert story("employers", CELLS["code"], "name", "staff") == [
        ("2011-03-01", None, "新立公司", 12)
    ]


def test_every_problem_of_a_new_entry_stands_at_its_field(clerk: Client) -> None:
    bad = CELLS | {"code": CODE[:-1] + "0", "staff": "十二", "area": "510799", "name": ""}
    answer = tried(clerk, NEW, **bad)
    assert answer.status_code == 422
    assert set(errors(answer)) == {"统一社会信用代码", "职工人数", "所属区划", "单位名称"}
    assert "“十二”不是数" in errors(answer)["职工人数"]


def test_an_entry_of_elsewhere_is_refused_at_its_place(clerk: Client) -> None:
    answer = tried(clerk, NEW, **CELLS | {"area": "510703002"})
    assert errors(answer) == {
        "所属区划": "这一行不在您的管理范围内，请交由所在地的工会填报，或核对区划与工会。"
    }


def test_who_is_recorded_already_is_not_recorded_anew(clerk: Client) -> None:
    answer = tried(clerk, NEW, **CELLS | {"code": CODE})
    assert answer.status_code == 422
    assert "已有这条记录" in errors(answer)[""]


# ------------------------------------------------------------------ change and correction


def test_a_change_keeps_what_held_before_and_says_from_which_day(clerk: Client) -> None:
    answer = tried(clerk, place("change"), staff="20", effective="2011-06-01")
    assert lines(answer) == [("职工人数", "10", "20", "以后有新的变更为止")]
    assert "2011-06-01 起" in main(answer).get_text()
    committed(clerk, place("change"), staff="20", effective="2011-06-01")
    assert story("employers", CODE, "staff") == [
        ("2005-01-01", "2011-06-01", 10),
        ("2011-06-01", None, 20),
    ]


def test_a_change_filed_late_says_how_far_it_reaches(clerk: Client) -> None:
    told("employers", firm() | {"职工人数": 30, "生效日期": date(2010, 1, 1)})
    answer = tried(clerk, place("change"), staff="20", effective="2008-01-01")
    assert lines(answer) == [("职工人数", "10", "20", "到 2009-12-31 止")]
    assert "本行补记的值只从 2008-01-01 管到 2009-12-31" in main(answer).get_text()


def test_a_correction_replaces_what_was_wrong_from_the_day_it_was_told_for(clerk: Client) -> None:
    told("employers", firm() | {"职工人数": 30, "生效日期": date(2010, 1, 1)})
    address = place("correct")
    answer = tried(clerk, address, staff="33", name="第零公司", why="抄错")
    assert lines(answer) == [
        ("单位名称", "第0公司", "第零公司", "以后有新的变更为止"),
        ("职工人数", "30", "33", "以后有新的变更为止"),
    ]
    committed(clerk, address, staff="33", name="第零公司", why="抄错")
    assert story("employers", CODE, "name", "staff") == [
        ("2005-01-01", "2010-01-01", "第零公司", 10),
        ("2010-01-01", None, "第零公司", 33),
    ]
    change = Change.objects.get(pk=newest())
    assert (change.kind, change.reason, change.source_name) == ("import", "抄错", "")


def test_a_correction_of_an_earlier_day_leaves_the_later_value(clerk: Client) -> None:
    told("employers", firm() | {"职工人数": 30, "生效日期": date(2010, 1, 1)})
    committed(clerk, place("correct") + "?on=2007-01-01", staff="11", why="抄错")
    assert story("employers", CODE, "staff") == [
        ("2005-01-01", "2010-01-01", 11),
        ("2010-01-01", None, 30),
    ]


def test_a_correction_needs_a_reason_and_a_difference(clerk: Client) -> None:
    assert set(errors(tried(clerk, place("correct"), staff="33"))) == {"原因"}
    assert "没有改动" in errors(tried(clerk, place("correct"), why="抄错"))[""]


def test_an_opening_and_the_values_told_for_it_are_corrected_together(clerk: Client) -> None:
    committed(clerk, place("correct"), opened="2006-01-01", staff="11", why="抄错")
    assert story("employers", CODE, "staff") == [("2006-01-01", None, 11)]


def test_a_key_is_corrected_in_every_version_and_the_correction_undone(clerk: Client) -> None:
    told("employers", firm() | {"职工人数": 30, "生效日期": date(2010, 1, 1)})
    right = make_credit_code(5)
    committed(clerk, place("correct"), code=right, why="代码抄错")
    assert [row[2] for row in story("employers", right, "staff")] == [10, 30]
    undo(newest(), by=BY)
    assert [row[2] for row in story("employers", CODE, "staff")] == [10, 30]


def test_a_key_of_another_entry_is_refused_at_its_field(clerk: Client) -> None:
    good("employers", firm(1))
    answer = tried(clerk, place("correct"), code=make_credit_code(1), why="代码抄错")
    assert set(errors(answer)) == {"统一社会信用代码"}


def test_parts_are_held_against_the_whole_that_is_not_touched(clerk: Client) -> None:
    for part, more in (("change", {}), ("correct", {"why": "抄错"})):
        answer = tried(clerk, place(part), staff_female="11", **more)
        assert errors(answer) == {"女职工人数": "女职工人数 11 多于职工人数 10，请核对这两个数。"}


def test_an_entry_ends_by_a_change_and_goes_on_by_a_correction(clerk: Client) -> None:
    committed(clerk, place("change"), closed="2011-06-01", status="注销")
    assert story("employers", CODE, "staff") == [("2005-01-01", "2011-06-01", 10)]
    committed(clerk, place("correct"), closed="", why="并未注销")
    assert story("employers", CODE, "staff") == [("2005-01-01", None, 10)]


def test_a_masked_cell_means_as_before_and_an_emptied_one_nothing(clerk: Client) -> None:
    cells = opened(clerk, place("change"))
    assert cells["phone"] == "138****1234"
    committed(clerk, place("change"), staff="20", effective="2011-06-01")
    assert opened(clerk, place("change"))["phone"] == "138****1234"
    committed(clerk, place("change"), phone="", effective="2011-07-01")
    assert opened(clerk, place("change"))["phone"] == ""


def test_a_members_number_and_standing_are_told_with_what_belongs_to_them(client: Client) -> None:
    county()
    good("unions", union())
    good("members", member(1))
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    address = f"/ledgers/members/{entry('members', number(1))}/"
    answer = tried(client, address + "change/", status="保留", effective="2011-01-01")
    assert errors(answer) == {"会籍变化日期": "会籍状态为“保留”时必须填写会籍变化日期，请补上。"}
    committed(client, address + "change/", status="保留", status_since="2011-01-01")
    committed(client, address + "correct/", identity=number(2), why="号码抄错")
    assert story("members", number(2), "sex", "status") == [
        ("2010-01-01", "2011-01-01", "女", "正常"),
        ("2011-01-01", None, "女", "保留"),
    ]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    days=st.lists(st.integers(1, 2000), min_size=1, max_size=4, unique=True),
    asked=st.integers(-10, 2100),
    change=st.booleans(),
)
def test_what_is_tried_is_what_comes_about(
    clerk: Client, days: list[int], asked: int, change: bool
) -> None:
    """Whatever was told before: the lines of the trial are those of the change's own page."""
    first = date(2005, 1, 1)
    for i, at in enumerate(days):
        told_for = first + timedelta(days=at)
        told("employers", firm() | {"职工人数": 5000 + newest() * 10 + i, "生效日期": told_for})
    day = first + timedelta(days=asked)
    staff = str(6000 + newest())
    if change:
        address, cells = place("change"), {"staff": staff, "effective": day.isoformat()}
    else:
        address, cells = f"{place('correct')}?on={day}", {"staff": staff, "why": "抄错"}
    answer = tried(clerk, address, **cells)
    if answer.status_code == 422:
        assert change
        assert day < first
        return
    expected = [(f"{int(new):,}", reach) for _, _, new, reach in _figures(answer)]
    assert len(expected) >= 1
    clerk.post(address, fields(main(answer)) | {"step": "commit"})
    page = main(clerk.get(f"/changes/{newest()}/")).get_text(" ", strip=True)
    for new, reach in expected:
        assert f"{new} {reach}".removesuffix("以后有新的变更为止").strip() in page


def _figures(answer: Any) -> list[tuple[str, ...]]:
    return [(a, b, c.replace(",", ""), d) for a, b, c, d in lines(answer)]


# ------------------------------------------------------------------ stale, double


def test_a_stale_form_writes_nothing_and_shows_both(clerk: Client) -> None:
    address = place("change")
    form = opened(clerk, address) | {"staff": "20", "effective": "2011-06-01"}
    told("employers", firm() | {"单位名称": "别人改的公司", "生效日期": date(2011, 1, 1)})
    before = newest()
    answer: Any = None
    for step in ("check", "commit"):
        answer = clerk.post(address, form | {"step": step, "token": "t"})
        assert answer.status_code == 409
        assert lines(answer) == [
            ("单位名称", "第0公司", "别人改的公司", "（未改）"),
            ("职工人数", "10", "100", "20"),
        ]
    assert newest() == before

    again: Any = clerk.post(address, fields(main(answer)) | {"step": "check"})
    assert lines(again) == [("职工人数", "100", "20", "以后有新的变更为止")]
    clerk.post(address, fields(main(again)) | {"step": "commit"})
    assert story("employers", CODE, "name", "staff")[-1][2:] == ("别人改的公司", 20)


def test_a_form_sent_twice_makes_one_change(clerk: Client) -> None:
    for address, cells in (
        (NEW, CELLS),
        (place("change"), {"staff": "20", "effective": "2011-06-01"}),
        (place("correct"), {"staff": "21", "why": "抄错"}),
    ):
        form = fields(main(tried(clerk, address, **cells))) | {"step": "commit"}
        before = newest()
        first, second = clerk.post(address, form), clerk.post(address, form)
        assert first.status_code == second.status_code == 302
        assert first.headers["Location"] == second.headers["Location"]
        assert newest() == before + 1


# ------------------------------------------------------------------ who, where, when


@pytest.mark.parametrize("part", ["change", "correct", "annul", "merge"])
def test_refusals_come_in_order(client: Client, part: str) -> None:
    county()
    good("employers", firm())
    address = place(part)
    past = address + "?at=2010-01-01"
    for role, code, wanted in (
        ("leader", "510703002", 404),
        ("leader", "510703", 403),
        ("township-clerk", "510703002", 404),
        ("township-clerk", "510703001", 422),
    ):
        signed_in(client, role, area_id=area_by_code(code))
        assert client.get(past).status_code == wanted
        assert client.post(past, {"step": "commit"}).status_code == wanted
    assert newest() == 2


def test_a_new_entry_needs_the_right_and_the_present(client: Client) -> None:
    county()
    signed_in(client, "leader", area_id=area_by_code("510703"))
    assert client.get(NEW).status_code == 403
    signed_in(client, "township-clerk", area_id=area_by_code("510703001"))
    assert client.get(NEW + "?at=2010-01-01").status_code == 422
    assert client.get(NEW + "?known=1").status_code == 422
    assert client.post(f"{NEW}?at={today() - timedelta(days=1)}", CELLS).status_code == 422
    assert client.get("/ledgers/nothing/new/").status_code == 404


def test_a_page_of_the_past_has_no_buttons(clerk: Client) -> None:
    address = place("x").replace("x/", "")
    assert "更正</a>" in main(clerk.get(address)).decode()
    past = main(clerk.get(address + "?at=2010-01-01"))
    assert "/correct/" not in past.decode()
    assert "/change/" not in past.decode()


def test_a_union_officer_keeps_the_records_of_the_union_and_no_others(client: Client) -> None:
    county()
    good("unions", union(), union("乙工会"))
    good("members", member(1), member(2) | {"所属工会": "乙工会"})
    signed_in(client, "union-officer", union_id=entry("unions", "甲工会"))
    own, other = (f"/ledgers/members/{entry('members', number(i))}/" for i in (1, 2))
    assert client.get(other).status_code == 404
    committed(client, own + "change/", education="大学专科", effective="2011-01-01")
    assert story("members", number(1), "education")[-1][2] == "大学专科"
    mine = {"kind": "single"}
    page = main(client.get("/changes/", mine)).get_text(" ", strip=True)
    assert "会员台账" in page
    assert client.get(f"/changes/{newest()}/").status_code == 200
    assert client.get("/changes/1/").status_code == 404


def test_before_it_is_taken_a_form_says_what_the_figures_become(client: Client) -> None:
    county()
    good("employers", firm())
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    address = f"/ledgers/employers/{entry('employers', '第0公司')}/correct/"
    page = main(tried(client, address, staff="60", why="数错了"))
    rows = [row.get_text(" ", strip=True) for row in page.select(".eff div")]
    assert "职工人数 100 60 −40" in rows
    assert newest() == 2
