"""What cannot be answered is answered in a sentence, with the way on."""

import json
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from gongjian.areas.queries import area_by_code
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.urls import handler400, handler403, handler404, handler500, urlpatterns
from gongjian.web.refusals import NOT_THERE
from gongjian.web.tests.people import signed_in
from tests.papers import county

HTMX = {"HX-Request": "true"}
TROUBLES = {
    "scope": NotInScope("涪城区的会员 57 不在您的范围内。"),
    "permission": NotPermitted("您的岗位不能导出台账，请由有此权限的人办理。"),
    "moment": NotNow("这一批已经入库，不能再改。"),
    "input": Refused("“三十”不是整数，请填 30。"),
    "size": RequestDataTooBig(),
    "odd": SuspiciousOperation("x"),
    "bug": ZeroDivisionError(),
}


def trouble(request: HttpRequest, name: str) -> HttpResponse:
    raise TROUBLES[name]


handlers = (handler400, handler403, handler404, handler500)
urlpatterns = [*urlpatterns, path("trouble/<slug:name>/", trouble)]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def clerk(client: Client) -> Client:
    """The browser of somebody who keeps the ledgers of a county."""
    county()
    signed_in(client, "county-organiser", area_id=area_by_code("510703"))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("scope", HTTPStatus.NOT_FOUND, NOT_THERE),
        ("permission", HTTPStatus.FORBIDDEN, "您的岗位不能导出台账，请由有此权限的人办理。"),
        ("moment", HTTPStatus.UNPROCESSABLE_ENTITY, "这一批已经入库，不能再改。"),
        ("input", HTTPStatus.UNPROCESSABLE_ENTITY, "“三十”不是整数，请填 30。"),
        ("size", HTTPStatus.BAD_REQUEST, "送来的内容太多，没有收下。请分成几次送，或改用导入。"),
        ("odd", HTTPStatus.BAD_REQUEST, "这次请求的内容读不懂，请回到上一页再试。"),
        (
            "bug",
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "服务器没有办成这件事，已经记录下来。请稍后再试，仍不行就找管理员。",
        ),
    ],
)
def test_status_and_sentence(clerk: Client, name: str, status: HTTPStatus, sentence: str) -> None:
    answer = clerk.get(f"/trouble/{name}/")

    assert answer.status_code == status
    assert f"<h1>{sentence}</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "name"), [("q=a%00", "q"), ("f_name=%1b[2J", "f_name"), ("n%00=1&q=1", "n")]
)
def test_text_that_nobody_can_type_is_refused(clerk: Client, query: str, name: str) -> None:
    for page in ("/", "/search/", "/ledgers/employers/", "/accounts/login/"):
        answer = clerk.get(f"{page}?{query}")

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f"网址里的“{name}”带有看不见的控制字符" in answer.content.decode()


@pytest.mark.parametrize("query", ["q=%E5%B7%A5%E3%80%80%E4%BC%9A", "q=a%09b", "q=%F0%A0%AE%B7"])
def test_any_other_text_may_be_asked_for(clerk: Client, query: str) -> None:
    assert clerk.get(f"/?{query}").status_code == HTTPStatus.OK


def test_out_of_scope_does_not_tell_what_is_there(clerk: Client) -> None:
    assert "57" not in clerk.get("/trouble/scope/").content.decode().split("<main")[1]


def test_leads_back_to_the_page_before(clerk: Client) -> None:
    came = {"Referer": "http://testserver/imports/?x=1"}

    page = BeautifulSoup(clerk.get("/trouble/moment/", headers=came).content, "html.parser")

    ways = [(a.text, a["href"]) for a in page.select("main a")]
    assert ways == [("回到刚才的页面", "/imports/?x=1"), ("回到工作台", "/")]


def test_no_such_address(clerk: Client) -> None:
    answer = clerk.get("/nowhere/")

    assert answer.status_code == 404
    assert f"<h1>{NOT_THERE}</h1>" in answer.content.decode()


def test_an_address_only_a_button_leads_to(clerk: Client) -> None:
    answer = clerk.get("/ledgers/employers/export/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "请从页面上的按钮进入" in answer.content.decode()


def test_a_form_without_its_token(clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies

    answer = strict.post("/ledgers/employers/export/")

    assert answer.status_code == 403
    assert "这张表单已经失效，没有保存。" in answer.content.decode()


def test_a_part_of_a_page_is_refused_by_an_event(clerk: Client) -> None:
    answer = clerk.get("/trouble/moment/", headers=HTMX)

    assert answer.status_code == 422
    assert answer["HX-Reswap"] == "none"
    told = json.loads(answer["HX-Trigger"])
    assert told == {"refused": {"sentence": "这一批已经入库，不能再改。"}}
    assert "<html" not in answer.content.decode()


def test_a_stranger_goes_through_the_sign_in_and_back(client: Client) -> None:
    answer = client.get("/figures/?area=5107&at=2011-12-25")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/figures/%3Farea%3D5107%26at%3D2011-12-25"


def test_a_part_of_a_page_sends_the_window_to_the_sign_in(client: Client) -> None:
    here = HTMX | {"HX-Current-URL": "http://testserver/imports/7/?x=1"}

    answer = client.post("/imports/7/mend/", headers=here)

    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/accounts/login/?next=/imports/7/%3Fx%3D1"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://testserver/imports/7/?x=1", "/imports/7/%3Fx%3D1"),
        ("https://elsewhere.example/imports/7/", "/"),
        ("", "/"),
    ],
)
def test_a_form_of_a_stranger_comes_back_to_its_page(
    client: Client, before: str, back: str
) -> None:
    answer = client.post("/imports/7/mend/", headers={"Referer": before})

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={back}"


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_host_that_is_not_ours(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "<h1>这次请求的内容读不懂，请回到上一页再试。</h1>" in answer.content.decode()
