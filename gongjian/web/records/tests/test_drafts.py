"""What was typed is not lost with the sign-in, and waits for nobody else."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from gongjian.accounts.models import User
from gongjian.areas.queries import area_by_code
from gongjian.history.record import newest
from gongjian.web.records.tests.desk import Fields, fields, main, opened
from gongjian.web.tests.people import sign_in, signed_in
from tests.papers import county
from tests.worlds import entry, firm, good, number, union

pytestmark = pytest.mark.django_db


def clerk(client: Client) -> User:
    return signed_in(client, "township-clerk", area_id=area_by_code("510703001"))


@pytest.fixture
def person(client: Client) -> User:
    county()
    good("employers", firm())
    return clerk(client)


def address() -> str:
    return f"/ledgers/employers/{entry('employers', '第0公司')}/correct/"


def typed(client: Client) -> Fields:
    """A correction filled in."""
    return opened(client, address()) | {"staff": "77", "why": "数错了", "step": "check"}


def expired(client: Client) -> None:
    """The sign-in ended on the server: the browser does not know yet."""
    Session.objects.all().delete()


def test_what_was_typed_is_there_again_after_the_sign_in(client: Client, person: User) -> None:
    sent = typed(client)
    expired(client)
    answer: Any = client.post(address(), sent)
    assert answer.headers["Location"] == f"/accounts/login/?next={address()}"
    (session,) = Session.objects.all()
    assert "数错了" not in str(session.get_decoded())

    sign_in(client, person)
    page = main(client.get(address()))
    assert "还没有写入" in page.get_text()
    back = fields(page)
    assert (back["staff"], back["why"], back["base"]) == ("77", "数错了", sent["base"])
    answer = client.post(address(), back | {"step": "check"})
    assert answer.status_code == 200
    client.post(address(), fields(main(answer)) | {"step": "commit"})
    assert newest() == 3
    assert opened(client, address())["why"] == ""


def test_nobody_else_sees_it(client: Client, person: User) -> None:
    sent = typed(client)
    expired(client)
    client.post(address(), sent)
    clerk(client)
    assert opened(client, address())["staff"] == "100"
    sign_in(client, person)
    assert opened(client, address())["staff"] == "100"


def test_what_bears_no_mark_of_ours_is_not_kept(client: Client, person: User) -> None:
    sent = typed(client)
    expired(client)
    for mark in ("", "1:abc:def", sent["whose"] + "x"):
        answer: Any = client.post(address(), sent | {"whose": mark})
        assert answer.headers["Location"] == "/accounts/login/?next=/"
    client.post(address().replace("correct", "change"), sent)
    client.post(address(), sent | {"why": "长" * 70_000})
    assert not Session.objects.exists()


def test_an_older_form_after_a_new_sign_in_is_filled_in_again(
    person: User,
) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, person)
    sent = typed(client)
    answer: Any = client.post(address(), sent | {"csrfmiddlewaretoken": "stale"})
    assert answer.headers["Location"] == address()
    assert opened(client, address())["staff"] == "77"
    assert client.post(address(), {"staff": "78"}).status_code == 403


def test_a_form_that_became_stale_meanwhile_shows_both(client: Client, person: User) -> None:
    sent = typed(client)
    expired(client)
    client.post(address(), sent)
    good("employers", firm() | {"职工人数": 60, "生效日期": "2012-01-01"})
    sign_in(client, person)
    back = fields(main(client.get(address())))
    answer = client.post(address(), back | {"step": "check"})
    assert answer.status_code == 409
    assert "别人刚改过" in main(answer).get_text()


def test_the_whole_number_that_was_typed_lies_sealed(client: Client, person: User) -> None:
    good("unions", union())
    there = "/ledgers/members/new/"
    sent = opened(client, there) | {"identity": number(1), "name": "会员", "step": "check"}
    expired(client)
    client.post(there, sent)
    (session,) = Session.objects.all()
    assert number(1) not in str(session.get_decoded())
    sign_in(client, person)
    assert opened(client, there)["identity"] == number(1)
