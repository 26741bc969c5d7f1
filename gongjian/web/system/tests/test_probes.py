"""What keepers of the server may ask, and what strangers may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongjian.core.days import now
from gongjian.jobs.living import identity
from gongjian.jobs.models import Worker
from gongjian.web.system.probes import FOUND

pytestmark = pytest.mark.django_db


def test_a_stranger_learns_that_it_lives(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.fixture(autouse=True)
def nothing_found_yet() -> None:
    FOUND.forget()


def test_it_is_ready_once_a_worker_lives(client: Client) -> None:
    without = client.get("/readyz")
    Worker.objects.create(identity=identity(), heartbeat=now())
    with_one = client.get("/readyz")

    parts = {"database": True, "migrations": True, "key": True}
    assert (without.status_code, without.json()) == (
        503,
        {"ready": False, "checks": {**parts, "worker": False}},
    )
    assert (with_one.status_code, with_one.json()) == (
        200,
        {"ready": True, "checks": {**parts, "worker": True}},
    )


def test_a_stranger_learns_whether_it_is_ready_and_not_what_is_missing(client: Client) -> None:
    answer = client.get("/readyz", REMOTE_ADDR="192.0.2.7")

    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_who_asks_often_costs_nothing(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    Worker.objects.create(identity=identity(), heartbeat=now())
    assert client.get("/readyz").status_code == 200

    with django_assert_num_queries(0):
        assert client.get("/readyz").json()["ready"] is True


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer geheim"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer falsch"}, 404),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(
    client: Client, settings: Any, extra: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "geheim"

    assert client.get("/metrics", **extra).status_code == status  # type: ignore[arg-type]


def test_no_token_in_the_environment_opens_nothing(client: Client) -> None:
    far = {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}

    assert client.get("/metrics", **far).status_code == 404  # type: ignore[arg-type]


def test_upload_beyond_the_limit_is_refused_before_it_is_read(
    client: Client, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 3 << 20

    said = {
        (path, size): client.post(path, b"x" * size, content_type="application/octet-stream")
        for path, size in (
            ("/imports/new/employers/", 5 << 20),
            ("/imports/new/employers/", 3 << 20),
            ("/imports/7/mend/", 3 << 20),
            ("/accounts/login/", 65 << 10),
            ("/staff/new/", 65 << 10),
        )
    }

    # The second one is not too long: a stranger is sent to the sign-in, and it is not read.
    assert [a.status_code for a in said.values()] == [413, 302, 413, 413, 413]
    first, *_, last = (a.content.decode() for a in said.values())
    assert "文件超过 3 MB，没有收下。" in first
    assert "送来的内容太多，没有收下。" in last


def test_pages_stay_in_no_cache_and_carry_the_number_of_the_request(client: Client) -> None:
    answer = client.get("/accounts/login/")

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert len(answer["X-Request-ID"]) == 36
