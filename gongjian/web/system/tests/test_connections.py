"""What one request leaves behind is not found by the next."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gongjian.core.days import now
from gongjian.web.system.connections import FreshConnection


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 500)])
@pytest.mark.parametrize("broken", [False, True])
def test_a_transaction_left_open_ends_with_its_request(
    caplog: pytest.LogCaptureFixture, rf: RequestFactory, method: str, status: int, *, broken: bool
) -> None:
    left = []

    def careless(_: HttpRequest) -> HttpResponse:
        held = transaction.atomic()
        held.__enter__()
        left.append(held)
        Session.objects.create(session_key="half", session_data="x", expire_date=now())
        if broken:
            connection.close()
        return HttpResponse()

    answer = FreshConnection(careless)(rf.generic(method, "/somewhere/"))
    assert answer.status_code == status
    assert not connection.in_atomic_block
    Session.objects.create(session_key="whole", session_data="x", expire_date=now())
    assert [session.session_key for session in Session.objects.all()] == ["whole"]
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.ERROR, "A transaction was left open by /somewhere/")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_around_the_request_is_left_alone(rf: RequestFactory) -> None:
    with transaction.atomic():
        FreshConnection(lambda _: HttpResponse())(rf.get("/"))
        assert connection.in_atomic_block
