"""Cases by the api: lists, one, steps in the order of refusals, to-dos, narrowed tokens."""

import json
from typing import Any

import pytest
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.api.tests.desk import ask, bearer, cases, clerk, pages, said, token
from gongjian.areas.queries import area_by_code
from gongjian.core.access import Permission
from gongjian.core.days import today
from gongjian.ledgers.tests.city import city
from gongjian.reporting.rules import MONTHLY_REPORT
from gongjian.web.tests.people import make_person
from gongjian.workflow.models import Case, Todo

pytestmark = pytest.mark.django_db
COUNTY, TOWN, OTHER = "510703", "510703001", "510703002"
FLOW = f"cases/{MONTHLY_REPORT}"


@pytest.fixture
def numbers(db: None) -> list[int]:
    """Of the county and of two townships."""
    city()
    return cases(COUNTY, TOWN, OTHER)


def somebody(code: str, role: Role = Role.TOWNSHIP_CLERK) -> Client:
    client = Client()
    clerk(client, code, role)
    return client


def step(client: Client, case: int, code: str, status: int = 200, **order: Any) -> Any:
    body = {"seen": Case.objects.get(pk=case).passed, **order}
    answer = client.post(f"/api/{FLOW}/{case}/{code}", json.dumps(body), "application/json")
    return said(answer, status)


def test_a_case_is_told_with_its_path_and_what_can_be_done(numbers: list[int]) -> None:
    _, town, _ = numbers
    one = ask(somebody(TOWN), f"cases/{town}")
    assert (one["flow"], one["state"]) == (
        MONTHLY_REPORT,
        {"code": "due", "title": "待报", "final": False},
    )
    assert one["place"] == {"id": area_by_code(TOWN), "name": "城厢街道"}
    assert [(p["step"], p["title"]) for p in one["path"]] == [("open", "开始")]
    options = {o["step"]: o for o in one["options"]}
    assert options["submit"]["open"] is True
    assert options["accept"]["reasons"][0]["unlock"] == "请先办“报送”"
    assert "不能办“通过”" in options["accept"]["right"]
    assert {rule["name"]: rule["value"] for rule in one["rules"]}["roll"] in ("是", "否")
    assert [t["step"] for t in one["todos"]] == ["submit"]


def test_steps_are_taken_as_on_the_pages(numbers: list[int]) -> None:
    _, town, _ = numbers
    county = somebody(COUNTY, Role.COUNTY_ORGANISER)
    assert step(somebody(TOWN), town, "submit", remark="核对过")["state"]["code"] == "submitted"
    assert "要写明理由" in step(county, town, "return", 422)["sentence"]
    assert step(county, town, "return", remark="漏了")["path"][-1]["prints"] == ["return-notice"]
    done = step(somebody(TOWN), town, "resubmit")
    assert [p["step"] for p in done["path"]] == ["open", "submit", "return", "resubmit"]
    assert done["path"][1]["remark"] == "核对过"


def test_what_is_not_there_comes_before_what_is_forbidden_before_what_is_too_early(
    numbers: list[int],
) -> None:
    _, town, _ = numbers
    assert "不在您的管理范围内" in step(somebody(OTHER), town, "accept", 404)["sentence"]
    assert "不能办“通过”" in step(somebody(TOWN), town, "accept", 403)["sentence"]
    county = somebody(COUNTY, Role.COUNTY_ORGANISER)
    told = step(county, town, "accept", 422)["sentence"]
    assert told == "现在不能办“通过”：现在是“待报”，到“待审”才能办；请先办“报送”"
    assert "刚才已有别人办过" in step(somebody(TOWN), town, "submit", 422, seen=9)["sentence"]
    assert "由本级办理" in step(county, town, "submit", 403)["sentence"]
    assert step(somebody(TOWN), town, "submit", 422, seen=0)["sentence"].startswith("“seen”")
    assert Case.objects.get(pk=town).passed == 1


def test_a_list_is_narrowed_and_goes_on_by_key(numbers: list[int]) -> None:
    county, town, other = numbers
    reader = somebody(COUNTY, Role.COUNTY_ORGANISER)
    Todo.objects.exclude(case=town).update(due=today())

    def found(**query: Any) -> list[int]:
        return [one["id"] for one in pages(reader, "cases", "cases", **query)]

    assert found() == [other, town, county]
    assert found(limit=1) == [other, town, county]
    assert found(area=TOWN) == [town]
    assert found(overdue="1") == [town]
    assert found(state="due", flow=MONTHLY_REPORT, limit=2) == [other, town, county]
    assert found(state="locked") == []
    assert [one["id"] for one in ask(somebody(OTHER), "cases")["cases"]] == [other]
    assert ask(reader, "cases", 404, area="510704")["status"] == 404
    assert "flow 不能是“moon”" in ask(reader, "cases", 422, flow="moon")["sentence"]


def test_my_to_dos_come_by_last_day(numbers: list[int]) -> None:
    county, town, other = numbers
    Todo.objects.filter(case=county).update(due=today())
    Todo.objects.filter(case=town).update(due=None)
    Todo.objects.filter(case=other).update(due="2011-06-25", raised_to=area_by_code(COUNTY))
    reader = somebody(COUNTY, Role.COUNTY_ORGANISER)
    found = pages(reader, "todos", "todos", limit=1)
    assert [(t["case"], t["overdue"]) for t in found] == [(other, True), (county, False)]
    assert found[0]["due"] == "2011-06-25"
    assert found[0]["raised_to"]["name"] == "涪城区"
    mine = pages(somebody(TOWN), "todos", "todos")
    assert [(t["case"], t["step"], t["due"]) for t in mine] == [(town, "submit", None)]
    assert ask(somebody(TOWN, Role.INSPECTOR), "todos", 403)["status"] == 403


def test_a_token_takes_the_steps_it_was_given_alone(numbers: list[int]) -> None:
    _, town, other = numbers
    owner = make_person(Role.TOWNSHIP_CLERK, area_id=area_by_code(TOWN))
    token(owner, Permission.SEE_FIGURES)
    reading = bearer()
    assert ask(reading, f"cases/{town}")["options"][0]["open"] is False
    assert (
        step(reading, town, "submit", 403)["sentence"]
        == "您的岗位不能办“报送”，请由有此权限的人办理。"
    )
    assert ask(reading, "todos", 403)["status"] == 403
    token(owner, Permission.SUBMIT_REPORT, secret="gj_takes")
    taking = bearer("gj_takes")
    assert [t["case"] for t in ask(taking, "todos")["todos"]] == [town]
    assert step(taking, town, "submit")["state"]["code"] == "submitted"
    organiser = make_person(Role.COUNTY_ORGANISER, area_id=area_by_code(COUNTY))
    token(organiser, Permission.REVIEW_REPORT, Permission.SEE_FIGURES, secret="gj_one",
          area=area_by_code(OTHER))  # fmt: skip
    assert ask(bearer("gj_one"), f"cases/{town}", 404)["status"] == 404
    assert [one["id"] for one in ask(bearer("gj_one"), "cases")["cases"]] == [other]
