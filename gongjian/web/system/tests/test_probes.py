"""What keepers of the server may ask, and what strangers may not."""

from typing import Any

import pytest
from django.test import Client

from gongjian.core.days import now
from gongjian.jobs.living import identity
from gongjian.jobs.models import Worker

pytestmark = pytest.mark.django_db


def test_a_stranger_learns_that_it_lives(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


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

    answer = client.post("/imports/", b"x" * (5 << 20), content_type="application/octet-stream")

    assert answer.status_code == 413
    assert "文件超过 3 MB，没有收下。" in answer.content.decode()


def test_pages_stay_in_no_cache_and_carry_the_number_of_the_request(client: Client) -> None:
    answer = client.get("/accounts/login/")

    assert "no-store" in answer["Cache-Control"]
    assert len(answer["X-Request-ID"]) == 36
