"""Who asks is read together with the sign-in, and is what it is at this very moment."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post, User
from gongjian.core.days import now, today
from gongjian.web.tests.people import FIRST_DAY, PASSWORD, make_person

pytestmark = pytest.mark.django_db
PAGE = "/reports/"


@pytest.fixture
def clerk(client: Client, county: int) -> User:
    """Signed in by password."""
    user = make_person(Role.TOWNSHIP_CLERK, area_id=county, name="wangmin")
    sent = {"login": "wangmin", "password": PASSWORD}
    assert client.post("/accounts/login/", sent).status_code == 302
    assert client.get(PAGE).status_code == 200
    return user


def asked(client: Client) -> list[str]:
    """The tables that the questions of a page are put to first."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(PAGE).status_code == 200
    return [query["sql"] for query in found]


def test_one_question_tells_the_sign_in_the_account_and_the_posts(
    client: Client, clerk: User
) -> None:
    found = asked(client)
    about = [sql for sql in found if "accounts_" in sql or "django_session" in sql]
    assert len(about) == 1
    assert clerk.username in client.get(PAGE).content.decode()


def test_whoever_is_signed_out_everywhere_is_so_at_once(client: Client, clerk: User) -> None:
    UserSession.objects.get(user=clerk).end()
    assert client.get(PAGE).status_code == 302


def test_whoever_is_out_of_use_or_has_another_password_is_out(client: Client, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 302
    User.objects.filter(pk=clerk.pk).update(is_active=True)
    client.post("/accounts/login/", {"login": "wangmin", "password": PASSWORD})
    clerk.set_password("another-word-of-2011")
    clerk.save()
    assert client.get(PAGE).status_code == 302


def test_posts_are_those_of_today(client: Client, clerk: User, county: int) -> None:
    Post.objects.create(user=clerk, role=Role.LEADER, area_id=county, valid_from=FIRST_DAY)
    assert client.get("/matrix/").status_code == 200
    Post.objects.filter(user=clerk).update(valid_to=today())
    assert client.get(PAGE).status_code == 403


def test_a_sign_in_that_is_over_or_of_another_is_none(client: Client, clerk: User) -> None:
    other = make_person(Role.LEADER, area_id=1, name="lisi")
    UserSession.objects.filter(user=clerk).update(user=other)
    page = client.get(PAGE).content.decode()  # what the sign-in itself says counts
    assert clerk.username in page
    assert other.username not in page
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get(PAGE).status_code == 302


def test_a_sign_in_that_nobody_entered_is_asked_for_as_before(client: Client, clerk: User) -> None:
    UserSession.objects.all().delete()
    assert clerk.username in client.get(PAGE).content.decode()
