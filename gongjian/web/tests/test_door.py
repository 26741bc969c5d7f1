"""The door: where it leads back to, what it lets a browser keep."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from gongjian.accounts.enums import Role
from gongjian.areas.queries import area_by_code
from gongjian.web.tests.people import make_person, signed_in
from tests.papers import county

pytestmark = pytest.mark.django_db
ELSEWHERE = "http://testserver//evil.example/page"


def test_a_refusal_leads_back_to_no_other_host(client: Client) -> None:
    county()
    signed_in(client, Role.LEADER, area_id=area_by_code("510703"))

    for before, links in ((ELSEWHERE, []), ("http://testserver/figures/", ["/figures/"])):
        page = client.get("/ledgers/employers/", headers={"Referer": before})
        assert page.status_code == 403
        main = BeautifulSoup(page.content, "html.parser").select_one("#main")
        assert main is not None
        found = [
            str(link["href"])
            for link in main.select("a")
            if link["href"] not in ("/", "/help/staff/")
        ]
        assert found == links


@pytest.mark.parametrize(
    ("here", "back"),
    [
        (ELSEWHERE, "/"),
        ("http://testserver/figures/?at=2011-01-01", "/figures/%3Fat%3D2011-01-01"),
    ],
)
def test_the_sign_in_leads_back_to_no_other_host(client: Client, here: str, back: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": here}

    answer = client.get("/jobs/", headers=headers)

    assert answer["HX-Redirect"] == f"/accounts/login/?next={back}"


def test_what_a_message_says_is_in_no_cookie(client: Client) -> None:
    county()
    signed_in(client, Role.ADMINISTRATOR, area_id=area_by_code("510703"))
    clerk = make_person(Role.TOWNSHIP_CLERK, area_id=area_by_code("510703001"), name="lifang")

    answer = client.post(f"/staff/{clerk.pk}/stop/")

    assert [str(m) for m in get_messages(answer.wsgi_request)] == [
        "“lifang”已停用，这个账号不能再登录。"
    ]
    assert set(client.cookies) == {"sessionid"}
