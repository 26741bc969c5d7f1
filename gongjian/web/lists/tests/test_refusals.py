"""Lists that are refused: no right, outside the scope, addresses that cannot be read."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.areas.tests.builders import area
from gongjian.ledgers.tests.city import city
from gongjian.web.lists.tests.pages import entries, get, problems
from gongjian.web.tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city() -> None:
    city()


@pytest.fixture
def clerk(client: Client) -> Client:
    signed_in(client, Role.CITY_ORGANISER, area_id=area("5107"))
    return client


def test_nobody_without_a_right_sees_a_list(client: Client) -> None:
    address = reverse("ledger", args=["employers"])
    assert client.get(address).status_code == 302
    signed_in(client, Role.ADMINISTRATOR, area_id=area("5107"))

    assert client.get(address).status_code == 403
    assert client.get(reverse("ledger-count", args=["employers"])).status_code == 403
    signed_in(client, Role.LEADER, area_id=area("5107"))
    assert client.get(reverse("ledger", args=["nothing"])).status_code == 404
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"f_unknown": "1"}, "f_unknown"),
        ({"x": "1"}, "“x”"),
        ({"f_nature": "公司"}, "公司"),
        ({"f_staff_from": "很多"}, "很多"),
        ({"f_staff_to": "-1"}, "-1"),
        ({"f_staff_from": "99999999999999999999"}, "太大"),
        ({"f_opened_from": "2011-02-30"}, "2011-02-30"),
        ({"f_top500": "也许"}, "也许"),
        ({"f_name": "长" * 201}, "201"),
        ({"blank": "name"}, "name"),
        ({"tab": "nothing"}, "nothing"),
        ({"size": "7"}, "“7”"),
        ({"cols": "nothing"}, "nothing"),
        ({"tree": "affiliation"}, "affiliation"),
        ({"after": "1.1.1", "before": "1.1.1"}, "第一页"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_keeps_the_form(
    clerk: Client, query: dict[str, str], said: str
) -> None:
    answer = get(clerk, "employers", **query)

    assert answer.status_code == 422
    assert any(said in problem for problem in problems(answer))
    assert entries(answer) == []
    for name, value in query.items():
        if name.startswith("f_staff"):
            page = BeautifulSoup(answer.content, "html.parser")
            assert [str(i["value"]) for i in page.select(f"[data-ask] [name={name}]")] == [value]


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1.1", "1.1.1.1", "-1.1.1", "1.1.1'", "9" * 40, "999999.1.1", "٣.1.1"]
)
def test_a_tampered_page_is_refused(clerk: Client, cursor: str) -> None:
    for name in ("after", "before"):
        answer = get(clerk, "employers", **{name: cursor})

        assert answer.status_code == 422
        assert "第一页" in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "%", "_", "甲%", "\\", '"', "甲'", "{{ 7 }}", "<script>", "%s", "；"]
)
def test_a_filter_is_only_ever_text(clerk: Client, text: str) -> None:
    answer = get(clerk, "employers", f_name=text, f_legal_person=text)

    assert answer.status_code == 200
    assert entries(answer) == []
    assert "<script>" not in answer.content.decode().split("</head>")[1]


def test_an_area_that_is_none_is_not_there(clerk: Client) -> None:
    for code in ("999", "'", "510703003"):  # the last one stopped before the day
        assert get(clerk, "employers", area=code).status_code == 404


def test_what_is_outside_is_not_there_whatever_else_is_wrong(client: Client) -> None:
    signed_in(client, Role.TOWNSHIP_CLERK, area_id=area("510703001"))
    for wrong in ({"after": "x"}, {"f_x": "1"}, {"size": "7"}):
        assert get(client, "employers", area="510703002", **wrong).status_code == 404
        assert get(client, "employers", area="510703001", **wrong).status_code == 422
